"""The language pipeline under Presidio: none, the small one that ships, or the one that is configured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import spacy
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from redaction.detect.pipelines import Pipeline, load_pipeline
from redaction.detect.recogniser import LANGUAGE

SHIPPED = Path(__file__).parent / "model"
"""Our own small pipeline, made by `python -m tools.train_ner`; docs/modelkaart-namen.md says how good it is."""


class DutchNlpEngine(NlpEngine):  # type: ignore[misc]  # presidio ships no types
    """Presidio's view of one pipeline. Without one there is no model and no work per text."""

    def __init__(self, pipeline: str | Path | None = None) -> None:
        self._wanted = pipeline
        self._pipeline: Pipeline | None = None
        self._no_tokens: Any = None

    def load(self) -> None:
        """Load the pipeline; raises PipelineUnavailableError when it is missing or does not fit."""
        blank = spacy.blank(LANGUAGE)
        self._vocabulary, self._no_tokens = blank.vocab, blank.make_doc("")
        if self._wanted is not None:
            self._pipeline = load_pipeline(self._wanted)

    @property
    def has_model(self) -> bool:
        """Tell whether a trained pipeline is configured."""
        return self._wanted is not None

    def is_loaded(self) -> bool:
        """Tell whether `load` was done."""
        return self._no_tokens is not None

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """Find the names in one text. Tokens and lemmas stay empty, for no recogniser of ours asks for them."""
        return NlpArtifacts(
            entities=self._pipeline.entities(text) if self._pipeline else [],
            tokens=self._no_tokens,
            tokens_indices=[],
            lemmas=[],
            nlp_engine=self,
            language=language,
        )

    def process_batch(
        self, texts: Iterable[str], language: str, batch_size: int = 1, n_process: int = 1, **kwargs: Any
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        """Find the names in texts, one by one: memory stays flat."""
        for text in texts:
            yield text, self.process_text(text, language)

    def is_stopword(self, word: str, language: str) -> bool:
        """Tell whether spaCy holds the word for a stop word."""
        return bool(self._vocabulary[word].is_stop)

    def is_punct(self, word: str, language: str) -> bool:
        """Tell whether the word is punctuation."""
        return bool(self._vocabulary[word].is_punct)

    def get_supported_entities(self) -> list[str]:
        """Give the kinds a trained pipeline can find."""
        return ["person_name"] if self.has_model else []

    def get_supported_languages(self) -> list[str]:
        """Give the one language."""
        return [LANGUAGE]
