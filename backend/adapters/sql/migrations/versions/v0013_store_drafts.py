"""What people have changed in the agent store and not put live; and why a version went live."""

import sqlalchemy as sa
from alembic import op

revision = "0013_store_drafts"
down_revision = "0012_recordings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A draft a person. Versions of before have no note; workers of the version before write none."""
    op.create_table(
        "store_drafts",
        sa.Column("owner", sa.String(128), primary_key=True),
        sa.Column("base", sa.String(64), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("stamp", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.add_column("agent_revisions", sa.Column("note", sa.String(500)))
    op.add_column("agent_revisions", sa.Column("last_note", sa.String(500)))


def downgrade() -> None:
    """Forget them."""
    op.drop_column("agent_revisions", "last_note")
    op.drop_column("agent_revisions", "note")
    op.drop_table("store_drafts")
