"""A GLiNER span model in ONNX form: gliner_config.json, tokenizer.json, model.onnx, as `gliner` exports it.

GLiNER reads the kinds it must find together with the text. It scores each span of up to `max_width` words for each
kind; spans above a half that do not overlap a better one are kept (Zaratiana et al., NAACL 2024).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from redaction.detect.pipelines import ORGANISATION, PERSON, PLACE, Entity
from redaction.detect.pipelines.onnx_files import load_session, load_tokenizer, read_json, unusable, windows

_KINDS = {"person": PERSON, "organization": ORGANISATION, "location": PLACE}
"""What is asked for, in words that the model was trained on."""

_WORD = re.compile(r"\w+(?:[-_]\w+)*|\S")
_INPUTS = frozenset({"input_ids", "attention_mask", "words_mask", "text_lengths", "span_idx", "span_mask"})
_SURE = 0.5
_LONGEST = 512
"""Tokens that the encoders under GLiNER were trained on at once."""


class GlinerPipeline:
    """Scores spans of words for the kinds that it is asked."""

    def __init__(self, folder: Path) -> None:
        config = read_json(folder / "gliner_config.json")
        if "token" in str(config.get("span_mode", "markerV0")) or config.get("labels_encoder"):
            raise unusable("alleen GLiNER-modellen die reeksen woorden wegen (span_mode markerV0) worden ondersteund")
        self._width = int(config.get("max_width") or 12)
        self._most = int(config.get("max_len") or 384)
        marker, end = str(config.get("ent_token") or "<<ENT>>"), str(config.get("sep_token") or "<<SEP>>")
        self._prompt = [part for kind in _KINDS for part in (marker, kind)] + [end]
        self._tokenizer = load_tokenizer(folder)
        if self._tokenizer.token_to_id(marker) is None or self._tokenizer.token_to_id(end) is None:
            raise unusable(f"tokenizer.json kent {marker} of {end} niet")
        self._session = load_session(folder)
        if {one.name for one in self._session.get_inputs()} != _INPUTS:
            raise unusable("model.onnx is geen GLiNER-model dat reeksen woorden weegt")
        self._taken = len(self._tokenizer.encode(self._prompt, is_pretokenized=True).ids)

    def entities(self, text: str) -> list[Entity]:
        """Give what the text names."""
        labels = list(_KINDS.values())
        words = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(text)]
        found = []
        for start, end, first, last in self._windows([word for _start, _end, word in words]):
            for begin, stop, kind in self._spans([word for _start, _end, word in words[start:end]]):
                middle = start + (begin + stop) / 2
                if first <= middle < last:
                    found.append(Entity(words[start + begin][0], words[start + stop][1], labels[kind]))
        return found

    def _windows(self, words: list[str]) -> Iterator[tuple[int, int, int, int]]:
        """Yield windows of words whose tokens fit beside the prompt, also where every word is many tokens."""
        if not words:
            return
        tokens = self._tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
        room = _LONGEST - self._taken
        size = max(1, min(self._most, room * len(words) // max(1, len(tokens.ids))))
        lengths = np.bincount([word for word in tokens.word_ids if word is not None], minlength=len(words))
        while size > 1 and _heaviest(lengths, size) > room:
            size = size * 3 // 4
        yield from windows(len(words), size, min(2 * self._width, size // 2))

    def _spans(self, words: list[str]) -> list[tuple[int, int, int]]:
        """Give (first word, last word, kind) of the spans that win, in order."""
        scores = self._scores(words)
        candidates = [
            (float(scores[begin, width, kind]), begin, begin + width, kind)
            for begin, width, kind in np.argwhere(scores > _SURE).tolist()
            if begin + width < len(words) and kind < len(_KINDS)
        ]
        kept: list[tuple[int, int, int]] = []
        for _score, begin, stop, kind in sorted(candidates, key=lambda one: -one[0]):
            if all(stop < other[0] or begin > other[1] for other in kept):
                kept.append((begin, stop, kind))
        return sorted(kept)

    def _scores(self, words: list[str]) -> Any:
        """Run the model on one window; gives a chance for each (word, width, kind)."""
        encoding = self._tokenizer.encode([*self._prompt, *words], is_pretokenized=True)
        ids = np.array([encoding.ids], dtype=np.int64)
        begin = np.repeat(np.arange(len(words)), self._width)
        end = begin + np.tile(np.arange(self._width), len(words))
        inside = end < len(words)
        spans = np.stack([begin, end], axis=-1) * inside[:, None]
        output = self._session.run(
            ["logits"] if any(one.name == "logits" for one in self._session.get_outputs()) else None,
            {
                "input_ids": ids,
                "attention_mask": np.ones_like(ids),
                "words_mask": np.array([self._word_numbers(encoding.word_ids)], dtype=np.int64),
                "text_lengths": np.array([[len(words)]], dtype=np.int64),
                "span_idx": spans[None].astype(np.int64),
                "span_mask": inside[None],
            },
        )[0]
        return 1 / (1 + np.exp(-output[0].reshape(len(words), self._width, -1)))

    def _word_numbers(self, word_ids: list[int | None]) -> list[int]:
        """Give, for the first token of each word of the text, its number from 1; 0 for the prompt and other tokens."""
        numbers, before = [], None
        for word in word_ids:
            first = word is not None and word != before and word >= len(self._prompt)
            numbers.append(word - len(self._prompt) + 1 if first and word is not None else 0)
            before = word
        return numbers


def _heaviest(lengths: Any, size: int) -> int:
    """Give the number of tokens in the fullest window of `size` words."""
    return int(np.convolve(lengths, np.ones(size, dtype=np.int64), "valid").max())
