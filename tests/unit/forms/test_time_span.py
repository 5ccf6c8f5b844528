"""A time that the caller knows only between two others: a span where the form takes one, else a question."""

from dataclasses import replace
from typing import Any

import pytest
from fnol_form import ABOUT, FORM, STORE
from reporting import Reporting

from backend.forms.about import About
from backend.forms.form import Form
from backend.forms.reading import read
from backend.forms.saying import clause
from backend.language.named import language_named
from backend.language.spans import ends_of, is_span

ASK = "asks"
SPANISH = replace(ABOUT, form=Form(STORE.forms["fnol"], "es-US"))
SPANS = [
    (ABOUT, "between three and four in the afternoon", "15:00-16:00"),
    (ABOUT, "i'd say somewhere between 9 and 10 pm", "21:00-22:00"),
    (ABOUT, "from ten thirty to eleven at night", "22:30-23:00"),
    (ABOUT, "it was between noon and two", "12:00-14:00"),
    (ABOUT, "five or six in the evening", ASK),
    (ABOUT, "between eleven at night and one in the morning", "23:00-01:00"),
    (ABOUT, "sometime between ten pm and six am", "22:00-06:00"),
    (ABOUT, "between six am and nine pm", ASK),
    (ABOUT, "between three and four", ASK),
    (ABOUT, "not between three and four pm", ASK),
    (ABOUT, "between three and eleven pm", ASK),
    (ABOUT, "three in the afternoon", "15:00"),
    (ABOUT, "quarter to four in the afternoon", "15:45"),
    (ABOUT, "ten to four in the afternoon", "15:50"),
    (ABOUT, "between five and seven minutes past two pm", ASK),
    (SPANISH, "entre las tres y las cuatro de la tarde", "15:00-16:00"),
    (SPANISH, "de nueve a diez de la noche", "21:00-22:00"),
    (SPANISH, "como a las tres o cuatro de la tarde", ASK),
    (SPANISH, "entre las tres y media y las cuatro de la tarde", "15:30-16:00"),
    (SPANISH, "entre las tres y las cuatro", ASK),
    (SPANISH, "no fue entre las tres y las cuatro de la tarde", ASK),
]


@pytest.mark.parametrize(("about", "words", "kept"), SPANS)
def test_a_span_is_kept_where_only_one_is_meant(about: About, words: str, kept: str) -> None:
    reading = read(about.form.field("loss_time"), words, about)
    assert (reading.value if reading.outcome == "value" else ASK) == kept


def test_a_form_without_a_way_to_say_it_takes_no_span() -> None:
    field = FORM.field("loss_time")
    texts = {language: text.model_copy(update={"span": ""}) for language, text in field.texts.items()}
    plain = field.model_copy(update={"texts": texts})
    form = FORM.spec.model_copy(
        update={"fields": tuple(plain if f.name == field.name else f for f in FORM.spec.fields)}
    )
    about = replace(ABOUT, form=Form(form, "en-US"))
    assert read(plain, "between three and four in the afternoon", about).outcome == "ask"
    assert read(plain, "15:00-16:00", about).outcome != "value"


@pytest.mark.parametrize(
    ("about", "said"), [(ABOUT, "between 3 PM and 4 PM"), (SPANISH, "entre las 3 de la tarde y las 4 de la tarde")]
)
def test_it_is_read_back_as_it_was_said(about: About, said: str) -> None:
    assert clause(about.form.field("loss_time"), {"loss_time": "15:00-16:00"}, about) == said


async def test_the_half_of_the_day_may_come_with_the_next_answer() -> None:
    call = await _asked_the_time()
    outcome = await call.says("between three and four", loss_time="between three and four")
    assert outcome.expects == "loss_time"
    await call.says("in the afternoon", loss_time="in the afternoon")
    assert (await call.fields())["loss_time"] == "15:00-16:00"


@pytest.mark.parametrize(
    ("model", "kept"),
    [("15:00", "15:00-16:00"), ("16:00", "15:00-16:00"), ("15:00-16:00", "15:00-16:00"), ("17:00", None)],
)
async def test_one_end_that_a_model_makes_of_it_is_not_all_of_it(model: str, kept: Any) -> None:
    call = await _asked_the_time()
    await call.says("between three and four in the afternoon", loss_time=model)
    assert (await call.fields()).get("loss_time") == kept


def test_the_words_for_a_span_are_the_languages() -> None:
    assert language_named("en").account.span("between three and four pm") == ("three", "four pm")
    assert language_named("de").account.span("zwischen drei und vier") is None
    assert is_span("15:00-16:00")
    assert not is_span("15:00")
    assert ends_of("15:00-16:00") == ("15:00", "16:00")


async def _asked_the_time() -> Reporting:
    call = Reporting()
    await call.says("hm", injuries=False)
    await call.says("a truck hit me", incident_description="a truck hit me")
    assert (await call.says("yesterday", loss_date="yesterday")).expects == "loss_time"
    return call
