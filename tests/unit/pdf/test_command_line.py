"""`woo redact` and `woo verify` as scripts see them: exit codes, stdout, files left behind."""
from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from redaction.pdf import Item, Plan, read_pages, sha256_of
from tests.unit.pdf import attacks

pytestmark = pytest.mark.slow
REPORT = {"pages", "boxes", "removed_characters", "channels", "engines", "seconds", "proven", "findings"}


def woo(*words: object) -> tuple[int, list[Any], str]:
    """Exit code, the JSON lines on stdout, and stderr of a command."""
    done = subprocess.run(
        [sys.executable, "-m", "woo", *map(str, words)], capture_output=True, timeout=240, check=False
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()


def written(plan: Plan, path: Path) -> Path:
    path.write_text(json.dumps(plan.to_json()), "utf-8")
    return path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return attacks.saved(attacks.plain(), tmp_path / "in.pdf")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return written(attacks.PLAN, tmp_path / "plan.json")


def test_a_redacted_file_gives_zero_and_a_whole_report(source: Path, plan: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    code, (report,), _ = woo("redact", source, plan, target, "--json")
    assert code == 0
    assert report.keys() >= REPORT
    assert (report["pages"], report["boxes"], report["engines"]) == (1, 1, {"0": "content"})
    assert report["removed_characters"] == len(attacks.SECRET)
    assert (report["original_sha256"], report["redacted_sha256"]) == (sha256_of(source), sha256_of(target))
    code, (proof,), _ = woo("verify", source, target, plan, "--json")
    assert (code, proof["proven"]) == (0, True)
    code, (look,), _ = woo("verify", target, "--json")
    assert (code, look["findings"]) == (0, [])


def test_without_json_people_read_dutch_on_stderr_and_stdout_stays_empty(
    source: Path, plan: Path, tmp_path: Path
) -> None:
    code, out, text = woo("redact", source, plan, tmp_path / "out.pdf")
    assert (code, out) == (0, [])
    assert "Bewezen schoon" in text
    code, out, text = woo("verify", source, source, plan)
    assert (code, out) == (3, [])
    assert "Niet bewezen schoon." in text
    assert "pagina 1: " in text
    assert attacks.SECRET not in text


def test_what_is_not_proven_gives_three_and_no_file(source: Path, tmp_path: Path) -> None:
    elsewhere = Plan((Item(0, (attacks.BOX,), "5.1.2e", "Behandeld"),))
    code, (report,), _ = woo("redact", source, written(elsewhere, tmp_path / "p.json"), tmp_path / "out.pdf", "--json")
    assert code == 3
    assert report["proven"] is False
    assert {f["page"] for f in report["findings"]} == {0}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.pdf", "p.json"]


def test_a_text_that_must_be_gone_everywhere_counts_on_pages_without_boxes(tmp_path: Path) -> None:
    pdf = attacks.plain()
    pdf.pages.append(pdf.pages[0])
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    here = written(attacks.PLAN, tmp_path / "here.json")
    everywhere = written(Plan(attacks.PLAN.items, gone_everywhere=True), tmp_path / "all.json")
    assert woo("redact", source, here, tmp_path / "here.pdf", "--json")[0] == 0
    code, (report,), _ = woo("redact", source, everywhere, tmp_path / "all.pdf", "--json")
    assert code == 3
    assert 1 in {f["page"] for f in report["findings"]}
    assert not (tmp_path / "all.pdf").exists()
    assert woo("verify", source, tmp_path / "here.pdf", everywhere, "--json")[0] == 3


@pytest.mark.parametrize("data", [b"", b"geen pdf", b"%PDF-1.7\n%%EOF"], ids=["empty", "text", "bare"])
def test_a_file_that_cannot_be_used_gives_four(data: bytes, plan: Path, tmp_path: Path) -> None:
    source = tmp_path / "in.pdf"
    source.write_bytes(data)
    code, (answer,), _ = woo("redact", source, plan, tmp_path / "out.pdf", "--json")
    assert (code, answer["reason"]) == (4, "broken")
    assert not (tmp_path / "out.pdf").exists()
    assert woo("verify", source, "--json")[0] == 4
    assert woo("verify", source, source, plan, "--json")[0] == 4


def test_a_missing_file_gives_four_for_every_command(plan: Path, tmp_path: Path) -> None:
    nothing = tmp_path / "weg.pdf"
    calls = (("redact", nothing, plan, tmp_path / "out.pdf"), ("verify", nothing), ("verify", nothing, nothing, plan))
    for words in calls:
        code, (answer,), _ = woo(*words, "--json")
        assert code == 4, words
        assert "error" in answer


@pytest.mark.parametrize(
    "given",
    ["geen json", "[]", "{}", '{"items": [{"page": -1, "boxes": [[0,0,1,1]], "code": "x"}]}',
     '{"items": [{"page": 0, "boxes": [[0,0,0,0]], "code": "x"}]}',
     '{"items": [{"page": 9, "boxes": [[0,0,9,9]], "code": "x"}]}'],
)  # fmt: skip
def test_a_wrong_plan_gives_two_and_no_file(given: str, source: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(given, "utf-8")
    code, (answer,), _ = woo("redact", source, plan, tmp_path / "out.pdf", "--json")
    assert code == 2
    assert answer["error"]
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize(
    "words",
    [("redact",), ("redact", "a.pdf"), ("redact", "a", "b", "c", "--width-defence", "half"), ("verify", "a", "b"),
     ("redact", "a.pdf", "--batch", "b.jsonl"), ("redact", "--batch", "bestaat-niet.jsonl")],
)  # fmt: skip
def test_a_wrong_call_gives_two(words: tuple[str, ...]) -> None:
    code, out, text = woo(*words)
    assert (code, out) == (2, [])
    assert text


def test_a_password_comes_from_a_file_and_is_never_told(plan: Path, tmp_path: Path) -> None:
    lock = pikepdf.Encryption(owner="eigenaar", user="tulp-aan-zee")
    source = attacks.saved(attacks.plain(), tmp_path / "in.pdf", encryption=lock)
    key = tmp_path / "wachtwoord.txt"
    key.write_text("tulp-aan-zee\n", "utf-8")
    code, (answer,), text = woo("redact", source, plan, tmp_path / "out.pdf", "--json")
    assert (code, answer["reason"]) == (4, "password")
    code, (answer,), more = woo("redact", source, plan, tmp_path / "out.pdf", "--password-file", key, "--json")
    assert code == 0
    assert "tulp" not in json.dumps(answer) + text + more
    key.write_text("iets anders", "utf-8")
    assert woo("redact", source, plan, tmp_path / "x.pdf", "--password-file", key, "--json")[0] == 4
    assert not (tmp_path / "x.pdf").exists()


def test_the_width_defence_can_be_switched_off(source: Path, plan: Path, tmp_path: Path) -> None:
    places = {}
    for setting in ("on", "off"):
        target = tmp_path / f"{setting}.pdf"
        assert woo("redact", source, plan, target, "--width-defence", setting, "--json")[0] == 0
        (page,) = read_pages(target)
        places[setting] = next(w.box[0] for w in page.words if w.text == "maandag")
    (page,) = read_pages(source)
    assert places["off"] == pytest.approx(next(w.box[0] for w in page.words if w.text == "maandag"), abs=0.01)
    assert places["on"] != pytest.approx(places["off"], abs=0.01)


def test_a_batch_answers_every_line_and_no_bad_file_stops_it(source: Path, plan: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"niets")
    job = {"in": str(source), "plan": str(plan)}
    elsewhere = written(Plan((Item(0, (attacks.BOX,), "5.1.2e", "Behandeld"),)), tmp_path / "p.json")
    lines = [
        json.dumps(job | {"in": str(broken), "out": str(tmp_path / "a.pdf")}),
        "geen opdracht",
        json.dumps(job | {"plan": str(elsewhere), "out": str(tmp_path / "b.pdf")}),
        "",
        json.dumps(job | {"out": str(tmp_path / "c.pdf"), "width_defence": "misschien"}),
        json.dumps(job | {"out": str(tmp_path / "d.pdf"), "width_defence": False}),
    ]
    jobs = tmp_path / "jobs.jsonl"
    jobs.write_text("\n".join(lines), "utf-8")
    code, answers, _ = woo("redact", "--batch", jobs, "--json")
    assert code == 4
    assert [(a["line"], a["exit"]) for a in answers] == [(1, 4), (2, 2), (3, 3), (5, 2), (6, 0)]
    assert answers[-1].keys() >= REPORT | {"in", "out"}
    assert [p.name for p in sorted(tmp_path.glob("?.pdf"))] == ["d.pdf"]
    assert woo("verify", source, tmp_path / "d.pdf", plan, "--json")[0] == 0
