"""What we ship from others: unchanged, with its licence beside it, nothing proprietary; and our own colours."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "woo" / "web" / "static"
VENDOR = STATIC / "vendor"
PALETTE = re.findall(
    r"(\.g-[\w-]+(?:, \.g-[\w-]+)*) \{ --g: (#[0-9a-f]{6}); \}", (STATIC / "workbench.css").read_text()
)


def test_vendored_files_are_exactly_those_of_the_lock() -> None:
    answer = subprocess.run(
        [sys.executable, "tools/vendor_assets.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (answer.returncode, answer.stderr) == (0, "")


def test_a_file_that_was_edited_by_hand_is_noticed(tmp_path: Path) -> None:
    copy = tmp_path / "project"
    for part in ("tools/vendor_assets.py", "woo/web/vendor.toml", "woo/web/vendor.lock", *json.loads(lock())):
        (copy / part).parent.mkdir(parents=True, exist_ok=True)
        (copy / part).write_bytes((ROOT / part).read_bytes())
    edited = next((copy / "woo/web/static/vendor").rglob("index.css"))
    edited.write_text(edited.read_text() + "/* mine */")
    (copy / "woo/web/static/vendor/extra.css").write_text("")

    answer = subprocess.run(
        [sys.executable, "tools/vendor_assets.py", "--check"], cwd=copy, capture_output=True, text=True, check=False
    )

    assert answer.returncode == 1
    assert answer.stderr.count("differs from vendor.lock") == 2


def test_every_package_has_its_licence_beside_it_and_may_be_shipped() -> None:
    for asset in tomllib.loads((ROOT / "woo/web/vendor.toml").read_text())["asset"]:
        folder = (ROOT / "tests/e2e/vendor" if asset.get("target") == "tests" else VENDOR) / asset["package"]
        assert asset["licence"] in {"EUPL-1.2", "OFL-1.1", "MPL-2.0"}
        assert list(folder.glob("LICENSE*")), asset["package"]
        assert not re.search(r"rijkshuisstijl|nl-rvo|design-tokens", asset["package"])


def test_styles_and_scripts_name_no_other_site() -> None:
    for path in [*STATIC.glob("*.css"), *STATIC.rglob("js/*.js")]:
        text = path.read_text().replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|//cdn|eval\(|innerHTML \+=", text), path.name


@pytest.mark.parametrize(("names", "colour"), PALETTE)
def test_white_text_on_a_ground_can_be_read(names: str, colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 6.6, names


def test_the_grounds_in_use_have_a_colour() -> None:
    assert len(PALETTE) >= 7


def lock() -> str:
    """The lock file."""
    return (ROOT / "woo/web/vendor.lock").read_text()


def luminance(colour: str) -> float:
    """Relative luminance of a colour (WCAG 2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
