"""How far the recording of a call has come, and until when it is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0012_recordings"
down_revision = "0011_way"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No call of an earlier version was recorded."""
    op.add_column("calls", sa.Column("recording", sa.String(16), nullable=False, server_default="none"))
    op.add_column("calls", sa.Column("recording_until", sa.DateTime(timezone=True)))
    op.create_index("calls_by_recording_until", "calls", ["recording_until"])


def downgrade() -> None:
    """Forget it; recordings that there are stay where they are."""
    op.drop_index("calls_by_recording_until", "calls")
    op.drop_column("calls", "recording_until")
    op.drop_column("calls", "recording")
