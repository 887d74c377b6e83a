"""The public site: a process of its own that knows the public folder and an inbox, and nothing else of the house."""

from __future__ import annotations

from woo.web.public.app import create_app

__all__ = ["create_app"]
