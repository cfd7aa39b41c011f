"""Serving files, and receiving them."""

from core.media.views.serving import serve as serve
