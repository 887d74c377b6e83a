"""`python -m tools.train_ner.evaluate [MODEL]`: scores of the name model on genres and names training never showed.

Prints recall, precision and F per label, per held-out genre and per origin, for people in news prose of others where
that is at hand, and words a second. A find counts when it covers at least half of the name and no more than twice its
length.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from time import process_time
from typing import Any

from redaction.detect.pipelines import word_features  # noqa: F401  # the model needs it to load
from tools.train_ner.corpora import held_out_frames
from tools.train_ner.frames import Filled
from tools.train_ner.news import paragraphs
from tools.train_ner.people import origins

ROOT = Path(__file__).resolve().parents[2]


def score(nlp: Any, texts: Iterable[Filled]) -> dict[str, Counter[str]]:
    """Count gold, hit, found and right by "label PER", "genre ..." and "origin ..." (the last two for people)."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for filled, doc in zip(texts := list(texts), nlp.pipe(one.text for one in texts), strict=True):
        finds = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
        for start, end, label in filled.entities:
            hit = any(kind == label and _same(start, end, a, b) for a, b, kind in finds)
            for key in _keys(filled, label):
                counts[key].update(gold=1, hit=hit)
        for a, b, kind in finds:
            right = any(kind == label and _same(start, end, a, b) for start, end, label in filled.entities)
            for key in _keys(filled, kind):
                counts[key].update(found=1, right=right)
    return counts


def _keys(filled: Filled, label: str) -> list[str]:
    return [f"label {label}"] + ([f"genre {filled.genre}", f"origin {filled.origin}"] if label == "PER" else [])


def _same(start: int, end: int, a: int, b: int) -> bool:
    return min(end, b) - max(start, a) >= 0.5 * (end - start) and b - a <= 2 * (end - start)


def main() -> int:
    """Print the table."""
    import spacy  # noqa: PLC0415

    nlp = spacy.load(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "redaction" / "detect" / "model")
    texts = [filled for seed in range(3) for filled in held_out_frames(seed)]
    texts += [filled for origin in origins() for filled in held_out_frames(7, origin)]
    begin = process_time()
    counts = score(nlp, texts)
    seconds = process_time() - begin
    news = score(nlp, paragraphs(ROOT.parent / "shared" / "data" / "ner"))
    counts |= {f"news prose, {key}": value for key, value in news.items() if key == "label PER"}
    print(f"{'':30}{'names':>7}{'R':>8}{'P':>8}{'F':>8}")
    for key in sorted(counts):
        one = counts[key]
        recall = one["hit"] / max(1, one["gold"])
        precision = one["right"] / max(1, one["found"])
        harmonic = 2 * recall * precision / max(1e-9, recall + precision)
        print(f"{key:30}{one['gold']:7}{100 * recall:8.1f}{100 * precision:8.1f}{100 * harmonic:8.1f}")
    print(f"words/s (CPU, model alone, batched): {sum(len(t.text.split()) for t in texts) / seconds:.0f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
