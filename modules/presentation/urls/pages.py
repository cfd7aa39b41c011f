"""Addresses of the pages and of their blocks."""

from django.urls import path

from core.accounts.access import anyone, permission
from modules.presentation.rest.page import CommunePageView
from modules.presentation.rest.pages import PageViewSet
from modules.presentation.views import blocks, desk, pages, versions

write = permission("presentation.write")

resident = [
    path("", anyone(pages.summary), name="page"),
    path("<slug:slug>/", anyone(pages.detail), name="detail"),
]

office = [
    path("", write(desk.page_list), name="list"),
    path("pages/nouvelle/", write(desk.new), name="new"),
    path("pages/<uuid:key>/", write(desk.page), name="page"),
    path("pages/<uuid:key>/titre/", write(desk.heading), name="heading"),
    path("pages/<uuid:key>/apercu/", write(desk.preview), name="page-preview"),
    path("pages/<uuid:key>/mettre-en-ligne/", write(desk.publish), name="publish"),
    path("pages/<uuid:key>/retirer/", write(desk.unpublish), name="unpublish"),
    path("pages/<uuid:key>/supprimer/", write(desk.delete), name="delete"),
    path("pages/<uuid:key>/remettre/", write(desk.restore), name="restore"),
    path("pages/<uuid:key>/place/", write(desk.shift), name="shift"),
    path("pages/<uuid:key>/versions/", write(versions.version_list), name="versions"),
    path("pages/<uuid:key>/versions/<uuid:version>/", write(versions.compare), name="version"),
    path("pages/<uuid:key>/versions/<uuid:version>/reprendre/", write(versions.take_up), name="take-up"),
    path(
        "pages/<uuid:key>/versions/<uuid:version>/remettre-en-ligne/",
        write(versions.online_again),
        name="online-again",
    ),
    path("pages/<uuid:key>/ordre/", write(blocks.arrange), name="arrange"),
    path("pages/<uuid:key>/blocs/", write(blocks.choose), name="choose"),
    path("pages/<uuid:key>/blocs/nouveau/<slug:kind>/", write(blocks.new), name="block-new"),
    path("pages/<uuid:key>/blocs/<uuid:block>/", write(blocks.edit), name="block"),
    path("pages/<uuid:key>/blocs/<uuid:block>/place/", write(blocks.shift), name="block-shift"),
    path("pages/<uuid:key>/blocs/<uuid:block>/retirer/", write(blocks.remove), name="block-remove"),
    path("pages/<uuid:key>/blocs/<uuid:block>/remettre/", write(blocks.put_back), name="block-put-back"),
]

rest = [
    path("", anyone(CommunePageView.as_view()), name="page"),
    path("pages/", anyone(PageViewSet.as_view({"get": "list"})), name="pages"),
    path("pages/<slug:slug>/", anyone(PageViewSet.as_view({"get": "retrieve"})), name="detail"),
]
