"""Amounts on pages. Nothing else writes euros in HTML: a test refuses them elsewhere."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from billing.prices import euros, percent

register = template.Library()
register.filter("percent", percent)

SAYS = {"": "", "ht": " HT", "ttc": " TTC", "mois": " par mois", "an": " par an"}


@register.simple_tag
def amount(cents: int, said: str = "") -> SafeString:
    """An amount that a browser, a test and a screen reader read alike; `said` is "ht", "ttc", "mois" or "an"."""
    words = SAYS[said].replace(" ", "\N{NO-BREAK SPACE}")
    return format_html('<data class="amount" value="{}">{}{}</data>', cents, euros(cents), words)
