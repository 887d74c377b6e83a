"""One of our two web applications as a process: `python -m flows.site workbench|public FD`, on a socket it inherits.

The public one gets an environment with its folder, its inbox and its address, and nothing of the case store.
"""

from __future__ import annotations

import os
import socket
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import uvicorn

from flows.processes import follow_parent


def workbench() -> Any:
    """The screens of the staff, on the case store of `WOO_*`."""
    return import_module("woo.web.workbench").create_app(import_module("flows.case_store").case_store())


def public() -> Any:
    """The public page: a folder to show, and perhaps an inbox to fill."""
    inbox = os.environ.get("WOO_INBOX")
    return import_module("woo.web.public").create_app(
        Path(os.environ["WOO_PUBLIC_STORE"]), Path(inbox) if inbox else None, os.environ["WOO_PUBLIC_URL"]
    )


SITES = {"workbench": workbench, "public": public}


def main(name: str, descriptor: int) -> None:
    """Serve until SIGTERM."""
    follow_parent()
    config = uvicorn.Config(
        SITES[name](), log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=5
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
