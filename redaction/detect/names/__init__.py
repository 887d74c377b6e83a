"""How Dutch texts write names: shapes, titles, tussenvoegsels, and what is not a person."""

from __future__ import annotations
