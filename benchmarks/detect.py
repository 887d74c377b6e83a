"""How well and how fast personal data is found: stock Presidio, deduce, our model and our rules, alone and together.

Usage: python benchmarks/detect.py [LABELLED.jsonl]; without a file only the table by origin of the names is made.
Each line of the file is `{id, text, spans: [{start, end, label, public_function}]}`, labels in capitals (PERSON,
EMAIL, …).

R: a find of the same label covers half of the value. Leak-free: every letter and digit of the value is covered by a
find of any label. P: the find touches a labelled value. People in a public function count neither way. Words a
second: CPU time, one core.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time
from typing import Any

import spacy

sys.path.insert(0, str(Path(__file__).parents[1]))

from redaction.detect import DetectorSettings, load_detector
from redaction.detect.cache import load_deduce
from redaction.detect.nlp import MODEL_LABELS, SHIPPED, DutchNlpEngine
from tests.unit.detect import fairness

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
    return lambda text: [(r.start, r.end, STOCK[r.entity_type]) for r in engine.analyze(text, "nl")]


def deduce_alone() -> Engine:
    """deduce's persons, with the lists that `make setup` built."""
    deduce = load_deduce()

    def find(text: str) -> Finds:
        return [(a.start_char, a.end_char, "PERSON") for a in deduce.deidentify(text).annotations if a.tag == "persoon"]

    return find


def model_alone() -> Engine:
    """The name model that ships with the detector, without any rule."""
    nlp = spacy.load(SHIPPED)

    def find(text: str) -> Finds:
        return [(ent.start_char, ent.end_char, "PERSON") for ent in nlp(text).ents if ent.label_ in MODEL_LABELS]

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
        whole = all(index in letters for index in range(start, end) if text[index].isalnum())
        for prefix in ("", "person ") if label == "PERSON" else ("",):
            count.update(
                {f"{prefix}value".replace("person value", "person"): 1, f"{prefix}hit": hit, f"{prefix}whole": whole}
            )
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
    if len(sys.argv) > 1:
        print_engines(Path(sys.argv[1]))
    print_origins()
    return 0


def print_engines(path: Path) -> None:
    """Print one row per engine over the labelled texts in `path`."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    engines: dict[str, Callable[[], Engine]] = {
        "stock Presidio": stock_presidio,
        "deduce alone": deduce_alone,
        "model alone": model_alone,
        "rules alone": lambda: ours(use_deduce=False, use_model=False),
        "rules and deduce": lambda: ours(use_deduce=True, use_model=False),
        "rules and model": lambda: ours(use_deduce=False, use_model=True),
        "all with model": lambda: ours(use_deduce=True, use_model=True),
    }
    header: list[str] = []
    for name, build in engines.items():
        row = measure(build(), records)
        if not header:
            header = list(row)
            print(f"{'engine':16}" + "".join(f"{column:>18}" for column in header))
        print(
            f"{name:16}"
            + "".join(f"{row[column]:18.1f}" if column != "words/s" else f"{row[column]:18.0f}" for column in header)
        )


if __name__ == "__main__":
    raise SystemExit(main())
