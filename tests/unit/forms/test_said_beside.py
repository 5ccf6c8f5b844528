"""What an answer that was not understood changes of what was told before: only what it takes back."""

import pytest
from reporting import COMPLETE, Reporting


async def asked_for(field: str) -> Reporting:
    """A call in which all is told but this."""
    call = Reporting()
    await call.says("hm", **{name: value for name, value in COMPLETE.items() if name != field})
    return call


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("i want a repeat the third", "2026-11-20"),
        ("the second", "2026-11-20"),
        ("no wait it was on the nineteenth", "2026-11-19"),
        ("sorry it was on thursday", "2026-11-19"),
    ],
)
async def test_a_day_is_changed_only_by_words_that_take_it_back(words: str, day: str) -> None:
    call = await asked_for("trip_purpose")
    await call.says(words, trip_purpose=words)
    assert (await call.fields())["loss_date"] == day


async def test_a_misheard_city_does_not_replace_one_that_is_known() -> None:
    call = await asked_for("loss_location")
    await call.says("on com haven't you in miami florida", loss_location="on com haven't you in miami florida")
    await call.says("palm avenue in only", loss_location="palm avenue in only")
    place = (await call.fields())["loss_location"]
    assert (place["street"], place["city"], place["state"]) == ("Palm Avenue", "Miami", "FL")


async def test_a_city_with_its_state_does() -> None:
    call = await asked_for("loss_location")
    await call.says("on com haven't you in miami florida", loss_location="on com haven't you in miami florida")
    await call.says("palm avenue in tampa florida", loss_location="palm avenue in tampa florida")
    assert (await call.fields())["loss_location"]["city"] == "Tampa"


@pytest.mark.parametrize("words", ["absolutely not", "not really", "no thanks", "yes exactly"])
async def test_a_bare_yes_or_no_is_no_story_and_names_no_thing(words: str) -> None:
    call = Reporting()
    await call.says("hm", injuries=False)
    outcome = await call.says(words, incident_description=words)
    assert outcome.expects == "incident_description"
    assert (await call.fields()).keys() == {"injuries"}


async def test_a_thing_that_a_story_names_is_taken() -> None:
    call = Reporting()
    words = "a truck hit my honda from behind"
    await call.says(words, injuries=False, incident_description=words)
    assert (await call.fields())["vehicle"]["model"] == "Civic"


@pytest.mark.parametrize("garbled", ["we were ok and not too dirty", "treat it on but he did", "we were all good"])
async def test_words_that_are_no_place_take_the_place_of_none(garbled: str) -> None:
    call = await asked_for("loss_location")
    await call.says("river road new jersey", loss_location="river road new jersey")
    await call.says(garbled, loss_location=garbled)
    await call.says("river road in edgewater new jersey", loss_location="river road in edgewater new jersey")
    place = (await call.fields())["loss_location"]
    assert (place["street"], place["city"], place["state"]) == ("River Road", "Edgewater", "NJ")


async def test_who_told_the_street_is_asked_for_the_city_alone() -> None:
    call = await asked_for("loss_location")
    outcome = await call.says("on river road", loss_location="on river road")
    assert outcome.ask == "And in which city was that?"
    await call.says("edgewater", loss_location="edgewater")
    place = (await call.fields())["loss_location"]
    assert (place["street"], place["city"]) == ("River Road", "Edgewater")


async def test_who_told_the_city_is_asked_for_the_street_alone() -> None:
    call = await asked_for("loss_location")
    outcome = await call.says("in chicago", loss_location="in chicago")
    assert outcome.ask == "On which street was that, for example Oak Street?"
    await call.says("wabash", loss_location="wabash")
    place = (await call.fields())["loss_location"]
    assert (place["street"], place["city"]) == ("Wabash", "Chicago")
