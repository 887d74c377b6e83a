from __future__ import annotations

import hashlib
import stat
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from publish_factory import BASE, REQUESTER_STRINGS, case, entry, pdf, publish, sha, snapshot, stored

from woo.errors import InputRejected, NotAllowed
from woo.law.judgement import Judgement
from woo.publish.case_file import CaseFile
from woo.publish.folder import PublishedFolder, write_publication
from woo.publish.letters import besluit_letter, public_besluit_letter
from woo.publish.manifest import read_manifest, verify_manifest

pytestmark = pytest.mark.slow

LAYOUT = {
    "besluit.pdf",
    "inventarislijst.csv",
    "inventarislijst.xlsx",
    "inventarislijst.html",
    "metadata/diwoo.xml",
    "manifest.json",
    "documenten/0001.pdf",
    "documenten/0002.pdf",
    "documenten/0007.pdf",
    "documenten/0008.pdf",
}


def test_a_publication_has_exactly_the_agreed_layout(tmp_path: Path, key: Ed25519PrivateKey, letter: bytes) -> None:
    done = publish(tmp_path / "public", key, case(), letter)
    assert done.changed
    assert set(done.files) == LAYOUT == set(snapshot(done.path))
    assert done.url == "https://woo.example.nl/publicaties/2026-0142"
    assert done.manifest_sha256 == hashlib.sha256(done.manifest.read_bytes()).hexdigest()
    assert set(snapshot(tmp_path / "public")) == {f"publicaties/2026-0142/{name}" for name in LAYOUT} | {
        "robots.txt",
        "sitemapindex-diwoo-infocat014.xml",
        "sitemap-diwoo-infocat014-2026-0142-1.xml",
        "manifest-sleutel.pem",
    }


def test_everybody_may_read_what_is_public_and_nobody_else_may_write(
    tmp_path: Path,
    key: Ed25519PrivateKey,
    letter: bytes,
) -> None:
    done = publish(tmp_path / "public", key, case(), letter)
    for path in (done.path, *done.path.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644)
    assert stat.S_IMODE((tmp_path / "public/.in-opbouw").stat().st_mode) == 0o700


def test_publishing_twice_changes_nothing(tmp_path: Path, key: Ed25519PrivateKey, letter: bytes) -> None:
    publish(tmp_path / "public", key, case(), letter)
    before = snapshot(tmp_path / "public")
    inode = (tmp_path / "public/publicaties/2026-0142").stat().st_ino
    again = publish(tmp_path / "public", key, case(), letter)
    assert not again.changed
    assert snapshot(tmp_path / "public") == before
    assert (tmp_path / "public/publicaties/2026-0142").stat().st_ino == inode


def test_two_publishers_at_once_make_one_publication(tmp_path: Path, key: Ed25519PrivateKey, letter: bytes) -> None:
    results: list[PublishedFolder] = []
    paths = stored(tmp_path / "store", case())
    approved = {number: sha(path.read_bytes()) for number, path in paths.items()}

    def one() -> None:
        results.append(write_publication(case(), letter, paths, tmp_path / "public", BASE, key, approved=approved))

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done.changed for done in results) == [False, False, False, True]
    verify_manifest(results[0].path, key.public_key())


def test_nothing_of_the_requester_is_in_any_public_file(tmp_path: Path, key: Ed25519PrivateKey, letter: bytes) -> None:
    publish(tmp_path / "public", key, case(), letter)
    for name, data in snapshot(tmp_path / "public").items():
        for trace in REQUESTER_STRINGS:
            assert trace.encode() not in data, f"a trace of the requester is in {name}"


def refused_change(name: str, tmp_path: Path, file: CaseFile) -> tuple[dict[str, Path], dict[str, str], CaseFile]:
    paths = stored(tmp_path / "store", file)
    approved = {number: sha(path.read_bytes()) for number, path in paths.items()}
    if name == "other bytes":
        paths["0002"].write_bytes(pdf("het ongelakte origineel"))
    elif name == "other bytes and approval of them, but not in the case":
        paths["0002"].write_bytes(pdf("ander"))
        approved["0002"] = sha(pdf("ander"))
    elif name == "missing file":
        del paths["0002"]
    elif name == "missing approval":
        del approved["0002"]
    elif name == "extra file":
        paths["0003"] = paths["0002"]
        approved["0003"] = approved["0002"]
    elif name == "too early":
        file = replace(file, published_on=date(2026, 12, 29))
    elif name == "no day of publication":
        file = replace(file, published_on=None)
    elif name == "incomplete besluit":
        file = replace(file, signatory=None)
    elif name == "requester in a title":
        file = replace(
            file, documents=(*file.documents, entry(9, Judgement.WITHHELD, title="Mail van Daan Verbruggen"))
        )
    return paths, approved, file


