"""The language pipeline under Presidio: a blank Dutch one, or a trained spaCy pipeline from a folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from redaction.detect.errors import PipelineUnavailableError
from redaction.detect.recogniser import LANGUAGE

SHIPPED = Path(__file__).parent / "model"
"""Our own small pipeline, made by `python -m tools.train_ner`; docs/modelkaart-namen.md says how good it is."""

MODEL_LABELS = {"PER": "person_name", "PERSON": "person_name"}
"""Labels of a trained pipeline that this room uses; places and organisations are read to refuse, never to redact."""


_NO_WORD = re.compile(r"\S{60,}")
"""No name is that long, and spaCy's tokenizer takes quadratic time over such a run ("((((…")."""


def _bounded(text: str) -> str:
    """Give the text with runs that are no words blanked out, character for character, so that offsets stay valid."""
    return _NO_WORD.sub(lambda match: " " * len(match[0]), text)


class DutchNlpEngine(NlpEngine):  # type: ignore[misc]  # presidio ships no types
    """Presidio's view of one Dutch spaCy pipeline. Without a folder there is no model and no work per text."""

    def __init__(self, pipeline: Path | None = None) -> None:
        self._folder = pipeline
        self._nlp: Any = None

    def load(self) -> None:
        """Load the pipeline; raises PipelineUnavailableError when the folder is missing or not a spaCy pipeline."""
        import spacy  # half a second, only needed here  # noqa: PLC0415

        if self._folder is None:
            self._nlp = spacy.blank(LANGUAGE)
            return
        if not self._folder.is_dir():
            raise PipelineUnavailableError(
                "Het taalmodel uit WOO_NLP_PIPELINE is niet gevonden. Er is niets gezocht. "
                "Controleer de map, of laat de instelling leeg om zonder taalmodel te werken."
            )
        try:
            self._nlp = spacy.load(self._folder)
        except (OSError, ValueError, ImportError) as error:
            raise PipelineUnavailableError(
                "Het taalmodel uit WOO_NLP_PIPELINE kan niet worden geladen: de map hoort niet bij deze versie van "
                "spaCy. "
                "Er is niets gezocht. Zet er een passend model neer, of laat de instelling leeg."
            ) from error

    @property
    def has_model(self) -> bool:
        """Tell whether a trained pipeline is configured."""
        return self._folder is not None

    def is_loaded(self) -> bool:
        """Tell whether `load` was done."""
        return self._nlp is not None

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """Run the pipeline on one text; without a model the artifacts are empty, for the rules read the text itself."""
        document = self._nlp(_bounded(text)) if self.has_model else self._nlp.make_doc("")
        return self._artifacts(document, language)

    def process_batch(
        self, texts: Iterable[str], language: str, batch_size: int = 16, n_process: int = 1, **kwargs: Any
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        """Run the pipeline on many texts; faster than one by one when there is a model."""
        if not self.has_model:
            for text in texts:
                yield text, self.process_text(text, language)
            return
        documents = self._nlp.pipe(((_bounded(text), text) for text in texts), as_tuples=True, batch_size=batch_size)
        for document, text in documents:
            yield text, self._artifacts(document, language)

    def _artifacts(self, document: Any, language: str) -> NlpArtifacts:
        """Wrap a spaCy document; lemmas are left out, for no recogniser of ours asks for them."""
        return NlpArtifacts(
            entities=list(document.ents),
            tokens=document,
            tokens_indices=[],
            lemmas=[],
            nlp_engine=self,
            language=language,
        )

    def is_stopword(self, word: str, language: str) -> bool:
        """Tell whether spaCy holds the word for a stop word."""
        return bool(self._nlp.vocab[word].is_stop)

    def is_punct(self, word: str, language: str) -> bool:
        """Tell whether the word is punctuation."""
        return bool(self._nlp.vocab[word].is_punct)

    def get_supported_entities(self) -> list[str]:
        """Give the kinds a trained pipeline can find."""
        return ["person_name"] if self.has_model else []

    def get_supported_languages(self) -> list[str]:
        """Give the one language."""
        return [LANGUAGE]
