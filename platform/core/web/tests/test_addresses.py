"""Addresses made without asking `reverse` each time."""

from uuid import uuid4

import pytest
from django.test import override_settings
from django.urls import NoReverseMatch, reverse

from core.web.addresses import address

SPACE = "config.urls.space"


@pytest.mark.parametrize("name", ["news:item", "news-office:preview"])
def test_an_address_is_what_reverse_gives(name: str) -> None:
    with override_settings(ROOT_URLCONF=SPACE):
        for key in (uuid4(), uuid4()):
            assert address(name, key) == reverse(name, args=[key])


def test_a_route_of_another_site_is_not_remembered() -> None:
    with override_settings(ROOT_URLCONF=SPACE):
        address("news:item", uuid4())
    with override_settings(ROOT_URLCONF="config.urls.portal"), pytest.raises(NoReverseMatch):
        address("news:item", uuid4())
