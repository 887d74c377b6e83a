"""What a browser may do with a public page: no scripts at all, nothing from elsewhere, in no frame."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from woo.publish.inventory_files import INVENTORY_STYLE_HASH

_CLOSED = "base-uri 'none'; frame-ancestors 'none'"
PAGE_POLICY = f"default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; {_CLOSED}"
INVENTORY_POLICY = f"default-src 'none'; style-src '{INVENTORY_STYLE_HASH}'; form-action 'none'; {_CLOSED}"
# The browser's own PDF viewer lays itself out with inline styles; a PDF cannot run anything under this policy.
PDF_POLICY = f"default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; form-action 'none'; {_CLOSED}"


class PublicPolicy:
    """Puts the content policy that fits the kind of answer on every answer of the public site."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""

        async def with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = _policy(scope["path"], headers.get("content-type", ""))
            await send(message)

        await self.app(scope, receive, with_policy)


def _policy(path: str, content_type: str) -> str:
    if content_type.startswith("application/pdf"):
        return PDF_POLICY
    return INVENTORY_POLICY if path.endswith("/inventarislijst.html") else PAGE_POLICY
