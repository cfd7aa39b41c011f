"""Addresses of the presentation: /commune/, /mairie/commune/, /api/v1/commune/; pages come last, as any word is one."""

from modules.presentation.urls import lists, pages

resident = [*lists.resident, *pages.resident]
office = [*lists.office, *pages.office]
rest = [*lists.rest, *pages.rest]
