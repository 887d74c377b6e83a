"""A token classifier in ONNX form, as Hugging Face's exporters write it: config.json, tokenizer.json, model.onnx."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from redaction.detect.pipelines import PERSON, Entity, label_of
from redaction.detect.pipelines.onnx_files import load_session, load_tokenizer, read_json, unusable, windows

_LONGEST = 512
_KNOWN_INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})


class TokenClassifierPipeline:
    """Labels every token (B-PER, I-PER, …); the first token of a word speaks for the word."""

    def __init__(self, folder: Path) -> None:
        config = read_json(folder / "config.json")
        labels = config.get("id2label")
        if not isinstance(labels, dict) or not labels:
            raise unusable("config.json noemt geen labels (id2label)")
        self._labels = [str(labels.get(str(index), "O")) for index in range(len(labels))]
        if not any(label_of(_kind(label)) == PERSON for label in self._labels):
            raise unusable("het model herkent geen personen")
        self._tokenizer = load_tokenizer(folder)
        self._session = load_session(folder)
        self._inputs = {one.name for one in self._session.get_inputs()}
        if "input_ids" not in self._inputs or self._inputs - _KNOWN_INPUTS:
            raise unusable("model.onnx is geen model dat woorden labelt")
        example = self._tokenizer.encode("a")
        own = example.special_tokens_mask
        inside = [index for index, special in enumerate(own) if not special]
        self._head = example.ids[: inside[0]] if inside else []
        self._tail = example.ids[inside[-1] + 1 :] if inside else []
        longest = min(_LONGEST, int(config.get("max_position_embeddings") or _LONGEST))
        self._size = max(8, longest - len(self._head) - len(self._tail))

    def entities(self, text: str) -> list[Entity]:
        """Give what the text names."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        labels = [self._labels[index] for index in self._label_indices(encoding.ids)]
        return list(_joined(text, self._words(encoding, labels)))

    def _label_indices(self, ids: list[int]) -> Iterator[int]:
        if not ids:
            return
        for start, end, first, last in windows(len(ids), self._size, self._size // 4):
            scores = self._scores(ids[start:end])
            yield from scores[first - start : last - start].argmax(axis=-1).tolist()

    def _scores(self, ids: list[int]) -> Any:
        whole = np.array([[*self._head, *ids, *self._tail]], dtype=np.int64)
        offered = {
            "input_ids": whole,
            "attention_mask": np.ones_like(whole),
            "token_type_ids": np.zeros_like(whole),
        }
        output = self._session.run(None, {name: offered[name] for name in self._inputs})[0]
        return output[0][len(self._head) : len(self._head) + len(ids)]

    @staticmethod
    def _words(encoding: Any, labels: list[str]) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, label) of each word."""
        word, start, end, label = None, 0, 0, "O"
        for index, (first, last) in enumerate(encoding.offsets):
            if encoding.word_ids[index] != word or word is None:
                if end > start:
                    yield start, end, label
                word, start, label = encoding.word_ids[index], first, labels[index]
            end = last
        if end > start:
            yield start, end, label


def _kind(label: str) -> str:
    """Give a label without its place in the name: "B-PER" is about "PER"."""
    return label[2:] if label[:2] in ("B-", "I-", "E-", "S-", "L-", "U-") else label


def _joined(text: str, words: Iterator[tuple[int, int, str]]) -> Iterator[Entity]:
    """Yield names whole: words that stand together, be it under one label or as first name and surname."""
    begin, stop, before = -1, -1, ""
    for start, end, label in words:
        kind = _kind(label)
        ours, last = label_of(kind), label_of(before)
        begins = label[:2] in ("B-", "S-", "U-") and kind == before
        beside = begin >= 0 and not text[stop:start].strip() and "\n" not in text[stop:start]
        if ours and ours == last and beside and not begins:
            stop, before = end, kind
            continue
        if last:
            yield _stripped(text, begin, stop, last)
        begin, stop, before = start, end, kind
    if last := label_of(before):
        yield _stripped(text, begin, stop, last)


def _stripped(text: str, start: int, end: int, label: str) -> Entity:
    """Leave out the spaces and signs that some tokenizers count with a word."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] != ".":
        end -= 1
    return Entity(start, end, label)
