"""Hours that are over are put together by day, so that a history of months is read in few rows."""

import sqlalchemy as sa
from alembic import op

revision = "0022_days"
down_revision = "0021_service_recordings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The rows of ``hours`` stay where they are: workers put them together in small batches while they run. Those of
    the version before do not see what is put together until they are replaced; what they count is not lost."""
    op.create_table(
        "days",
        sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("line", sa.String(64), primary_key=True),
        sa.Column("counts", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Forget the days; the hours of the last two are left."""
    op.drop_table("days")
