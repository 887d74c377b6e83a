"""Settings: read once, refused with one Dutch line when wrong, and all of them in the handbook."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from woo.errors import InputRejected
from woo.settings import Settings, load_settings

HANDBOOK = Path(__file__).parents[2] / "docs/handboek/beheerder.md"


def test_the_handbook_lists_exactly_the_settings_that_exist() -> None:
    documented = set(re.findall(r"^\| `(WOO_[A-Z_]+)`", HANDBOOK.read_text(), re.MULTILINE))

    assert documented == {f"WOO_{name.upper()}" for name in Settings.model_fields}


def test_an_unknown_setting_stops_the_start_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WOO_DATABASE", "x")

    with pytest.raises(InputRejected, match="Onbekende instelling: WOO_DATABASE"):
        load_settings()


def test_a_wrong_value_stops_the_start_without_repeating_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WOO_BATCH_SIZE", "geheim123")

    with pytest.raises(InputRejected, match="WOO_BATCH_SIZE") as caught:
        load_settings()
    assert "geheim123" not in str(caught.value)


def test_everything_lies_inside_home_unless_said_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WOO_HOME", str(tmp_path))
    monkeypatch.setenv("WOO_PUBLIC_STORE", str(tmp_path / "elders"))

    settings = load_settings()

    assert settings.database_url == f"sqlite:///{tmp_path / 'woo.db'}"
    assert settings.internal_root == tmp_path / "internal"
    assert settings.public_root == tmp_path / "elders"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WOO_WEBHOOK_URL", "ftp://geheim123"),
        ("WOO_SMTP_URL", "mail.geheim123.nl:25"),
        ("WOO_PREFECT_UI_URL", "javascript:geheim123"),
        ("WOO_MAIL_TO", "geheim123"),
        ("WOO_MAIL_FROM", "a@b.nl\r\nBcc: geheim123@x.nl"),
    ],
)
def test_a_wrong_address_for_notifications_stops_the_start_without_repeating_it(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(InputRejected, match=name) as caught:
        load_settings()
    assert "geheim123" not in str(caught.value)


def test_secrets_do_not_show_where_settings_are_printed() -> None:
    settings = Settings(webhook_url="https://x.nl/geheim123", smtp_url="smtps://a:geheim123@x.nl")  # type: ignore[arg-type]

    assert "geheim123" not in repr(settings)
