"""Say in one line what is wrong when Python is too old, instead of failing halfway."""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python runs
    sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Set PYTHON=python3.11 and try again.")
