"""Install pinned requirements with their hashes: by uv (seconds), or by pip where uv cannot reach the index."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Install the requirement files named on the command line."""
    files = [argument for name in sys.argv[1:] for argument in ("-r", name)]
    uv = Path(sys.executable).with_name("uv")
    if uv.exists():
        done = subprocess.run(
            [uv, "pip", "install", "--quiet", "--python", sys.executable, "--require-hashes", *files], check=False)
        if done.returncode == 0:
            return 0
        print("uv could not install; trying pip, which takes a few minutes.", file=sys.stderr)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    return subprocess.run([*pip, *files], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
