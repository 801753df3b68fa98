"""The only settings module. One environment variable switches one part; nothing set means the embedded default.

Every variable read here stands in docs/operators.md (a test compares).
"""

import secrets
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from environs import Env
from kombu import Exchange, Queue

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var"))).resolve()

# ---------------------------------------------------------------- where we are reached
HOST = env.str("HOST", "127.0.0.1")
PORT = env.int("PORT", 8000)
if not 0 < PORT < 65536:
    raise ImproperlyConfigured(f"PORT must lie between 1 and 65535, and is {PORT}")
PUBLIC_URL = env.str("PUBLIC_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
_public = urlsplit(PUBLIC_URL)
if _public.scheme not in {"http", "https"} or not _public.hostname:
    raise ImproperlyConfigured(f"PUBLIC_URL must begin with http:// or https://, and is {PUBLIC_URL}")
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
LOOPBACK_ONLY = _public.hostname in _LOOPBACK
HTTPS = _public.scheme == "https"
DEBUG = False
ALLOWED_HOSTS = [_public.hostname or "", *_LOOPBACK, "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
# Only a proxy we are told of may say who the client is or which scheme it used.
TRUSTED_PROXY = env.bool("TRUSTED_PROXY", False)
DEMO = env.bool("DEMO", False)

DATABASE_URL = env.str("DATABASE_URL", "")
REDIS_URL = env.str("REDIS_URL", "")
S3_BUCKET = env.str("S3_BUCKET", "")


def _make_data_dir() -> None:
    """The data folder, or words about why it cannot be."""
    try:
        DATA_DIR.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"DATA_DIR={DATA_DIR} cannot be made: {error.strerror}") from None


def _secret_key() -> str:
    """The operator's key, or one kept in the data folder, which only a loopback installation on SQLite may use."""
    given = env.str("SECRET_KEY", "")
    if given:
        if len(given) < 50:
            raise ImproperlyConfigured("SECRET_KEY is shorter than 50 characters")
        return given
    if not LOOPBACK_ONLY or DATABASE_URL.startswith("postgres"):
        raise ImproperlyConfigured(
            "SECRET_KEY must be set where PUBLIC_URL is not on loopback or PostgreSQL is used"
        )
    kept = DATA_DIR / "secret_key"
    if not kept.exists():
        _make_data_dir()
        # Whole or not at all: a start that dies here must not leave an empty key behind.
        new = DATA_DIR / f"secret_key.{secrets.token_hex(4)}"
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(64))
        new.replace(kept)
    return kept.read_text().strip()


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])

# ---------------------------------------------------------------- parts of the application
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "claims",
]
MIDDLEWARE = [
    "factcheck.headers.StandingHeaders",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "factcheck.headers.ReadableInput",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---------------------------------------------------------------- database
if DATABASE_URL:
    if urlsplit(DATABASE_URL).scheme not in {"postgres", "postgresql", "sqlite"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite://")
    DATABASES = {"default": env.dj_db_url("DATABASE_URL")}
    if DATABASE_URL.startswith("postgres"):
        DATABASES["default"]["CONN_MAX_AGE"] = 60
        DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
else:
    _make_data_dir()
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "factcheck.sqlite3"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Opening the file and setting its pragmas costs more than reading a page from it.
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    # IMMEDIATE or two writers at once fail; FULL or a power cut loses acknowledged rows (docs/performance.md).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA journal_size_limit=67108864; PRAGMA temp_store=MEMORY; PRAGMA recursive_triggers=ON;",
    }

# ---------------------------------------------------------------- cache and jobs
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "factcheck.cache.PatientRedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_BROKER_URL = REDIS_URL or "memory://localhost//"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_CONSUMER = "claims.tasks.consumer:PatientConsumer"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "claims.tasks.schedule:OutboxScheduler"
CELERY_TASK_TIME_LIMIT = 900  # processes only: threads have none, so every network call needs its own
CELERY_TASK_SOFT_TIME_LIMIT = 840
# Queue → messages at once in the broker. What a reader waits for must not queue behind captures.
JOB_QUEUES = {"default": 16, "publish": 16, "archive": 16}
JOB_BOUNDED_QUEUES: set[str] = set()
JOB_THREADS = env.int("JOB_THREADS", 3)
if REDIS_URL:
    # The visibility timeout is longer than any job; a duplicate would do no harm, but no good either.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 7200,
        "socket_connect_timeout": 2,
        "socket_timeout": 15,
        "max_retries": 1,
        "interval_start": 0,
        "interval_max": 0.2,
        "unacked_restore_interval": 30,
        "unacked_restore_throttle": 1,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"polling_interval": 0.05}
    # One worker's threads serve all queues: captures may take all but one of them, running ones included.
    JOB_QUEUES["archive"] = max(JOB_THREADS - 1, 1)
    JOB_BOUNDED_QUEUES = {"archive"}
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_QUEUES = [Queue(name, Exchange(name), routing_key=name) for name in JOB_QUEUES]

