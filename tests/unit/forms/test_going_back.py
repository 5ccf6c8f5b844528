"""Who leaves in the middle of a report is asked once, and half a yes once more; not who was told that it is noted."""

import pytest
from reporting import Reporting

from backend.domain.case import Case
from backend.domain.case_number import NumberPattern
from backend.domain.tool import EndCall, TransferToPerson
from backend.errors import CaseWaits
from backend.testing.books import MemoryCases


async def asked_to_leave() -> Reporting:
    call = Reporting()
    await call.says("yesterday at noon", loss_date="yesterday", loss_time="noon")
    assert "unfinished" in ((await call.says("goodbye", "end_call")).ask or "")
    return call


@pytest.mark.parametrize("words", ["well i guess maybe", "hmm kind of", "purple"])
async def test_half_a_yes_is_asked_about_in_other_words_and_then_the_report_is_kept(words: str) -> None:
    call = await asked_to_leave()
    again = await call.says(words, "end_call", confirmation=words)
    assert again.directive is None and "Please say yes or no" in (again.ask or "")
    last = await call.says(words, "end_call", confirmation=words)
    assert isinstance(last.directive, EndCall) and "keeping your report" in (last.say or "")
    assert await call.fields() == {"loss_date": "2026-11-20", "loss_time": "12:00"}


@pytest.mark.parametrize("words", ["yes", "forget it", "okay bye"])
async def test_who_plainly_leaves_is_let_go_at_once(words: str) -> None:
    call = await asked_to_leave()
    outcome = await call.says(words, "end_call", confirmation=words)
    assert isinstance(outcome.directive, EndCall) and not outcome.say


async def test_who_was_half_sure_may_still_stay() -> None:
    call = await asked_to_leave()
    await call.says("well maybe", "end_call", confirmation="well maybe")
    outcome = await call.says("no let's go on", "end_call", confirmation="no let's go on")
    assert outcome.directive is None and outcome.tool == "record_fnol"


async def test_what_was_not_understood_of_a_read_back_is_no_first_doubt() -> None:
    call = Reporting()
    await call.tells_everything()
    await call.says("green", confirmation="green")
    await call.says("goodbye", "end_call")
    assert (await call.says("kind of", "end_call", confirmation="kind of")).directive is None


class Away(MemoryCases):
    """Where nothing can be written: what is filed waits in this process."""

    async def file(self, call_id: str, form: str, numbers: NumberPattern, number: str = "") -> Case:
        raise CaseWaits("the case waits to be filed")


async def told_that_it_waits() -> Reporting:
    call = Reporting(cases=Away(), caller_number="+12065550151")
    await call.tells_everything()
    assert "I have noted your report" in ((await call.agrees()).say or "")
    return call


@pytest.mark.parametrize("words", ["no thank you", "goodbye", "no that's all bye"])
async def test_who_was_told_that_it_is_noted_is_let_go(words: str) -> None:
    """They were asked whether to leave unfinished what they had been told is taken down."""
    call = await told_that_it_waits()
    recorded = await call.says(words)
    assert recorded.directive is None and "anything else" in (recorded.ask or "")
    assert isinstance((await call.calls(words, "end_call")).directive, EndCall)


@pytest.mark.parametrize(
    ("words", "tool", "given"),
    [
        ("no wait it was at three in the afternoon", "record_fnol", {"loss_time": "three in the afternoon"}),
        ("no wait that's not right", "record_fnol", {}),
        ("no wait the car is not drivable goodbye", "end_call", {}),
    ],
)
async def test_what_is_put_right_while_it_waits_is_not_lost(words: str, tool: str, given: dict[str, object]) -> None:
    """It is filed as it stands: a person takes what is to change."""
    call = await told_that_it_waits()
    outcome = await call.says(words, tool, **given)
    assert isinstance(outcome.directive, TransferToPerson) and "put you through" in (outcome.say or "")
