"""Production. The environment holds what differs between machines, read once here; what is absent is loud."""

from pathlib import Path
from typing import Any

from config.settings.billing import *  # noqa: F403
from config.settings.environment import env
from config.settings.jobs import *  # noqa: F403
from config.settings.mail import *  # noqa: F403
from config.settings.sms import *  # noqa: F403
from config.settings.stripe import *  # noqa: F403
from config.settings.stripe import STRIPE_PAGES
from core.catalogue import Catalogue

ROOT = Path(__file__).resolve().parents[3]

MODULES = [
    "modules.presentation",
    "modules.news",
    "modules.alerts",
]
CATALOGUE = Catalogue.load(MODULES)

DEBUG = False
DEMO = False
SECRET_KEY = env.str("SECRET_KEY")
MAINTENANCE_FILE = env.str("MAINTENANCE_FILE", "")
BASE_DOMAIN = env.str("BASE_DOMAIN")
SCHEME = "https"
PORT = env.int("PORT", 443)
ALLOWED_HOSTS = [BASE_DOMAIN, f".{BASE_DOMAIN}", *env.list("CUSTOM_HOSTS", []), *env.list("MEDIA_HOST", [])]

# -- Apps: public holds no people; admin is not used, auth is installed for its hashers and has no table.
SHARED_APPS = ["django_tenants", "django.contrib.contenttypes", "core.tenancy", "tenants", "billing"]
TENANT_APPS = [
    "core.accounts",
    "django.contrib.sessions",
    "allauth.account",
    "allauth.mfa",
    "core.security",
    "core.audit",
    "core.organisation",
    "core.territory",
    "core.delivery",
    "core.readership",
    "core.media",
    "core.drafts",
    *MODULES,
]
TABLELESS_APPS = [
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django.contrib.postgres",
    "allauth",
    "anymail",
    "rest_framework",
    "drf_spectacular",
    "core.web",
    "core.api",
    "core.telemetry",
    "core.privacy",
    "core.richtext",
    "django_prose_editor",
    "django_htmx",
    "portal",
    "console",
    "space",
]
INSTALLED_APPS = list(dict.fromkeys([*SHARED_APPS, *TABLELESS_APPS, *TENANT_APPS]))
MIGRATION_MODULES = {"auth": None}
TENANT_MODEL = "tenants.Space"
TENANT_LIMIT_SET_CALLS = True
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "core.telemetry.middleware.ActMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "core.web.headers.Headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.web.health.HealthMiddleware",
    "core.media.host.MediaHost",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.web.maintenance.Maintenance",
    "tenants.middleware.HostMiddleware",
    "core.accounts.middleware.SpaceSession",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "core.accounts.middleware.SpaceAuthentication",
    "core.accounts.middleware.SpaceMessages",
    "allauth.account.middleware.AccountMiddleware",
    "core.web.errors.WordedRefusals",
    "tenants.middleware.ModuleGate",
    "space.middleware.StateGate",
    "core.security.trusting.TrustedDevices",
    "core.accounts.access.AccessGate",
    "core.security.gate.SecondFactorGate",
]
SITE_URLCONFS = {kind: f"config.urls.{kind}" for kind in ("portal", "console", "space", "unopened")}
ROOT_URLCONF = SITE_URLCONFS["portal"]
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "core.accounts.context.signed_in",
                "space.context.shell",
                "console.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "core.web.templatetags.web",
                "billing.templatetags.billing",
            ],
        },
    },
]

# -- Stores
DATABASES = {"default": {**env.dj_db_url("DATABASE_URL"), "ENGINE": "core.tenancy.backend"}}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # a connection of the pool may be to a server that was restarted
DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 0, "max_size": env.int("DATABASE_POOL", 12), "timeout": 10}}
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.str("CACHE_URL"),
        "KEY_FUNCTION": "core.tenancy.cache.make_key",
        "OPTIONS": {"socket_timeout": 3},
    }
}
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if env.str("S3_BUCKET", ""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.str("S3_BUCKET"),
            "endpoint_url": env.str("S3_ENDPOINT", None),
            "access_key": env.str("S3_ACCESS_KEY"),
            "secret_key": env.str("S3_SECRET_KEY"),
            "file_overwrite": False,
        },
    }
