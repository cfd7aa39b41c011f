"""Every relaxation of the demo: plain http on this machine, simulated mailboxes, a visible mark."""

from hashlib import sha256

import config.settings.fiction  # noqa: F401  (before production reads the environment)
from config.settings.environment import env
from config.settings.production import *  # noqa: F403

DEMO = True
SCHEME = "http"
PORT = env.int("PORT", 8000)
SESSION_COOKIE_NAME = "session"
CSRF_COOKIE_NAME = "csrf"
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
STATIC_ROOT = str(ROOT / "platform/core/web/static")  # noqa: F405
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
SECOND_FACTOR_REQUIRED = False  # the accounts of the demo enter by a code alone; adding a factor works
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
DEMO_MAILBOX_URL = env.str("DEMO_MAILBOX_URL", "http://localhost:8026/")
# Payments are asked of the Stripe of this machine, which has pages that a browser is sent to.
DEMO_STRIPE_URL = env.str("DEMO_STRIPE_URL", "http://localhost:8027/")
STRIPE_PAGES = [DEMO_STRIPE_URL.rstrip("/")]
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] = ["'self'", *STRIPE_PAGES]  # noqa: F405
# SMS go to the letter box, which speaks as a provider does. The sender is a number kept for fiction (Arcep).
SMS_BREVO_KEY, SMS_BREVO_ENDPOINT = "demo", f"{DEMO_MAILBOX_URL}v3"
SMS_OVH_SERVICE, SMS_SENDER = "", "0639980000"
SMS_WEBHOOK_SECRET = sha256(f"{SECRET_KEY} sms".encode()).hexdigest()[:32]  # noqa: F405
INSTALLED_APPS = [*INSTALLED_APPS, "deploy.demo"]  # noqa: F405
