"""A line is reached by phone numbers, and by identities of the ACS resource where no number is bought yet."""

import json

import pytest
from pydantic import ValidationError

from backend.domain.call import IncomingCall
from backend.domain.line import LineSpec
from backend.protocol.event_grid import read_event

RESOURCE = "6f1d2c3b-4a59-4687-9b10-2c3d4e5f6a7b"
SHORT, LONG = f"8:acs:{RESOURCE}_0000002d", f"8:acs:{RESOURCE}_0000002d-71c4-54b7-99c6-593a0d0096e2"


def line(*numbers: str) -> LineSpec:
    return LineSpec.model_validate(
        {
            "name": "main",
            "numbers": list(numbers),
            "entry": "one",
            "agents": ["one"],
            "person": {"number": "+18005550199"},
        }
    )


@pytest.mark.parametrize("called", [SHORT, LONG, "+18005550100"])
def test_a_call_to_it_is_a_call_of_this_line(called: str) -> None:
    kind = {"kind": "phoneNumber", "phoneNumber": {"value": called}, "rawId": f"4:{called}"}
    if called.startswith("8:"):
        kind = {"kind": "communicationUser", "communicationUser": {"id": called}, "rawId": called}
    entry = {
        "id": "e1",
        "eventType": "Microsoft.Communication.IncomingCall",
        "data": {"to": kind, "from": {"rawId": "8:acs:somebody"}, "incomingCallContext": "ring"},
    }
    event = read_event(json.loads(json.dumps(entry)))
    assert isinstance(event, IncomingCall)
    assert event.called.reveal() in line("+13125550100", called).numbers


@pytest.mark.parametrize(
    "number",
    [
        "8:acs:",
        f"8:acs:{RESOURCE}",
        "8:acs:somebody_0000002d",
        f"8:orgid:{RESOURCE}",
        f"{LONG} ",
        f"4:{SHORT}",
        f"8:acs:{RESOURCE}_{'0' * 60}",
        "18005550100",
    ],
)
def test_what_nobody_can_call_is_refused(number: str) -> None:
    with pytest.raises(ValidationError):
        line(number)


def test_a_person_is_still_reached_by_phone() -> None:
    with pytest.raises(ValidationError):
        LineSpec.model_validate(line("+18005550100").model_dump() | {"person": {"number": LONG}})
