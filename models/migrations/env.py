"""Runs the migrations on SQLite and PostgreSQL alike; the connection is handed in, or made from `sqlalchemy.url`."""

from __future__ import annotations

import os

from alembic import context
from sqlalchemy import Connection, create_engine

from models import Base

config = context.config


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET lock_timeout = '5s'")  # fail soon instead of standing in front of everybody
        context.run_migrations()


handed_in = config.attributes.get("connection")
if handed_in is not None:
    _migrate(handed_in)
else:
    url = config.get_main_option("sqlalchemy.url") or os.environ.get("WOO_DATABASE_URL") or "sqlite://"
    with create_engine(url).connect() as own:
        _migrate(own)
        own.commit()
