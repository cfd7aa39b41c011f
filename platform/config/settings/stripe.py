"""Stripe, which collects for who wishes it: without its two keys, all but online payment works."""

from celery.schedules import crontab

from config.settings.environment import env

STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", "")
STRIPE_WEBHOOK_SECRET = env.str("STRIPE_WEBHOOK_SECRET", "")
# Where another Stripe than the real one answers, as in the demo and the tests.
STRIPE_API_BASE = env.str("STRIPE_API_BASE", "")
# Where a browser may be sent by a form of ours.
STRIPE_PAGES = ["https://checkout.stripe.com", "https://billing.stripe.com"] if STRIPE_SECRET_KEY else []
STRIPE_TIMEOUT, STRIPE_RETRIES = 10, 2
_NIGHT = {"stripe": {"task": "stripe.compare", "schedule": crontab(hour="3", minute="40")}} if STRIPE_SECRET_KEY else {}
STRIPE_SCHEDULE = {
    **_NIGHT,
    "stripe-forgetting": {"task": "stripe.forget", "schedule": crontab(hour="4", minute="10")},
}
