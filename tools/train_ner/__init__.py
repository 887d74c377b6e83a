"""Trains the small Dutch name model that ships in `redaction/detect/model`; not part of the product at run time."""

from __future__ import annotations
