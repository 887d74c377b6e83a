"""Lays out a mail as a page: table of headers, the text with its quotations, pictures in place, links below."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from woo.gather.blocks import MAX_DEPTH, Block, Run, paragraph
from woo.gather.calendar import invitation
from woo.gather.dates import dutch_moment, from_mail_header
from woo.gather.html import read_html
from woo.gather.items import Converted, DateSource, SourceItem, ToDo
from woo.gather.mail import Mail, read_mail, thread_key
from woo.gather.pages import Field, Sheet, make_pages, uncovered_todo

_TABLE = re.compile(r"\S {3,}\S|\t|[│┃|].*[│┃|]|^[+=-]{5,}$")
_QUOTE = re.compile(r"^((?:> ?)+)(.*)$")
_WORD = re.compile(r"[^\W_]{3,}")
_NOISE = re.compile(r"https?://\S+|\[[^\]\n]*\]|<[^>\n]*>|mailto:\S+")
_PIXELS = 40_000_000
_PAGE_WIDTH = 450.0  # points between the margins
_PIECE_LINES = 400


def convert_mail(item: SourceItem, folder: Path) -> Converted:
    """The mail as a PDF in `folder`, with its attachments as children.

    Raises TooLong when it holds more text than anyone can read, NotTypeset when the page cannot be made.
    """
    mail = read_mail(item)
    pictures = {cid: drawn for cid, child in mail.pictures.items() if (drawn := _drawable(child))}
    blocks, links, used, remote = _body(mail, frozenset(pictures))
    children = [*mail.attachments, *(child for cid, child in mail.pictures.items() if cid not in used)]
    names = {cid: f"{number}.png" for number, cid in enumerate(pictures)}
    for block in _images(blocks):
        block["width"] = pictures[block["name"]][1]
        block["name"] = names[block["name"]]
    sheet = Sheet("E-mailbericht", blocks, fields=_fields(mail, children), links=links,
                  pictures={names[cid]: pictures[cid][0] for cid in used})
    target = folder / "mail.pdf"
    pages = make_pages(sheet, target)
    day = from_mail_header(mail.date)
    source: DateSource | None = "header" if day else None
    return Converted(
        target, "email", mail.subject or "(geen onderwerp)", pages, date=day, date_source=source,
        message_id=mail.message_id, in_reply_to=mail.in_reply_to, participants=mail.participants,
        thread_id=thread_key(mail.message_id, mail.in_reply_to, mail.references), children=tuple(children),
        parts=tuple(child.name for cid, child in mail.pictures.items() if cid in used)
        + ("uitnodiging",) * len(mail.invitations),
        notes=_notes(mail, remote), todo=uncovered_todo(sheet) + _cut(mail),
    )


def plain_blocks(text: str) -> list[Block]:
    """Plain text as blocks: quotations as quotations, tables made with spaces in one width, the rest as it stands."""
    quoted = [_depth(line) for line in text.expandtabs(8).splitlines()]
    blocks: list[Block] = []
    stack: list[list[Block]] = [blocks]
    lines: list[str] = []

    def close() -> None:
        stack[-1].extend(_paragraphs(lines))
        lines.clear()

    for depth, line in quoted:
        if depth != len(stack) - 1:
            close()
            del stack[depth + 1 :]
            while len(stack) <= depth:
                quote: Block = {"kind": "quote", "blocks": []}
                stack[-1].append(quote)
                stack.append(quote["blocks"])
        lines.append(line)
    close()
    return blocks


def _body(mail: Mail, shown: frozenset[str]) -> tuple[list[Block], list[str], list[str], int]:
    """Blocks, links, Content-IDs of the pictures drawn, and how many pictures of the internet were left alone."""
    blocks: list[Block] = []
    links: list[str] = []
    used: list[str] = []
    remote = 0
    for source in mail.html:
        page = read_html(source, shown)
        _renumber(page.blocks, page.links, links)
        blocks += page.blocks
        used += page.pictures
        remote += page.remote
    for number, text in enumerate(mail.plain):
        if not mail.html or _says_more(text, blocks):
            if blocks and text.strip():
                blocks.append(_label("Tekstversie van dit bericht" if mail.html else f"Tekstdeel {number + 1}"))
            blocks += plain_blocks(text)
    for text in mail.invitations:
        blocks += [_label("Uitnodiging"), *invitation(text)]
    if not blocks:
        blocks = [{"kind": "p", "runs": [{"s": "(dit bericht heeft geen tekst)", "i": True}]}]
    return blocks, links, list(dict.fromkeys(used)), remote


def _says_more(text: str, blocks: Sequence[Block]) -> bool:
    """Whether the plain form holds a word that the formatted form does not show."""
    shown = {word.lower() for run in _all_runs(blocks) for word in _WORD.findall(run)}
    return any(word.lower() not in shown for word in _WORD.findall(_NOISE.sub(" ", text)))


def _all_runs(blocks: Sequence[Block]) -> list[str]:
    """All text in the blocks; runs of one paragraph joined, because a word may change look halfway."""
    texts: list[str] = []
    for block in blocks:
        texts.append("".join(run["s"] for run in block.get("runs", [])))
        texts.append(block.get("text", ""))
        texts += ["".join(run["s"] for run in cell) for row in block.get("rows", []) for cell in row]
        texts += _all_runs(block.get("blocks", []))
    return texts


def _fields(mail: Mail, children: Sequence[SourceItem]) -> list[Field]:
    """The table above the text."""
    fields = [Field(label, [{"s": _shaped(label, value), "b": label == "Onderwerp"}]) for label, value in mail.headers]
    if not mail.subject:
        fields.append(Field("Onderwerp", [{"s": "(geen onderwerp)", "i": True}]))
    if children:
        runs: list[Run] = [{"s": "\n".join(child.name for child in children)}]
        fields.append(Field("Bijlage" if len(children) == 1 else "Bijlagen", runs))
    return fields


def _shaped(label: str, value: str) -> str:
    """A header as people read it: the date in Dutch, each recipient on a line of its own."""
    if label == "Datum":
        return dutch_moment(value)
    if label == "Onderwerp" or value.count(",") < 2:
        return value
    lines = [""]
    quoted = False
    for part in re.split(r'((?<!\\)"|,)', value):
        quoted ^= part == '"'
        if part == "," and not quoted:
            lines[-1] += ","
            lines.append("")
        else:
            lines[-1] += part
    return "\n".join(line.strip() for line in lines)


def _notes(mail: Mail, remote: int) -> tuple[str, ...]:
    """What the reviewer should know about this mail."""
    notes = []
    if remote:
        notes.append(f"{remote} afbeelding(en) van internet zijn niet opgehaald.")
    if mail.signed:
        notes.append("De digitale handtekening van dit bericht staat niet op de pagina's.")
    if any(label == "Bcc" for label, _ in mail.headers):
        notes.append("Dit bericht heeft een Bcc-regel.")
    return tuple(notes)


def _cut(mail: Mail) -> tuple[ToDo, ...]:
    """A to-do when a message has so many parts that not all were read."""
    return (ToDo("incomplete", "Dit bericht heeft te veel onderdelen. Alleen de eerste 2000 zijn gelezen. "
                 "Het origineel is bewaard. Bekijk het zelf."),) if mail.cut else ()


def _drawable(child: SourceItem) -> tuple[bytes, float] | None:
    """The picture as PNG and its width on paper in points, or None when it cannot be drawn safely."""
    try:
        with Image.open(io.BytesIO(child.read())) as picture:
            if picture.width * picture.height > _PIXELS:
                return None
            width = min(_PAGE_WIDTH, picture.width * 0.75)
            drawn = picture.convert("RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB")
            drawn.thumbnail((2000, 2600))
            buffer = io.BytesIO()
            drawn.save(buffer, "PNG")
            return buffer.getvalue(), width
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _images(blocks: Sequence[Block]) -> list[Block]:
    """Every picture block, also inside quotations."""
    found: list[Block] = []
    for block in blocks:
        found += [block] if block["kind"] == "image" else _images(block.get("blocks", []))
    return found


def _renumber(blocks: Sequence[Block], own: Sequence[str], links: list[str]) -> None:
    """Give the links of one more HTML part their place in the list of the whole message."""
    for target in own:
        if target not in links:
            links.append(target)
    for block in blocks:
        for run in block.get("runs", []):
            if "ref" in run:
                run["ref"] = links.index(own[run["ref"] - 1]) + 1
        _renumber(block.get("blocks", []), own, links)


def _label(text: str) -> Block:
    """A heading of our own between parts of a message."""
    return {"kind": "h", "runs": [{"s": text}]}


def _depth(line: str) -> tuple[int, str]:
    """How deep a line is quoted, and the line without its marks."""
    found = _QUOTE.match(line)
    return (min(found[1].count(">"), MAX_DEPTH), found[2]) if found else (0, line)


def _paragraphs(lines: Sequence[str]) -> list[Block]:
    """Lines without quotation marks as blocks: cut at empty lines, and runs of table-like lines in one width."""
    blocks: list[Block] = []
    group: list[str] = []
    for line in [*lines, ""]:
        if line.strip() and len(group) < _PIECE_LINES:
            group.append(line.rstrip())
            continue
        if group:
            table = sum(1 for one in group if _TABLE.search(one))
            text = "\n".join(group)
            blocks.append({"kind": "pre", "text": text} if table >= 2 and table * 2 >= len(group) else paragraph(text))
        group = [line.rstrip()] if line.strip() else []
    return blocks
