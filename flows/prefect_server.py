"""Prefect's server and screens as one process of the embedded tree; all its settings come from the environment."""

from __future__ import annotations

import uvicorn
from prefect.settings import get_current_settings

from flows.processes import follow_parent

if __name__ == "__main__":
    follow_parent()
    server = get_current_settings().server
    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host=str(server.api.host),
        port=server.api.port,
        timeout_keep_alive=server.api.keepalive_timeout,
        log_level="warning",
    )
