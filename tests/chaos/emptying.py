"""`python -m tests.chaos.emptying c12013 core.delivery.outbox empty_outbox`: a worker's job, alone in a process."""

import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    from core.tenancy.context import enter

    schema_name, module, function = sys.argv[1:]
    with enter(schema_name):
        getattr(import_module(module), function)()