@pytest.mark.parametrize(
    "name",
    [
        "other bytes",
        "other bytes and approval of them, but not in the case",
        "missing file",
        "missing approval",
        "extra file",
        "too early",
        "no day of publication",
        "incomplete besluit",
        "requester in a title",
    ],
)
def test_what_was_not_approved_as_it_is_does_not_become_public(
    name: str,
    tmp_path: Path,
    key: Ed25519PrivateKey,
    letter: bytes,
) -> None:
    paths, approved, file = refused_change(name, tmp_path, case())
    with pytest.raises(NotAllowed):
        write_publication(file, letter, paths, tmp_path / "public", BASE, key, approved=approved)
    assert snapshot(tmp_path / "public") == {} if (tmp_path / "public").exists() else True


@pytest.mark.parametrize(
    "make",
    [
        lambda: besluit_letter(case()),
        lambda: public_besluit_letter(case(), concept=True),
        lambda: b"%PDF-1.7 kapot",
        lambda: b"",
    ],
)
def test_a_besluit_that_names_the_requester_or_is_no_besluit_is_not_published(
    make: object,
    tmp_path: Path,
    key: Ed25519PrivateKey,
) -> None:
    with pytest.raises((NotAllowed, InputRejected)):
        publish(tmp_path / "public", key, case(), make())  # type: ignore[operator]
    assert not (tmp_path / "public").exists()


def test_other_content_never_silently_replaces_a_publication(
    tmp_path: Path,
    key: Ed25519PrivateKey,
    letter: bytes,
) -> None:
    publish(tmp_path / "public", key, case(), letter)
    before = snapshot(tmp_path / "public")
    with pytest.raises(NotAllowed, match="al gepubliceerd"):
        publish(tmp_path / "public", key, case(summary="Een andere samenvatting."), letter)
    assert snapshot(tmp_path / "public") == before
    done = publish(tmp_path / "public", key, case(summary="Een andere samenvatting."), letter, replacing=True)
    assert done.changed
    assert read_manifest(done.path)["case"]["summary"] == "Een andere samenvatting."


def test_a_damaged_publication_is_restored_by_publishing_again(
    tmp_path: Path,
    key: Ed25519PrivateKey,
    letter: bytes,
) -> None:
    done = publish(tmp_path / "public", key, case(), letter)
    before = snapshot(tmp_path / "public")
    (done.path / "besluit.pdf").write_bytes(b"weg")
    assert publish(tmp_path / "public", key, case(), letter, replacing=True).changed
    assert snapshot(tmp_path / "public") == before


def test_what_a_crash_left_behind_is_cleared_and_never_served(
    tmp_path: Path,
    key: Ed25519PrivateKey,
    letter: bytes,
) -> None:
    left = tmp_path / "public/.in-opbouw/half"
    left.mkdir(parents=True)
    (left / "besluit.pdf").write_bytes(b"half")
    publish(tmp_path / "public", key, case(), letter)
    assert not left.exists()


def test_a_failure_while_building_leaves_nothing(
    tmp_path: Path,
    key: Ed25519PrivateKey,
    letter: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def disk_full(*_: object) -> bytes:
        raise OSError(28, "no space")

    monkeypatch.setattr("woo.publish.folder.inventory_html", disk_full)
    with pytest.raises(OSError, match="no space"):
        publish(tmp_path / "public", key, case(), letter)
    assert snapshot(tmp_path / "public") == {}


def test_the_base_address_must_be_safe(tmp_path: Path, key: Ed25519PrivateKey, letter: bytes) -> None:
    paths = stored(tmp_path / "store", case())
    for address in ("http://woo.example.nl", "ftp://x", "woo.example.nl", "https://", "https://x.nl/?a=1"):
        with pytest.raises(InputRejected):
            write_publication(case(), letter, paths, tmp_path / "public", address, key, approved={})


def test_a_crash_between_old_and_new_loses_neither(
    tmp_path: Path, key: Ed25519PrivateKey, letter: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "public"
    done = publish(root, key, case(), letter)
    before = snapshot(done.path)
    moves = iter([Path.rename, None])

    def stop_at_the_second(path: Path, target: Path) -> Path:
        move = next(moves)
        if move is None:
            raise KeyboardInterrupt
        return move(path, target)

    monkeypatch.setattr("woo.publish.folder._clear", lambda *_: None)
    monkeypatch.setattr("woo.publish.folder.Path.rename", stop_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        publish(root, key, case(summary="Een andere samenvatting."), letter, replacing=True)
    monkeypatch.undo()
    assert not done.path.exists()
    with pytest.raises(NotAllowed, match="al gepubliceerd"):
        publish(root, key, case(summary="Een andere samenvatting."), letter)
    assert snapshot(done.path) == before
