"""Bounds on what the outside may send: attempts per sender and size of a form, in bounded memory."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from urllib.parse import parse_qsl

from starlette.requests import Request

MAX_FORM = 128_000
_MAX_FIELDS = 30
_MAX_SENDERS = 10_000


class TooLarge(Exception):
    """The body is larger than a form can be."""


class RateLimit:
    """At most `allowed` attempts per sender in `window` seconds, and `in_total` by all senders together."""

    def __init__(
        self,
        allowed: int,
        window: float,
        in_total: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.allowed, self.window, self.in_total, self.clock = allowed, window, in_total, clock
        self._attempts: OrderedDict[str, deque[float]] = OrderedDict()
        self._all: deque[float] = deque()

    def allows(self, sender: str) -> bool:
        """Count an attempt; False where it is one too many."""
        now = self.clock()
        mine = self._attempts.setdefault(sender, deque())
        self._attempts.move_to_end(sender)
        while len(self._attempts) > _MAX_SENDERS:
            self._attempts.popitem(last=False)
        for attempts in (mine, self._all):
            while attempts and attempts[0] <= now - self.window:
                attempts.popleft()
        if len(mine) >= self.allowed or len(self._all) >= self.in_total:
            return False
        mine.append(now)
        self._all.append(now)
        return True


def sender_of(request: Request) -> str:
    """Who counts as one sender: an IPv4 address, or the /64 of an IPv6 address."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host[:64]
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


async def form_fields(request: Request) -> dict[str, str]:
    """The fields of a sent form (application/x-www-form-urlencoded); TooLarge, or ValueError for anything else."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise ValueError("not a form")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_FORM:
            raise TooLarge
    pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_MAX_FIELDS, errors="strict")
    return dict(pairs)
