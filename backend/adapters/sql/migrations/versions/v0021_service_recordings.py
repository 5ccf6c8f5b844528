"""Recordings that the telephone service makes itself, until their files are fetched."""

import sqlalchemy as sa
from alembic import op

revision = "0021_service_recordings"
down_revision = "0020_use"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None is there yet: earlier versions record what goes over the media link."""
    op.create_table(
        "service_recordings",
        sa.Column("recording_id", sa.String(512), primary_key=True),
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("began_ms", sa.BigInteger, nullable=False),
        sa.Column("lead_s", sa.Float, nullable=False),
        sa.Column("spans", sa.JSON, nullable=False),
        sa.Column("ended", sa.Boolean, nullable=False),
        sa.Column("wanted", sa.Boolean, nullable=False),
        sa.Column("kept", sa.Boolean, nullable=False),
        sa.Column("deletions", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("busy_until", sa.DateTime(timezone=True)),
    )
    op.create_index("service_recordings_by_call", "service_recordings", ["call_id"])
    op.create_index("service_recordings_by_time", "service_recordings", ["at"])


def downgrade() -> None:
    """Forget it; files that nobody fetched go at the service after a day."""
    op.drop_table("service_recordings")