# ---------------------------------------------------------------- people
AUTH_USER_MODEL = "claims.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_ADAPTER = "factcheck.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if TRUSTED_PROXY else 0
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Factcheck"
# Browsers take http://localhost for a secure origin; nothing else without TLS is.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOOPBACK_ONLY
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"

# ---------------------------------------------------------------- what browsers are told
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if TRUSTED_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# ---------------------------------------------------------------- languages and time
LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", "العربية"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "factcheck" / "locale"]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True
NEWSROOM_TIME_ZONE = env.str("NEWSROOM_TIME_ZONE", "Asia/Damascus")
try:
    ZoneInfo(NEWSROOM_TIME_ZONE)
except (ValueError, KeyError, OSError):
    raise ImproperlyConfigured(f"NEWSROOM_TIME_ZONE={NEWSROOM_TIME_ZONE} is no time zone") from None
NEWSROOM_NAME_AR = env.str("NEWSROOM_NAME_AR", "فاكت تشيك")
NEWSROOM_NAME_EN = env.str("NEWSROOM_NAME_EN", "Factcheck")
# Where readers write to, and who we are in the newsroom's own words (owners, funders, legal form).
NEWSROOM_CONTACT = env.str("NEWSROOM_CONTACT", "")
NEWSROOM_ABOUT_AR = env.str("NEWSROOM_ABOUT_AR", "")
NEWSROOM_ABOUT_EN = env.str("NEWSROOM_ABOUT_EN", "")

# ---------------------------------------------------------------- files
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "factcheck.static.HashedWhereCollected"},
}
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").exists()
EVIDENCE_DIR = Path(env.str("EVIDENCE_DIR", str(DATA_DIR / "evidence"))).resolve()
# With S3_BUCKET set, evidence lies there instead; empty values leave the choice to the S3 library.
S3_ENDPOINT_URL = env.str("S3_ENDPOINT_URL", "")
S3_REGION = env.str("S3_REGION", "")
S3_ACCESS_KEY = env.str("S3_ACCESS_KEY", "")
S3_SECRET_KEY = env.str("S3_SECRET_KEY", "")
S3_LOCK_DAYS = env.int("S3_LOCK_DAYS", 0)
# What leaves this machine: an HTTP proxy for captures, and the name we give ourselves.
FETCH_PROXY = env.str("FETCH_PROXY", "")
FETCH_USER_AGENT = env.str("FETCH_USER_AGENT", "Mozilla/5.0 (compatible; Factcheck)")
# The browser for screenshots: a path, nothing (look for Chromium), or "off".
CHROMIUM = env.str("CHROMIUM", "")
# Copies by others and trusted timestamps: off until an operator names them.
WAYBACK_ACCESS_KEY = env.str("WAYBACK_ACCESS_KEY", "")
WAYBACK_SECRET_KEY = env.str("WAYBACK_SECRET_KEY", "")
TIMESTAMP_AUTHORITIES: list[str] = env.list("TIMESTAMP_AUTHORITIES", [])
TIMESTAMP_ROOTS = env.str("TIMESTAMP_ROOTS", "")
# Signs the daily checkpoint of the history: 32 bytes in base64. Empty: made at first use in DATA_DIR.
CHECKPOINT_KEY = env.str("CHECKPOINT_KEY", "")
UPLOAD_LIMIT_BYTES = env.int("UPLOAD_LIMIT_BYTES", 200 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_TEMP_DIR = None
