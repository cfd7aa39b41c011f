"""Pages of the console."""

from django.urls import path, re_path

from console.views import (
    communes,
    invoices,
    journal,
    mandates,
    orders,
    papers,
    prices,
    quotes,
    room,
    second_factor,
    sms,
    stripe,
    subscription,
    subscriptions,
)
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
    re_path(rf"{COMMUNE}abonnement/$", operator(subscription.subscription), name="subscription"),
    re_path(rf"{COMMUNE}abonnement/offrir/$", operator(subscription.grant), name="grant"),
    re_path(rf"{COMMUNE}abonnement/reprendre/$", operator(subscription.withdraw), name="withdraw"),
    re_path(rf"{COMMUNE}abonnement/virement/$", operator(subscription.pay), name="pay"),
    re_path(rf"{COMMUNE}abonnement/payeur/$", operator(subscription.payer), name="payer"),
    re_path(rf"{COMMUNE}abonnement/terminer/$", operator(subscription.end), name="end"),
    re_path(rf"{COMMUNE}factures/(?P<invoice>[0-9a-f-]{{36}})/annuler/$", operator(subscription.cancel), name="cancel"),
    path("abonnements/", operator(subscriptions.subscriptions), name="subscriptions"),
    path("commandes/", operator(orders.orders), name="orders"),
    path("commandes/<uuid:order>/", operator(orders.order), name="order"),
    path("commandes/<uuid:order>/accepter/", operator(orders.accept), name="order_accept"),
    path("commandes/<uuid:order>/refuser/", operator(orders.refuse), name="order_refuse"),
    path("prix/", operator(prices.prices), name="prices"),
    path("prix/<uuid:version>/", operator(prices.version), name="price_version"),
    path("prix/<uuid:version>/brouillon/", operator(prices.draft), name="price_draft"),
    path("prix/<uuid:version>/publier/", operator(prices.put_on_sale), name="price_publish"),
    path("prix/<uuid:version>/jeter/", operator(prices.throw_away), name="price_discard"),
    path("devis/", operator(quotes.quotes), name="quotes"),
    path("factures/", operator(invoices.invoices), name="invoices"),
    path("papiers/<uuid:paper>/", operator(papers.paper), name="paper"),
    path("mandats/", operator(mandates.mandates), name="mandates"),
    path("mandats/<uuid:key>/", operator(mandates.mandate), name="mandate"),
    path("mandats/<uuid:key>/accepter/", operator(mandates.accept), name="accept"),
    path("mandats/<uuid:key>/refuser/", operator(mandates.refuse), name="refuse"),
    path("mandats/<uuid:key>/demander/", operator(mandates.ask), name="ask"),
    path("sms/", operator(sms.watched), name="providers"),
    path("stripe/", operator(stripe.stripe), name="stripe"),
    path("journal/", operator(journal.journal), name="journal"),
]
