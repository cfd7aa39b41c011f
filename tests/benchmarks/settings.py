"""Production's settings for programs that are measured, or killed: what differs is where the sinks are."""

from config.settings.environment import env
from config.settings.tests import *  # noqa: F403

DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 0, "max_size": 12, "timeout": 10}}  # noqa: F405
PUSH_TEST_ORIGINS = env.list("SINK_OF_PUSH", [])
SMS_OVH_ENDPOINT = env.str("SINK_OF_SMS", "http://127.0.0.1:1")
SECURE_SSL_REDIRECT = False
READINGS_TOGETHER = 2.0
