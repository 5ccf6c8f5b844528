"""A value that is known already, said otherwise in an answer to another question: taken only where that is meant."""

from typing import Any

import pytest
from reporting import Reporting


async def asked_what_for(*, drivable: bool) -> Reporting:
    """A call that waits for the purpose of the trip, with everything before it answered."""
    call = Reporting()
    answers: dict[str, Any] = {
        "injuries": False, "incident_description": "a truck hit me from behind", "loss_date": "2026-11-20",
        "loss_time": "12:00", "loss_location": {"street": "Oak Street", "city": "Dallas"}, "vehicle": "honda civic",
        "driver_name": "me", "vehicles_involved": 2, "vehicle_drivable": drivable,
    }  # fmt: skip
    expected = [(await call.says("well", **{name: value})).expects for name, value in answers.items()]
    assert expected[-1] == "trip_purpose"
    return call


@pytest.mark.parametrize("words", ["she was driving to college", "i was driving to my sister", "driving around"])
async def test_who_was_driving_somewhere_does_not_say_that_the_car_still_drives(words: str) -> None:
    call = await asked_what_for(drivable=False)
    await call.says(words, trip_purpose=words)
    assert (await call.fields())["vehicle_drivable"] is False


async def test_a_yes_said_in_passing_after_a_no_is_asked_about() -> None:
    call = await asked_what_for(drivable=False)
    await call.says("well it starts", trip_purpose="well it starts")
    outcome = await call.says("something personal", trip_purpose="personal")
    assert (await call.fields())["vehicle_drivable"] is False
    assert outcome.expects == "vehicle_drivable"


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("no wait it is not drivable", "vehicle_drivable", False),
        ("actually no it had to be towed", "vehicle_drivable", False),
        ("no wait it was three cars", "vehicles_involved", 3),
    ],
)
async def test_what_is_put_right_is_taken_whatever_was_asked(words: str, field: str, value: object) -> None:
    call = await asked_what_for(drivable=True)
    await call.says(words, trip_purpose=words)
    assert (await call.fields())[field] == value
