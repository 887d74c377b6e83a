"""Pin the requirements of product and tests with hashes, without naming an index; run after changing pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
UV = Path(sys.executable).with_name("uv")


def main() -> None:
    """Write requirements/base.txt, dev.txt and installer.txt."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    base = project["project"]["dependencies"]
    compile_("base.txt", base)
    compile_("dev.txt", base + project["dependency-groups"]["dev"])
    compile_("installer.txt", ["pip", "uv"])


def compile_(name: str, wanted: list[str]) -> None:
    """Resolve `wanted` for every platform and write the pins to requirements/`name`."""
    command = [UV, "pip", "compile", "-", "--quiet", "--generate-hashes", "--universal", "--python-version", "3.11",
               "--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate", "--emit-build-options",
               "--output-file", ROOT / "requirements" / name]
    subprocess.run(command, input="\n".join(wanted), text=True, check=True)
    print(f"requirements/{name}: {(ROOT / 'requirements' / name).read_text().count('==')} pins")


if __name__ == "__main__":
    main()
