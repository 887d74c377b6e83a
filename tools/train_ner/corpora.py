"""Turns frames and public texts into spaCy documents: our frames, CC0 newspapers, and statutes without people."""

from __future__ import annotations

import gzip
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tools.train_ner.frames import HELD_OUT, Filled, all_frames, damaged, fill

_JOINED = 3
"""Frames of one genre that may stand in one training text, so that the model sees names beside each other."""


def filled_frames(rounds: int, seed: int) -> Iterator[Filled]:
    """Yield each training frame `rounds` times, every time with other people and now and then damaged."""
    chance = random.Random(seed)
    for _round in range(rounds):
        for genre, frames in all_frames().items():
            if genre in HELD_OUT:
                continue
            shuffled = list(frames)
            chance.shuffle(shuffled)
            while shuffled:
                count = min(chance.randint(1, _JOINED), len(shuffled))
                yield _joined([damaged(fill(shuffled.pop(), genre, chance), chance) for _ in range(count)], chance)


def held_out_frames(seed: int, origin: str | None = None) -> Iterator[Filled]:
    """Yield each frame of the held-out genres once, with names that training never shows."""
    chance = random.Random(seed)
    for genre in HELD_OUT:
        for frame in all_frames().get(genre, ()):
            yield fill(frame, genre, chance, held_out=True, origin=origin)


def _joined(parts: list[Filled], chance: random.Random) -> Filled:
    text, entities = "", []
    for part in parts:
        if text:
            text += chance.choice((" ", "\n", "\n\n"))
        entities += [(start + len(text), end + len(text), label) for start, end, label in part.entities]
        text += part.text
    return Filled(text, tuple(entities), parts[0].genre, parts[0].origin)


def document(nlp: Any, filled: Filled) -> Any | None:
    """Make a spaCy document; None where a name does not fall on tokens (an OCR error glued it to something)."""
    doc = nlp.make_doc(filled.text)
    spans = [doc.char_span(start, end, label=label) for start, end, label in filled.entities]
    if any(span is None for span in spans):
        spans = [doc.char_span(s, e, label=label, alignment_mode="expand") for s, e, label in filled.entities]
        taken: set[int] = set()
        for span in spans:
            if span is None or taken & set(range(span.start, span.end)):
                return None
            taken |= set(range(span.start, span.end))
    doc.ents = spans
    return doc


def newspapers(nlp: Any, path: Path, size: int = 40) -> Iterator[Any]:
    """Yield the Europeana newspapers (CC0) in pieces of about `size` tokens, cut at a sentence end outside names."""
    from spacy.tokens import Doc, Span  # noqa: PLC0415

    words: list[str] = []
    tags: list[str] = []
    for line in gzip.decompress(path.read_bytes()).decode("utf-8", "replace").splitlines():
        word, _, tag = line.strip().rpartition(" ")
        if word and " " not in word:
            words.append(word)
            tags.append(tag if tag[-3:] in ("PER", "LOC", "ORG") else "O")
        if len(words) >= size and tags[-1] == "O" and words[-1][-1] in ".!?;":
            doc = Doc(nlp.vocab, words=words)
            doc.ents = [Span(doc, start, end, label=label) for start, end, label in _runs(tags)]
            yield doc
            words, tags = [], []


def _runs(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    start, label = 0, "O"
    for index, tag in enumerate([*tags, "O"]):
        kind = tag.rpartition("-")[2] if tag != "O" else "O"
        if kind != label or tag.startswith("B-"):
            if label != "O":
                yield start, index, label
            start, label = index, kind


def statutes(nlp: Any, path: Path, count: int, seed: int) -> Iterator[Any]:
    """Yield paragraphs of statutes: their capitals are no people. Paragraphs that may name somebody are left out."""
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    chance = random.Random(seed)
    people = ("Willem-Alexander", "Beatrix", "Máxima", "Minister van", "Juliana", "Onze")
    kept = [line for line in lines if 60 < len(line) < 400 and not any(word in line for word in people)]
    for line in chance.sample(kept, min(count, len(kept))):
        yield nlp.make_doc(line)


def known_words(docs: Iterable[Any], least: int) -> list[str]:
    """Give the words, in lower case, that stand outside names of people in at least `least` of these documents."""
    seen: Counter[str] = Counter()
    for doc in docs:
        seen.update({token.lower_ for token in doc if token.is_alpha and token.ent_type_ != "PER"})
    return sorted(word for word, count in seen.items() if count >= least)


def write(docs: Iterable[Any], path: Path) -> int:
    """Write documents for spaCy's trainer and give how many there were."""
    from spacy.tokens import DocBin  # noqa: PLC0415

    packed = DocBin(docs=docs)
    path.parent.mkdir(parents=True, exist_ok=True)
    packed.to_disk(path)
    return len(packed)
