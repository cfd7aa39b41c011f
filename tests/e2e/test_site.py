"""The demo's commune in a browser."""

import pytest

from deploy.local.address import Address
from tests.e2e.conftest import PHONE, PLACE, Window

pytestmark = pytest.mark.browser


def test_a_resident_reads_the_news_on_a_phone_without_a_script(site: Address, window: Window) -> None:
    page = window(PHONE, java_script=False)
    page.goto(site.url(PLACE))
    page.get_by_role("link", name="La fontaine du haut coule de nouveau").click()
    page.get_by_role("heading", level=1, name="La fontaine du haut coule de nouveau").wait_for()
    assert page.get_by_role("img", name="La fontaine de pierre au milieu").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
