"""Migrations build the tables that the models describe, on an empty database, and can be taken back one step."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError

ROOT = Path(__file__).parent.parent


def main() -> int:
    """Upgrade, compare, downgrade one step, upgrade again; 1 where models and migrations differ."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WOO_DATABASE_URL"] = f"sqlite:///{folder}/check.db"
        config = Config(ROOT / "alembic.ini")
        command.upgrade(config, "head")
        try:
            command.check(config)
        except CommandError as error:
            print(f"The models changed without a migration: {error}", file=sys.stderr)
            return 1
        command.downgrade(config, "-1")
        command.upgrade(config, "head")
    print("migrations: up, equal to the models, down and up again")
    return 0


if __name__ == "__main__":
    sys.exit(main())
