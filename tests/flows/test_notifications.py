"""A case that is late really reaches a web server and a mailbox, once; set-up is safe to do again."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from prefect.client.orchestration import PrefectClient
from prefect.events.schemas.automations import Automation
from pydantic import SecretStr

from flows import watch_deadlines
from flows.notifications import MAIL, WEBHOOK, set_up
from tests.flows.conftest import Loop, Tree, start_tree
from tests.flows.sinks import mail_sink, web_sink
from tests.support.cases import new_case
from woo import mail
from woo.errors import Unavailable
from woo.settings import Settings

TOKEN = "geheim-adres-4711"


@dataclass
class Watched:
    """A tree that reports to a web server and a mailbox, with two cases that have been announced as late."""

    tree: Tree
    cases: list[uuid.UUID]
    posted: list[dict[str, Any]]
    mails: list[EmailMessage]


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory, loop: Loop) -> Iterator[Watched]:
    with web_sink() as (web, posted), mail_sink() as (smtp, mails):
        settings = Settings(
            home=tmp_path_factory.mktemp("home"),
            webhook_url=SecretStr(f"{web}/{TOKEN}"),
            smtp_url=SecretStr(smtp),
            mail_from="woo@voorbeeld.nl",
            mail_to="centrale.eenheid@voorbeeld.nl,jurist@voorbeeld.nl",
        )
        trees = start_tree(settings, loop)
        tree = next(trees)
        late = [new_case(tree.database, tree.people, subject=f"geheim onderwerp {n}") for n in range(2)]
        watch_deadlines.announce(tree.database, watch_deadlines.look(tree.database))
        yield Watched(tree, late, posted, mails)
        next(trees, None)


def automations(tree: Tree) -> dict[str, list[Automation]]:
    async def named(client: PrefectClient) -> dict[str, list[Automation]]:
        return {name: await client.read_automations_by_name(name) for name in (WEBHOOK, MAIL)}

    return tree.ask(named)


@pytest.mark.prefect
def test_each_late_case_is_posted_once_to_the_web_server(watched: Watched) -> None:
    watched.tree.wait(lambda: len(watched.posted) >= 2)
    numbers = {watched.tree.number(case_id) for case_id in watched.cases}

    bodies = {post["body"]["zaak"]: post["body"] for post in watched.posted}
    assert bodies.keys() == numbers and len(watched.posted) == 2
    for post in watched.posted:
        assert post["path"] == f"/{TOKEN}" and post["type"] == "application/json"
        assert post["body"]["gebeurtenis"] == "woo.termijn.verlopen"
        assert post["body"]["uiterlijk"] == "2026-06-29"
        assert post["body"]["werkbank"].endswith(f"/zaken/{post['body']['zaak']}")
        assert "de termijn is voorbij (2026-06-29)" in post["body"]["text"]


@pytest.mark.prefect
def test_one_mail_tells_of_all_cases_of_the_round_without_titles_or_names(watched: Watched) -> None:
    watched.tree.wait(lambda: watched.mails)
    time.sleep(3)  # a second one would come now

    [message] = watched.mails
    text = message.get_content()
    assert message["Subject"] == "Woo-termijnen: 2 te laat, 0 bijna te laat"
    assert message["To"] == "centrale.eenheid@voorbeeld.nl, jurist@voorbeeld.nl"
    for case_id in watched.cases:
        assert f"Woo {watched.tree.number(case_id)}, besluit uiterlijk 29-06-2026" in text
    assert "geheim" not in text and "Hiemstra" not in text


@pytest.mark.prefect
def test_the_next_morning_the_same_cases_are_not_told_again(watched: Watched) -> None:
    watched.tree.wait(lambda: len(watched.posted) >= 2 and watched.mails)

    watch_deadlines.announce(watched.tree.database, watch_deadlines.look(watched.tree.database))
    watched.tree.wait(lambda: not any(watched.tree.waiting(case_id) for case_id in watched.cases))
    time.sleep(3)

    assert (len(watched.posted), len(watched.mails)) == (2, 1)


@pytest.mark.prefect
def test_set_up_again_leaves_one_automation_and_what_somebody_switched_off(watched: Watched) -> None:
    tree = watched.tree
    before = automations(tree)
    assert [len(found) for found in before.values()] == [1, 1], "the tree made them at its start"
    tree.ask(lambda client: client.pause_automation(before[WEBHOOK][0].id))
    moved = tree.embedded.settings.model_copy(update={"webhook_url": SecretStr("http://127.0.0.1:9/anders")})

    for settings in (tree.embedded.settings, moved):
        tree.ask(lambda client, settings=settings: set_up(client, settings))

    after = automations(tree)
    assert {name: [a.id for a in found] for name, found in after.items()} == {
        name: [a.id for a in found] for name, found in before.items()
    }
    assert [after[WEBHOOK][0].enabled, after[MAIL][0].enabled] == [False, True]

    none = tree.embedded.settings.model_copy(update={"webhook_url": SecretStr(""), "smtp_url": SecretStr("")})
    assert tree.ask(lambda client: set_up(client, none)) == []
    assert [len(found) for found in automations(tree).values()] == [0, 0]


@pytest.mark.prefect
def test_the_secret_address_is_in_no_log_and_not_readable_in_prefects_database(watched: Watched) -> None:
    watched.tree.wait(lambda: len(watched.posted) >= 2)
    home = watched.tree.embedded.settings.home
    files = [f for folder in ("prefect", "logs") for f in (home / folder).rglob("*") if f.is_file()]

    assert any(f.suffix == ".log" for f in files) and any(f.name == "prefect.db" for f in files)
    assert [f.name for f in files if TOKEN.encode() in f.read_bytes()] == []


def test_a_mail_server_that_is_away_is_unavailable_so_that_the_flow_tries_again(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, smtp_url=SecretStr("smtp://127.0.0.1:9"), mail_from="a@b.nl", mail_to="c@d.nl")

    with pytest.raises(Unavailable, match="De mailserver neemt het bericht niet aan"):
        mail.send(settings, "proef", "proef")


def test_a_password_is_not_given_to_a_server_without_encryption(tmp_path: Path) -> None:
    with mail_sink() as (address, mails):
        with_password = SecretStr(address.replace("smtp://", "smtp://naam:wachtwoord@"))
        settings = Settings(home=tmp_path, smtp_url=with_password, mail_from="a@b.nl", mail_to="c@d.nl")
        with pytest.raises(Unavailable):
            mail.send(settings, "proef", "proef")

    assert mails == []
