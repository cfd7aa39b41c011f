"""An e-mail looks like the commune that writes it."""

from django.template.loader import render_to_string

from core.tenancy.registry import Sender
from core.web.colour import accent_theme


def test_an_e_mail_wears_the_communes_colour_corrected_in_both_themes() -> None:
    sender = Sender("Saint-Aubin", "https://saint-aubin.test/", "#ffe600", demo=True)
    html = render_to_string("emails/base.html", {"sender": sender})
    theme = accent_theme("#ffe600")
    assert theme.light in html
    assert theme.dark in html
    assert "Démonstration" in html
