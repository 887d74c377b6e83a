"""What must be gone and what must stay, as PDFium reads it from the original; never by the code that redacted."""
from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from redaction.pdf.geometry import Box, grown
from redaction.pdf.hidden_words import PART, WORD, HiddenWords, not_kept, plain, squeeze
from redaction.pdf.pages import PageText
from redaction.pdf.pdfium import document_of
from redaction.pdf.plan import Plan
from redaction.pdf.render import PdfRenderer
from redaction.pdf.verification.sight import parted

SHORTEST = 4
Letter = tuple[str, Box]


@dataclass
class PageEvidence:
    """One page: its boxes and codes, the letters under and outside them, in the original and in the redacted file."""

    index: int
    boxes: list[Box]
    codes: list[str]
    named: list[str]
    original: PageText
    redacted: PageText
    under: list[Letter] = field(default_factory=list)
    kept: list[Letter] = field(default_factory=list)
    kept_squeezed: str = ""

    def __post_init__(self) -> None:
        text, flags = self.original, self.original.inside(self.boxes)
        visible = text.inside([grown(text.crop, 1)])
        for character, box, inside, seen in zip(text.text, text.char_boxes, flags, visible, strict=True):
            if box is None or character.isspace():
                continue
            if inside:
                self.under.append((character, box))
            elif seen:
                self.kept.append((character, box))
        self.kept_squeezed = squeeze("".join(c for c, _ in self.kept))

    @cached_property
    def covered(self) -> list[str]:
        """Stretches of text under the boxes."""
        return self.original.stretches(self.boxes)

    @cached_property
    def covered_words(self) -> frozenset[str]:
        """Words under the boxes that are long enough to count."""
        words = {w for text in self.covered for w in WORD.findall(plain(text))}
        return frozenset(w for w in words if len(w) >= SHORTEST)

    def allowed(self, word: str) -> int:
        """How often a covered word may still be read, because it also stands outside the boxes."""
        return self.kept_squeezed.count(word)


@dataclass
class Evidence:
    """Everything the checks compare with."""

    pages: list[PageEvidence]
    hidden: HiddenWords
    page_count: int
    gone_everywhere: list[str]
    letters: frozenset[str]
    """Every character that can be read anywhere in the redacted file."""
    readable: str
    """All text of the redacted file, squeezed."""
    unseen: dict[int, str] = field(default_factory=dict)
    """Text of pages (from 0) of which the redacted file shows nothing, where a text that must be gone is read."""


def gather(original: Path, redacted: Path, plan: Plan) -> Evidence:
    """Read both files; raises UnusableInput when one does not open."""
    items = plan.pages()
    pages: list[PageEvidence] = []
    found: dict[int, str] = {}
    letters: set[str] = set()
    with PdfRenderer(original) as before, PdfRenderer(redacted) as after:
        for index in range(len(after)):
            text = after.text(index)
            letters |= set(text.text)
            found[index] = text.text
            if index in items and index < len(before):
                listed = items[index]
                boxes = [b for i in listed for b in i.boxes]
                named = [i.text for i in listed if i.text]
                codes = sorted({i.code for i in listed})
                pages.append(PageEvidence(index, boxes, codes, named, before.text(index), text))
        count = len(after)
        named_texts = [i.text for i in plan.items if i.text]
        covered = [c for page in pages for c in page.covered]
        readable = "\n".join(squeeze(text) for text in found.values())
        wanted = HiddenWords(named_texts, covered, on_the_page=True)
        of = {page.index: page for page in pages}
        words: set[str] = set()
        unseen: dict[int, str] = {}
        with document_of(redacted) as document:
            for index, said in found.items():
                shown = said
                if wanted.within(said):
                    shown, unseen[index] = parted(document, after.text(index), wanted.within)
                told = set(WORD.findall(plain(shown))) | set(PART.findall(plain(shown)))
                page = of.get(index)
                # what is still read under a box is a leak
                told -= {w for w in page.covered_words if not page.allowed(w)} if page is not None else set()
                words |= told
                wanted = wanted.without(told)
    kept_words: set[str] = set()
    with document_of(original) as document:
        for page in pages:
            stays = page.original.without(page.boxes)
            if wanted.within(stays):
                apart = replace(page.original, text=stays)
                stays, _ = parted(document, apart, wanted.within)
            kept_words |= set(WORD.findall(plain(stays)))
    kept = frozenset(words | kept_words)
    hidden = HiddenWords(named_texts if plan.gone_everywhere else not_kept(named_texts, kept), covered, kept)
    everywhere = named_texts if plan.gone_everywhere else []
    return Evidence(pages, hidden, count, everywhere, frozenset(letters), readable, unseen)
