"""What `woo detect` does, without the command line: files or JSON lines in, plain dictionaries out."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from redaction.detect.engine import Detector, load_detector
from redaction.detect.errors import UnreadableInputError
from redaction.detect.span import Span
from redaction.errors import RedactionError

_MAX_BYTES = 100_000_000
_MAX_LINE = 20_000_000
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def detect_files(
    paths: Iterable[Path | str], detector: Detector | None = None, *, password: str | None = None
) -> Iterator[dict[str, Any]]:
    """Yield for each file `{file, pages, spans}`, or `{file, error, exit_code}` when it cannot be read.

    Text (`.txt` and the like): `start` and `end` are indices in the decoded text, `page` is 0 and `boxes` is empty.
    PDF: they are indices in the text of page `page` (counted from 0) and `boxes` are in PDF user space, in points. A
    PDF without any text gets a `notice`: a scan needs OCR first. One bad file never stops the others.
    """
    detector = detector or load_detector()
    for path in map(Path, paths):
        try:
            found = _pdf(path, detector, password) if _is_pdf(path) else _text(path, detector)
        except RedactionError as error:
            found = {"error": str(error), "exit_code": error.exit_code}
        except OSError:
            sentence = (
                "Dit bestand kan niet worden gelezen. Er is niets gewijzigd. "
                "Controleer of het bestaat en of u erbij mag."
            )
            found = {"error": sentence, "exit_code": UnreadableInputError.exit_code}
        yield {"file": str(path), **found}


def detect_jsonl(lines: Iterable[str], detector: Detector | None = None) -> Iterator[dict[str, Any]]:
    """Yield `{id, spans}` for each line `{id, text}`; another line gives `{id, line, error}`, an empty one: nothing."""
    detector = detector or load_detector()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            identifier, text = _parsed(line)
        except UnreadableInputError as error:
            yield {"id": None, "line": number, "error": str(error), "exit_code": error.exit_code}
            continue
        yield {"id": identifier, "spans": [_as_dict(span) for span in detector.detect(text)]}


def _parsed(line: str) -> tuple[Any, str]:
    """Give id and text of one JSON line."""
    if len(line) > _MAX_LINE:
        raise UnreadableInputError(
            "Deze regel is te lang. De regel is overgeslagen. Splits de tekst in kleinere delen."
        )
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableInputError("Deze regel is geen geldige JSON. De regel is overgeslagen.") from error
    if not isinstance(record, dict) or not isinstance(record.get("text"), str) or "id" not in record:
        raise UnreadableInputError("Deze regel heeft geen 'id' en 'text'. De regel is overgeslagen.")
    return record["id"], record["text"]


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024)


def _text(path: Path, detector: Detector) -> dict[str, Any]:
    """Read one text file: UTF-8 or UTF-16 by its mark, else Windows-1252."""
    if path.stat().st_size > _MAX_BYTES:
        raise UnreadableInputError("Dit tekstbestand is te groot. Er is niets gezocht. Splits het in kleinere delen.")
    content = path.read_bytes()
    if b"\0" in content[:4096] and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableInputError(
            "Dit bestand is geen tekst en geen PDF. Er is niets gezocht. Zet het eerst om naar PDF."
        )
    return {"pages": 1, "spans": [_as_dict(span, page=0) for span in detector.detect(_decoded(content))]}


def _decoded(content: bytes) -> str:
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _pdf(path: Path, detector: Detector, password: str | None) -> dict[str, Any]:
    """Read one PDF; names found on one page are searched for on all its pages."""
    from redaction.pdf import read_pages  # PDFium is only needed here  # noqa: PLC0415

    pages = list(read_pages(path, password=password))
    spans = []
    for page, (_number, found) in zip(
        pages, detector.detect_dossier((str(p.index), p.text) for p in pages), strict=True
    ):
        spans += [
            _as_dict(span, page=page.index, boxes=[list(box) for box in page.boxes_for(span.start, span.end)])
            for span in found
        ]
    result: dict[str, Any] = {"pages": len(pages), "spans": spans}
    if not any(page.text.strip() for page in pages):
        result["notice"] = (
            "Deze PDF heeft geen tekst die de computer kan lezen. Laat er eerst tekstherkenning (OCR) op los."
        )
    return result


def _as_dict(span: Span, **place: Any) -> dict[str, Any]:
    """Give a span as the contract has it; `place` adds page and boxes."""
    where = {"page": place["page"], "boxes": place.get("boxes", [])} if place else {}
    return {
        "start": span.start,
        "end": span.end,
        **where,
        "kind": span.kind,
        "text": span.text,
        "score": span.score,
        "rule": span.rule,
        "sources": list(span.sources),
        "why": span.why,
        "public_role": span.public_role,
    }
