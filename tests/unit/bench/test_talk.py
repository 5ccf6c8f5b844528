"""Callers who speak real words: what the recognizer says of them, and how their treatment is judged."""

from pathlib import Path

import pytest

from bench import wire
from bench.heard_words import HeardEvent, WordTime, WordTimes, read_table, recognized, write_table
from bench.talk import Burst, Manners, talk_figures, turn_manners

WORDS = (WordTime("two", 300, 500), WordTime("three", 500, 800), WordTime("four", 1400, 1700))
"""With a pause of 600 ms after the second."""
SECOND = 1_000_000_000


def test_the_service_ends_an_utterance_where_a_pause_is_long_enough() -> None:
    heard = recognized("zip_code", WORDS)
    assert [(e.kind, e.text, e.due_ms) for e in heard.events] == [
        ("began", "", 450),
        ("partial", "two", 650),
        ("partial", "two three", 950),
        ("final", "two three", 1450),
        ("began", "", 1550),
        ("partial", "four", 1850),
        ("final", "four", 2350),
    ]


def test_a_short_pause_leaves_the_utterance_whole() -> None:
    heard = recognized("", [WORDS[0], WordTime("three", 999, 1200)])
    assert [e.text for e in heard.events if e.kind == "final"] == ["two three"]


def test_words_come_when_their_audio_has_passed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "table.json"
    write_table(table, [recognized("", WORDS[:1]), recognized("zip_code", WORDS)])
    monkeypatch.setattr(wire.script, "utterances", str(table))
    said: list[HeardEvent] = []
    asked: list[str] = []
    words = WordTimes(said.append, asked.append)
    words.feed(wire.utterance_frame(1))
    for _ in range(32):
        words.feed(bytes(wire.FRAME_BYTES))
    assert (asked, [e.kind for e in said]) == (["zip_code"], ["began"])
    words.feed(bytes(wire.FRAME_BYTES))
    assert said[-1].text == "two"
    assert read_table(str(table))[1].asked == "zip_code"


def test_a_frame_without_a_mark_announces_nothing() -> None:
    assert wire.utterance_in(wire.utterance_frame(99)) == 99
    assert wire.utterance_in(wire.NOISE) is None


SPEECH = [(0, SECOND), (2 * SECOND, 3 * SECOND)]


def _burst(begins: float, lasts: float, *, answer: bool = True) -> Burst:
    return Burst(int(begins * SECOND), int((begins + lasts) * SECOND), answer)


def test_the_wait_is_for_the_answer_and_not_for_a_filler() -> None:
    manners = turn_manners([_burst(3.4, 0.5, answer=False), _burst(4.0, 1.0)], SPEECH, dictated=False)
    assert manners == Manners(wait_ms=1000, filler_ms=400, over_ms=0, begun_early=False)


def test_an_answer_that_breaks_off_by_itself_was_none() -> None:
    manners = turn_manners([_burst(3.2, 0.3), _burst(4.5, 1.0)], SPEECH, dictated=False)
    assert manners.wait_ms == 1500


def test_an_answer_in_a_pause_that_goes_on_talks_over_the_caller() -> None:
    manners = turn_manners([_burst(1.5, 0.9)], SPEECH, dictated=True)
    assert manners == Manners(wait_ms=None, filler_ms=None, over_ms=400, begun_early=True, dictated=True)
    figures = talk_figures([manners])
    assert (figures["talked_over_300_ms"], figures["talked_over_dictating"], figures["unanswered"]) == (1, 1, 1)
