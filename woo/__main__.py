"""`python -m woo` is the command `woo`."""

from __future__ import annotations

from woo.cli import main

main()
