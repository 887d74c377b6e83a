"""Reads documents for personal data, by processes that know what they are given and nothing of the case store."""

from __future__ import annotations

import os
import pickle
import re
import uuid
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from redaction.detect import (
    DetectorSettings,
    Dossier,
    PublicFigure,
    Span,
    load_detector,
    public_figures,
    shipped_figures,
)
from redaction.detect.pool import Pool
from redaction.pdf import Box, read_pages
from woo.errors import InputRejected
from woo.publish.profile import profile
from woo.settings import Settings

PAGE_END = "\n\n"
_MOST_BY_ITSELF = 4
"""Processes at most where the setting leaves it to us: each takes up to 900 MB."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """A document as its reader gets it: the PDF, the text of every page, the title, and its day where it is known."""

    document_id: uuid.UUID
    pdf: Path
    pages: tuple[str, ...]
    title: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Place:
    """A finding on a page (from 0), counted in the page's text; the boxes are in PDF user space, in points."""

    page: int
    span: Span
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found: places on the pages, and spans in the title."""

    places: tuple[Place, ...]
    named: tuple[Span, ...]


class Reader:
    """The detector of an installation, minus what is the organisation's own. Takes seconds to load."""

    def __init__(self, settings: DetectorSettings, own: frozenset[str]) -> None:
        self._detector, self._own = load_detector(settings), own

    def read(self, sheets: Sheets) -> Reading:
        """What a document holds by itself."""
        spans = self._detector.detect(PAGE_END.join(sheets.pages), sheets.on)
        named = self._detector.detect(sheets.title, sheets.on)
        return Reading(self._places(sheets, spans), self._foreign(named))

    def search(self, task: Search) -> Reading:
        """The known findings of a document, with the names of the dossier that occur there too."""
        sheets, dossier = task.sheets, _unpacked(task.dossier)
        starts = _starts(sheets.pages)
        known = sorted((_moved(p.span, starts[p.page]) for p in task.known), key=lambda span: (span.start, span.end))
        spans = self._detector.complete(PAGE_END.join(sheets.pages), known, dossier, sheets.on)
        named = self._foreign(self._detector.detect(sheets.title, sheets.on))
        named = self._foreign(self._detector.complete(sheets.title, list(named), dossier, sheets.on))
        return Reading(self._places(sheets, spans), named)

    def _foreign(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        return tuple(span for span in spans if _plain(span.text) not in self._own)

    def _places(self, sheets: Sheets, spans: Iterable[Span]) -> tuple[Place, ...]:
        starts = _starts(sheets.pages)
        parts = [part for span in self._foreign(spans) for part in _parts(sheets.pages, starts, span)]
        return tuple(_with_boxes(sheets.pdf, parts))


@dataclass(frozen=True, slots=True)
class Search:
    """A document with what is known of it, and the names to look for (see `packed`)."""

    sheets: Sheets
    known: tuple[Place, ...]
    dossier: bytes


def packed(dossier: Dossier) -> bytes:
    """The names of a dossier as they travel to the readers: each takes them in once."""
    return pickle.dumps(dossier, pickle.HIGHEST_PROTOCOL)


def readers(settings: Settings) -> Pool[Reader]:
    """The processes of this installation that read; InputRejected where its file about public functions is wrong."""
    organisation = profile(settings.organisation_file)
    figures = (*shipped_figures(), *_figures(organisation.public_functions))
    detection = DetectorSettings(nlp_pipeline=settings.nlp_pipeline or None, public_figures=figures)
    own = frozenset(_plain(address) for address in organisation.own_addresses)
    return Pool(partial(Reader, detection, own), settings.read_processes or _cores())


def _cores() -> int:
    """One process for each core that this one may use, up to a bound."""
    return min(len(os.sched_getaffinity(0)), _MOST_BY_ITSELF)


def _figures(entries: Iterable[Mapping[str, Any]]) -> tuple[PublicFigure, ...]:
    try:
        return public_figures(entries)
    except ValueError as error:
        raise InputRejected(
            f"Het bestand in WOO_ORGANISATION_FILE klopt niet bij [[public]]: {error} Er is niets gelezen."
        ) from error


def _plain(text: str) -> str:
    """The key of an address or number: a telephone number by its digits, however it is grouped."""
    digits = re.sub(r"\D", "", re.sub(r"^\s*(?:\+|00)31\s?(?:\(0\))?", "0", text))
    if len(digits) >= 9 and not re.search(r"[^\W\d]", text):
        return digits
    return "".join(text.casefold().split())


@lru_cache(maxsize=1)
def _unpacked(dossier: bytes) -> Dossier:
    return pickle.loads(dossier)  # type: ignore[no-any-return]  # noqa: S301  made by `packed`


def _starts(pages: Iterable[str]) -> list[int]:
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page) + len(PAGE_END)
    return starts


def _parts(pages: Sequence[str], starts: Sequence[int], span: Span) -> Iterator[Place]:
    """A span in the joined text as stretches of pages; one that runs over a page end has a part on both."""
    index = bisect_right(starts, span.start) - 1
    while index < len(pages) and starts[index] < span.end:
        first, last = max(0, span.start - starts[index]), min(len(pages[index]), span.end - starts[index])
        if first < last:
            yield Place(index, replace(span, start=first, end=last, text=pages[index][first:last]))
        index += 1


def _moved(span: Span, by: int) -> Span:
    return replace(span, start=span.start + by, end=span.end + by)


def _with_boxes(pdf: Path, parts: Sequence[Place]) -> Iterator[Place]:
    """The parts that stand somewhere. Page by page: where every letter stands takes a hundred times the text."""
    on_page: dict[int, list[Place]] = {}
    for part in parts:
        on_page.setdefault(part.page, []).append(part)
    for page in read_pages(pdf, pages=on_page):
        for part in on_page[page.index]:
            if boxes := page.boxes_for(part.span.start, part.span.end):
                yield replace(part, boxes=boxes)
