"""What `tools/make_sample.py` is made of: the invented cast, the texts, and one writer per kind of file."""

from __future__ import annotations
