"""What waits to be written is whole: whatever a record knows is there when it is written later, elsewhere."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.call import CallRecord, TurnRecord
from backend.domain.callback import CallbackWish
from backend.domain.case import Case
from backend.domain.entry import (
    Entry,
    body_of_call,
    body_of_case,
    body_of_turn,
    body_of_wish,
    call_in,
    case_in,
    entry_in,
    turn_in,
    wish_in,
)
from backend.domain.private import Private

NOW = datetime(2026, 11, 21, 12, 0, 0, 123456, tzinfo=UTC)
SOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MOMENTS = st.datetimes(timezones=st.just(UTC), min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1))
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS, lambda inner: st.lists(inner, max_size=3)
)
PRIVATE = TEXTS.map(Private)


def through_json(body: dict[str, Any]) -> dict[str, Any]:
    """As it comes back from a shelf."""
    entry = Entry(id="w/1", number=1, at=NOW, kind="audit", call_id="c", body=body)
    return entry_in(msgspec.json.encode(entry)).body


@settings(max_examples=60, deadline=None)
@given(st.builds(CallRecord, started_at=MOMENTS, ended_at=st.none() | MOMENTS, caller=PRIVATE, called=PRIVATE,
                 detail=TEXTS, agents=st.lists(TEXTS, max_size=3), turns=st.just([])))  # fmt: skip
def test_a_call_comes_back_as_it_was(call: CallRecord) -> None:
    found = call_in(through_json(body_of_call(call)))
    assert body_of_call(found) == body_of_call(call)
    assert (found.caller.reveal(), found.called.reveal()) == (call.caller.reveal(), call.called.reveal())


@settings(max_examples=60, deadline=None)
@given(st.builds(TurnRecord, started_at=MOMENTS, caller_text=TEXTS, said=TEXTS, heard=TEXTS))
def test_a_turn_comes_back_as_it_was(turn: TurnRecord) -> None:
    assert body_of_turn(turn_in(through_json(body_of_turn(turn)))) == body_of_turn(turn)


@settings(max_examples=60, deadline=None)
@given(st.builds(Case, fields=st.dictionaries(TEXTS, JSON, max_size=4), updated_at=MOMENTS,
                 filed_at=st.none() | MOMENTS, notes=st.just(())))  # fmt: skip
def test_a_case_comes_back_as_it_was(case: Case) -> None:
    assert body_of_case(case_in(through_json(body_of_case(case)))) == body_of_case(case)


@settings(max_examples=30, deadline=None)
@given(st.builds(CallbackWish, requested_at=MOMENTS, number=TEXTS, name=TEXTS, reason=TEXTS))
def test_a_wish_comes_back_as_it_was(wish: CallbackWish) -> None:
    assert body_of_wish(wish_in(through_json(body_of_wish(wish)))) == body_of_wish(wish)


OLD_CASE = {
    "call_id": "c", "policy_id": "POL-1", "status": "filed", "fields": {"policy_id": "kept as it is"},
    "updated_at": "2026-11-21T12:00:00Z", "claim_id": "CLA-2026-KT4RWX", "filed_at": "2026-11-21T12:00:00Z",
    "verified": True, "notes": [], "earlier_calls": ["b"],
}  # fmt: skip
WAYS_BEFORE: list[dict[str, Any]] = [
    {}, {"way": "", "direction": "inbound"}, {"way": "livekit", "direction": "outbound"}, {"way": None},
]  # fmt: skip
OLD_CALL = {"call_id": "c", "line": "l", "direction": "chat", "started_at": "2026-11-21T12:00:00Z", "claim_id": "CLA-1"}


def of_before(kind: str, body: dict[str, Any]) -> Entry:
    """As the version before laid it down."""
    entry = {"id": "w/1", "number": 1, "at": "2026-11-21T12:00:00Z", "kind": kind, "call_id": "c", "body": body}
    return entry_in(msgspec.json.encode(entry))


def test_what_the_version_before_laid_down_is_read_under_the_names_of_this_one() -> None:
    filed = of_before("claim.filed", OLD_CASE)
    assert filed.kind == "case.filed"
    fields = {"policy_id": "kept as it is"}
    assert case_in(filed.body) == Case(
        "c", "fnol", "POL-1", "filed", fields, SOON, "CLA-2026-KT4RWX", SOON, earlier_calls=("b",)
    )
    begun = of_before("claim.fields", {"policy_id": "P", "fields": {"a": 1}, "verified": True})
    assert (begun.kind, begun.body) == (
        "case.fields", {"form": "fnol", "subject": "P", "fields": {"a": 1}, "verified": True},
    )  # fmt: skip
    assert of_before("claim.note", {"claim_id": "C", "text": "x"}).body == {"form": "fnol", "number": "C", "text": "x"}
    assert of_before("claim.discarded", {}).kind == "case.discarded"
    assert call_in(of_before("call.ended", OLD_CALL).body).case_number == "CLA-1"
    assert [call_in(of_before("call.ended", OLD_CALL | more).body).way for more in WAYS_BEFORE] == [
        "local", "acs", "livekit", None,
    ]  # fmt: skip
    assert of_before("call.turn", {"claim_id": 1}).body == {"claim_id": 1}


@pytest.mark.parametrize(
    "body", [b"[]", b'{"kind": "claim.filed", "body": 3}', b'{"kind": "claim.lost", "body": {}}', b"{"]
)
def test_what_is_no_entry_is_not_read(body: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        entry_in(body)


def test_nothing_that_a_later_version_adds_to_a_call_is_left_out() -> None:
    call = CallRecord(call_id="c", line="l", direction="chat", started_at=NOW)
    assert set(body_of_call(call)) == {one.name for one in fields(CallRecord)} - {"turns"}


def test_what_changes_later_does_not_change_what_was_written_down_and_nothing_shows_in_its_repr() -> None:
    call = CallRecord(call_id="c", line="l", direction="chat", started_at=NOW, agents=["a"], caller=Private("+1312"))
    body = body_of_call(call)
    call.agents.append("b")
    assert call_in(body).agents == ["a"]
    entry = Entry(id="w/1", number=1, at=NOW, kind="call.started", call_id="c", body=body)
    assert "+1312" not in repr(entry)
    assert call_in(body | {"from_the_future": 1}) == replace(call, agents=["a"])


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(), max_size=20))
def test_no_text_at_all_keeps_a_turn_from_being_kept(text: str) -> None:
    turn = TurnRecord(index=1, agent="a", caller_text=text, started_at=NOW)
    kept = turn_in(through_json(body_of_turn(turn))).caller_text
    assert "\0" not in kept
    kept.encode()  # raises where it is none
