"""Room for sealed values, keyed hashes that numbers are found by, and the names of the keys that were used."""

import sqlalchemy as sa
from alembic import op

revision = "0006_sealed"
down_revision = "0005_people"
branch_labels = None
depends_on = None

_LONGER = {"calls": {"caller": 64, "called": 64}, "callbacks": {"number": 32, "name": 200}}


def upgrade() -> None:
    """Nothing is sealed by this: rows that are there stay as they are until ``ringmaster seal``."""
    if op.get_bind().dialect.name == "postgresql":  # SQLite has no lengths
        for table, columns in _LONGER.items():
            for column, length in columns.items():
                op.alter_column(
                    table, column, type_=sa.Text(), existing_type=sa.String(length), existing_nullable=False
                )
    op.add_column("calls", sa.Column("caller_key", sa.String(32)))
    op.create_index("calls_by_caller_key", "calls", ["caller_key", "started_at"])
    op.add_column("callbacks", sa.Column("number_key", sa.String(32)))
    op.create_index("callbacks_by_number_key", "callbacks", ["number_key"])
    op.create_table(
        "data_keys",
        sa.Column("key_id", sa.String(16), primary_key=True),
        sa.Column("first_used_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Forget the keys; what is sealed stays sealed, so there must be no such row."""
    op.drop_table("data_keys")
    op.drop_index("callbacks_by_number_key", "callbacks")
    op.drop_column("callbacks", "number_key")
    op.drop_index("calls_by_caller_key", "calls")
    op.drop_column("calls", "caller_key")