MEDIA_ROOT = env.str("MEDIA_ROOT", str(ROOT / "media"))
MEDIA_HOST = env.str("MEDIA_HOST", "")  # files on a name without cookies, by signed addresses; empty: on each own host
MEDIA_ORIGINS: list[str] = env.list(
    "MEDIA_ORIGINS", []
)  # where an object store answers signed links: https://bucket.s3.example
MEDIA_QUOTA_BYTES = env.int("MEDIA_QUOTA_BYTES", 5 * 1024**3)
STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", str(ROOT / "static-root"))

# -- Language and time
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# -- People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_ADAPTER = "core.accounts.adapter.AccountAdapter"
ACCOUNT_LOGOUT_ON_GET = False
MFA_ADAPTER = "core.security.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
# Who must have a second factor, and how many days after the role was given.
SECOND_FACTOR_REQUIRED = True
SECOND_FACTOR_GRACE_DAYS = {"administrator": 7, "operator": 0}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}

# -- Cookies and headers: `__Host-` keeps a commune's cookie from its neighbours.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True  # forms carry the token, no script reads it
SESSION_COOKIE_AGE = 90 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no third cookie, of another name
CSRF_FAILURE_VIEW = "core.web.errors.csrf_failure"
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|workz)$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies of ours a request passes: X-Forwarded-For is believed as far as they wrote it, and no further.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
# What one address may send without signing in to one route, in a window of seconds; forms have narrower limits.
ANONYMOUS_WRITES, ANONYMOUS_WINDOW = 120, 600
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = (
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), bluetooth=(), midi=(), "
    "display-capture=(), browsing-topics=(), publickey-credentials-get=(self), publickey-credentials-create=(self)"
)
_MEDIA = [f"{SCHEME}://{MEDIA_HOST}"] if MEDIA_HOST else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", *_MEDIA],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "media-src": ["'self'", *_MEDIA, *MEDIA_ORIGINS],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'", *STRIPE_PAGES],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

MAIL_SENDER = env.str("MAIL_SENDER", f"ne-pas-repondre@{BASE_DOMAIN}")
OPERATOR_EMAIL = env.str("OPERATOR_EMAIL", f"contact@{BASE_DOMAIN}")
# Name, form, address and telephone, as the law wants them in the legal notice; what is absent is said to be.
OPERATOR_IDENTITY, HOSTING_IDENTITY = env.str("OPERATOR_IDENTITY", ""), env.str("HOSTING_IDENTITY", "")
DEMO_MAILBOX_URL = ""
# -- Notifications: the platform's own P-256 key, base64url; without one none are offered.
VAPID_PRIVATE_KEY = env.str("VAPID_PRIVATE_KEY", "")
PUSH_TEST_ORIGINS: list[str] = []  # besides the known push services: the servers that tests start

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["core.api.permissions.AsDeclared"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.api.parsers.Json"],
    "DEFAULT_PAGINATION_CLASS": "core.api.pagination.Pages",
    "DEFAULT_VERSIONING_CLASS": "rest_framework.versioning.URLPathVersioning",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["core.api.throttles.Anonymous", "core.api.throttles.Person"],
    "DEFAULT_THROTTLE_RATES": {"anonymous": "120/min", "person": "600/min"},
    "ALLOWED_VERSIONS": ["v1"],
    "DEFAULT_VERSION": "v1",
    "EXCEPTION_HANDLER": "core.api.errors.handle",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Beffroi",
    "DESCRIPTION": "What a commune publishes, for programs.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "DEFAULT_GENERATOR_CLASS": "core.api.schema.ModulesGenerator",
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "core.api.schema.describe_errors"],
}

# -- What the operator sees: one JSON object a line, errors to Sentry; neither names a person.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "core.telemetry.logs.Lines"}},
    "filters": {"no_request": {"()": "core.telemetry.logs.NoRequest"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines", "filters": ["no_request"]}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
SENTRY_DSN = env.str("SENTRY_DSN", "")
RELEASE = env.str("RELEASE", "")
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000  # an EPCI of 158 communes, each with its own modules
SIGNUP_CODE_MINUTES = 15
READINGS_TOGETHER = 2.0  # seconds of readings of one page that are counted in one statement

# -- Maps: https://tiles.example/{z}/{x}/{y}.png; without a source they show contours and areas only.
TILE_SOURCE = env.str("TILE_SOURCE", "")
TILE_ATTRIBUTION = env.str("TILE_ATTRIBUTION", "© les contributeurs d’OpenStreetMap")
