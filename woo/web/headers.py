"""What every answer of our web apps carries: a strict content policy and the other protecting headers.

Knows files and headers only, so that the public page can use it without reaching the case store.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STATIC = Path(__file__).parent / "static"
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_HSTS = "max-age=31536000; includeSubDomains"


class ProtectingHeaders:
    """Adds the headers to every answer. `cache` is the Cache-Control of answers that set none; `https` adds HSTS."""

    def __init__(self, app: ASGIApp, *, https: bool, cache: str) -> None:
        self.app = app
        self.fixed = _HEADERS | ({"Strict-Transport-Security": _HSTS} if https else {})
        self.cache = cache

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.fixed.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", self.cache)
            await send(message)

        await self.app(scope, receive, protected)


class CompressText(GZipMiddleware):
    """Gzip for text only: a compressed PDF would lose its ranges, a compressed image gains nothing."""

    def __init__(self, app: ASGIApp) -> None:
        kept = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/pdf", "application/octet-stream", "image/*", "font/*")
        super().__init__(app, minimum_size=1000, compresslevel=6, exclude_content_types=kept)


class LastingFiles(StaticFiles):
    """Files whose address holds their version (`static_version`), so that a browser may keep them for good."""

    def file_response(self, *args: object, **kwargs: object) -> object:  # type: ignore[override]
        """The file, with a year in its Cache-Control."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def static_version(root: Path = STATIC) -> str:
    """A short hash over all files that the apps ship: it changes when any of them does."""
    digest = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
