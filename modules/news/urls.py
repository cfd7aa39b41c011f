"""Addresses of the news: /actualites/, /mairie/actualites/, /api/v1/actualites/."""

from django.urls import path
from django.views.decorators.http import require_safe

from core.accounts.access import anyone, permission
from modules.news.rest import NewsItemViewSet
from modules.news.views import office as pages
from modules.news.views import public, versions
from modules.news.views.editor import ItemEditor
from modules.news.views.feed import AtomFeed
from modules.news.views.readings import readings_file

write, publish = permission("news.write"), permission("news.publish")

resident = [
    path("", anyone(public.item_list), name="list"),
    path("archives/", anyone(public.archives), name="archives"),
    path("fil.atom", anyone(require_safe(AtomFeed())), name="feed"),
    path("<uuid:key>/", anyone(public.item_page), name="item"),
]

office = [
    path("", write(pages.office_list), name="list"),
    path("lectures.csv", write(readings_file), name="readings"),
    path("nouvelle/", write(ItemEditor.as_view()), name="new"),
    path("nouvelle/valider/", write(ItemEditor.as_view(then="validate")), name="new-validate"),
    path("nouvelle/publier/", publish(ItemEditor.as_view(then="publish")), name="new-publish"),
    path("nouvelle/programmer/", publish(ItemEditor.as_view(then="schedule")), name="new-schedule"),
    path("<uuid:key>/", write(ItemEditor.as_view()), name="edit"),
    path("<uuid:key>/valider/", write(ItemEditor.as_view(then="validate")), name="edit-validate"),
    path("<uuid:key>/publier/", publish(ItemEditor.as_view(then="publish")), name="edit-publish"),
    path("<uuid:key>/programmer/", publish(ItemEditor.as_view(then="schedule")), name="edit-schedule"),
    path("<uuid:key>/apercu/", write(pages.preview), name="preview"),
    path("<uuid:key>/comme-un-habitant/", write(pages.as_resident), name="as-resident"),
    path("<uuid:key>/versions/", write(versions.version_list), name="versions"),
    path("<uuid:key>/versions/<int:number>/reprendre/", write(versions.restore), name="restore"),
    path("<uuid:key>/a-valider/", write(pages.ask_validation), name="ask-validation"),
    path("<uuid:key>/rendre/", publish(pages.send_back), name="send-back"),
    path("<uuid:key>/mettre-en-ligne/", publish(pages.publish), name="publish"),
    path("<uuid:key>/retirer/", publish(pages.unpublish), name="unpublish"),
    path("<uuid:key>/remettre/", publish(pages.put_back), name="put-back"),
    path("<uuid:key>/archiver/", publish(pages.archive), name="archive"),
    path("<uuid:key>/supprimer/", write(pages.delete), name="delete"),
    path("<uuid:key>/reprendre/", write(pages.undelete), name="undelete"),
    path("<uuid:key>/en-ligne/", write(pages.published), name="published"),
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
