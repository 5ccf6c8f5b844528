"""Keys of the API, the block list, and an audit of what people do."""

import sqlalchemy as sa
from alembic import op

revision = "0005_people"
down_revision = "0004_callbacks"
branch_labels = None
depends_on = None

_TEXTS = {"target": 256, "line": 64, "before": 64, "after": 64, "outcome": 64, "note": 128}


def upgrade() -> None:
    """Tables of keys and blocks; what an entry of the audit says of people."""
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("name", sa.String(64), nullable=False, index=True),
        sa.Column("roles", sa.JSON, nullable=False),
        sa.Column("lines", sa.JSON(none_as_null=True)),
        sa.Column("destinations", sa.JSON, nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(128), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(256), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "blocks",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("prefix", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("line", sa.String(64), nullable=False, server_default=""),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("by", sa.String(256), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    for name, length in _TEXTS.items():
        op.add_column("audit", sa.Column(name, sa.String(length), nullable=False, server_default=""))
    if op.get_bind().dialect.name == "postgresql":  # SQLite holds no text to its length
        op.alter_column("audit", "actor", type_=sa.String(256))
    op.create_index("audit_by_actor", "audit", ["actor", "id"])
    op.create_index("audit_by_action", "audit", ["action", "id"])


def downgrade() -> None:
    """Forget them."""
    op.drop_index("audit_by_action", "audit")
    op.drop_index("audit_by_actor", "audit")
    for name in _TEXTS:
        op.drop_column("audit", name)
    op.drop_table("blocks")
    op.drop_table("api_keys")
