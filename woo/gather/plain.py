"""Plain text and chat exports as pages."""

from __future__ import annotations

from pathlib import Path

from woo.gather.blocks import Block
from woo.gather.dates import from_file_name
from woo.gather.items import Converted, DateSource, SourceItem, Unusable
from woo.gather.mailpage import plain_blocks
from woo.gather.pages import MAX_CHARACTERS, Sheet, TooLong, make_pages, uncovered_todo
from woo.gather.pdffile import stem
from woo.gather.textfile import ChatMessage, chat_days, chat_messages, decode

MAX_BYTES = 30_000_000


def convert_text(item: SourceItem, folder: Path) -> Converted | Unusable:
    """A text file as pages; the export of a chat message by message. Raises TooLong and NotTypeset."""
    if item.size > MAX_BYTES:
        return Unusable.because("too_large")
    text, encoding = decode(item.read())
    if len(text) > MAX_CHARACTERS:
        raise TooLong
    if not text.strip():
        return Unusable.because("empty", "Dit tekstbestand bevat alleen witruimte. Het origineel is bewaard. "
                                "Vraag de aanleveraar of hier iets had moeten staan.")
    notes = () if encoding.startswith("utf") else ("De tekst is gelezen als Windows-1252 (een oudere tekencodering).",)
    messages = chat_messages(text)
    if messages:
        return _chat(item, messages, folder, notes)
    day = from_file_name(item.name)
    sheet = Sheet("Tekstbestand", plain_blocks(text))
    target = folder / "text.pdf"
    return Converted(target, "note", stem(item.name), make_pages(sheet, target), date=day,
                     date_source="file_name" if day else None, notes=notes, todo=uncovered_todo(sheet))


def _chat(item: SourceItem, messages: list[ChatMessage], folder: Path, notes: tuple[str, ...]) -> Converted:
    """A chat: the day of the last message counts as its date."""
    blocks: list[Block] = [
        {"kind": "chat", "day": message.day, "time": message.time, "sender": message.sender, "text": message.text}
        for message in messages
    ]
    days = chat_days(messages)
    source: DateSource | None = "text" if days else None
    if days:
        period = f"van {min(days):%d-%m-%Y} tot en met {max(days):%d-%m-%Y}"
        notes = (*notes, f"Chat met {len(messages)} berichten {period}.")
    sheet = Sheet("Chatgesprek", blocks)
    target = folder / "chat.pdf"
    return Converted(target, "chat", stem(item.name), make_pages(sheet, target), date=max(days) if days else None,
                     date_source=source, notes=notes, todo=uncovered_todo(sheet),
                     participants=tuple(dict.fromkeys(m.sender for m in messages if m.sender)))
