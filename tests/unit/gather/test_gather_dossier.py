"""The raw dossier beside the project: every file comes out as its manifest says, or as a to-do with the reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from woo.gather import Container, Converted, Outcome, SourceItem, gather

DOSSIER = Path(__file__).parents[4] / "shared" / "data" / "dossier"
NOT_YET = {"msg", "mbox", "xlsx", "pptx", "odt", "ics", "html", "jpg", "png", "csv"}

pytestmark = [
    pytest.mark.slow, pytest.mark.office, pytest.mark.ocr,
    pytest.mark.skipif(not DOSSIER.is_dir(), reason="the shared dossier is not beside the project"),
]


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[SourceItem, Outcome]]:
    work = tmp_path_factory.mktemp("gather")
    return {item.path: (item, outcome) for item, outcome in gather(DOSSIER / "bronnen", work)}


@pytest.fixture(scope="module")
def manifest() -> dict[str, dict[str, Any]]:
    items = json.loads((DOSSIER / "manifest.json").read_text(encoding="utf-8"))["items"]
    return {item["path"]: item for item in items if item["path"].split("!/")[0].rsplit(".", 1)[-1] not in NOT_YET}


def test_nothing_gets_lost_and_nothing_is_made_up(
    result: dict[str, tuple[SourceItem, Outcome]], manifest: dict[str, dict[str, Any]]
) -> None:
    parts = {f"{path}!/{part}" for path, (_, outcome) in result.items() if isinstance(outcome, Converted)
             for part in outcome.parts}
    assert set(manifest) <= set(result) | parts
    assert {path for path in result if path.split("!/")[0].rsplit(".", 1)[-1] not in NOT_YET} <= set(manifest)
    assert all(item.sha256() == manifest[path]["sha256"] for path, (item, _) in result.items() if path in manifest)


def test_each_file_has_the_outcome_of_the_manifest(
    result: dict[str, tuple[SourceItem, Outcome]], manifest: dict[str, dict[str, Any]]
) -> None:
    wrong = []
    for path, expected in manifest.items():
        if path not in result:
            continue
        outcome = result[path][1]
        if isinstance(outcome, Converted):
            said = "document"
        else:
            said = "container" if isinstance(outcome, Container) else f"todo:{outcome.reason}"
        wanted = expected["outcome"] + (f":{expected['reason']}" if expected.get("reason") else "")
        accepted = {wanted, *expected.get("also_accepted", []), *(["document"] if wanted == "duplicate" else [])}
        wrong += [] if said in accepted else [(path, wanted, said)]
    assert wrong == []


def test_everything_the_reviewer_must_see_is_on_the_pages(
    result: dict[str, tuple[SourceItem, Outcome]], manifest: dict[str, dict[str, Any]], text_of: Callable[[Path], str]
) -> None:
    missing = []
    for path, expected in manifest.items():
        outcome = result[path][1] if path in result else None
        if isinstance(outcome, Converted):
            shown = re.sub(r"\W", "", text_of(outcome.pdf)).lower()
            missing += [(path, must["text"]) for must in expected.get("must_contain", [])
                        if re.sub(r"\W", "", must["text"]).lower() not in shown]
            missing += [(path, "pages")] if expected.get("pages", outcome.pages) != outcome.pages else []
    assert missing == []


def test_mails_of_one_conversation_have_one_thread(result: dict[str, tuple[SourceItem, Outcome]]) -> None:
    threads = {path.rsplit("/", 1)[-1]: outcome.thread_id for path, (_, outcome) in result.items()
               if isinstance(outcome, Converted) and outcome.kind == "email"}
    assert threads["FW planning week 19.eml"] == threads["kopie van FW planning week 19.eml"]
    assert threads["Re planning.eml"] != threads["Re_ planning (2).eml"]
