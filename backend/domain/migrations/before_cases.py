"""Names of the version that took claims of one business where there are cases of forms now.

A roll-out has both versions at work on the same Redis, and what waits to be written may wait for a week.
"""

from collections.abc import Mapping
from typing import Any

__all__ = ["CASE_NUMBER", "FORM", "entry_of_before"]

FORM = "fnol"
"""The form that all cases of that version are of."""
CASE_NUMBER = "claim_id"
"""As sessions still have it, so that a worker of that version can go on with a call of this one."""
_SUBJECT = "policy_id"
_KINDS = {
    "claim.fields": "case.fields",
    "claim.filed": "case.filed",
    "claim.note": "case.note",
    "claim.discarded": "case.discarded",
}
_OF_CALL = {CASE_NUMBER: "case_number"}
_OF_CASE = {CASE_NUMBER: "number", _SUBJECT: "subject"}


def entry_of_before(stored: Mapping[str, Any]) -> Mapping[str, Any]:
    """An entry as this version has it; one of this version as it is."""
    kind, body = str(stored.get("kind", "")), stored.get("body")
    if not isinstance(body, Mapping):
        return stored
    if kind in _KINDS:
        return {**stored, "kind": _KINDS[kind], "body": {"form": FORM} | _renamed(body, _OF_CASE)}
    return {**stored, "body": _renamed(body, _OF_CALL)} if kind in ("call.started", "call.ended") else stored


def _renamed(body: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {names.get(name, name): value for name, value in body.items()}
