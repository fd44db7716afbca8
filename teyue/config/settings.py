"""Settings, short and from the environment.

TEYUE_DATA            folder of database, keys and files (./data)
TEYUE_DATABASE        address of the database (SQLite in TEYUE_DATA)
TEYUE_DATABASE_OWNER  address under which tables are made, where the serving role does not own them
TEYUE_ORIGIN          what people type to get here, https behind a proxy (http://127.0.0.1:8000)
TEYUE_LOG             text or json
TEYUE_DEBUG           1 shows tracebacks in pages; never where real people work
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from teyue.config import engine, keys, log

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(os.environ.get("TEYUE_DATA") or BASE_DIR / "data").resolve()
ORIGIN = os.environ.get("TEYUE_ORIGIN") or "http://127.0.0.1:8000"
DEBUG = os.environ.get("TEYUE_DEBUG") == "1"

SECRET_KEY = keys.signing_key(DATA_DIR)
FIELD_KEYS = keys.field_keys(DATA_DIR)
INDEX_KEY = keys.index_key(DATA_DIR)
DATABASES = {"default": engine.database(os.environ, DATA_DIR)}
SERVING_ROLE = engine.serving_role(os.environ)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "crispy_forms",
    "crispy_bootstrap5",
    "ninja",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "teyue.foundation.files",
    "teyue.foundation.holds",
    "teyue.foundation.idempotency",
    "teyue.foundation.journal",
    "teyue.foundation.ledger",
    "teyue.foundation.numbering",
    "teyue.foundation.outbox",
    "teyue.register.company",
    "teyue.register.estate",
    "teyue.register.people",
    "teyue.register.importing",
    "teyue.register.calendar",
    "teyue.register.parameters",
    "teyue.web",
    "teyue.procedure.planning",
    "teyue.procedure.pricing",
    "teyue.procedure.subcontracting",
    "teyue.procedure.approval",
    "teyue.procedure.announcement",
    "teyue.procedure.booking",
    "teyue.procedure.cashier",
    "teyue.procedure.refund",
    "teyue.procedure.dispatch",
    "teyue.procedure.service",
    "teyue.procedure.audit",
    "teyue.procedure.settlement",
    "teyue.procedure.dispute",
    "teyue.desks.signin",
    "teyue.desks.workbench",
    "teyue.desks.casefile",
    "teyue.desks.prints",
    "teyue.desks.reception",
    "teyue.desks.cashier",
    "teyue.desks.dispatch",
    "teyue.desks.technician",
    "teyue.desks.resident",
    "teyue.desks.supervisor",
    "teyue.desks.importing",
    "teyue.desks.register",
    "teyue.config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "teyue.config.headers.policies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "teyue.web.people.People",
    "teyue.web.refusals.Refusals",
    "teyue.desks.workbench.surroundings.Surroundings",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "teyue.config.urls"
WSGI_APPLICATION = "teyue.config.wsgi.application"

# Cotton and partials each bring a loader; both work only in one list written out here.
_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "teyue.web.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "teyue" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
MEDIA_ROOT = DATA_DIR / "files"
# All processes of a machine share it: who guesses passwords is counted once, not once a process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "teyue.config.static.Hashed"},
}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "login"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Who is guessed at is protected wherever the guesses come from.
AXES_LOCKOUT_PARAMETERS = ["username"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "teyue.web.throttle.client_address"
AXES_LOCKOUT_CALLABLE = "teyue.desks.signin.checks.leave_as_answered"
# Of allauth only the second factor is used; people, passwords and tokens are the register's.
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "teyue.desks.signin.factors.Encrypting"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_PASSWORD_RULES = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_PASSWORD_RULES}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_PASSWORD_RULES}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_PASSWORD_RULES}.CommonPasswordValidator"},
]

_ENCRYPTED = urlsplit(ORIGIN).scheme == "https"
ALLOWED_HOSTS = [urlsplit(ORIGIN).hostname or "127.0.0.1", "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [ORIGIN]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _ENCRYPTED else None
SECURE_SSL_REDIRECT = _ENCRYPTED
SECURE_HSTS_SECONDS = 31_536_000 if _ENCRYPTED else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _ENCRYPTED
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "teyue.web.refusals.forged"
SESSION_COOKIE_AGE = 12 * 3600
X_FRAME_OPTIONS = "DENY"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

LOGGING = log.configure(os.environ.get("TEYUE_LOG") or "text")
