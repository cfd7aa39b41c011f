"""How e-mail leaves: through the outbox only, by a mail server, or by a mail service that anymail speaks to."""

from config.settings.environment import env

EMAIL_CONFIG = env.dj_email_url("EMAIL_URL")
EMAIL_HOST, EMAIL_PORT = EMAIL_CONFIG["EMAIL_HOST"], EMAIL_CONFIG["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL_CONFIG["EMAIL_HOST_USER"], EMAIL_CONFIG["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_CONFIG["EMAIL_USE_TLS"], EMAIL_CONFIG["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10
# At once and kept open, of each worker.
EMAIL_CONNECTIONS = env.int("EMAIL_CONNECTIONS", 8)
# As anymail's backends are called: brevo, mailjet… None: the mail server above.
EMAIL_SERVICE = env.str("EMAIL_SERVICE", "")
EMAIL_BACKEND = (
    f"anymail.backends.{EMAIL_SERVICE}.EmailBackend" if EMAIL_SERVICE else "django.core.mail.backends.smtp.EmailBackend"
)
ANYMAIL = {
    "IGNORE_UNSUPPORTED_FEATURES": True,  # that opening is not tracked: not every service can be told so
    "REQUESTS_TIMEOUT": EMAIL_TIMEOUT,
}
ANYMAIL.update(env.json("ANYMAIL", {}))
# Part of the address that the service calls; without it nothing is known of what became of an e-mail.
EMAIL_WEBHOOK_SECRET = env.str("EMAIL_WEBHOOK_SECRET", "")
