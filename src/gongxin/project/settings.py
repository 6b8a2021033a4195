"""All settings, from the environment only; docs/settings.md lists each."""

import secrets

from csp.constants import NONE, SELF

from gongxin.project import environment
from gongxin.project.identity import read_identity
from gongxin.project.mail import read_mail, site_url

HOME = environment.home()
DEBUG = False


def _secret_key() -> str:
    """Return the key made by `gongxin init`, or a passing one so that commands without a database run."""
    kept = HOME / "keys" / "session"
    return kept.read_text().strip() if kept.exists() else secrets.token_urlsafe(50)


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = environment.text("GONGXIN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
BEHIND_TLS = environment.flag("GONGXIN_TLS")
IDENTITY = read_identity()
GONGXIN_HOME = HOME
GONGXIN_NOW = environment.text("GONGXIN_NOW")
SANDBOX = environment.flag("GONGXIN_SANDBOX")  # a fictional province, to try the APIs on
API_LIMIT_ADDRESS = environment.number("GONGXIN_API_LIMIT_ADDRESS", 600)  # questions a minute; 0: no limit
API_LIMIT_KEY = environment.number("GONGXIN_API_LIMIT_KEY", 1200)
API_PROXIES = environment.number("GONGXIN_PROXIES", int(BEHIND_TLS))  # of our own, in front of this server
SITE_URL = site_url()
_MAIL = read_mail()
EMAIL_BACKEND, EMAIL_TIMEOUT, DEFAULT_FROM_EMAIL = _MAIL.backend, _MAIL.timeout_seconds, _MAIL.sender
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.starts_tls, _MAIL.in_tls
VERIFY_LIMIT = environment.number("GONGXIN_VERIFY_LIMIT", 60)  # an hour from an address; 0: no limit
NOT_ME_LIMIT = environment.number("GONGXIN_NOT_ME_LIMIT", 10)  # an hour from an address; 0: no limit
COMMENT_LIMIT = environment.number("GONGXIN_COMMENT_LIMIT", 10)  # an hour from an address; 0: no limit
TIP_OFF_LIMIT = environment.number("GONGXIN_TIP_OFF_LIMIT", 10)  # an hour from an address; 0: no limit
MAX_UPLOAD_BYTES = 512 * 1024 * 1024

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "gongxin.registry.accounts",
    "gongxin.registry.audit",
    "gongxin.registry.log",
    "gongxin.registry.catalogue",
    "gongxin.registry.intake",
    "gongxin.registry.subjects",
    "gongxin.registry.tip_offs",
    "gongxin.registry.mandates",
    "gongxin.registry.ledger",
    "gongxin.registry.notices",
    "gongxin.registry.commitments",
    "gongxin.registry.lists",
    "gongxin.registry.cases",
    "gongxin.registry.publication",
    "gongxin.registry.checks",
    "gongxin.registry.supervision",
    "gongxin.registry.letters",
    "gongxin.registry.quality",
    "gongxin.project",
    "gongxin.interfaces.pages",
    "gongxin.interfaces.api",
    "gongxin.interfaces.site",
    "gongxin.interfaces.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gongxin.interfaces.pages.sandbox.SandboxMiddleware",
    "gongxin.interfaces.pages.languages.LanguageMiddleware",
    "gongxin.interfaces.api.answers.ApiAnswersMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "gongxin.interfaces.pages.availability.AvailabilityMiddleware",
    "gongxin.interfaces.pages.leak_gate.LeakGateMiddleware",
]

CSRF_FAILURE_VIEW = "gongxin.interfaces.pages.kept_form.csrf_refused"
ROOT_URLCONF = "gongxin.project.urls"
WSGI_APPLICATION = "gongxin.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongxin.project.page_context.page_context",
            ]
        },
    }
]

DATABASES = {"default": environment.database(environment.text("GONGXIN_DATABASE_URL"), home=HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "desk:sign-in"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "site:home"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# What was typed as a name may be a person's number: it is counted under its stars.
AXES_USERNAME_CALLABLE = "gongxin.interfaces.desk.session.name_as_counted"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "next"]
AXES_LOCKOUT_CALLABLE = "gongxin.interfaces.desk.session.locked_out"

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
if BEHIND_TLS:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    SECURE_SSL_REDIRECT = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [str(environment.package_folder() / "project" / "locale")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Django's own upload handlers write large files to the temporary folder in clear; ours seals them at once.
FILE_UPLOAD_HANDLERS = ["gongxin.interfaces.sealed_upload.SealedUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "gongxin.interfaces.pages.logs.WithoutPersonalNumbers",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "filters": {
        "no-addresses": {"()": "gongxin.interfaces.pages.logs.RouteForAddress"},
        "one-line": {"()": "gongxin.interfaces.pages.logs.OneLineForARefusal"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["no-addresses", "one-line"],
        }
    },
    "root": {"handlers": ["console"], "level": environment.text("GONGXIN_LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
