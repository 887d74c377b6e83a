"""A trained spaCy pipeline: the small one that ships, one in a folder, or an installed package."""

from __future__ import annotations

import re
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from redaction.detect.errors import PipelineUnavailableError
from redaction.detect.pipelines import PERSON, Entity, label_of, word_features  # noqa: F401  # our own model needs the last
from redaction.detect.pipelines.products import use_quick_products

_NOT_NEEDED = ("morphologizer", "tagger", "parser", "senter", "lemmatizer", "attribute_ruler")
"""Parts of larger pipelines that say nothing about names and cost most of the time."""

_NO_WORD = re.compile(r"\S{60,}")
"""No name is that long, and spaCy's tokenizer takes quadratic time over such a run ("((((…")."""


_SPACE = re.compile(r"\s+\Z")
_MOST_CHUNKS = 50_000
"""Pieces between spaces of which the tokenizer remembers the tokens; spaCy's own 10,000 are full after a short case."""
_MOST_WORDS = 200_000
"""Words that the vocabulary may keep (some 60 MB). What comes after is forgotten with its text, at some cost."""


def is_installed(name: str) -> bool:
    """Tell whether a spaCy pipeline of this name is installed."""
    from spacy.util import is_package  # noqa: PLC0415

    return bool(name.isidentifier() and is_package(name))


class SpacyPipeline:
    """One spaCy pipeline."""

    def __init__(self, wanted: str | Path) -> None:
        import spacy  # half a second, only needed here  # noqa: PLC0415

        try:
            self._nlp: Any = spacy.load(wanted, exclude=_NOT_NEEDED)
        except (OSError, ValueError, ImportError) as error:
            raise PipelineUnavailableError(
                "Het taalmodel uit WOO_NLP_PIPELINE kan niet worden geladen: het hoort niet bij deze versie van spaCy. "
                "Er is niets gezocht. Zet er een passend model neer, of laat de instelling leeg."
            ) from error
        if not any(label_of(label) == PERSON for labels in self._nlp.pipe_labels.values() for label in labels):
            raise PipelineUnavailableError(
                "Het taalmodel uit WOO_NLP_PIPELINE herkent geen personen. Er is niets gezocht. Kies een model met "
                "namen (NER), of laat de instelling leeg."
            )
        use_quick_products(self._nlp)
        tokenizer = self._nlp.tokenizer
        tokenizer.max_cache_size = _MOST_CHUNKS
        if tokenizer.token_match is None:
            tokenizer.token_match = _SPACE.match  # white space is one token; no pattern need look for parts of it

    def entities(self, text: str) -> list[Entity]:
        """Give what the text names; runs that are no words are blanked out, so that offsets stay valid."""
        text = _NO_WORD.sub(lambda match: " " * len(match[0]), text)
        full = len(self._nlp.vocab.strings) > _MOST_WORDS
        with self._nlp.memory_zone() if full else nullcontext():
            found = self._nlp(text).ents
            return [Entity(one.start_char, one.end_char, label) for one in found if (label := label_of(one.label_))]
