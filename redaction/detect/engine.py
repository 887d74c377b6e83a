"""The detector: Presidio's engine with our recognisers, the merge, the judge of public roles and the document pass."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer

from redaction.detect.dossier import Dossier
from redaction.detect.lexicon import common_words, fold, forenames, places, streets, surnames
from redaction.detect.merge import merge_findings
from redaction.detect.names.edges import trimmed
from redaction.detect.names.veto import organisations_in
from redaction.detect.nlp import SHIPPED, DutchNlpEngine
from redaction.detect.public_role import mark_public_roles
from redaction.detect.recogniser import LANGUAGE
from redaction.detect.recognisers import RULE_RECOGNISERS
from redaction.detect.settings import DetectorSettings
from redaction.detect.span import Finding, Span

_CHUNK = 20_000
"""Characters that are analysed at once: keeps time and memory bounded for any text."""

# Presidio logs matched text on some paths; personal data never goes to a log.
logging.getLogger("presidio-analyzer").setLevel(logging.CRITICAL)


class _NoEnhancer(ContextAwareEnhancer):  # type: ignore[misc]  # presidio ships no types
    """Leaves scores alone: our recognisers look at their own cue words."""

    def __init__(self) -> None:
        super().__init__(0.0, 0.0, 0, 0)

    def enhance_using_context(self, text: str, raw_results: list[Any], *_args: Any, **_kwargs: Any) -> list[Any]:
        """Give the results as they are."""
        return raw_results


class Detector:
    """Finds personal data in Dutch text. Build it once (`load_detector`), use it for many texts; it keeps none."""

    def __init__(self, settings: DetectorSettings) -> None:
        self._settings = settings
        _warm_up()
        nlp = DutchNlpEngine(_pipeline(settings))
        registry = RecognizerRegistry(supported_languages=[LANGUAGE])
        for recogniser in RULE_RECOGNISERS:
            registry.add_recognizer(recogniser())
        if settings.use_deduce:
            from redaction.detect.recognisers.name_deduce import NameDeduceRecogniser  # loads deduce  # noqa: PLC0415

            registry.add_recognizer(NameDeduceRecogniser())
        if nlp.has_model:
            from redaction.detect.recognisers.name_model import NameModelRecogniser  # noqa: PLC0415

            registry.add_recognizer(NameModelRecogniser())
        self._engine = AnalyzerEngine(
            registry=registry, nlp_engine=nlp, supported_languages=[LANGUAGE], context_aware_enhancer=_NoEnhancer()
        )

    def detect(self, text: str) -> list[Span]:
        """Give the spans in one text, sorted and without overlap; names found once are searched in the whole text."""
        spans = self._first_pass(text)
        dossier = Dossier(scope="document")
        dossier.learn(text, spans)
        return mark_public_roles(readable(text), dossier.complete(text, spans), self._settings.public_names)

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
            yield (
                identifier,
                mark_public_roles(readable(text), dossier.complete(text, spans), self._settings.public_names),
            )

    def _first_pass(self, text: str) -> list[Span]:
        """Analyse the text piece by piece and merge what the recognisers found."""
        spans: list[Span] = []
        for offset, piece in _pieces(readable(text)):
            findings: list[Finding] = self._engine.analyze(piece, LANGUAGE)
            called = organisations_in(piece)
            for span in merge_findings(piece, (_within_edges(piece, finding) for finding in findings)):
                if span.score >= self._settings.minimum_score and not _is_called_otherwise(span, called):
                    spans.append(shifted(span, offset, text))
        return spans


_DOUBTFUL = 0.7
"""Below this score a name gives way where the text itself calls it a hospital, a school or the like."""


def _within_edges(text: str, finding: Finding) -> Finding:
    """Give a name without the label, preposition or next line that its recogniser took along."""
    if finding.entity_type != "person_name":
        return finding
    start, end = trimmed(text, finding.start, finding.end)
    if (start, end) == (finding.start, finding.end):
        return finding
    return Finding(finding.entity_type, start, end, finding.score, finding.rule, finding.why)


def _is_called_otherwise(span: Span, organisations: frozenset[str]) -> bool:
    """Tell whether a doubtful name is one that the text elsewhere calls an organisation."""
    return span.kind == "person_name" and span.score < _DOUBTFUL and fold(span.text) in organisations


def shifted(span: Span, offset: int, text: str) -> Span:
    """Give the span moved by `offset` characters, with its slice of `text`."""
    start, end = span.start + offset, span.end + offset
    return replace(span, start=start, end=end, text=text[start:end])


_SAME_WIDTH = str.maketrans(
    {"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\r": " ", "\u2010": "-", "\u2011": "-", "\u2018": "'", "\u2019": "'"}
)
_SOFT_LINE_END = re.compile(r"(?<=[^\W\d_]|,)[ ]?\n(?=[^\W_])")
_SOFT_LINE_WIDTH = 60
_STRUCTURED = re.compile(r"[;|\t].*[;|\t]|^[>\s]*(?:Van|Aan|From|To|Cc|CC|Bcc|Betreft|Onderwerp|Subject)\s?:")
_LABEL = re.compile(r"[^\s:][^:\n]{0,30}:")


def readable(text: str) -> str:
    """Give the text as the recognisers want it, character for character: plain spaces, and wrapped lines joined.

    A line end counts as a wrap when the line is long and ends in a letter or comma; so a name that is broken over two
    lines of a PDF page is still one name. The length never changes, so offsets stay valid.
    """
    text = text.translate(_SAME_WIDTH)

    def joined(match: re.Match[str]) -> str:
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        following = text[match.end() : match.end() + 40]
        wraps = len(line) >= _SOFT_LINE_WIDTH and not _STRUCTURED.search(line) and not _LABEL.match(following)
        return " " * len(match[0]) if wraps else match[0]

    return _SOFT_LINE_END.sub(joined, text)


def _pipeline(settings: DetectorSettings) -> Path | None:
    """Give the folder of the trained pipeline to use: the configured one, else the one that ships, else none."""
    if not settings.use_model:
        return None
    return settings.nlp_pipeline or (SHIPPED if (SHIPPED / "meta.json").is_file() else None)


def _warm_up() -> None:
    """Read the word lists now, so that the first text is as fast as the next."""
    for word_list in (forenames, surnames, places, streets, common_words):
        word_list()


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
