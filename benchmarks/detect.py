"""How well and how fast personal data is found: stock Presidio, deduce, our model and our rules, alone and together.

Usage: python -m benchmarks.detect [FILE]; without a file the unseen texts of this project are read. Behind the tables
stands how fast and with how much memory `woo detect` reads these texts (see `_detect_speed`). FILE is in the form of
`tools/calibrate/unseen`, or JSON lines `{id, kind, text, spans: [{start, end, label, public_function}], traps: [{start,
end}]}`, labels in capitals (PERSON, EMAIL, …); `kind` and `traps` may be left out.

R: a find of the same label covers half of the value. Leak-free: every letter and digit of the value is covered by a
find of any label. P: the find touches a labelled value. People in a public function count neither way. Words a
second: CPU time, one core. Traps: the share of look-alikes that a person find touches. Chat R: recall of people in the
texts of kind "chat". Spread: best less worst origin, in points, over the lines of tests/unit/detect/fairness.py. MB:
the most memory that a process with this engine alone took.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import resource
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks._detect_speed import print_speed
from redaction.detect import DetectorSettings, load_detector
from redaction.detect.cache import load_deduce
from redaction.detect.nlp import SHIPPED, DutchNlpEngine
from redaction.detect.pipelines import PERSON, load_pipeline
from tests.unit.detect import fairness
from tools.calibrate.labelled import UNSEEN, records

LABELS = {
    "person_name": "PERSON",
    "signature": "PERSON",
    "licence_plate": "LICENSE_PLATE",
    "id_document": "ID_DOC",
    "a_number": "CASE_NUMBER",
}
STOCK = {"EMAIL_ADDRESS": "EMAIL", "PHONE_NUMBER": "PHONE", "IBAN_CODE": "IBAN", "IP_ADDRESS": "IP_ADDRESS"}

Finds = list[tuple[int, int, str]]
Engine = Callable[[str], Finds]


def stock_presidio() -> Engine:
    """Presidio as it comes, without a model: there is none for Dutch in the package."""
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # noqa: PLC0415  # only this engine needs it
    from presidio_analyzer.predefined_recognizers import EmailRecognizer, IbanRecognizer, IpRecognizer, PhoneRecognizer  # noqa: PLC0415  # only this engine needs it

    registry = RecognizerRegistry(supported_languages=["nl"])
    for recogniser in (EmailRecognizer, IbanRecognizer, IpRecognizer):
        registry.add_recognizer(recogniser(supported_language="nl"))
    registry.add_recognizer(PhoneRecognizer(supported_language="nl", supported_regions=("NL", "BE", "DE")))
    engine = AnalyzerEngine(registry=registry, nlp_engine=DutchNlpEngine(), supported_languages=["nl"])
    logging.getLogger("tldextract").setLevel(logging.CRITICAL)  # it asks the network for a list and has its own
    return lambda text: [(r.start, r.end, STOCK[r.entity_type]) for r in engine.analyze(text, "nl")]


def deduce_alone() -> Engine:
    """deduce's persons, with the lists that `make setup` built."""
    deduce = load_deduce()

    def find(text: str) -> Finds:
        return [(a.start_char, a.end_char, "PERSON") for a in deduce.deidentify(text).annotations if a.tag == "persoon"]

    return find


def model_alone() -> Engine:
    """The name model that ships with the detector, without any rule."""
    model = load_pipeline(SHIPPED)

    def find(text: str) -> Finds:
        return [(one.start_char, one.end_char, "PERSON") for one in model.entities(text) if one.label_ == PERSON]

    return find


def ours(*, use_deduce: bool, use_model: bool) -> Engine:
    """Our detector, with or without deduce's names and the model's."""
    detector = load_detector(DetectorSettings(use_deduce=use_deduce, use_model=use_model))

    def find(text: str) -> Finds:
        return [(s.start, s.end, LABELS.get(s.kind, s.kind.upper())) for s in detector.detect(text)]

    return find


def measure(engine: Engine, records: Iterable[dict[str, Any]]) -> dict[str, float]:
    """Run an engine over the labelled texts and count; shares in percent."""
    records = list(records)
    engine(records[0]["text"])
    begin = process_time()
    finds = [engine(record["text"]) for record in records]
    seconds = process_time() - begin
    count: Counter[str] = Counter()
    for record, found in zip(records, finds, strict=True):
        _count(record, found, count)
    share = {
        name: 100 * count[part] / count[whole] if count[whole] else 0.0
        for name, part, whole in (
            ("person R", "person hit", "person"),
            ("person leak-free", "person whole", "person"),
            ("person P", "person right", "person found"),
            ("all R", "hit", "value"),
            ("all leak-free", "whole", "value"),
            ("all P", "right", "found"),
            ("traps", "trapped", "trap"),
            ("chat R", "chat hit", "chat"),
        )
    }
    return {**share, "words/s": sum(len(record["text"].split()) for record in records) / seconds}


