"""Which numbers are being called back, so that two workers do not call one person at once."""

import sqlalchemy as sa
from alembic import op

revision = "0023_calling_back"
down_revision = "0022_days"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody is, to begin with. Workers of the version before do not look here."""
    op.create_table(
        "calling_back",
        sa.Column("number_key", sa.String(128), primary_key=True),
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_table("calling_back")
