"""Drawing what a module gives the shell to draw."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from core.catalogue import HomeSection

register = template.Library()


@register.simple_tag(takes_context=True)
def section(context: Context, given: HomeSection) -> SafeString:
    """A module's own template with its own context, on top of the page's."""
    engine: Any = context.template.engine  # type: ignore[union-attr]
    with context.push(**given.context):
        drawn: SafeString = engine.get_template(given.template).render(context)
        return drawn
