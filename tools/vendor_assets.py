"""Copy pinned files from npm packages into the project, without a build step.

`python tools/vendor_assets.py` runs `npm pack` (which checks the registry's sha512), copies the files that
`woo/web/vendor.toml` names and writes `woo/web/vendor.lock`. `--check` needs no network: it compares the committed
files with the lock, so that a vendored file edited by hand fails.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "woo" / "web" / "vendor.toml"
LOCK = ROOT / "woo" / "web" / "vendor.lock"
TARGETS = {"web": ROOT / "woo" / "web" / "static" / "vendor", "tests": ROOT / "tests" / "e2e" / "vendor"}


def main(arguments: list[str]) -> int:
    """Fetch everything, or compare with the lock where `--check` is given; the exit code."""
    if arguments == ["--check"]:
        return check()
    if arguments:
        print("gebruik: vendor_assets.py [--check]", file=sys.stderr)
        return 2
    hashes: dict[str, str] = {}
    for asset in tomllib.loads(LIST.read_text())["asset"]:
        hashes |= fetch(asset)
    LOCK.write_text(json.dumps(hashes, indent=1, sort_keys=True) + "\n")
    return check()


def fetch(asset: dict[str, Any]) -> dict[str, str]:
    """Copy the files of one package; returns path (from the project root) to SHA-256."""
    spec = f"{asset['package']}@{asset['version']}"
    target = TARGETS[asset.get("target", "web")] / asset["package"]
    hashes = {}
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", spec], cwd=folder, check=True, capture_output=True)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as tarball:
            for name in asset["files"]:
                member = tarball.extractfile(f"package/{name}")
                if member is None:
                    raise SystemExit(f"{spec} has no file {name}")
                path = target / Path(name).name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(member.read())
                hashes[_key(path)] = _digest(path)
    print(spec, asset["licence"])
    return hashes


def check() -> int:
    """0 where the committed files are exactly those of the lock, else 1 with each difference on stderr."""
    locked: dict[str, str] = json.loads(LOCK.read_text())
    found = {_key(path): _digest(path) for target in TARGETS.values() for path in target.rglob("*") if path.is_file()}
    wrong = sorted({name for name, _ in set(locked.items()) ^ set(found.items())})
    for name in wrong:
        print(f"differs from vendor.lock: {name}", file=sys.stderr)
    return 1 if wrong else 0


def _key(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
