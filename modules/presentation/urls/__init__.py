"""Addresses of the presentation: /commune/, /mairie/commune/, /api/v1/commune/."""

from modules.presentation.urls import page

resident = [*page.resident]
office = [*page.office]
rest = [*page.rest]
