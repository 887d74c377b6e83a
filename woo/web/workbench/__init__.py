"""The workbench of the staff: an ASGI app of server-rendered Dutch screens over the services; no rules of its own."""

from __future__ import annotations

from woo.web.workbench.app import create_app

__all__ = ["create_app"]
