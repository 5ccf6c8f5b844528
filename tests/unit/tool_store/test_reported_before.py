"""A report that was made before: no new one is begun in silence, and a person tells how the old one stands."""

import pytest
from reporting import STORY, Reporting

from backend.domain.tool import TransferToPerson
from backend.testing.books import MemoryCases

OLD = "hi i filed a claim two weeks ago and nobody has called me"


@pytest.mark.parametrize("words", [OLD, "i already reported this what is happening with it", "any news on my claim"])
@pytest.mark.parametrize("verified", ["POL-A10001", None])
async def test_it_is_asked_whether_it_is_something_new(words: str, verified: str | None) -> None:
    call = Reporting(verified, facts={} if verified else {"unverified": True})
    outcome = await call.says(words, incident_description=words, loss_date="two weeks ago")
    assert outcome.ask == "Is this about something new, which you have not reported yet?"
    assert not await call.fields()


@pytest.mark.parametrize("words", ["no", "no i reported it already", "the old one", "no it's the one i filed"])
async def test_the_old_one_goes_to_a_person_and_nothing_is_begun(words: str) -> None:
    call = Reporting()
    await call.says(OLD)
    outcome = await call.says(words, confirmation=words)
    assert isinstance(outcome.directive, TransferToPerson)
    assert not await call.fields()


@pytest.mark.parametrize("words", ["yes", "yes it's new", "a new one", "no it's something new"])
async def test_something_new_is_taken_without_the_day_of_the_old_one(words: str) -> None:
    call = Reporting()
    await call.says(OLD, loss_date="two weeks ago")
    outcome = await call.says(words, confirmation=words)
    assert outcome.expects in {"injuries", "incident_description"}
    assert "loss_date" not in await call.fields()
    assert (await call.says(STORY, incident_description=STORY)).expects != "confirmation"


async def test_what_is_neither_is_asked_again_in_other_words() -> None:
    call = Reporting()
    first = await call.says(OLD)
    again = await call.says("well", confirmation="well")
    assert again.ask not in {None, first.ask}
    assert (await call.says("1", confirmation="1")).directive is None


async def _with_a_claim() -> MemoryCases:
    call = Reporting()
    await call.tells_everything()
    await call.agrees()
    return call.cases


async def test_a_claim_that_is_known_is_named_and_its_owner_put_through() -> None:
    call = Reporting(cases=await _with_a_claim(), call_id="c2")
    outcome = await call.says(OLD)
    assert (outcome.say or "").startswith("You already have a claim for the accident of Friday, November 20")
    told = await call.says("yes", confirmation="yes")
    assert isinstance(told.directive, TransferToPerson)
    assert told.say == "A colleague can tell you how it stands with that."


async def test_another_matter_than_the_known_claim_is_asked_about_once() -> None:
    call = Reporting(cases=await _with_a_claim(), call_id="c2")
    await call.says(OLD)
    outcome = await call.says("no", confirmation="no")
    assert outcome.expects in {"injuries", "incident_description"}


async def test_who_reports_it_to_the_police_is_asked_nothing_of_the_kind() -> None:
    call = Reporting()
    outcome = await call.says("i already reported it to the police", incident_description=STORY)
    assert outcome.expects != "confirmation"
