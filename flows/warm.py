"""What the fork server of `flows.forks` imports once, so that a flow run starts in one second instead of eight.

Nothing here may open a database or a connection: every run is a fork of this process and opens its own.
"""

from __future__ import annotations

import signal
from importlib import import_module

from flows.deployments import DEPLOYMENTS
from flows.processes import follow_parent

follow_parent(signal.SIGKILL)
import_module("prefect.flow_engine")
for _deployment in DEPLOYMENTS:
    import_module(_deployment.entrypoint.rpartition(".")[0])
