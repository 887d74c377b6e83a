"""What the scripted demo leaves behind: the published files and one JSON report about the whole way."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models import Case
from woo.errors import InputRejected
from woo.law.judgement import PUBLISHED_JUDGEMENTS
from woo.services import audit, besluiten, legal_facts, publications, screens, sources
from woo.services.work import Work
from woo.store import sha256_of


def check_target(out: Path) -> None:
    """InputRejected where the folder for the result holds something already."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputRejected("De map voor het resultaat is niet leeg. Er is niets gestart. Kies een nieuwe map.")


def write_result(work: Work, case: Case, seconds: Mapping[str, float], out: Path) -> None:
    """Fill `out` with `public/` and `report.json`, all at once: a reader never sees half a result."""
    building = out.parent / f".{out.name}.in-opbouw"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    shutil.copytree(work.settings.public_root, building / "public", ignore=shutil.ignore_patterns(".*"))
    report = make_report(work, case, seconds, building / "public")
    (building / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    if out.exists():
        out.rmdir()
    building.replace(out)


def make_report(work: Work, case: Case, seconds: Mapping[str, float], public: Path) -> dict[str, Any]:
    """The report: numbers in and out, the deadline's sum, and each published file with its proof."""
    documents = screens.documents(work, case)
    published = _published(work, case, public)
    return {
        "case": case.number,
        "phase": case.phase,
        "deadline": _deadline(work, case),
        "files": sources.totals(sources.report(work, case)),
        "documents": {
            "in": len(documents),
            "judged": sum(d.judgement is not None for d in documents),
            "to_publish": sum(d.judgement in PUBLISHED_JUDGEMENTS for d in documents),
            "published": sum("/documenten/" in file["path"] for file in published),
        },
        "published": published,
        "audit_chain_verified": audit.verify_chain(work.session) == [],
        "seconds": {name: round(value, 1) for name, value in seconds.items()},
    }


def _published(work: Work, case: Case, public: Path) -> list[dict[str, Any]]:
    """Every file that the public can read, with its hash; for a document also the report of its verification."""
    proofs = publications.proofs(work, case)
    return [
        {
            "path": file.relative_to(public.parent).as_posix(),
            "sha256": (digest := sha256_of(file)),
            "verification": proofs.get(digest),
        }
        for file in sorted(public.rglob("*"))
        if file.is_file()
    ]


def _deadline(work: Work, case: Case) -> dict[str, Any]:
    reckoned = legal_facts.deadline_of(case, work.clock.today())
    return {
        "date": reckoned.deadline.isoformat(),
        "nominal": reckoned.nominal.isoformat(),
        "steps": [
            {"date": step.date.isoformat(), "days": step.days, "article": step.article, "text": step.text}
            for step in reckoned.steps
        ],
        "besluit_taken": str(besluiten.besluit_of(work, case).taken_on),
    }
