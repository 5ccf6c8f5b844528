"""What example answers taught settles doubts and raises them, and never speaks in the place of a plain yes or no."""

from datetime import datetime
from itertools import product
from pathlib import Path

import pytest

from backend.agents.store import load_store
from backend.forms.asking import asked_of
from backend.language.learned import Learned, read_learned
from backend.language.named import language_named
from backend.language.reading import Nothing, Reading, doubtful, nothing, sure
from backend.tool_store.built_in_names import BUILT_IN

WEIGHTS = {"": (-1.0, -1.0), "yonder": (4.0, -3.0), "hither": (-3.0, 4.0), "very": (9.0, -9.0)}
LEARNED = Learned(WEIGHTS, sure=2.5)
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("words", "said"),
    [("yonder", True), ("hither", False), ("", None), ("yonder hither", None), ("something else", None)],
)
def test_it_says_what_it_is_sure_of_alone(words: str, said: bool | None) -> None:
    assert LEARNED.says(words) is said


def test_one_that_is_sure_of_one_answer_and_not_against_the_other_says_nothing() -> None:
    assert Learned({"both": (5.0, 1.0)}, sure=2.5).says("both") is None


@pytest.mark.parametrize(
    ("words", "reading", "comes_to"),
    [
        ("yonder", doubtful("why"), sure(True)),
        ("yonder", doubtful("why", True), sure(True)),
        ("yonder", doubtful("why", False, True), sure(True)),
        ("yonder", doubtful("why", False), doubtful("why", False)),
        ("very yonder", doubtful("why", False), sure(True)),
        ("yonder", nothing("other"), sure(True)),
        ("yonder", sure(True), sure(True)),
        ("yonder", sure(False), sure(False)),
        ("very yonder", sure(False), doubtful("why", False)),
        ("hither", nothing(""), sure(False)),
        ("nothing of it", doubtful("why", True), doubtful("why", True)),
    ],
)
def test_a_reading_beside_it(words: str, reading: Reading, comes_to: Reading) -> None:
    found = LEARNED.weigh(words, reading)
    assert (found.outcome, found.value) == (comes_to.outcome, comes_to.value)


def test_that_nothing_was_said_of_what_prevails_is_doubted_sooner() -> None:
    assert LEARNED.weigh("yonder", sure(False), prevails=True).outcome == "ask"
    assert LEARNED.weigh("hither", sure(True), prevails=True) == sure(True)


def test_a_value_that_such_answers_mostly_do_not_have_is_asked() -> None:
    """A word of the store's list is there; the sentence around it says the contrary, or nothing."""
    form = load_store(ROOT / "agent_store", ROOT / "prompt_store", BUILT_IN).forms["fnol"]
    for name, tag, words, outcome in (
        ("injuries", "en-US", "they checked us over at the er and sent us home nothing wrong with anybody", "ask"),
        ("injuries", "en-US", "my wife broke her arm", "value"),
        ("injuries", "en-US", "nobody besides me", "value"),
        ("injuries", "en-US", "yes but it's really nothing", "value"),
    ):
        field = form.field(name)
        assert field is not None
        asked = asked_of(form, field, tag, datetime(2026, 9, 16))
        assert (words, language_named(tag).read(words, asked).outcome) == (words, outcome)


@pytest.mark.parametrize("kind", ["wait", "question", "unknown", "person"])
def test_who_asks_back_or_for_time_or_for_a_person_is_heard_as_that(kind: Nothing) -> None:
    assert LEARNED.weigh("very yonder", nothing(kind)) == nothing(kind)


def test_an_answer_that_turns_has_to_be_surer() -> None:
    assert LEARNED.weigh("yonder", nothing(), turned=True).outcome == "none"
    assert LEARNED.weigh("very yonder", nothing(), turned=True).value is True


@pytest.mark.parametrize(
    ("value", "words"), [*product((True, False), ("yonder", "hither", "very yonder", "very hither", "x"))]
)
def test_it_never_takes_the_contrary_of_what_was_plainly_said(value: bool, words: str) -> None:
    for reading in (sure(value), doubtful("why", value), doubtful("why", value, not value), doubtful("why"), nothing()):
        found = LEARNED.weigh(words, reading, value)
        assert found.outcome != "value" or found.value is value
    settled = LEARNED.weigh(words, sure(value))
    assert settled.outcome == "ask" or settled.value is value


def test_a_plain_answer_with_anything_behind_it_is_never_turned_round() -> None:
    """Whatever was learned of the rest: what a caller begins with is theirs."""
    form = load_store(ROOT / "agent_store", ROOT / "prompt_store", BUILT_IN).forms["fnol"]
    for tag, plain, rests in (
        (
            "en-US",
            {"yes": True, "no": False},
            (
                "nobody was hurt",
                "my neck hurts",
                "only my wallet",
                "it was towed",
                "i drove it home",
                "she broke her arm",
            ),
        ),
        (
            "es-MX",
            {"sí": True, "no": False},
            (
                "nadie salió herido",
                "me duele el cuello",
                "puro fierro",
                "anda al cien",
                "se lo llevó la grúa",
                "se lo llevaron",
            ),
        ),
    ):
        for field in (one for one in form.fields if one.learned):
            asked = asked_of(form, field, tag, datetime(2026, 9, 16))
            assert asked.learned is not None
            for opening, rest in product(plain, rests):
                read = language_named(tag).read(f"{opening} {rest}", asked)
                without = language_named(tag).read(opening, asked)
                taken = read.outcome == "value" and read.rests_on == (f"{opening} {rest}",)
                assert not taken or read.value is without.value


@pytest.mark.parametrize(
    "text", ["", "[]", '{"weights": {}}', '{"weights": {"a": 1}, "sure": 1, "made_from": ""}', "nan"]
)
def test_a_file_that_is_none_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read_learned(text)
