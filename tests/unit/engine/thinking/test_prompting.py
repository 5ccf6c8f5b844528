"""What the model is shown of a call's history: the same as if it were made anew each time, and made once."""

import random

import pytest

from backend.domain.model import ChatMessage
from backend.domain.session import AgentSaid, CallerSaid, HandedOver, HistoryItem, ToolAnswered
from backend.engine.thinking import prompting
from backend.engine.thinking.prompting import ShownHistory


def turn(number: int, *, withheld: bool = False) -> list[HistoryItem]:
    """What one turn leaves behind."""
    said = CallerSaid(f"it is {number}", number, withheld)
    return [said, ToolAnswered("1", "record", f"kept {number}", number), AgentSaid("auth", f"I see, {number}.", number)]


def anew(history: list[HistoryItem]) -> list[ChatMessage]:
    return list(ShownHistory().of(history))


def test_it_is_shown_as_if_it_were_made_anew_whatever_is_added_taken_back_or_refused() -> None:
    draw, shown, history = random.Random(3), ShownHistory(), list[HistoryItem]()
    for number in range(200):
        match draw.choice(["turn"] * 6 + ["again", "back", "other", "refused", "over"]):
            case "again":
                pass
            case "back":
                history = history[: len(history) // 2]
            case "other" if history:
                history[draw.randrange(len(history))] = CallerSaid("something else", number)
            case "refused":
                history += turn(number, withheld=True)
            case "over":
                history.append(HandedOver("auth", "intake", "", number))
            case _:
                history += turn(number)
        assert list(shown.of(history)) == anew(history)


def test_an_item_becomes_a_message_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made, shown, history = list[HistoryItem](), ShownHistory(), list[HistoryItem]()
    plainly = prompting._message  # pyright: ignore[reportPrivateUsage]

    def noted(item: HistoryItem) -> ChatMessage:
        made.append(item)
        return plainly(item)

    monkeypatch.setattr(prompting, "_message", noted)
    for number in range(40):  # more than the model is shown
        history += turn(number)
        assert len(shown.of(history)) <= 80
    assert made == history


def test_nothing_that_was_said_in_a_refused_turn_is_shown() -> None:
    history = [*turn(1), *turn(2, withheld=True), *turn(3)]
    told = [message.content for message in ShownHistory().of(history)]
    assert told[:3] == ["it is 1", "kept 1", "I see, 1."]
    assert told[3:5] == ["(What was said here is not shown.)"] * 2
    assert told[-1] == "I see, 3."
