"""Pressed keys: slow ones, those of a number that was asked for, and the key for a person."""

import asyncio

import pytest
from answering import Answers
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.testing.stage import Stage
from backend.testing.virtual_time import run_virtual

Presses = list[tuple[float, str]]


async def pressed(
    presses: Presses, *, expects: str | None, says: tuple[str, float] | None = None, lasts: float = 12
) -> tuple[Stage, Answers]:
    """A caller presses keys at given seconds, and may say something first."""
    responder = Answers()
    responder.session.expects = expects
    stage = Stage(responder)
    if says:
        stage.caller.says(says[0], at=says[1])
    running = await stage.raise_curtain()
    for at, key in presses:
        await stage.caller.until(at)
        stage.conversation.on_tone(key)
    await asyncio.wait([running], timeout=lasts)
    await stage.drop_curtain(running)
    return stage, responder


@pytest.mark.parametrize(
    ("presses", "expects", "asked"),
    [
        ([(2.0, "9"), (6.5, "0"), (11.0, "0"), (15.5, "0"), (20.0, "1")], "zip_code:5", ["90001"]),
        ([(2.0, "0"), (4.9, "3"), (7.8, "0"), (10.7, "0")], "last4:4", ["0300"]),
        ([(2.0, "1"), (3.0, "2"), (4.0, "#")], "zip_code:5", ["12"]),
        ([(2.0, "0")], "last4:4", ["0"]),
        ([(2.0, "4"), (4.5, "0")], None, ["4", "0"]),
        ([(2.0, "4"), (3.0, "4"), (4.0, "7")], None, ["447"]),
    ],
)
def test_a_number_is_waited_for_and_a_zero_in_it_is_a_digit(
    presses: Presses, expects: str | None, asked: list[str]
) -> None:
    async def story() -> None:
        stage, responder = await pressed(presses, expects=expects)
        assert responder.asked == asked
        assert stage.transfers == []

    run_virtual(story())


@pytest.mark.parametrize("by", ["words", "keys"])
def test_the_wait_for_an_answer_counts_from_what_was_written_or_pressed(by: str) -> None:
    async def story() -> None:
        stage = Stage(Answers())
        running = await stage.raise_curtain()
        await stage.caller.until(20)
        if by == "words":
            stage.conversation.hear_text("hello")
        else:
            stage.conversation.on_tone("4")
        await asyncio.wait([running], timeout=10)
        await stage.drop_curtain(running)
        (turn,) = [turn for turn in stage.turns if turn.caller_text]
        assert turn.latencies.first_frame_ms is not None and turn.latencies.first_frame_ms < 3000

    run_virtual(story())


@pytest.mark.parametrize("presses", [[(2.0, "0")], [(2.0, "0"), (2.3, "0"), (2.6, "0")]])
def test_the_key_for_a_person_alone_leads_to_one(presses: Presses) -> None:
    async def story() -> None:
        stage, responder = await pressed(presses, expects=None)
        assert len(stage.transfers) == 1
        assert responder.asked == []

    run_virtual(story())


def test_the_last_digit_is_not_waited_behind() -> None:
    async def story() -> None:
        stage, _ = await pressed([(2 + n * 0.3, key) for n, key in enumerate("60601")], expects="zip_code:5")
        first = stage.turns[1].latencies.first_frame_ms
        assert first is not None
        assert first < 1000

    run_virtual(story())


@pytest.mark.parametrize("gap_s", [0.2, 0.6, 1.2])
def test_half_said_half_pressed_is_one_number_in_its_order(gap_s: float) -> None:
    async def story() -> None:
        end = 2 + 2 * 0.3
        presses = [(end + gap_s, "6"), (end + gap_s + 2.5, "0"), (end + gap_s + 5, "1")]
        stage, responder = await pressed(presses, expects="zip_code:5", says=("six oh", 2))
        assert [asked.replace(" ", "") for asked in responder.asked] == ["sixoh601"]
        assert stage.transfers == []

    run_virtual(story())


def test_the_end_key_alone_does_not_end_the_waiting() -> None:
    async def story() -> None:
        stage, _ = await pressed([(2.0, "#")], expects=None, lasts=65)
        assert "Are you still there?" in stage.heard

    run_virtual(story())


@settings(max_examples=40, deadline=None)
@given(digits=st.text("0123456789", min_size=5, max_size=5), gaps=st.lists(st.floats(0.1, 5.5), min_size=5, max_size=5))
def test_whatever_the_pace_the_digits_arrive_as_one(digits: str, gaps: list[float]) -> None:
    async def story() -> None:
        at, presses = 2.0, list[tuple[float, str]]()
        for key, gap in zip(digits, gaps, strict=True):
            presses.append((at, key))
            at += gap
        stage, responder = await pressed(presses, expects="zip_code:5", lasts=8)
        assert responder.asked == [digits]
        assert stage.transfers == []

    run_virtual(story())


@pytest.mark.parametrize(
    ("kind", "digits", "presses", "asked"),
    [
        ("integer", 0, [(2.0, "0")], ["0"]),
        ("integer", 0, [(2.0, "1"), (3.0, "2")], ["12"]),
        ("digits", 3, [(2.0, "0"), (7.0, "0"), (12.0, "7")], ["007"]),
        ("choice", 0, [(2.0, "2")], ["2"]),
    ],
)
def test_keys_follow_the_kind_of_the_question(kind: str, digits: int, presses: Presses, asked: list[str]) -> None:
    async def story() -> None:
        responder = Answers()
        responder.session.expects = "how_many"
        responder.session.facts["_question"] = {"name": "how_many", "kind": kind, "digits": digits}
        stage = Stage(responder)
        running = await stage.raise_curtain()
        for at, key in presses:
            await stage.caller.until(at)
            stage.conversation.on_tone(key)
        await asyncio.wait([running], timeout=12)
        await stage.drop_curtain(running)
        assert responder.asked == asked
        assert stage.transfers == []

    run_virtual(story())


@pytest.mark.parametrize("kind", ["choice", "yes_no", "text"])
def test_the_key_for_a_person_leads_to_one_where_no_number_is_asked(kind: str) -> None:
    async def story() -> None:
        responder = Answers()
        responder.session.expects = "which"
        responder.session.facts["_question"] = {"name": "which", "kind": kind, "digits": 0}
        stage = Stage(responder)
        running = await stage.raise_curtain()
        await stage.caller.until(2)
        stage.conversation.on_tone("0")
        await asyncio.wait([running], timeout=12)
        await stage.drop_curtain(running)
        assert len(stage.transfers) == 1

    run_virtual(story())
