"""Settings. Everything an installation may change comes from the environment (see the README).

With an empty environment the application runs on one machine: an SQLite file, a secret key
made at the first start, files under ``var/``.
"""

import datetime as dt
from pathlib import Path

from config import logs
from config.environment import BASE_DIR, env
from config.headers import CONTENT_SECURITY_POLICY  # noqa: F401 (a setting)

# Files the application writes: database, uploads, collected static files, the generated key.
# Personal data and the key: nobody else on the machine reads them.
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.secret_key("SECRET_KEY", VAR_DIR)
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")

# The office whose application this is. None of these names is in code or templates.
COMMITTEE_NAME = env("COMMITTEE_NAME", default="Tỉnh ủy Sóc Trăng")
PLACE_NAME = env("PLACE_NAME", default="Sóc Trăng")
REGULATION_NAME = env("REGULATION_NAME", default="Quy chế 10-QC/TU")
# More communes than this for one officer is pointed out, never forbidden.
MAX_COMMUNES_PER_OFFICER = env.int("MAX_COMMUNES_PER_OFFICER", default=3, low=1, high=100)
# Latitude and longitude of the province's centre, from which plans of reassignment measure.
PROVINCE_CENTRE = env.list(
    "PROVINCE_CENTRE", cast=float, default=[9.6025, 105.9739], low=-180, high=180
)
# How far ahead the home page looks for communes that will lose their officer.
LOOK_AHEAD_DAYS = env.int("LOOK_AHEAD_DAYS", default=90, low=0, high=366)
# A meeting notice without an answer for so long is pointed out.
NOTICE_ANSWER_DAYS = env.int("NOTICE_ANSWER_DAYS", default=3, low=0, high=366)
# A hand-over not settled so many days after the officer left is pointed out.
HANDOVER_DAYS = env.int("HANDOVER_DAYS", default=15, low=0, high=366)
# So many days before they are due, reports and duties still open are pointed out.
REMINDER_DAYS = env.list("REMINDER_DAYS", cast=int, default=[20, 7], low=0, high=366)
# A petition nobody has routed, or whose outcome the commune has not been told, after so long.
PETITION_ROUTE_DAYS = env.int("PETITION_ROUTE_DAYS", default=5, low=0, high=366)
PETITION_TELL_DAYS = env.int("PETITION_TELL_DAYS", default=10, low=0, high=366)
# A petition so long with one body and overdue, or so long unrouted, goes to the Standing Committee.
PETITION_ESCALATION_DAYS = env.int("PETITION_ESCALATION_DAYS", default=30, low=0, high=366)
# Word documents: who issues and signs them, where they are kept, and what guidances leave open.
DOCUMENT_ISSUER = env("DOCUMENT_ISSUER", default="Văn phòng")
DOCUMENT_SYMBOL = env("DOCUMENT_SYMBOL", default="VPTU")
DOCUMENT_AUTHORITY = env("DOCUMENT_AUTHORITY", default="")
DOCUMENT_SIGNER_OFFICE = env("DOCUMENT_SIGNER_OFFICE", default="Chánh Văn phòng")
DOCUMENT_SIGNER = env("DOCUMENT_SIGNER", default="")
DOCUMENT_KEPT_AT = env("DOCUMENT_KEPT_AT", default="Văn phòng Tỉnh ủy")
# The committee's own documents (báo cáo, quyết định): symbol, authority, who signs, who gets them.
COMMITTEE_SYMBOL = env("COMMITTEE_SYMBOL", default="TU")
COMMITTEE_AUTHORITY = env("COMMITTEE_AUTHORITY", default="T/M Ban Thường vụ")
COMMITTEE_SIGNER_OFFICE = env("COMMITTEE_SIGNER_OFFICE", default="Phó Bí thư Thường trực")
COMMITTEE_SIGNER = env("COMMITTEE_SIGNER", default="")
# Separated by ";": a name may hold commas. "Lưu" is added by the layout.
COMMITTEE_RECIPIENTS = [
    name.strip()
    for name in env(
        "COMMITTEE_RECIPIENTS",
        default="Ban Thường vụ Tỉnh ủy; Các ban, cơ quan tham mưu, giúp việc Tỉnh ủy; "
        "Các huyện ủy, thị ủy, thành ủy; Cán bộ theo dõi, phụ trách Đảng bộ cấp xã",
    ).split(";")
    if name.strip()
]
# HD36_2018 or HD05_2026 for all days; empty: the guidance in force on a document's day.
DOCUMENT_PROFILE = env.one_of("DOCUMENT_PROFILE", "", ["HD36_2018", "HD05_2026"])
DOCUMENT_TWO_SIDED = env.bool("DOCUMENT_TWO_SIDED", default=False)
# What the guidances leave open; empty or 0: as the layout says (reports/documents/profiles.py).
DOCUMENT_LINE_SPACING = env.int("DOCUMENT_LINE_SPACING", default=0, low=0, high=60)
DOCUMENT_LETTER_PREFIX = env("DOCUMENT_LETTER_PREFIX", default="")
DOCUMENT_SPELLING = env("DOCUMENT_SPELLING", default="")
DOCUMENT_END_MARK = env("DOCUMENT_END_MARK", default="")
DOCUMENT_ITALIC_CITATIONS = env.bool("DOCUMENT_ITALIC_CITATIONS", default=False)
DOCUMENT_RECIPIENTS_SIZE = env.int("DOCUMENT_RECIPIENTS_SIZE", default=0, low=0, high=20)

