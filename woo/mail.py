"""Sends a message through the mail server of the organisation. No queue: who sends tries again."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

from woo.errors import Unavailable
from woo.settings import Settings

_SECONDS = 20
_NOT_SENT = "De mailserver neemt het bericht niet aan. Er is niets verstuurd. Controleer WOO_SMTP_URL."


def can_send(settings: Settings) -> bool:
    """Whether a server, a sender and receivers are set."""
    return bool(settings.smtp_url.get_secret_value() and settings.mail_from and settings.mail_to)


def send(settings: Settings, subject: str, text: str) -> None:
    """Send plain text to `WOO_MAIL_TO`; Unavailable where the server does not take it.

    A password is only ever given over an encrypted connection with a certificate that is right.
    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.mail_from, settings.mail_to, subject
    message["Date"], message["Message-ID"] = formatdate(localtime=True), make_msgid(domain="woo.invalid")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    try:
        with _connection(settings.smtp_url.get_secret_value()) as server:
            server.send_message(message)
    except (OSError, smtplib.SMTPException):
        raise Unavailable(_NOT_SENT) from None


def _connection(url: str) -> smtplib.SMTP:
    parts, context = urlsplit(url), ssl.create_default_context()
    host = parts.hostname or ""
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=_SECONDS)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
        elif parts.password:
            server.close()
            raise smtplib.SMTPNotSupportedError
    if parts.username and parts.password:
        server.login(unquote(parts.username), unquote(parts.password))
    return server
