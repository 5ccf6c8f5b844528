"""Room for the longest names that drafts' owners and rehearsals may have."""

import sqlalchemy as sa
from alembic import op

revision = "0017_longer_names"
down_revision = "0016_corrections"
branch_labels = None
depends_on = None

_LONGER = (("store_drafts", "owner", 128, 256), ("store_run_results", "name", 160, 420))


def upgrade() -> None:
    """What is there stays as it is; workers of the version before write what is shorter."""
    if op.get_bind().dialect.name == "postgresql":  # SQLite holds no text to its length
        for table, column, before, after in _LONGER:
            op.alter_column(
                table, column, type_=sa.String(after), existing_type=sa.String(before), existing_nullable=False
            )


def downgrade() -> None:
    """Longer columns do no harm, and what is in them may be longer by now."""