INSTALLED_APPS = [
    "accounts",
    "communes",
    "assignments",
    "reports",
    "config",
    "config.admin.OfficeAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
]

MIDDLEWARE = [
    # Around everything, static files and refusals included.
    "config.request_log.RequestMiddleware",
    "config.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.compression.CompressedPagesMiddleware",
    "config.errors.ErrorPagesMiddleware",
    "config.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "accounts.middleware.KnownVerbsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "communes.typed_text.TypedTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.session_middleware.SessionUseMiddleware",
    "accounts.session_middleware.LoginAskedMiddleware",
    "accounts.middleware.NoStoreMiddleware",
    "accounts.middleware.AuditAddressMiddleware",
    "accounts.middleware.ForcedPasswordChangeMiddleware",
    "accounts.second_factor.middleware.SecondFactorAskedMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "communes.as_of.AsOfMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.office",
            ],
            "builtins": [
                "communes.templatetags.office",
                "assignments.templatetags.tables",
                "reports.templatetags.figures",
            ],
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            # FULL: what was acknowledged is still there after a power cut.
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            # REPLACE deletes rows: triggers that refuse deletion must hear of it.
            "PRAGMA recursive_triggers=ON;"
        ),
    }
else:
    DATABASES["default"]["OPTIONS"] = {
        # A server that is away is told within seconds, not minutes.
        "connect_timeout": 4,
        # PostgreSQL would compile the long statements of figures anew each time they are asked:
        # the list of figures then takes its server 3,000 ms instead of 200 (docs/scale.md).
        "options": "-c jit=off",
        **DATABASES["default"].get("OPTIONS", {}),
    }

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["config.backends.OfficeBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LengthAndKindsValidator"},
    {"NAME": "accounts.passwords.NotTheNameValidator"},
    {"NAME": "accounts.passwords.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.NotAFormerOneValidator"},
]
# Security values (DOMAIN §5.3).
# Characters of a password that is the only factor (of four kinds), and of one that is not.
PASSWORD_MIN_LENGTH = env.int("PASSWORD_MIN_LENGTH", default=14, low=8)
PASSWORD_MIN_LENGTH_SECOND_FACTOR = env.int("PASSWORD_MIN_LENGTH_SECOND_FACTOR", default=8, low=8)
# So many passwords before the present one are not taken again.
PASSWORD_HISTORY = env.int("PASSWORD_HISTORY", default=10, low=0)
# After so many days a password must be changed.
PASSWORD_MAX_AGE_DAYS = env.numbers_by_role("PASSWORD_MAX_AGE_DAYS", "180,admin=60", low=1)
# An account not used for so many days is switched off by the nightly `tend_accounts`.
ACCOUNT_IDLE_DAYS = env.int("ACCOUNT_IDLE_DAYS", default=45, low=1)
# So many failed logins of one account from one address lock it there for so many hours; larger
# numbers lock an address for all accounts, and an account at all addresses.
LOGIN_FAILURES = env.int("LOGIN_FAILURES", default=5, low=1)
LOGIN_FAILURES_PER_ADDRESS = env.int("LOGIN_FAILURES_PER_ADDRESS", default=50, low=1)
LOGIN_FAILURES_PER_ACCOUNT = env.int("LOGIN_FAILURES_PER_ACCOUNT", default=25, low=1)
LOCK_HOURS = env.int("LOCK_HOURS", default=12, low=1)
# django-axes counts; accounts/throttle.py says what is counted, stored and told.
AXES_HANDLER = "accounts.throttle.LoginHandler"
AXES_CLIENT_IP_CALLABLE = "accounts.throttle.counted_address"
AXES_USERNAME_CALLABLE = "accounts.throttle.counted_name"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = dt.timedelta(hours=LOCK_HOURS)
AXES_RESET_ON_SUCCESS = True
# Roles that must have a second factor; `none` asks nobody.
SECOND_FACTOR_ROLES = env.roles(
    "SECOND_FACTOR_ROLES", "admin" if env.bool("HTTPS", default=False) else "none"
)
# How an app of codes names this account, and no shifting of the window of ±1 step by its clock.
OTP_TOTP_ISSUER = COMMITTEE_NAME
OTP_TOTP_SYNC = False
# A session ends unused after so many minutes, and in any case so many hours after the login.
SESSION_IDLE_MINUTES = env.numbers_by_role("SESSION_IDLE_MINUTES", "15,admin=5", low=2)
SESSION_HOURS = env.int("SESSION_HOURS", default=12, low=1, high=24)
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Its middleware would answer with a page of its own: the one sentence is the login form's.
SILENCED_SYSTEM_CHECKS = ["axes.W002"]

