"""How fast the legal clock is: random histories of 0 to 12 events, through the same door as `woo termijn --json`.

Usage: python benchmarks/deadlines.py [number of cases, 2000 when left out]
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).parents[1]))

from woo.cli.termijn import run


def random_case(dice: random.Random, number: int) -> dict[str, object]:
    """One request with a possible history; the events stand in no order."""
    received = date(2022, 5, 1) + timedelta(days=dice.randrange(2000))

    def day(low: int, high: int) -> str:
        return (received + timedelta(days=dice.randint(low, high))).isoformat()

    def event() -> dict[str, object]:
        return dice.choice([
            {"type": "verdaging", "medegedeeld": day(0, 40), "dagen": dice.randint(1, 14)},
            {"type": "zienswijze", "mededeling_verzoeker": day(0, 20), "einde": day(20, 60)},
            {"type": "precisering", "uitnodiging": day(0, 14), "antwoordtermijn": day(14, 40),
             "gepreciseerd": day(14, 50)},
            {"type": "instemming_uitstel", "schriftelijk": day(5, 20), "van": day(20, 30), "tot_en_met": day(30, 90)},
        ])

    events = [event() for _ in range(dice.randrange(13))]
    return {"id": number, "kind": "beslistermijn", "received": received.isoformat(), "events": events}


def main() -> None:
    """Make the cases, answer them once, and write one line of figures."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    dice = random.Random(4)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "zaken.json"
        file.write_text(json.dumps([random_case(dice, count) for count in range(number)]), encoding="utf-8")
        wall, cpu, out = perf_counter(), process_time(), io.StringIO()
        with contextlib.redirect_stdout(out):
            code = run(file, True)
        wall, cpu = perf_counter() - wall, process_time() - cpu
    answered = sum("deadline" in answer for answer in json.loads(out.getvalue()))
    print(f"{number} cases, {answered} answered, exit {code}: {wall:.2f} s wall, {cpu:.2f} s CPU, "
          f"{1e6 * cpu / number:.0f} microseconds a case")


if __name__ == "__main__":
    main()
