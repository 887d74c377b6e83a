"""circumstances of a document that grounds of the Woo ask about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None
_COLUMNS = ("confidential_acts", "formation_finished")


def upgrade() -> None:
    # Not in a batch: that makes the table anew, which SQLite refuses while pages point to its documents.
    for name in _COLUMNS:
        op.add_column("documents", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    for name in _COLUMNS:
        op.drop_column("documents", name)
