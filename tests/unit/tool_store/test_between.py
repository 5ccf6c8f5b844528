"""An answer that may mean two things: those two are offered, and either way of choosing one is understood."""

from types import SimpleNamespace
from typing import cast

import pytest
from fnol_form import ABOUT, FORM
from reporting import COMPLETE, Reporting

from backend.forms.between import keep_offer, offered_instead
from backend.forms.filling import Filling
from backend.forms.form import Form

STORY = "a truck hit me from behind at a stop sign"


async def asked_for_the_day() -> Reporting:
    call = Reporting()
    assert (await call.says(STORY, incident_description=STORY, injuries=False)).expects == "loss_date"
    return call


@pytest.mark.parametrize(
    ("answer", "day"),
    [
        ("the first one", "2026-11-20"), ("the second", "2026-11-13"), ("friday the thirteenth", "2026-11-13"),
        ("yesterday", "2026-11-20"), ("it was monday", "2026-11-16"),
    ],
)  # fmt: skip
async def test_two_days_are_offered_and_one_is_chosen(answer: str, day: str) -> None:
    call = await asked_for_the_day()
    outcome = await call.says("last friday", loss_date="last friday")
    assert outcome.ask == "Was that Friday, November 20 or Friday, November 13?"
    await call.says(answer, loss_date=answer)
    assert (await call.fields())["loss_date"] == day


@pytest.mark.parametrize(
    ("answer", "day"),
    [("yes", "2026-11-20"), ("yes that is right", "2026-11-20"), ("no it was monday", "2026-11-16"), ("no", None)],
)
async def test_one_likely_day_is_offered_for_a_yes(answer: str, day: str | None) -> None:
    call = await asked_for_the_day()
    outcome = await call.says("today at eight pm", loss_date="today at eight pm")
    assert outcome.ask == "Was that Friday, November 20?"
    outcome = await call.says(answer, loss_date=answer)
    assert (await call.fields()).get("loss_date") == day
    assert day or outcome.expects == "loss_date"


@pytest.mark.parametrize(("answer", "hour"), [("at night", "22:00"), ("ten a.m.", "10:00"), ("the second", "22:00")])
async def test_an_hour_is_offered_with_both_halves_of_the_day(answer: str, hour: str) -> None:
    call = await asked_for_the_day()
    assert (await call.says("today", loss_date="today")).expects == "loss_time"
    assert (await call.says("10", loss_time="10")).ask == "Was that 10 AM or 10 PM?"
    await call.says(answer, loss_time=answer)
    assert (await call.fields())["loss_time"] == hour


@pytest.mark.parametrize(
    ("answer", "hour"), [("at night", "23:00"), ("in the morning", "11:00"), ("not so sure", None)]
)
async def test_the_half_alone_tells_which_of_both_it_was_though_the_hour_was_not_certain(
    answer: str, hour: str | None
) -> None:
    call = await asked_for_the_day()
    await call.says("yesterday", loss_date="yesterday")
    outcome = await call.says("dunno like elevenish", loss_time="dunno like elevenish")
    assert outcome.ask == "Was that 11 AM or 11 PM?"
    await call.says(answer, loss_time=answer)
    assert (await call.fields()).get("loss_time") == hour


async def test_a_span_behind_the_night_that_it_fills_is_taken_at_once() -> None:
    call = await asked_for_the_day()
    assert (await call.says("last night", loss_date="last night")).expects == "loss_time"
    words = "sometime between ten pm and six am"
    assert (await call.says(words, loss_time=words)).expects == "loss_location"
    assert (await call.fields())["loss_time"] == "22:00-06:00"


@pytest.mark.parametrize("answer", ["yes", "i don't know", "either"])
async def test_neither_of_them_is_asked_in_the_plainest_words(answer: str) -> None:
    call = await asked_for_the_day()
    await call.says("last friday", loss_date="last friday")
    outcome = await call.says(answer, loss_date=answer)
    assert outcome.ask == "On which date was that? Please say just the month and the day, for example March fourth."
    assert "loss_date" not in await call.fields()


async def test_the_first_of_a_month_is_no_choice_where_nothing_was_offered() -> None:
    call = await asked_for_the_day()
    await call.says("the first", loss_date="the first")
    assert (await call.fields()).get("loss_date") in (None, "2026-11-01")


async def test_the_first_is_no_choice_where_other_words_were_asked() -> None:
    call = await asked_for_the_day()
    await call.says("er", loss_date="er")
    assert "Was that" not in ((await call.says("last friday", loss_date="last friday")).ask or "")
    await call.says("the first", loss_date="the first")
    assert (await call.fields()).get("loss_date") != "2026-11-20"


async def test_the_first_is_no_choice_once_the_call_has_gone_on() -> None:
    call = await asked_for_the_day()
    await call.says("last friday", loss_date="last friday")
    await call.says("it was about noon", loss_time="about noon")
    await call.says("the first", loss_date="the first")
    assert (await call.fields()).get("loss_date") != "2026-11-20"


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        ("no it was at eleven", "11:00"),
        ("no it was at eleven at night", "23:00"),
        ("no around half past nine", "09:30"),
    ],
)
async def test_an_hour_that_puts_another_right_is_in_its_half_of_the_day_and_read_again(words: str, hour: str) -> None:
    call = Reporting()
    await call.tells_everything(**{**COMPLETE, "loss_time": "ten in the morning"})
    assert (await call.fields())["loss_time"] == "10:00"
    outcome = await call.says(words, confirmation=words)
    assert (await call.fields())["loss_time"] == hour
    assert "the rest as I read it" in (outcome.say or "")
    assert outcome.expects == "confirmation"


def test_two_that_nobody_would_hear_are_not_offered() -> None:
    """A form without words for the offer asks as ever: "the first" is then a day of the month, and no choice."""
    spec = FORM.field("loss_date")
    texts = {name: one.model_copy(update={"offer_some": ""}) for name, one in spec.texts.items()}
    form = Form(FORM.spec, FORM.language)
    field = spec.model_copy(update={"texts": texts})
    filling = cast("Filling", SimpleNamespace(form=form))
    days = ["2026-11-20", "2026-11-13"]
    assert offered_instead(filling, field, form.question(field), days, ABOUT) is None
    assert offered_instead(filling, spec, form.question(spec), days, ABOUT) is not None


async def test_what_was_offered_but_is_not_what_is_asked_is_not_kept() -> None:
    kept: dict[str, object] = {}
    filling = cast("Filling", SimpleNamespace(facts=SimpleNamespace(put=kept.__setitem__)))
    keep_offer(
        filling, FORM.field("loss_date"), ["2026-11-20"], FORM.question(FORM.field("loss_date")), "Something else?"
    )
    assert kept == {}


@pytest.mark.parametrize(
    ("stands", "hour"),
    [
        ("ten in the morning", "11:00"), ("six in the evening", "23:00"),
        ("three in the afternoon", None), ("noon", None), ("midnight", None),
    ],
)  # fmt: skip
async def test_an_hour_that_puts_another_right_does_not_go_around_noon_or_midnight(
    stands: str, hour: str | None
) -> None:
    call = Reporting()
    await call.says("here is all of it", **(COMPLETE | {"loss_time": stands}))
    before = (await call.fields())["loss_time"]
    await call.says("no it was at eleven", confirmation="no it was at eleven")
    after = (await call.fields())["loss_time"]
    assert after == (hour or before)
