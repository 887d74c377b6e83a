"""Writes a text of the sample as an e-mail (eml) with headers, transport lines, attachments and, where asked, HTML."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from sample_source.cast import mail_address
from sample_source.markup import Block, Source, runs

MEDIA_TYPES = {
    ".pdf": "application/pdf", ".txt": "text/plain", ".eml": "message/rfc822", ".zip": "application/zip",
    ".wav": "audio/wav", ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def eml_bytes(source: Source, attachments: list[tuple[str, bytes]]) -> bytes:
    """The e-mail of a text with its attachments (file name, bytes), with CRLF line ends."""
    message = EmailMessage(policy=SMTP)
    sent = datetime.fromisoformat(source.meta["date"])
    _transport_lines(message, source, sent)
    message["From"] = _addresses(source.meta["from"])
    message["To"] = _addresses(source.meta["to"])
    if "cc" in source.meta:
        message["Cc"] = _addresses(source.meta["cc"])
    message["Subject"] = source.meta["subject"]
    message["Date"] = sent
    message["Message-ID"] = f"<{source.meta['mid']}>"
    if "reply" in source.meta:
        message["In-Reply-To"] = f"<{source.meta['reply']}>"
        ids = source.meta.get("refs", source.meta["reply"]).split(", ")
        message["References"] = " ".join(f"<{identifier}>" for identifier in ids)
    _body(message, source)
    for name, data in attachments:
        main, sub = MEDIA_TYPES["." + name.rsplit(".", 1)[1]].split("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{source.key}_{number}_{sent:%Y%m%d%H%M%S}")
    return message.as_bytes()


def _addresses(keys: str) -> list[Address]:
    return [Address(name, addr_spec=address) for name, address in map(mail_address, keys.split(", "))]


def _transport_lines(message: EmailMessage, source: Source, sent: datetime) -> None:
    """Received lines as mail servers add them, newest first; addresses are from the blocks kept for documentation."""
    domain = mail_address(source.meta["from"])[1].split("@")[1]
    target = mail_address(source.meta["to"].split(", ")[0])[1].split("@")[1]
    mark = source.meta["mid"].split("@")[0].replace(".", "")[-10:]
    inside, outside = sent + timedelta(seconds=9), sent + timedelta(seconds=5)
    message["Received"] = (f"from mx2.{target} (2001:db8:52:7::19) by mbx04.{target} (2001:db8:52:7::4) with"
                           f" Microsoft SMTP Server (version=TLS1_2) id 15.2.1748.10; {format_datetime(inside)}")
    if domain != target:
        message["Received"] = (f"from smtp.{domain} (smtp.{domain} [192.0.2.{25 + len(domain)}]) by mx2.{target} with"
                               f" ESMTPS id {mark} for <{mail_address(source.meta['to'].split(', ')[0])[1]}>;"
                               f" {format_datetime(outside)}")
        message["Received"] = (f"from [198.51.100.{60 + len(domain)}] (unknown [198.51.100.{60 + len(domain)}]) by"
                               f" smtp.{domain} with ESMTPSA id {mark[::-1]}; {format_datetime(sent)}")


def _body(message: EmailMessage, source: Source) -> None:
    if source.meta.get("html") != "yes":
        message.set_content(source.body, cte="quoted-printable")
        return
    blocks = source.blocks()
    message.set_content("\n\n".join(_plain(block) for block in blocks) + "\n", cte="quoted-printable")
    page = "\n".join(_html(block) for block in blocks)
    message.add_alternative(f'<html lang="nl"><body style="font-family: Arial; font-size: 10pt">\n{page}\n'
                            "</body></html>\n", subtype="html", cte="quoted-printable")


def _plain(block: Block) -> str:
    if block.kind == "table":
        widths = [max(len(row[column]) for row in block.rows) for column in range(len(block.rows[0]))]
        return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
                         for row in block.rows)
    if block.kind == "bullets":
        return "\n".join(f"- {item}" for (item,) in block.rows)
    return block.text


def _html(block: Block) -> str:
    if block.kind == "table":
        rows = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows]
        return '<table border="1" cellpadding="4">' + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    if block.kind == "bullets":
        return "<ul>" + "".join(f"<li>{escape(item)}</li>" for (item,) in block.rows) + "</ul>"
    return "<p>" + "".join(f"<b>{escape(p)}</b>" if bold else escape(p) for p, bold in runs(block.text)) + "</p>"
