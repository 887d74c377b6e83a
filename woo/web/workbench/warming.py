"""Works out where all cases stand, and at what pace, while the server starts: the first visitor need not wait."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette

from woo.errors import WooError
from woo.services.outlook import pages_to_judge
from woo.services.pace import measured
from woo.services.standings import standings
from woo.services.work import Database


def warming(database: Database) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """The lifespan of the workbench: serves at once and works these out beside it."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        beside = asyncio.create_task(asyncio.to_thread(_warm, database))
        yield
        await beside

    return lifespan


def _warm(database: Database) -> None:
    try:
        with database.reading() as work:
            standings(work)
            pages_to_judge(work)
            measured(work)
    except (WooError, SQLAlchemyError) as error:  # the first visitor then waits, and gets the message that fits
        logging.getLogger("woo").warning("lists were not worked out at start: %s", type(error).__name__)
