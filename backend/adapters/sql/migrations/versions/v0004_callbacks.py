"""Wishes to be called back."""

import sqlalchemy as sa
from alembic import op

revision = "0004_callbacks"
down_revision = "0003_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One for each call."""
    op.create_table(
        "callbacks",
        sa.Column("call_id", sa.String(64), primary_key=True),
        sa.Column("line", sa.String(64), nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("name", sa.String(200), nullable=False, server_default=""),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False, index=True),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("callbacks")
