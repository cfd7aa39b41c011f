"""Addresses of the presentation: /commune/, /mairie/commune/, /api/v1/commune/."""

from modules.presentation.urls import lists, page

resident = [*page.resident, *lists.resident]
office = [*page.office, *lists.office]
rest = [*page.rest, *lists.rest]
