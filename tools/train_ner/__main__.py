"""`python -m tools.train_ner [--minutes N] [--steps N] [--public FOLDER]`: trains the name model and puts it in place.

The frames in this folder are all it needs. Where FOLDER (default `../shared/data/ner`) holds the CC0 newspapers and
the statutes named in docs/modelkaart-namen.md, these are added; the model card says with what the shipped model was
trained. Seeds are fixed; one thread, so that two runs on one machine with the same step count give the same model.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy
from thinc.api import set_current_ops

from redaction.detect.pipelines.products import products_on_one_core
from redaction.detect.pipelines.word_features import KNOWN
from tools.train_ner.corpora import document, filled_frames, known_words, newspapers, statutes, write
from tools.train_ner.documents import filled_documents
from tools.train_ner.tokens import cut_at_signs

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "redaction" / "detect" / "model"
_ROUNDS = 12
_DOCUMENT_ROUNDS = 10
"""With more, prose suffers: at 18, three in a hundred more of its finds in news were no people."""
_STATUTES = 3000
_WELL_KNOWN = 5
"""In so many training texts a word must stand to be shown to the model as itself."""

_VERSION = "5.0.0"


def prepare(nlp: Any, public: Path, folder: Path) -> dict[str, int]:
    """Write train.spacy and dev.spacy; gives how many texts came from where."""
    docs = [doc for filled in filled_frames(_ROUNDS, seed=1) if (doc := document(nlp, filled))]
    counts = {"frames": len(docs), "newspapers": 0, "statutes": 0}
    added = [doc for filled in filled_documents(_DOCUMENT_ROUNDS, seed=4) if (doc := document(nlp, filled))]
    counts["documents"] = len(added)
    docs += added
    papers = public / "europeana-nl-kb.bio.gz"
    if papers.exists():
        added = list(newspapers(nlp, papers))
        counts["newspapers"] = len(added)
        docs += added
    laws = public / "dutch-laws-sample.txt.gz"
    if laws.exists():
        added = list(statutes(nlp, laws, _STATUTES, seed=2))
        counts["statutes"] = len(added)
        docs += added
    (folder / "known.txt").write_text("\n".join(known_words(docs, _WELL_KNOWN)), "utf-8")
    random.Random(3).shuffle(docs)
    write(docs, folder / "train.spacy")
    # watching the training only: fresh people in known frames; no choice is made on the held-out genres
    write([doc for f in list(filled_frames(1, seed=99))[::4] if (doc := document(nlp, f))], folder / "dev.spacy")
    return counts


@spacy.registry.callbacks("woo.known_words.v1")
def set_known_words(path: str) -> Callable[[Any], None]:
    """Give the callback that sets the tokenizer and the well known words, before the pipeline sees its first word."""

    def put(nlp: Any) -> None:
        cut_at_signs(nlp)
        nlp.vocab.lookups.add_table(KNOWN, dict.fromkeys(Path(path).read_text("utf-8").splitlines(), True))

    return put


def train(folder: Path, steps: int, minutes: float) -> Any:
    """Train and give the pipeline with averaged weights; stops at `steps` or after `minutes`, whichever is first."""
    from spacy import util  # noqa: PLC0415
    from spacy.training.initialize import init_nlp  # noqa: PLC0415
    from spacy.training.loop import train as run  # noqa: PLC0415

    config = util.load_config(
        Path(__file__).parent / "config.cfg",
        overrides={
            "paths.train": str(folder / "train.spacy"),
            "paths.dev": str(folder / "dev.spacy"),
            "paths.known": str(folder / "known.txt"),
            "training.max_steps": steps,
        },
    )
    (folder / "out").mkdir()
    nlp = init_nlp(config)
    end = time.monotonic() + 60 * minutes
    before = nlp.update

    def update(*args: Any, **kwargs: Any) -> Any:
        if time.monotonic() > end:
            raise KeyboardInterrupt  # spaCy's own way to stop early; the best model so far is kept
        return before(*args, **kwargs)

    nlp.update = update
    with contextlib.suppress(KeyboardInterrupt):
        run(nlp, folder / "out")
    return util.load_model(folder / "out" / "model-best")


def main() -> int:
    """Prepare, train, and replace the model in the package."""
    options = argparse.ArgumentParser(prog="python -m tools.train_ner", description=__doc__)
    options.add_argument("--minutes", type=float, default=40.0)
    options.add_argument("--steps", type=int, default=8000)
    options.add_argument("--public", type=Path, default=ROOT.parent / "shared" / "data" / "ner")
    options.add_argument("--target", type=Path, default=TARGET)
    given = options.parse_args()
    if (quick := products_on_one_core()) is not None:
        set_current_ops(quick)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        counts = prepare(cut_at_signs(spacy.blank("nl")), given.public, folder)
        print("texts:", counts)
        nlp = train(folder, given.steps, given.minutes)
        nlp.meta.update(
            {
                "name": "namen",
                "version": _VERSION,
                "license": "EUPL-1.2",
                "description": "Persons, organisations and places in Dutch; see docs/modelkaart-namen.md",
                "author": "Woo engine",
                "sources": [{"name": key, "texts": value} for key, value in counts.items()],
            }
        )
        nlp.config["paths"] = {"train": None, "dev": None, "known": None}
        nlp.config["initialize"]["before_init"] = None
        shutil.rmtree(given.target, ignore_errors=True)
        nlp.to_disk(given.target, exclude=["vocab.vectors"])
        # the words of the training texts: spaCy would load each, and the model needs none of them by name
        (given.target / "vocab" / "strings.json").write_text(json.dumps(sorted(nlp.pipe_labels["ner"])), "utf-8")
    size = sum(path.stat().st_size for path in given.target.rglob("*") if path.is_file())
    print(f"{given.target}: {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
