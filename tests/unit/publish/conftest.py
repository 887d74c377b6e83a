"""A signing key, the public besluit of the sample case, and a public site over two real publications."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from publish_factory import BASE, SITE_NOW, case, publish
from starlette.testclient import TestClient

from woo.clock import FixedClock
from woo.publish.letters import public_besluit_letter
from woo.publish.signing import load_or_make_key
from woo.web.public import create_app


@pytest.fixture
def key(tmp_path: Path) -> Ed25519PrivateKey:
    return load_or_make_key(tmp_path / "home" / "sleutel.pem")


@pytest.fixture(scope="session")
def letter() -> bytes:
    return public_besluit_letter(case())


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site") / "public"
    key = load_or_make_key(root.parent / "key.pem")
    publish(root, key, case())
    dates = {"besluit_date": date(2026, 12, 1), "release_date": date(2026, 12, 15)}
    publish(root, key, case(number="2026-0099", subject="kosten van beveiliging", **dates))
    return root


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return tmp_path / "inbox"


@pytest.fixture
def site(published: Path, inbox: Path) -> Iterator[TestClient]:
    app = create_app(published, inbox, BASE, organisation="Ministerie van Voorbeeld", clock=FixedClock(SITE_NOW))
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        yield client
