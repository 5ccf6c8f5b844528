"""Half a yes to leaving a report unfinished is asked about once more; then it is kept, and the caller hears so."""

import pytest
from reporting import Reporting

from backend.domain.tool import EndCall


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
