"""How amounts are written on pages."""

from django.template import Context, Template


def test_an_amount_is_marked_for_browsers_and_written_as_in_french() -> None:
    shown = Template('{% amount cents %} {% amount cents "ttc" %} {{ rate|percent }}').render(
        Context({"cents": 123450, "rate": 850})
    )
    written = "1\u202f234,50\u00a0€"
    assert shown == (
        f'<data class="amount" value="123450">{written}</data> '
        f'<data class="amount" value="123450">{written}\u00a0TTC</data> 8,5\u00a0%'
    )