# The key of the log's chain; empty: made from SECRET_KEY. Keys used before still prove old rows.
AUDIT_KEY = env("AUDIT_KEY", default="")
AUDIT_KEY_FALLBACKS = env.list("AUDIT_KEY_FALLBACKS", default=[])
# `trim_audit_log` takes away rows older than so many months; 0 keeps them for ever.
AUDIT_RETENTION_MONTHS = env.int("AUDIT_RETENTION_MONTHS", default=0, low=0)
if 0 < AUDIT_RETENTION_MONTHS < 12:
    env.tell("E002", "AUDIT_RETENTION_MONTHS", "phải là 0 (giữ mãi) hoặc từ 12 tháng trở lên.")

LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:login"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = env.time_zone("TIME_ZONE", "Asia/Ho_Chi_Minh")
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["config.formats"]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.bootstrap.BootstrapFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Nobody else's pages use our files.
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Files are given by a view that asks who may see them (assignments/views/files.py).
MEDIA_URL = "phan-cong/tep/"
MEDIA_ROOT = env.folder("MEDIA_ROOT", VAR_DIR / "media")

# Backups: where they lie, the public keys they are encrypted for, and how many days they stay.
BACKUP_DIR = Path(env("BACKUP_DIR") or VAR_DIR / "backups")
BACKUP_KEY = env("BACKUP_KEY")
BACKUP_KEEP = env.int("BACKUP_KEEP", 14, low=1)

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Behind nginx with TLS: HTTPS=true turns on secure cookies, the redirect and HSTS.
HTTPS = env.bool("HTTPS", default=False)
if HTTPS:
    # No other site under the same name can set these.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# True only when a proxy we run sets X-Forwarded-For and X-Forwarded-Proto itself.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Limits of an uploaded workbook (bytes, bytes unpacked, rows, columns, characters of one cell).
WORKBOOK_MAX_BYTES = env.int("WORKBOOK_MAX_BYTES", default=5 * 2**20, low=2**10, high=2**30)
WORKBOOK_MAX_UNPACKED_BYTES = env.int(
    "WORKBOOK_MAX_UNPACKED_BYTES", default=60 * 2**20, low=2**10, high=2**32
)
WORKBOOK_MAX_ROWS = env.int("WORKBOOK_MAX_ROWS", default=20_000, low=1, high=1_048_576)
WORKBOOK_MAX_COLUMNS = env.int("WORKBOOK_MAX_COLUMNS", default=60, low=1, high=16_384)
WORKBOOK_MAX_CELL_CHARACTERS = env.int(
    "WORKBOOK_MAX_CELL_CHARACTERS", default=2_000, low=1, high=32_767
)
# Limits of attachments: bytes of one file, files of one officer at one visit.
ATTACHMENT_MAX_BYTES = env.int("ATTACHMENT_MAX_BYTES", default=20 * 2**20, low=2**10, high=2**30)
ATTACHMENTS_MAX_PER_VISIT = env.int("ATTACHMENTS_MAX_PER_VISIT", default=10, low=1, high=100)
# A small request stays in memory; of a larger one no more is kept than those limits.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "assignments.receiving.BoundedUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# Mail goes out only where a server is named: EMAIL_URL=smtp+tls://user:password@host:587
EMAIL_URL = env("EMAIL_URL")
vars().update(env.mail("EMAIL_URL"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="theodoi@localhost")
# The address people open, for links in mail.
SITE_ADDRESS = env.site_address("SITE_ADDRESS", "http://127.0.0.1:8000")

# The server's own log: `text` or `json`, and whether each request has a line (config/logs.py).
LOG_FORMAT = env.one_of("LOG_FORMAT", "text", ["text", "json"])
REQUEST_LOG = env.bool("REQUEST_LOG", default=True)
LOGGING = logs.configuration(LOG_FORMAT, requests=REQUEST_LOG)
# The health page (config/health.py): who may ask for detail from elsewhere, and what is bad.
HEALTH_KEY = env.key("HEALTH_KEY", shortest=32)
HEALTH_FREE_MEGABYTES = env.int("HEALTH_FREE_MEGABYTES", default=1024, low=1)
HEALTH_BACKUP_HOURS = env.int("HEALTH_BACKUP_HOURS", default=26, low=1)
HEALTH_NIGHTLY_HOURS = env.int("HEALTH_NIGHTLY_HOURS", default=26, low=1)
HEALTH_UNSEALED_MINUTES = env.int("HEALTH_UNSEALED_MINUTES", default=60, low=1)
