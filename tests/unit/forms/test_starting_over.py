"""Who would like to begin anew hears how what is wrong is changed, and is asked what was open."""

from reporting import STORY, Reporting

OVER = "can we start over please i messed that up"


async def test_who_wants_to_begin_anew_hears_that_all_can_be_changed_and_keeps_what_they_said() -> None:
    call = Reporting()
    await call.says("yesterday at noon", loss_date="yesterday at noon", incident_description=STORY)
    outcome = await call.says(OVER, loss_location=OVER)
    assert (outcome.say or "").startswith("That's fine: whatever is wrong can be changed")
    assert outcome.expects == "injuries"
    assert (await call.fields())["loss_date"] == "2026-11-20"


async def test_it_is_said_twice_at_most() -> None:
    call = Reporting()
    await call.says("yesterday at noon", loss_date="yesterday at noon", incident_description=STORY)
    said = [(await call.says(OVER, loss_location=OVER)).say or "" for _ in range(3)]
    assert ["can be changed" in one for one in said] == [True, True, False]
