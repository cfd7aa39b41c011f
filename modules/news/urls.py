"""Addresses of the news: /actualites/, /mairie/actualites/, /api/v1/actualites/."""

from django.urls import path
from django.views.decorators.http import require_safe

from core.accounts.access import anyone, permission
from modules.news import views
from modules.news.rest import NewsItemViewSet

write, publish = permission("news.write"), permission("news.publish")

resident = [
    path("", anyone(views.item_list), name="list"),
    path("fil.atom", anyone(require_safe(views.AtomFeed())), name="feed"),
    path("<uuid:key>/", anyone(views.item_page), name="item"),
]

office = [
    path("", write(views.office_list), name="list"),
    path("nouvelle/", write(views.ItemEditor.as_view()), name="new"),
    path("nouvelle/publier/", publish(views.ItemEditor.as_view(then="publish")), name="new-publish"),
    path("nouvelle/programmer/", publish(views.ItemEditor.as_view(then="schedule")), name="new-schedule"),
    path("<uuid:key>/", write(views.ItemEditor.as_view()), name="edit"),
    path("<uuid:key>/publier/", publish(views.ItemEditor.as_view(then="publish")), name="edit-publish"),
    path("<uuid:key>/programmer/", publish(views.ItemEditor.as_view(then="schedule")), name="edit-schedule"),
    path("<uuid:key>/apercu/", write(views.preview), name="preview"),
    path("<uuid:key>/mettre-en-ligne/", publish(views.publish), name="publish"),
    path("<uuid:key>/retirer/", publish(views.unpublish), name="unpublish"),
    path("<uuid:key>/supprimer/", write(views.delete), name="delete"),
    path("<uuid:key>/en-ligne/", write(views.published), name="published"),
]

rest = [
    path("", anyone(NewsItemViewSet.as_view({"get": "list", "post": "create"})), name="list"),
    path("<uuid:pk>/", anyone(NewsItemViewSet.as_view({"get": "retrieve", "put": "update"})), name="item"),
    path(
        "<uuid:pk>/publish/",
        anyone(NewsItemViewSet.as_view({"post": "publish"}, write_permission="news.publish")),
        name="publish",
    ),
    path(
        "<uuid:pk>/unpublish/",
        anyone(NewsItemViewSet.as_view({"post": "unpublish"}, write_permission="news.publish")),
        name="unpublish",
    ),
]
