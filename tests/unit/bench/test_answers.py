"""Whole claims with pauses: what callers say to which question, and how their treatment is judged."""

import asyncio
import random
from pathlib import Path
from typing import Any

import numpy as np

from backend.agents.store import load_store
from backend.tool_store.built_in_tools import tool_names
from bench.claim_caller import asks
from bench.claim_story import ClaimStory, Reply
from bench.moments import Track
from bench.report import Report
from bench.treatment import Treatment, treatment
from bench.understood import Heard, answer_figures, understood
from local_azure.phone.phone import Phone
from local_azure.soundbook import SoundBook
from local_azure.state import EmulatorState
from local_azure.voices import Voices

ROOT = Path(__file__).resolve().parents[3]
SPEECH = [(100.0, 500.0), (1100.0, 1500.0)]
"""Two pieces with 600 ms between them."""


def _track(*sounds: tuple[int, int]) -> Track:
    track = np.zeros(200, np.bool_)
    for begin, end in sounds:
        track[begin // 20 : end // 20] = True
    return track


CALLER = _track((100, 500), (1100, 1500))


def test_the_wait_is_for_what_begins_after_the_caller_has_finished() -> None:
    found = treatment(CALLER, _track((2200, 3000)), SPEECH)
    assert found == Treatment(wait_ms=700, over_ms=0, begun_early=False, pauses_ms=(600,))


def test_the_rest_of_an_answer_that_was_begun_too_early_is_none() -> None:
    found = treatment(CALLER, _track((1000, 1160), (1200, 1480), (1520, 1600), (2100, 3000)), SPEECH)
    assert found == Treatment(wait_ms=600, over_ms=340, begun_early=True, pauses_ms=(600,))


def test_silence_is_no_answer() -> None:
    assert treatment(CALLER, _track((1000, 1200)), SPEECH).wait_ms is None


def test_a_caller_who_was_not_heard_was_not_treated() -> None:
    assert treatment(_track(), _track(), SPEECH).wait_ms is None


def _turn(text: str, tools: tuple[str, ...] = (), filler: float | None = None) -> dict[str, Any]:
    return {"caller_text": text, "tools": tools, "latencies": {"filler_ms": filler, "first_frame_ms": 2000.0}}


def _said(text: str, wait_ms: float = 700.0) -> tuple[Reply, Treatment]:
    return Reply("zip", (text,), ()), Treatment(wait_ms, 0.0, begun_early=False, pauses_ms=())


def test_each_utterance_has_a_turn_of_its_own() -> None:
    found = understood([_said("yes"), _said("no"), _said("yes")], [_turn("Yes"), _turn(""), _turn("no"), _turn("yes")])
    assert [one.reply.text for one in found.heard] == ["yes", "no", "yes"]
    assert found.failures == []


def test_two_utterances_in_one_turn_are_out_of_step() -> None:
    found = understood([_said("yes"), _said("no")], [_turn("yes no"), _turn("no")])
    assert (found.lost, found.surplus) == (["yes"], ["yes no"])
    assert len(found.failures) == 2


def test_a_filler_is_no_answer_and_its_lead_is_added() -> None:
    (heard,) = understood([_said("yes")], [_turn("yes", filler=1200.0)]).heard
    assert heard.wait_ms == 1500
    figures = answer_figures([heard])
    assert figures["caller stops to answer"]["p50"] == 1500
    assert figures["caller stops to canned acknowledgement"]["p50"] == 700


def test_waits_are_told_apart_by_what_the_turn_did() -> None:
    turns = [_turn("a"), _turn("b", ("record_fnol",)), _turn("c", ("verify_caller", "hand_off_to_fnol_intake"))]
    said = [_said("a", 100), _said("b", 200), _said("c", 300)]
    figures = answer_figures(understood(said, turns).heard)
    assert figures["caller stops to answer"]["n"] == 3
    assert figures["the same, without a tool"]["max"] == 100
    assert (figures["the same, with a tool"]["n"], figures["the same, with a tool"]["max"]) == (2, 300)
    assert figures["of these, with a hand-off"]["p50"] == 300


def test_manners_are_counted() -> None:
    rude = Treatment(None, 320.0, begun_early=True, pauses_ms=())
    figures = answer_figures([Heard(Reply("zip", ("one",), ()), rude), Heard(Reply("When", ("today",), ()), rude)])
    counted = ("utterances", "unanswered", "talked over", "talked over while dictating", "begun in a pause")
    assert [figures[name] for name in counted] == [2, 2, 2, 1, 2]


def test_the_caller_answers_the_question_that_came_last() -> None:
    story = ClaimStory(random.Random(1))
    reply = story.reply_to(
        "It happened yesterday, where main street is. There were no passengers. Is that all correct?"
    )
    assert reply and (reply.asked, reply.text) == ("correct", "yes that is correct")
    assert story.reply_to("I beg your pardon.") is None
    assert not story.knows("I beg your pardon.")


def test_the_caller_takes_his_time_and_then_says_goodbye() -> None:
    story = ClaimStory(random.Random(1))
    replies = [story.reply_to("Is there anything else I can help you with?") for _ in range(4)]
    assert [reply.last for reply in replies if reply] == [False, False, False, True]


class _Words:
    """What the phone's owner makes out of the sound."""

    pending = False

    def __init__(self) -> None:
        self.fresh = ""

    def hear(self, pcm: bytes | None, frame_bytes: int, *, loud: bool) -> None:
        pass

    def peek(self) -> str:
        return self.fresh

    def take(self) -> str:
        words, self.fresh = self.fresh, ""
        return words

    async def caught_up(self) -> None:
        pass

    async def close(self) -> None:
        pass


LOUD = b"\x00\x20" * 320


def _phone(words: _Words) -> Phone:
    sounds = SoundBook()
    voices = Voices(EmulatorState())
    phone = Phone("+12065550123", sounds, voices, words=lambda _: words)
    phone.connected("c", 16_000)
    return phone


def _hears(phone: Phone, frame: bytes | None, ms: int) -> None:
    for _ in range(ms // 20):
        phone.speak()
        phone.hear(frame)


async def test_an_answer_that_yields_to_the_caller_is_not_the_answer_he_waits_for() -> None:
    words, story = _Words(), ClaimStory(random.Random(1))
    phone = _phone(words)
    words.fresh = "Which vehicle was it?"
    _hears(phone, LOUD, 500)
    _hears(phone, None, 700)
    assert asks(phone, story)

    saying = asyncio.ensure_future(phone.say(LOUD * 50, "a honda civic"))
    await asyncio.sleep(0)
    _hears(phone, None, 200)
    words.fresh = "Who was driving?"
    _hears(phone, LOUD, 100)
    _hears(phone, None, 1600)
    await saying
    assert not asks(phone, story)  # begun while they paused, and taken back

    words.fresh += " Who was driving?"
    _hears(phone, LOUD, 300)
    _hears(phone, None, 600)
    assert not asks(phone, story)  # not heard out
    _hears(phone, None, 100)
    assert asks(phone, story)


def test_pauses_are_as_long_as_people_make_them() -> None:
    replies = [ClaimStory(random.Random(seed)).reply_to("What is your full name?") for seed in range(50)]
    pauses = [pause for reply in replies if reply for pause in reply.pauses_ms]
    assert len(pauses) == 50
    assert min(pauses) >= 300 and max(pauses) <= 900


def test_the_report_says_how_callers_were_treated() -> None:
    machine = {"cores": 2, "processor": "one", "memory_gb": 4, "python": "3.11"}
    more = {"halves answered alone": 0, "calls": 1, "out of step": 0, "others on the machine, percent of a core": 7.0}
    figures = answer_figures(understood([_said("yes")], [_turn("yes")]).heard)
    text = Report("ringmaster bench answers", machine, answers={**figures, **more, "failures": []}).markdown()
    assert "| the same, without a tool | 1 | 700 | 700 | 700 |" in text
    assert "| the same, with a tool |" not in text
    assert "Of 1 utterances in 1 calls 0 were talked over" in text
    assert "before none of the answers. 0 callers fell out of step with their agent. Others kept 7 %" in text


def test_the_callers_know_each_question_of_the_line() -> None:
    """A question that was put in other words would leave them silent, and the benchmark with nothing to measure."""
    form = load_store(ROOT / "agent_store", ROOT / "prompt_store", tool_names()).forms["fnol"]
    fields = [field for field in form.fields if field.name != "callback_number"]  # asked only of who is not known
    asked = [texts.ask for field in fields if (texts := field.texts_in("en-US"))]
    safety, confirmation = "Is anyone hurt, and are you in a safe place?", "without passengers. And is that right?"
    story = ClaimStory(random.Random(1))
    assert [text for text in (*asked, safety, confirmation) if not story.knows(text)] == []
    reply, plain = story.reply_to(confirmation), story.reply_to("And is that right?")
    assert reply and plain and reply.text == plain.text
