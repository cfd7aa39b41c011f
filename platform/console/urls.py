"""Pages of the console."""

from django.urls import path, re_path

from console.views import communes, journal, mandates, room, second_factor, sms, stripe
from core.accounts.access import operator

COMMUNE = r"^communes/(?P<insee>[0-9][0-9AB][0-9]{3})/"

app_name = "console"
urlpatterns = [
    path("", operator(communes.communes), name="communes"),
    re_path(rf"{COMMUNE}$", operator(communes.commune), name="commune"),
    re_path(rf"{COMMUNE}fichiers/$", operator(room.room), name="room"),
    re_path(rf"{COMMUNE}sms/$", operator(sms.sms), name="sms"),
    re_path(rf"{COMMUNE}suspendre/$", operator(communes.suspend), name="suspend"),
    re_path(rf"{COMMUNE}reactiver/$", operator(communes.reactivate), name="reactivate"),
    re_path(rf"{COMMUNE}verification/$", operator(second_factor.second_factor), name="second_factor"),
    path("mandats/", operator(mandates.mandates), name="mandates"),
    path("mandats/<uuid:key>/", operator(mandates.mandate), name="mandate"),
    path("mandats/<uuid:key>/accepter/", operator(mandates.accept), name="accept"),
    path("mandats/<uuid:key>/refuser/", operator(mandates.refuse), name="refuse"),
    path("mandats/<uuid:key>/demander/", operator(mandates.ask), name="ask"),
    path("sms/", operator(sms.watched), name="providers"),
    path("stripe/", operator(stripe.stripe), name="stripe"),
    path("journal/", operator(journal.journal), name="journal"),
]
