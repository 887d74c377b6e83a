"""The detector: Presidio's engine with our recognisers, the merge, the judge of public roles and the document pass."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from presidio_analyzer import AnalyzerEngine, RecognizerRegistry

from redaction.detect.calibration import calibrated
from redaction.detect.dossier import Dossier
from redaction.detect.lexicon import common_words, fold, forenames, places, streets, surnames, word_list
from redaction.detect.merge import merge_findings
from redaction.detect.names.abbreviations import with_abbreviations
from redaction.detect.names.beside import with_companions
from redaction.detect.names.edges import completed, trimmed
from redaction.detect.names.things import without_things
from redaction.detect.names.veto import is_known_organisation, organisations_in
from redaction.detect.nlp import SHIPPED, DutchNlpEngine
from redaction.detect.pipelines import PERSON, Entity
from redaction.detect.public_role import mark_public_roles
from redaction.detect.recogniser import LANGUAGE
from redaction.detect.recognisers import RULE_RECOGNISERS
from redaction.detect.settings import DetectorSettings
from redaction.detect.span import REFUSED, Finding, Span
from redaction.detect.special import with_special_categories
from redaction.detect.weighing import weighed, with_refused

_SAMPLE = """Van: Visser, J.P. de (Anna) <a.visser@voorbeeld.nl>
Verzonden: maandag 3 juni 2024 09:15
Aan: mr. drs. K. el Amrani; cc: Jan Jansen
Onderwerp: bezwaar, zaaknummer 2024-00123

Geachte heer Jansen, beste Fatima,

Mevrouw A.B. Janssen-de Boer, geboren op 12 maart 1980 te Utrecht, woont aan de Kerkstraat 12a, 1234 AB Amsterdam.
Zij is te bereiken op 06-12345678 of info@voorbeeld.nl; haar BSN is 123456782, IBAN NL91 ABNA 0417 1643 00.
volgens pieter krijgt ze chemo, zei wethouder De Vries van Bouwbedrijf Van Dijk B.V. Jansens auto: GZ-123-B.
Naam    Functie      Telefoon
K. Bos  secretaris   010 123 45 67

Met vriendelijke groet,

