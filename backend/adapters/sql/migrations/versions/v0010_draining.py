"""Workers of the version before, which drain after this one has migrated, write their claims and calls to the end.

They know cases as ``claims``, and the number of a case as ``calls.claim_id``. Only on PostgreSQL: several versions at a
time share no SQLite file. A later migration takes this away, when no such worker can be left.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010_draining"
down_revision = "0009_cases"
branch_labels = None
depends_on = None

_VIEW = """
CREATE VIEW claims AS
SELECT call_id, form, subject AS policy_id, status, number AS claim_id, fields, updated_at, filed_at,
       verified, notes, earlier_calls
FROM cases WHERE form = 'fnol'
"""
"""So simple that PostgreSQL writes through it into ``cases``."""

_FUNCTION = """
CREATE FUNCTION calls_under_both_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.case_number := COALESCE(NEW.case_number, NEW.claim_id);
    ELSIF NEW.claim_id IS DISTINCT FROM OLD.claim_id THEN
        NEW.case_number := NEW.claim_id;
    END IF;
    NEW.claim_id := NEW.case_number;
    RETURN NEW;
END $$
"""
_TRIGGER = """
CREATE TRIGGER calls_under_both_names BEFORE INSERT OR UPDATE ON calls
FOR EACH ROW EXECUTE FUNCTION calls_under_both_names()
"""


def upgrade() -> None:
    """Old names beside the new ones, kept the same by the database itself."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(_VIEW)
    op.execute("ALTER VIEW claims ALTER COLUMN form SET DEFAULT 'fnol'")
    op.add_column("calls", sa.Column("claim_id", sa.String(32)))
    op.execute("UPDATE calls SET claim_id = case_number WHERE case_number IS NOT NULL")
    op.execute(_FUNCTION)
    op.execute(_TRIGGER)


def downgrade() -> None:
    """The new names alone."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("DROP TRIGGER calls_under_both_names ON calls")
    op.execute("DROP FUNCTION calls_under_both_names()")
    op.drop_column("calls", "claim_id")
    op.execute("DROP VIEW claims")
