"""/mairie/abonnement/…: what a commune has, what it costs, its papers and how it is paid.

They stay open when the space may only be read: paying, ordering and leaving are never refused.
"""

from django.urls import path

from billing.office.views import (
    change,
    documents,
    order,
    overview,
    paying,
    quote,
    recap,
    recipients,
    references,
    sms,
    stop,
)
from core.accounts.access import permission

app_name = "billing"

read = permission("billing.read", lasting=True)
write = permission("billing.write", lasting=True)
decide = permission("billing.order", lasting=True)

HERE = "mairie/abonnement/"
urlpatterns = [
    path(HERE, read(overview.overview), name="overview"),
    path(f"{HERE}commander/", decide(order.choose), name="order"),
    path(f"{HERE}commander/prix/", decide(order.live), name="order_price"),
    path(f"{HERE}commander/recapitulatif/", decide(recap.recap), name="recap"),
    path(f"{HERE}commander/confirmer/", decide(recap.order), name="command"),
    path(f"{HERE}commander/devis/", decide(recap.quote), name="quote_ask"),
    path(f"{HERE}devis/<uuid:quote>/", decide(quote.quote), name="quote"),
    path(f"{HERE}modifier/", decide(change.change), name="change"),
    path(f"{HERE}modifier/difference/", decide(change.live), name="change_price"),
    path(f"{HERE}sms/", decide(sms.sms), name="sms"),
    path(f"{HERE}fin/", decide(stop.stop), name="stop"),
    path(f"{HERE}paiement/", write(paying.payment), name="payment"),
    path(f"{HERE}paiement/moyen/", write(paying.set_up), name="set_up"),
    path(f"{HERE}paiement/portail/", write(paying.portal), name="portal"),
    path(f"{HERE}payer/<uuid:invoice>/", write(paying.pay), name="pay"),
    path(f"{HERE}documents/", read(documents.documents), name="documents"),
    path(f"{HERE}documents/factures/<uuid:invoice>/", read(documents.invoice_file), name="invoice_file"),
    path(f"{HERE}documents/devis/<uuid:quote>/", read(documents.quote_file), name="quote_file"),
    path(f"{HERE}documents/deliberations/<uuid:quote>/", read(documents.deliberation_file), name="deliberation_file"),
    path(f"{HERE}documents/commandes/<uuid:order>/", read(documents.order_file), name="order_file"),
    path(f"{HERE}documents/devis-signes/<uuid:order>/", read(documents.signed_file), name="signed_file"),
    path(f"{HERE}references/", write(references.references), name="references"),
    path(f"{HERE}destinataires/", write(recipients.recipients), name="recipients"),
    path(f"{HERE}destinataires/<uuid:recipient>/retirer/", write(recipients.remove), name="recipient_remove"),
]
