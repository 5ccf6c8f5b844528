"""Half an answer that points to one of the cars that are known: it is offered for a yes, and never taken."""

from dataclasses import replace
from typing import Any

import pytest
from fnol_form import ABOUT
from reporting import STORE, STORY, Reporting

from backend.forms.form import Form
from backend.forms.hinted import hinted
from backend.language.reading import doubtful, nothing, sure

CIVIC = {"year": 2019, "make": "Honda", "model": "Civic"}
ESCAPE = {"year": 2021, "make": "Ford", "model": "Escape"}
LEAF = {"year": 2021, "make": "Nissan", "model": "Leaf"}
SPANISH = replace(ABOUT, form=Form(STORE.forms["fnol"], "es-US"))
ROWS: list[tuple[str, Any, tuple[Any, ...], Any]] = [
    ("the master three from twenty nineteen", {"year": 2019}, (CIVIC, ESCAPE), CIVIC),
    ("the two thousand nineteen is unhealthy", {"year": 2019, "model": "IS"}, (CIVIC, ESCAPE), CIVIC),
    ("forty scape or so", None, (CIVIC, ESCAPE), None),
    ("the ford something", None, (CIVIC, ESCAPE), ESCAPE),
    ("twenty twenty one it was", {"year": 2021}, (CIVIC, ESCAPE, LEAF), None),
    ("it is not the honda", None, (CIVIC, ESCAPE), None),
    ("honda or ford i am not certain", None, (CIVIC, ESCAPE), None),
    ("from eighteen", {"year": 2018}, (CIVIC, ESCAPE), None),
    ("nineteen and some", {"year": 2019}, (), None),
]


@pytest.mark.parametrize(("words", "read", "known", "meant"), ROWS)
def test_one_that_fits_is_a_candidate(words: str, read: Any, known: tuple[Any, ...], meant: Any) -> None:
    before = doubtful("left over", read) if read else nothing()
    found = hinted(ABOUT.form.field("vehicle"), words, before, replace(ABOUT, known={"vehicle": known}))
    assert (found.outcome, found.value) == ("ask", meant) if meant else found == before


def test_what_was_understood_stands_and_other_kinds_are_left_alone() -> None:
    known = replace(ABOUT, known={"vehicle": (CIVIC,)})
    assert hinted(ABOUT.form.field("vehicle"), "the honda", sure(ESCAPE), known) == sure(ESCAPE)
    assert hinted(ABOUT.form.field("loss_date"), "the honda", nothing(), known) == nothing()


def test_spanish_words_point_too() -> None:
    about = replace(SPANISH, known={"vehicle": (CIVIC, ESCAPE)})
    assert hinted(about.form.field("vehicle"), "el honda ese de allá", nothing(), about).value == CIVIC
    assert hinted(about.form.field("vehicle"), "no era el honda", nothing(), about) == nothing()


async def asked_for_the_car(caller: str) -> Reporting:
    call = Reporting(caller)
    await call.says(STORY, incident_description=STORY, injuries=False)
    place = "main street in chicago illinois"
    outcome = await call.says(place, loss_date="yesterday", loss_time="noon", loss_location=place)
    assert outcome.expects == "vehicle"
    return call


async def vehicle_after(call: Reporting, *answers: str) -> Any:
    for words in answers:
        await call.says(words, vehicle=words)
    return (await call.fields()).get("vehicle", "not yet")


GARBLED = "the master thief from twenty nineteen"


async def test_of_two_cars_the_one_pointed_to_is_offered() -> None:
    call = await asked_for_the_car("POL-L80526")
    outcome = await call.says(GARBLED, vehicle=GARBLED)
    assert outcome.ask == "It was your 2019 Mazda Three, is that right? Please say yes or no."
    assert await vehicle_after(call) == "not yet"


async def test_the_one_known_car_is_offered_again_instead_of_asked_from_scratch() -> None:
    call = await asked_for_the_car("POL-A10001")
    outcome = await call.says(GARBLED, vehicle=GARBLED)
    assert outcome.ask == "It was your 2019 Honda Civic, is that right? Please say yes or no."


@pytest.mark.parametrize("caller", ["POL-L80526", "POL-A10001"])
@pytest.mark.parametrize("answer", ["yes", "yeah that's the one", "correct"])
async def test_a_yes_takes_it(caller: str, answer: str) -> None:
    vehicle = await vehicle_after(await asked_for_the_car(caller), GARBLED, answer)
    assert vehicle["year"] == 2019


@pytest.mark.parametrize("answer", ["no", "no it was not", "i don't think so", "yes or maybe not"])
async def test_anything_else_does_not(answer: str) -> None:
    assert await vehicle_after(await asked_for_the_car("POL-L80526"), GARBLED, answer) == "not yet"


async def test_after_a_no_the_two_are_asked_by_keys_and_another_is_taken() -> None:
    call = await asked_for_the_car("POL-L80526")
    await vehicle_after(call, GARBLED)
    outcome = await call.says("no", vehicle="no")
    assert (
        outcome.ask == "Which vehicle was it? Please press 1 for the 2019 Mazda Three, or 2 for the 2021 Ford Escape."
    )
    assert (await vehicle_after(call, "2"))["make"] == "Ford"


async def test_a_yes_in_a_later_turn_takes_nothing() -> None:
    call = await asked_for_the_car("POL-L80526")
    await vehicle_after(call, GARBLED)
    call.session.turn += 1
    await call.says("my neck got stiff", injuries="my neck got stiff")
    assert await vehicle_after(call) == "not yet"
