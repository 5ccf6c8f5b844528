"""Who a caller has been shown to be, and how a session keeps it for this version and the one before."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.session import CallSession
from backend.domain.subject import Subject

KAREN = Subject("P-2", "Karen Ann Miller", {"member": "P-2", "plan": "gold"}, "member", ("member",))


def _kept_and_read(subject: Subject | None) -> CallSession:
    session = CallSession(call_id="c1", line="main", active_agent="auth")
    session.subject = subject
    return msgspec.json.decode(msgspec.json.encode(session), type=CallSession)


@pytest.mark.parametrize("subject", [None, KAREN, Subject("1", "Bo")])
def test_a_session_keeps_who_the_caller_is(subject: Subject | None) -> None:
    assert _kept_and_read(subject).subject == subject


def test_the_version_before_finds_the_id_under_the_name_that_it_knows() -> None:
    kept = _kept_and_read(KAREN).verified
    assert kept is not None
    assert (kept["member"], kept["full_name"]) == ("P-2", "Karen Ann Miller")
    assert "plan" not in kept, "only what names the id"


def test_what_the_version_before_has_kept_is_read() -> None:
    subject = Subject.of_kept({"member": "P-2", "full_name": "Karen Miller"})
    assert (subject.id, subject.name, subject.value("member")) == ("P-2", "Karen Miller", "P-2")
    assert (subject.identity, subject.grants) == ("", ())


def test_id_and_name_cannot_be_taken_over_by_an_attribute() -> None:
    subject = Subject("P-2", "Karen Miller", {"id": "P-9", "name": "Somebody Else"})
    assert (subject.value("id"), subject.value("name"), subject.value("nothing")) == ("P-2", "Karen Miller", None)


def test_nothing_of_it_is_printed() -> None:
    assert "Karen" not in repr(KAREN)
    assert "P-2" not in repr(KAREN)


@given(st.builds(Subject, st.text(), st.text(), st.dictionaries(st.text(), st.text() | st.integers()), st.text()))
def test_any_subject_is_kept_whole(subject: Subject) -> None:
    assert Subject.of_kept(msgspec.json.decode(msgspec.json.encode(subject.kept()))) == subject
