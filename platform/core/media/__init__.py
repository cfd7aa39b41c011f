"""Files sent to a commune: judged by content in a process of their own, kept with what is said of them, served while a
module shows them.

Modules keep them with `actions`, ask for them with `fields`, show them with `{% load media %}`, and answer whose they
are by the hook `owns_media`.
"""
