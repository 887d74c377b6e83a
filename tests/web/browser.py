"""A browser without JavaScript, as far as forms go: it reads the token from a page and sends the form."""

from __future__ import annotations

import re
from typing import Any

from httpx import Response
from starlette.testclient import TestClient

from tests.support.people import PASSWORD

TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


class Browser:
    """One person's browser. `post` sends what a form on `page` would send."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def sign_in(self, login: str, password: str = PASSWORD) -> Browser:
        """Log in by the form."""
        answer = self.post("/inloggen", page="/inloggen", inlognaam=login, wachtwoord=password)
        assert answer.status_code == 303, answer.text
        return self

    def get(self, path: str, **headers: str) -> Response:
        """Look at a page."""
        return self.client.get(path, headers=headers)

    def token(self, page: str = "/profiel") -> str:
        """The token of the forms on a page."""
        found = TOKEN.search(self.client.get(page).text)
        assert found, f"no form on {page}"
        return found[1]

    def post(
        self,
        path: str,
        *,
        page: str = "/profiel",
        files: Any = None,
        json: bool = False,
        csrf: str | None = None,
        **fields: Any,
    ) -> Response:
        """Send a form; a list value sends its field more than once. `json` asks for data, as our script does."""
        data = {"csrf": self.token(page) if csrf is None else csrf} | fields
        headers = {"accept": "application/json"} if json else {}
        return self.client.post(path, data=data, files=files, headers=headers)
