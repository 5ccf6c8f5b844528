"""Claims: whether the caller was verified, notes added later, and the calls a draft was begun in."""

import sqlalchemy as sa
from alembic import op

revision = "0002_claims"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Claims that are there were taken from verified callers, in one call."""
    op.add_column("claims", sa.Column("verified", sa.Boolean, nullable=False, server_default=sa.true()))
    op.add_column("claims", sa.Column("notes", sa.JSON, nullable=False, server_default="[]"))
    op.add_column("claims", sa.Column("earlier_calls", sa.JSON, nullable=False, server_default="[]"))


def downgrade() -> None:
    """Forget them."""
    for column in ("earlier_calls", "notes", "verified"):
        op.drop_column("claims", column)
