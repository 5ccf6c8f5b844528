"""Cases of forms, where there were claims of one form."""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0009_cases"
down_revision = "0008_identity"
branch_labels = None
depends_on = None

_FORM = "fnol"
"""The form that all claims were taken with."""
_NAMES = {"policy_id": "subject", "claim_id": "number"}
_INDEXES: Mapping[str, tuple[str, list[str]]] = {
    "claims_filed": ("cases_filed", ["filed_at"]),
    "claims_by_status": ("cases_by_status", ["status", "updated_at"]),
    "ix_claims_policy_id": ("ix_cases_subject", ["subject"]),
}
"""What they are called now, and of which columns they are."""


def upgrade() -> None:
    """Every claim is a case of the one form that there was. What is sealed in it stays as it is."""
    op.create_table(
        "cases",
        sa.Column("call_id", sa.String(64), primary_key=True),
        sa.Column("form", sa.String(64), primary_key=True),
        sa.Column("subject", sa.String(128), nullable=False),
        *_columns("number"),
    )
    _move("claims", "cases", _NAMES, form=_FORM)
    op.drop_table("claims")
    for name, columns in _INDEXES.values():
        op.create_index(name, "cases", columns)
    op.create_index("cases_by_form", "cases", ["form", "status", "updated_at"])
    op.execute("ALTER TABLE calls RENAME COLUMN claim_id TO case_number")


def downgrade() -> None:
    """Back to claims; cases of other forms have no place there and are lost."""
    op.execute("ALTER TABLE calls RENAME COLUMN case_number TO claim_id")
    op.create_table(
        "claims",
        sa.Column("call_id", sa.String(64), primary_key=True),
        sa.Column("policy_id", sa.String(64), nullable=False),
        *_columns("claim_id"),
    )
    cases = sa.table("cases", sa.column("form"))
    op.execute(sa.delete(cases).where(cases.c.form != _FORM))
    _move("cases", "claims", {new: old for old, new in _NAMES.items()})
    op.drop_table("cases")
    for name, (_, columns) in _INDEXES.items():
        op.create_index(name, "claims", ["policy_id" if column == "subject" else column for column in columns])


def _columns(number: str) -> list[sa.Column[object]]:
    moment = sa.DateTime(timezone=True)
    return [
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column(number, sa.String(32), unique=True),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
        sa.Column("filed_at", moment),
        sa.Column("verified", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("notes", sa.JSON, nullable=False, server_default="[]"),
        sa.Column("earlier_calls", sa.JSON, nullable=False, server_default="[]"),
    ]


def _move(source: str, target: str, names: Mapping[str, str], **more: str) -> None:
    """Every row, cell by cell as it stands."""
    kept = ["call_id", *names, "status", "fields", "updated_at", "filed_at", "verified", "notes", "earlier_calls"]
    into = [*(names.get(name, name) for name in kept), *more]
    cells = sa.select(*(sa.column(name) for name in kept), *(sa.literal(value) for value in more.values()))
    filled = sa.table(target, *(sa.column(name) for name in into))
    op.execute(sa.insert(filled).from_select(into, cells.select_from(sa.table(source))))