Karin van den Berg
namens het college, burgemeester P. Smit
"""
"""Read once when a detector is made: what libraries put off to their first text is done before the first of ours."""

_CHUNK = 20_000
"""Characters that are analysed at once: keeps time and memory bounded for any text."""

# Presidio logs matched text on some paths; personal data never goes to a log.
logging.getLogger("presidio-analyzer").setLevel(logging.CRITICAL)


class _Engine(AnalyzerEngine):  # type: ignore[misc]  # presidio ships no types
    """Presidio's engine without its look for context and duplicates, which takes quadratic time in the findings.

    Our recognisers look at their own cue words, and our merge wants every finding, in the order of the recognisers.
    """

    def analyze(self, text: str, language: str, nlp_artifacts: Any = None, **_options: Any) -> list[Finding]:
        """Give the findings of all recognisers."""
        kinds = self.get_supported_entities(language)
        return [
            finding
            for recogniser in self.registry.recognizers
            for finding in recogniser.analyze(text=text, entities=kinds, nlp_artifacts=nlp_artifacts)
        ]


class Detector:
    """Finds personal data in Dutch text. Build it once (`load_detector`), use it for many texts; it keeps none."""

    def __init__(self, settings: DetectorSettings) -> None:
        self._settings = settings
        _warm_up()
        self._nlp = nlp = DutchNlpEngine(_pipeline(settings))
        registry = RecognizerRegistry(supported_languages=[LANGUAGE])
        for recogniser in RULE_RECOGNISERS:
            registry.add_recognizer(recogniser())
        if settings.use_deduce:
            from redaction.detect.recognisers.name_deduce import NameDeduceRecogniser  # loads deduce  # noqa: PLC0415

            registry.add_recognizer(NameDeduceRecogniser())
        if nlp.has_model:
            from redaction.detect.recognisers.name_model import NameModelRecogniser  # noqa: PLC0415

            registry.add_recognizer(NameModelRecogniser())
        self._weighs = settings.use_weighing and nlp.has_model and settings.use_deduce
        self._engine = _Engine(registry=registry, nlp_engine=nlp, supported_languages=[LANGUAGE])
        self.detect(_SAMPLE)

    def detect(self, text: str, on: date | None = None) -> list[Span]:
        """Give the spans in one text, sorted and without overlap; names found once are searched in the whole text.

        `on` is the day of the document, where it is known: a public function is held for a period.
        """
        spans = [calibrated(span) for span in self.ranked(text)]
        dossier = Dossier(scope="document")
        dossier.learn(text, spans)
        return self.complete(text, spans, dossier, on)

    def complete(self, text: str, spans: list[Span], dossier: Dossier, on: date | None = None) -> list[Span]:
        """Give the spans with what the names of the dossier add: other mentions, abbreviations, roles, questions."""
        whole = readable(text)
        found = mark_public_roles(whole, dossier.complete(text, spans), self._settings.public_figures, on)
        return with_special_categories(whole, with_abbreviations(whole, found))

    def detect_dossier(self, texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[Span]]]:
        """Give the spans of every text of a case, as (id, spans) in the order given.

        Names found in one text are searched in all others, so all texts are held in memory until the last was read.
        """
        dossier = Dossier(scope="dossier")
        kept: list[tuple[str, str, list[Span]]] = []
        for identifier, text in texts:
            spans = self.detect(text)
            dossier.learn(text, spans)
            kept.append((identifier, text, spans))
        for _identifier, text, _spans in kept:
            dossier.count(text)
        for identifier, text, spans in kept:
            yield identifier, self.complete(text, spans, dossier)

    def ranked(self, text: str) -> list[Span]:
        """Give what the recognisers found and the merge joined, with its rank for a score: before calibration."""
        spans: list[Span] = []
        for offset, piece, found, marked in self.found(text):
            kept = weighed(piece, found, marked) if self._weighs else [one for one in found if one.rule != REFUSED]
            spans += [shifted(span, offset, text) for span in kept]
        return spans

    def found(self, text: str) -> Iterator[tuple[int, str, list[Span], Sequence[Entity]]]:
        """Yield (offset, piece of the text, what was found in it, what the model marked in it): before weighing."""
        for offset, piece in _pieces(readable(text)):
            named = self._nlp.process_text(piece, LANGUAGE)
            findings: list[Finding] = self._engine.analyze(piece, LANGUAGE, nlp_artifacts=named)
            called = organisations_in(piece)
            elsewhere = [(one.start_char, one.end_char) for one in named.entities if one.label_ != PERSON]
            merged = merge_findings(piece, (_within_edges(piece, finding) for finding in findings))
            people = without_things(piece, with_refused(piece, merged, named.entities))
            spans = [
                span
                for span in with_companions(piece, people)
                if span.score >= self._settings.minimum_score
                and not (
                    _is_small_words(span)
                    or _is_called_otherwise(piece, span, called)
                    or _is_marked_otherwise(span, elsewhere)
                )
            ]
            yield offset, piece, spans, named.entities


_DOUBTFUL = 0.7
"""Below this score a name gives way where the text itself calls it a hospital, a school or the like."""

_WHOLE_NAME = 0.9
"""From this rank on it is a known first name with a known surname: the model alone does not outweigh that."""

_GUESSES = frozenset({"sequence", "deduce", "model", "lower", "capitals", "refused"})
"""Sources that go by the shape of a name, not by what stands around it."""


def _within_edges(text: str, finding: Finding) -> Finding:
    """Give a name without what its recogniser took along, and with what it left behind."""
    if finding.entity_type != "person_name":
        return finding
    start, end = completed(text, *trimmed(text, finding.start, finding.end))
    if (start, end) == (finding.start, finding.end):
        return finding
    return Finding(finding.entity_type, start, end, finding.score, finding.rule, finding.why)


def _is_small_words(span: Span) -> bool:
    """Tell whether only a tussenvoegsel is left of a name whose rest is a street: "aan de" before "Oude Weg 6"."""
    return span.kind == "person_name" and all(word in word_list("particles.txt") for word in span.text.split())


def _is_called_otherwise(text: str, span: Span, organisations: frozenset[str]) -> bool:
    """Tell whether a doubtful name is a known organisation, or one that the text elsewhere calls so."""
    if span.kind != "person_name":
        return False
    if span.score < _DOUBTFUL and fold(span.text) in organisations:
        return True
    guessed = all(source.partition(".")[0] in _GUESSES for source in span.sources)
    return guessed and is_known_organisation(text, span.start, span.end)


def _is_marked_otherwise(span: Span, elsewhere: list[tuple[int, int]]) -> bool:
    """Tell whether a name that only its shape speaks for lies in what the model marked as a place or organisation."""
    guessed = all(source.partition(".")[0] in _GUESSES for source in span.sources)
    doubtful = guessed and "model.person" not in span.sources and span.score < _WHOLE_NAME
    return (
        span.kind == "person_name"
        and doubtful
        and any(start <= span.start and span.end <= end for start, end in elsewhere)
    )


def shifted(span: Span, offset: int, text: str) -> Span:
    """Give the span moved by `offset` characters, with its slice of `text`."""
    start, end = span.start + offset, span.end + offset
    return replace(span, start=start, end=end, text=text[start:end])


_SAME_WIDTH = str.maketrans(
    {"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\r": " ", "\u2010": "-", "\u2011": "-", "\u2018": "'", "\u2019": "'"}
)
_MISREAD = re.compile(r"(?<![\w@./\\\-=])(?=\w{4})[^\W\d_]{1,20}[01][^\W\d_]{1,20}(?![\w@/\\\-=]|\.\w)")
_SOFT_LINE_WIDTH = 60
_LONG_LINE_END = re.compile(rf"\n(?<=[^\n]{{{_SOFT_LINE_WIDTH}}}\n)(?=[^\W_])")
_GOES_ON = re.compile(r"[^\W\d_]|,")
_STRUCTURED = re.compile(r"[;|\t].*[;|\t]|^[>\s]*(?:Van|Aan|From|To|Cc|CC|Bcc|Betreft|Onderwerp|Subject)\s?:")
_ITEM = re.compile(r"\d{1,2}(?:[.)]\s+|\s{2,})\S")
_LABEL = re.compile(r"[^\s:][^:\n]{0,30}:")
_COLUMN_GAP = re.compile(r"\S {3,}(?=\S)")
_FEWEST_GAPS = 2
_WIDE_GAP = re.compile(r"\S {6,}(?=\S)")


@lru_cache(maxsize=2)
def readable(text: str) -> str:
    """Give the text as the recognisers want it, character for character: plain spaces, and wrapped lines joined.

    A line end counts as a wrap when the line is long and ends in a letter or comma; so a name that is broken over two
    lines of a PDF page is still one name. A 0 or 1 that a scanner read inside a word becomes the letter it looks like
    ("Gerz0n", "K1erk"). The length never changes, so offsets stay valid.
    """
    text = _MISREAD.sub(_as_letters, text.translate(_SAME_WIDTH))

    def joined(match: re.Match[str]) -> str:
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()].removesuffix(" ")
        if len(line) < _SOFT_LINE_WIDTH or not _GOES_ON.match(line[-1]):
            return "\n"
        following = text[match.end() : match.end() + 40]
        return "\n" if _is_row(line) or _LABEL.match(following) or _ITEM.match(following) else " "

    return _LONG_LINE_END.sub(joined, text)


def _is_row(line: str) -> bool:
    """Tell whether a line is a row of a table or a field of a mail: its end is no wrap."""
    columns = len(_COLUMN_GAP.findall(line)) >= _FEWEST_GAPS or _WIDE_GAP.search(line)
    return bool(_STRUCTURED.search(line) or columns)


def _as_letters(match: re.Match[str]) -> str:
    """Give a word that holds one misread digit in letters: capitals get an O or I, other words an o or l."""
    word = match[0]
    return word.replace("0", "O").replace("1", "I") if word.isupper() else word.replace("0", "o").replace("1", "l")


def _pipeline(settings: DetectorSettings) -> str | Path | None:
    """Give the trained pipeline to use: the configured one, else the one that ships, else none."""
    if not settings.use_model:
        return None
    return settings.nlp_pipeline or (SHIPPED if (SHIPPED / "meta.json").is_file() else None)


def _warm_up() -> None:
    """Read the word lists now, so that the first text is as fast as the next."""
    for words in (forenames, surnames, places, streets, common_words):
        words()


def load_detector(settings: DetectorSettings | None = None) -> Detector:
    """Build a detector; takes a few seconds. Without settings they are read from the environment.

    Raises PipelineUnavailableError when a language model is configured that cannot be loaded.
    """
    return Detector(settings or DetectorSettings.from_environment())


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, piece) of bounded length, cut at an empty line, else a line end, else a space, else anywhere."""
    start = 0
    while start < len(text):
        end = min(len(text), start + _CHUNK)
        if end < len(text):
            window = text[start:end]
            for pattern in (r"\n\s*\n", r"\n", r"\s"):
                cuts = [match.end() for match in re.finditer(pattern, window[_CHUNK // 2 :])]
                if cuts:
                    end = start + _CHUNK // 2 + cuts[-1]
                    break
        yield start, text[start:end]
        start = end
