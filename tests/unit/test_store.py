"""The content store: named by hash, one copy, never half a file, and never a path from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from woo.errors import Unavailable
from woo.store import ContentStore, sha256_of


def test_bytes_come_back_under_their_own_hash(tmp_path: Path) -> None:
    store = ContentStore(tmp_path)

    digest = store.put_bytes(b"inhoud")

    assert store.path(digest).read_bytes() == b"inhoud"
    assert sha256_of(store.path(digest)) == digest


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    store = ContentStore(tmp_path / "opslag")
    source = tmp_path / "bron"
    source.write_bytes(b"inhoud")

    assert store.put_file(source) == store.put_bytes(b"inhoud")
    assert len([f for f in (tmp_path / "opslag").rglob("*") if f.is_file()]) == 1


def test_a_stored_file_cannot_be_written_by_accident(tmp_path: Path) -> None:
    store = ContentStore(tmp_path)

    assert store.path(store.put_bytes(b"x")).stat().st_mode & 0o222 == 0


def test_a_missing_file_is_named_as_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        ContentStore(tmp_path).path("0" * 64)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63])
def test_what_is_no_hash_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        ContentStore(tmp_path).path(name)
