"""When a number was said that is never kept: how often words are read for it on the loop of the calls."""

import importlib

import pytest

from backend.domain.hiding import KnownSecret, note_secret
from backend.domain.session import CallSession
from backend.domain.speech import Final, Partial
from backend.engine.call.spoken_numbers import SpokenNumbers

SAID = "it was on the fifth of may twenty nineteen at {} oak street"


class Numbers:
    def __init__(self) -> None:
        self.session = CallSession(call_id="c1", line="main", active_agent="a", store_version="")
        self.hidden: list[tuple[float, float]] = []
        self.numbers = SpokenNumbers(self.session, lambda *stretch: self.hidden.append(stretch), lambda _: None)

    def says(self, text: str, at_s: float) -> None:
        self.numbers.recognized(Partial(text, 0, 900), at_s)
        self.numbers.recognized(Final(text, 0, 1000), at_s + 0.5)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Texts that were taken apart."""
    module, found = importlib.import_module("backend.domain.hiding.hide"), list[str]()
    taken_apart = module.read_said
    monkeypatch.setattr(module, "read_said", lambda text: (found.append(text), taken_apart(text))[1])
    return found


def test_what_was_said_before_is_not_read_again(read: list[str]) -> None:
    caller = Numbers()
    for number in range(12):
        text = SAID.format(number)
        before = len(read)
        caller.says(text, 10.0 * number)
        assert read[before:] == [text, text], "once when it is begun, and once when it is understood"
    assert caller.hidden == []


def test_a_secret_that_is_known_by_now_is_found_in_what_was_said_before_it(read: list[str]) -> None:
    caller = Numbers()
    caller.says("my number is four eight two one", 1.0)
    caller.says("and it was on a friday at two", 20.0)
    assert caller.hidden == []
    note_secret(caller.session.facts, KnownSecret(3, "last4", "4821"))
    before = len(read)
    caller.says("thank you that is all", 40.0)
    assert read[before:] == ["thank you that is all"]
    assert [(round(start, 1), end) for start, end in caller.hidden] == [(-0.9, 1.5)]


def test_a_card_number_in_parts_is_left_out_of_each(read: list[str]) -> None:
    caller = Numbers()
    caller.says("four two four two four two four two", 10.0)
    caller.says("four two four two four two four two", 20.0)
    assert [end for _, end in caller.hidden] == [10.5, 20.5]
