"""How mails leave, from the environment: by an SMTP server, or printed where the worker runs."""

from dataclasses import dataclass, field

from gongxin.core.catalogue import Label
from gongxin.project import environment

CONSOLE = "django.core.mail.backends.console.EmailBackend"
SMTP = "django.core.mail.backends.smtp.EmailBackend"
PORTS = {"none": 25, "starttls": 587, "tls": 465}
NO_PROTECTION = Label(
    "GONGXIN_MAIL_TLS 须为 starttls、tls 或 none", "GONGXIN_MAIL_TLS must be starttls, tls or none"
)
LONGEST_SECONDS = 60  # a worker does nothing else meanwhile
TOO_LONG = Label(
    f"GONGXIN_MAIL_TIMEOUT_SECONDS 须为 1 至 {LONGEST_SECONDS}",
    f"GONGXIN_MAIL_TIMEOUT_SECONDS must be from 1 to {LONGEST_SECONDS}",
)
NO_SENDER = Label("GONGXIN_MAIL_FROM 须为一个邮件地址", "GONGXIN_MAIL_FROM must be one mail address")
NO_ADDRESS = Label(
    "GONGXIN_SITE_URL 须以 http:// 或 https:// 开头", "GONGXIN_SITE_URL must begin with http:// or https://"
)


@dataclass(frozen=True, slots=True)
class Mail:
    """What Django must know to send a mail."""

    backend: str
    host: str
    port: int
    starts_tls: bool
    in_tls: bool
    user: str
    password: str = field(repr=False)
    timeout_seconds: int = 20
    sender: str = ""


def read_mail() -> Mail:
    """Return how mails leave, as the environment says. Raises SettingRefused."""
    host = environment.text("GONGXIN_MAIL_HOST")
    protection = environment.text("GONGXIN_MAIL_TLS", "starttls")
    if protection not in PORTS:
        raise environment.SettingRefused(NO_PROTECTION)
    timeout_seconds = environment.number("GONGXIN_MAIL_TIMEOUT_SECONDS", 20)
    if not 0 < timeout_seconds <= LONGEST_SECONDS:
        raise environment.SettingRefused(TOO_LONG)
    return Mail(
        backend=SMTP if host else CONSOLE,
        host=host,
        port=environment.number("GONGXIN_MAIL_PORT", PORTS[protection]),
        starts_tls=protection == "starttls",
        in_tls=protection == "tls",
        user=environment.text("GONGXIN_MAIL_USER"),
        password=environment.text("GONGXIN_MAIL_PASSWORD"),
        timeout_seconds=timeout_seconds,
        sender=_sender(),
    )


def site_url() -> str:
    """Return where people find this site, as mails and papers write it, or nothing. Raises SettingRefused."""
    address = environment.text("GONGXIN_SITE_URL").strip()
    if address and (not address.startswith(("http://", "https://")) or not address.isprintable()):
        raise environment.SettingRefused(NO_ADDRESS)
    return address


def _sender() -> str:
    sender = environment.text("GONGXIN_MAIL_FROM", "no-reply@localhost").strip()
    name, _, domain = sender.partition("@")
    if not name or not domain or not sender.isprintable() or " " in sender or "@" in domain:
        raise environment.SettingRefused(NO_SENDER)
    return sender
