"""By which way a call came in or went out."""

import sqlalchemy as sa
from alembic import op

revision = "0011_way"
down_revision = "0010_draining"
branch_labels = None
depends_on = None

_WAYS = """
UPDATE calls SET way = CASE
    WHEN direction = 'chat' THEN 'local'
    WHEN direction = 'browser' OR substr(connection_id, 1, 3) = 'LK_' THEN 'livekit'
    WHEN connection_id <> '' THEN 'acs'
END
"""
"""Of a call that never had a connection nobody wrote it down."""


def upgrade() -> None:
    """Calls that are there tell it by their connection; workers of the version before go on leaving it out."""
    op.add_column("calls", sa.Column("way", sa.String(16)))
    op.execute(_WAYS)
    op.create_index("calls_by_way", "calls", ["way", "started_at"])


def downgrade() -> None:
    """Forget it."""
    op.drop_index("calls_by_way", "calls")
    op.drop_column("calls", "way")
