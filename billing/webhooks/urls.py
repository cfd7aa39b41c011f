"""On the platform's own site: /stripe/webhook/."""

from django.urls import path

from billing.collecting import offered
from billing.webhooks import views
from core.accounts.access import Access, Who, declare

app_name = "stripe"

# Stripe may call as often as it must: a signature refuses strangers, at less cost than counting them.
_stripe = declare(Access(Who.ANYONE, always=True, knows=offered))

urlpatterns = [path("stripe/webhook/", _stripe(views.webhook), name="webhook")]
