"""Servers that take what is sent and remember it, each in a process of its own: a push service, a mail server, a
provider of SMS."""

from tests.sinks.process import Sink, Taken, mail_server, push_service, sms_provider

__all__ = ["Sink", "Taken", "mail_server", "push_service", "sms_provider"]
