"""What a fork does: Prefect's own engine on one flow run, and a good end."""

from __future__ import annotations

import atexit
import os
import runpy
import signal
import sys
import warnings
from collections.abc import Mapping

from flows.processes import PARENT_VARIABLE, follow_parent


def run_engine(environment: Mapping[str, str]) -> None:
    """Run the flow run that `environment` names (`PREFECT__FLOW_RUN_ID`). The process dies with the fork server."""
    os.environ.update({**environment, PARENT_VARIABLE: str(os.getppid())})
    follow_parent(signal.SIGKILL)
    sys.argv = ["prefect.engine"]
    warnings.filterwarnings("ignore", category=RuntimeWarning, module="runpy")
    try:
        runpy.run_module("prefect.engine", run_name="__main__", alter_sys=True)
    finally:
        # A fork ends without them, and with them Prefect's last log lines and task states go out.
        atexit._run_exitfuncs()