def _count(record: dict[str, Any], found: Finds, count: Counter[str]) -> None:
    text, gold = record["text"], record["spans"]
    letters = {index for start, end, _label in found for index in range(start, end)}
    for value in gold:
        if value["public_function"]:
            continue
        start, end, label = value["start"], value["end"], value["label"]
        hit = any(kind == label and _shared(start, end, a, b) >= 0.5 * (end - start) for a, b, kind in found)
        if label == "PERSON" and "chat" in record.get("kind", ""):
            count.update({"chat": 1, "chat hit": hit})
        whole = all(index in letters for index in range(start, end) if text[index].isalnum())
        for prefix in ("", "person ") if label == "PERSON" else ("",):
            count.update(
                {f"{prefix}value".replace("person value", "person"): 1, f"{prefix}hit": hit, f"{prefix}whole": whole}
            )
    people = [(start, end) for start, end, label in found if label == "PERSON"]
    for trap in record.get("traps", ()):
        touching = any(_shared(trap["start"], trap["end"], start, end) > 0 for start, end in people)
        count.update({"trap": 1, "trapped": touching})
    for start, end, label in found:
        touched = [value for value in gold if _shared(start, end, value["start"], value["end"]) > 0]
        if any(value["public_function"] for value in touched):
            continue
        for prefix in ("", "person ") if label == "PERSON" else ("",):
            count.update({f"{prefix}found": 1, f"{prefix}right": bool(touched)})


def _shared(start: int, end: int, other_start: int, other_end: int) -> int:
    return max(0, min(end, other_end) - max(start, other_start))


def by_origin(engine: Engine) -> dict[str, float]:
    """Give the share of names found whole per origin, in percent, over the same lines for everyone."""
    found: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for origin, _line, text, ranges in fairness.cases():
        letters = {i for start, end, label in engine(text) if label == "PERSON" for i in range(start, end)}
        for start, end in ranges:
            whole[origin] += 1
            found[origin] += all(i in letters for i in range(start, end) if text[i].isalnum())
    return {origin: 100 * found[origin] / whole[origin] for origin in whole}


def print_origins() -> None:
    """Print, per origin of the names, the share that is found whole by the model, without it, and by all."""
    engines = {
        "model alone": model_alone(),
        "without model": ours(use_deduce=True, use_model=False),
        "all with model": ours(use_deduce=True, use_model=True),
    }
    rows = {name: by_origin(engine) for name, engine in engines.items()}
    print(f"\n{'names found whole, %':24}" + "".join(f"{name:>16}" for name in rows))
    for origin in next(iter(rows.values())):
        print(f"{origin:24}" + "".join(f"{row[origin]:16.1f}" for row in rows.values()))


def main() -> int:
    """Print the tables."""
    given = [Path(argument) for argument in sys.argv[1:]] or sorted(UNSEEN.glob("*.txt"))
    for path in given:
        print(f"\n{path.name}: {len(records_of(path))} texts")
        print_engines(path)
    print_speed([record["text"] for path in given for record in records_of(path)])
    print_origins()
    return 0


ENGINES: dict[str, Callable[[], Engine]] = {
    "stock Presidio": stock_presidio,
    "deduce alone": deduce_alone,
    "model alone": model_alone,
    "rules alone": partial(ours, use_deduce=False, use_model=False),
    "rules and deduce": partial(ours, use_deduce=True, use_model=False),
    "rules and model": partial(ours, use_deduce=False, use_model=True),
    "all with model": partial(ours, use_deduce=True, use_model=True),
}


def records_of(path: Path) -> list[dict[str, Any]]:
    """Read the labelled texts."""
    if path.suffix == ".txt":
        return list(records(path))
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def row_of(name: str, path: Path) -> dict[str, float]:
    """Measure one engine, in a process of its own so that its memory is its own."""
    records = records_of(path)
    engine = ENGINES[name]()
    row = measure(engine, records)
    shares = by_origin(engine).values()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**row, "spread": max(shares) - min(shares), "MB": memory}


def print_engines(path: Path) -> None:
    """Print one row per engine over the labelled texts in `path`."""
    header: list[str] = []
    for name in ENGINES:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
            row = process.submit(row_of, name, path).result()
        if not header:
            header = list(row)
            print(f"{'engine':16}" + "".join(f"{column:>17}" for column in header))
        numbers = (
            f"{row[column]:17.0f}" if column in ("words/s", "MB") else f"{row[column]:17.1f}" for column in header
        )
        print(f"{name:16}" + "".join(numbers), flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
