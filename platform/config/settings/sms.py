"""The providers of SMS that the operator has an account with: one or two; without any, none are offered."""

from config.settings.environment import env

SMS_SENDER = env.str("SMS_SENDER", "Beffroi")
# Part of the address that providers call; without it nothing is known of what became of an SMS.
SMS_WEBHOOK_SECRET = env.str("SMS_WEBHOOK_SECRET", "")
SMS_OVH_SERVICE = env.str("SMS_OVH_SERVICE", "")
SMS_OVH_APPLICATION_KEY = env.str("SMS_OVH_APPLICATION_KEY", "")
SMS_OVH_APPLICATION_SECRET = env.str("SMS_OVH_APPLICATION_SECRET", "")
SMS_OVH_CONSUMER_KEY = env.str("SMS_OVH_CONSUMER_KEY", "")
SMS_BREVO_KEY = env.str("SMS_BREVO_KEY", "")
SMS_OVH_ENDPOINT, SMS_BREVO_ENDPOINT = "https://eu.api.ovh.com/1.0", "https://api.brevo.com/v3"
