"""Amounts on pages. Nothing else writes euros in HTML: a test refuses them elsewhere."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from billing.prices import euros, percent

register = template.Library()
register.filter("percent", percent)

SAYS = {"": "", "ht": "\N{NO-BREAK SPACE}HT", "ttc": "\N{NO-BREAK SPACE}TTC"}


@register.simple_tag
def amount(cents: int, tax: str = "") -> SafeString:
    """An amount that a browser, a test and a screen reader read alike; `tax` is "ht" or "ttc" where it must be said."""
    return format_html('<data class="amount" value="{}">{}{}</data>', cents, euros(cents), SAYS[tax])
