"""What cases are called outside: by a form's aliases, and by the plain names."""

from pathlib import Path

from quick_yaml import read_yaml

from backend.domain.case_names import CaseNames, names_outside, numbers_outside, told_on_transfer
from backend.domain.case_number import NumberPattern
from backend.domain.form_spec import FormSpec
from backend.domain.session import CallSession
from backend.domain.subject import Subject

ROOT = Path(__file__).resolve().parents[3]
NUMBERS = NumberPattern("CLA-{year}-{random:6}")
NAMES = CaseNames("fnol", "claims", "claim_id", "policy_id", "Claim-Id", "Policy-Id", NUMBERS)
OUTAGES = CaseNames("outage", id="ticket", numbers=NumberPattern("OUT-{random:6}"))


def a_form() -> FormSpec:
    return FormSpec.model_validate(read_yaml((ROOT / "agent_store/forms/fnol.yaml").read_text()))


def a_session() -> CallSession:
    return CallSession(call_id="c1", line="insurance", active_agent="auth")


def test_the_form_that_outsiders_know_has_the_names_that_they_know() -> None:
    assert names_outside([a_form()]) == (NAMES,)


def test_a_form_without_aliases_has_the_plain_names_alone() -> None:
    form = a_form()
    assert names_outside([form.model_copy(update={"aliases": type(form.aliases)()})]) == ()


def test_a_call_tells_its_number_under_the_name_of_the_form_that_gave_it() -> None:
    assert numbers_outside("CLA-2026-KT4RWX", [NAMES, OUTAGES]) == {"claim_id": "CLA-2026-KT4RWX", "ticket": None}
    assert numbers_outside("OUT-KT4RWX", [NAMES, OUTAGES]) == {"claim_id": None, "ticket": "OUT-KT4RWX"}
    assert numbers_outside(None, [NAMES]) == {"claim_id": None}
    assert numbers_outside("X-1", [CaseNames("other")]) == {}


def test_a_person_is_told_who_calls_and_each_number_in_the_headers_that_they_know() -> None:
    session = a_session()
    session.subject = Subject("POL-1", "Ann Bell")
    session.note_case("fnol", "CLA-2026-KT4RWX")
    assert told_on_transfer(session, [NAMES]) == {"Policy-Id": "POL-1", "Claim-Id": "CLA-2026-KT4RWX"}
    assert told_on_transfer(session, []) == {"Subject-Id": "POL-1", "Case-Number": "CLA-2026-KT4RWX"}
    session.note_case("outage", "OUT-KT4RWX")
    both = told_on_transfer(session, [NAMES, OUTAGES])
    assert (both["Claim-Id"], both["Case-Number"], session.case_number) == (
        "CLA-2026-KT4RWX", "OUT-KT4RWX", "OUT-KT4RWX",
    )  # fmt: skip


def test_a_session_of_before_tells_its_number_for_the_one_form_that_there_was() -> None:
    session = a_session()
    session.case_number = "CLA-2026-KT4RWX"
    assert (session.number_of("fnol"), session.number_of("outage")) == ("CLA-2026-KT4RWX", "")
