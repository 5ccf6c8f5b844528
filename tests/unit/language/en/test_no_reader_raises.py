"""Whatever the words are, no reader raises anything, and what it says has the shape of its kind."""

from datetime import datetime

from hypothesis import given, note, settings
from hypothesis import strategies as st

from backend.language.asked import Asked, Choice, Kind
from backend.language.named import language_named
from tests.unit.language.en.words_of_answers import WORDS

NOW = datetime(2026, 11, 25, 18, 40)
SAID = st.text() | st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
CHOICES = (Choice(True, ("hurt", "sore + arm|leg", "@danger", "bad?")), Choice(False, ("fine", "just|only + bumper")))
NAMES = (Choice("Ford", ("henry",)), Choice("Mazda"))
MODELS = (Choice("F-150", of="Ford"), Choice("3", of="Mazda"), Choice(None, ("red",)))
PARTS = {
    "year": Asked("integer", NOW, digits=4),
    "make": Asked("choice", NOW, choices=NAMES),
    "model": Asked("text", NOW, choices=MODELS),
    "name": Asked("name", NOW),
    "place": Asked("address", NOW),
}
ASKED = [
    Asked("yes_no", NOW, confirms=True, question="Shall I go on?"),
    Asked("yes_no", NOW, choices=CHOICES, prevails=True, question="Is anybody hurt?"),
    Asked("yes_no", NOW, choices=CHOICES),
    Asked("choice", NOW, choices=(*NAMES, *MODELS), ordered=True, otherwise="other"),
    Asked("choice", NOW, choices=NAMES),
    Asked("group", NOW, parts=PARTS),
    Asked("name", NOW, question="What is your full name?"),
    Asked("person", NOW, caller="Anna Moore"),
    Asked("address", NOW, question="Where was that? Please tell me the street and the city."),
    Asked("address", NOW, question="Which city?"),
    Asked("text", NOW),
]
SHAPES: dict[Kind, tuple[type, ...]] = {
    "yes_no": (bool,), "choice": (str, bool), "group": (dict,), "name": (str,), "person": (dict,), "address": (dict,),
    "text": (str,),
}  # fmt: skip


@settings(deadline=None)
@given(words=SAID)
def test_no_reader_raises(words: str):
    """Each answer is read by every reader: to make one takes longer than that."""
    for asked in ASKED:
        note(f"read as {asked}")
        reading = language_named("en-US").read(words, asked)
        assert reading.outcome in {"value", "ask", "none"}
        assert (reading.value is not None) or reading.outcome != "value"
        assert reading.value is None or isinstance(reading.value, SHAPES[asked.kind])


def test_parts_of_a_group_may_have_parts_themselves():
    parts = {"place": PARTS["place"], "make": PARTS["make"], "model": PARTS["model"]}
    for tag, words in (("en-US", "a ford in boston massachusetts"), ("es-MX", "un ford en boston massachusetts")):
        reading = language_named(tag).read(words, Asked("group", NOW, parts=parts))
        assert reading.value["make"] == "Ford"
        assert reading.value["place"]["city"] == "Boston"


@settings(deadline=None)
@given(words=SAID)
def test_who_denies_or_changes_anything_has_not_agreed(words: str):
    said = f"yes {words} but not that"
    reading = language_named("en-US").read(said, Asked("yes_no", NOW, confirms=True, question="Is that right?"))
    assert reading.value is not True or reading.outcome != "value"
