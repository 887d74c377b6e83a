"""Walking and unpacking: everything is listed once, in a fixed order, and nothing escapes or explodes."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from woo.gather import Container, SourceItem, Unusable, convert, gather, walk
from woo.gather.archive import ArchiveLimits, unpack


def test_a_folder_is_listed_in_order_with_hidden_files_and_strange_names(tmp_path: Path) -> None:
    root = tmp_path / "levering"
    for name in ("b/z.txt", "a.txt", ".PDF", "b/Zoë – é.txt", "b/~$x.docx"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"x")
    paths = [item.path for item in walk(root)]
    assert paths == ["levering/.PDF", "levering/a.txt", "levering/b/Zoë – é.txt", "levering/b/z.txt",
                     "levering/b/~$x.docx"] == sorted(paths)
    assert paths == [item.path for item in walk(root)]


def test_a_link_is_named_but_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "levering"
    root.mkdir()
    (root / "kringloop").symlink_to(root)
    (root / "geheim.txt").symlink_to("/etc/passwd")
    items = list(walk(root))
    assert [item.path for item in items] == ["levering/geheim.txt", "levering/kringloop"]
    assert all(item.refused and item.data == b"" for item in items)


def test_a_folder_that_may_not_be_read_is_a_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "levering"
    (root / "dicht").mkdir(parents=True)
    original = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda self: (_ for _ in ()).throw(PermissionError())
                        if self.name == "dicht" else original(self))
    (item,) = walk(root)
    assert item.refused is not None and "toegangsrechten" in item.refused.message


def test_a_file_name_that_is_not_utf8_stays_visible(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"x")
    (item,) = walk(tmp_path / "x")
    assert item.path == "x/caf\ufffd.txt"


def test_a_missing_folder_is_an_error_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(walk(tmp_path / "weg"))


def test_a_zip_in_a_zip_comes_out_under_its_full_path(tmp_path: Path, zipped: Callable[..., bytes]) -> None:
    inner = zipped(**{"map/b.txt": b"binnenste"})
    (tmp_path / "a.zip").write_bytes(zipped(**{"inner.zip": inner, "c.txt": b"hallo"}))
    seen = {item.path: type(outcome).__name__ for item, outcome in gather(tmp_path / "a.zip", tmp_path)}
    assert seen == {"a.zip": "Container", "a.zip!/inner.zip": "Container", "a.zip!/inner.zip!/map/b.txt": "Converted",
                    "a.zip!/c.txt": "Converted"}


def test_names_that_climb_out_of_the_archive_are_only_labels(tmp_path: Path, zipped: Callable[..., bytes]) -> None:
    work = tmp_path / "werk"
    work.mkdir()
    data = zipped(**{"../../uit.txt": b"x", "/etc/raar": b"y", "C:\\map\\w.txt": b"z", "a!/b": b"q"})
    outcome = unpack(SourceItem("x.zip", data), work)
    assert isinstance(outcome, Container)
    assert [child.path for child in outcome.children] == [
        "x.zip!/uit.txt", "x.zip!/etc/raar", "x.zip!/C:/map/w.txt", "x.zip!/a!_b"]
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) == 4 and all(work in path.parents and path.name.isdigit() for path in written)


def test_a_name_that_occurs_twice_stays_findable(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, pytest.warns(UserWarning):
        archive.writestr("a.txt", b"een")
        archive.writestr("a.txt", b"twee")
    outcome = unpack(SourceItem("x.zip", buffer.getvalue()), tmp_path)
    assert isinstance(outcome, Container)
    assert [(child.name, child.read()) for child in outcome.children] == [("a.txt", b"een"), ("a.txt (2)", b"twee")]


def test_a_member_that_swells_is_refused_and_the_rest_goes_on(tmp_path: Path, zipped: Callable[..., bytes]) -> None:
    outcome = unpack(SourceItem("x.zip", zipped(bom=bytes(30_000_000), goed=b"tekst")), tmp_path)
    assert isinstance(outcome, Container)
    bomb, good = outcome.children
    assert bomb.refused is not None and bomb.refused.reason == "too_large"
    assert convert(bomb, tmp_path) == bomb.refused
    assert good.read() == b"tekst"


def test_a_directory_that_lies_about_sizes_is_not_believed(tmp_path: Path, zipped: Callable[..., bytes]) -> None:
    data = bytearray(zipped(a=bytes(5_000_000)))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = data.find(signature) + offset
        data[place : place + 4] = (100).to_bytes(4, "little")
    outcome = unpack(SourceItem("x.zip", bytes(data)), tmp_path)
    assert isinstance(outcome, Container)
    (child,) = outcome.children
    assert child.refused is not None or child.size <= 100


@pytest.mark.parametrize("limits", [ArchiveLimits(members=2), ArchiveLimits(total_bytes=20)])
def test_past_the_bound_the_rest_is_one_visible_to_do(
    tmp_path: Path, zipped: Callable[..., bytes], limits: ArchiveLimits
) -> None:
    data = zipped(**{f"{number}.txt": b"tien bytes" for number in range(6)})
    outcome = unpack(SourceItem("x.zip", data), tmp_path, limits)
    assert isinstance(outcome, Container)
    assert [bool(child.refused) for child in outcome.children] == [False, False, True]
    assert outcome.children[-1].refused is not None and "4 bestanden" in outcome.children[-1].refused.message


def test_an_archive_that_holds_itself_ends(tmp_path: Path, zipped: Callable[..., bytes]) -> None:
    data = b"bodem"
    for _ in range(9):
        data = zipped(**{"x.zip": data})
    (tmp_path / "x.zip").write_bytes(data)
    outcomes = [outcome for _, outcome in gather(tmp_path / "x.zip", tmp_path)]
    assert len(outcomes) == 7
    assert isinstance(outcomes[-1], Unusable) and outcomes[-1].reason == "too_large"


def test_an_encrypted_member_asks_for_the_password(tmp_path: Path, zipped: Callable[..., bytes]) -> None:
    data = bytearray(zipped(geheim=b"x" * 50))
    data[data.find(b"PK\x01\x02") + 8] |= 1
    data[data.find(b"PK\x03\x04") + 6] |= 1
    outcome = unpack(SourceItem("x.zip", bytes(data)), tmp_path)
    assert isinstance(outcome, Container)
    assert outcome.children[0].refused == Unusable.because("password")


def test_an_empty_and_a_broken_archive_are_to_dos(tmp_path: Path, zipped: Callable[..., bytes]) -> None:
    empty = convert(SourceItem("x.zip", zipped()), tmp_path)
    assert isinstance(empty, Unusable) and empty.reason == "empty"
    broken = convert(SourceItem("x.zip", zipped(a=b"tekst")[:-30]), tmp_path)
    assert isinstance(broken, Unusable) and broken.reason == "broken"


@pytest.mark.parametrize(("raw", "label"), [
    ("café.txt".encode(), "café.txt"), ("café.txt".encode("cp850"), "café.txt"), (b"gewoon.txt", "gewoon.txt"),
])
def test_names_without_a_stated_encoding_are_read_as_people_wrote_them(
    tmp_path: Path, zipped: Callable[..., bytes], raw: bytes, label: str
) -> None:
    data = zipped(**{"x" * len(raw): b"inhoud"}).replace(b"x" * len(raw), raw)
    outcome = unpack(SourceItem("a.zip", data), tmp_path)
    assert isinstance(outcome, Container) and outcome.children[0].name == label


def test_a_damaged_member_and_a_link_do_not_cost_the_others(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("stuk.txt", b"AAAABBBBCCCC")
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, b"/etc/passwd")
        archive.writestr("heel.txt", b"heel")
    outcome = unpack(SourceItem("a.zip", buffer.getvalue().replace(b"BBBB", b"XXXX", 1)), tmp_path)
    assert isinstance(outcome, Container)
    broken, linked, whole = outcome.children
    assert broken.refused is not None and broken.refused.reason == "broken"
    assert linked.refused is not None and "verwijzing" in linked.refused.message
    assert whole.read() == b"heel" and whole.sha256() == SourceItem("x", b"heel").sha256()


def test_parts_that_lie_too_deep_are_to_dos(tmp_path: Path, zipped: Callable[..., bytes]) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(**{"b.zip": zipped(**{"c.txt": b"x"})}))
    outcomes = dict(gather(tmp_path / "a.zip", tmp_path, deepest=1))
    last = {item.path: outcome for item, outcome in outcomes.items()}["a.zip!/b.zip!/c.txt"]
    assert isinstance(last, Unusable) and "te diep" in last.message
