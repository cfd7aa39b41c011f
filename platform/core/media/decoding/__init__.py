"""Reading hostile files: a process of its own, under limits it sets itself, with no secret in its environment.

`process` is the side that Django calls. Everything else runs in the child (`python -I -m core.media.decoding`) and
imports neither Django nor anything that knows a database.
"""
