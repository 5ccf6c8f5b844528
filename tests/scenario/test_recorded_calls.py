"""Whole calls that are recorded: who is told and asked, what both heard, and what is left out."""

import asyncio
import dataclasses
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from office import Phone
from recorded_office import RATE, TOLD, RecordedOffice, heard, played

from backend.domain.audio import AudioFormat
from backend.domain.call import IncomingCall, Way
from backend.domain.private import Private
from backend.domain.session import CallSession
from backend.domain.session_plan import SessionPlan
from backend.domain.speech import Final, Partial
from backend.engine.call.spoken_numbers import SpokenNumbers
from backend.engine.call.ways_in import WaysIn

CARD = "my card is four one one one one one one one one one one one one one one one"


def loud(sound: NDArray[np.int16], channel: int, start_s: float, end_s: float) -> bool:
    return bool(sound[round(start_s * RATE) : round(end_s * RATE), channel].any())


def now() -> float:
    return asyncio.get_running_loop().time()


def test_nobody_is_recorded_before_they_have_heard_that_they_are(tmp_path: Path) -> None:
    async def story(office: RecordedOffice) -> None:
        call, phone, caller = await office.ring()
        await asyncio.sleep(1)
        assert office.recorders.segments == []
        assert call.record.recording == "none"
        await asyncio.sleep(6)
        assert heard(office, phone).startswith(f"{TOLD} Welcome to")
        assert call.record.recording == "on"
        assert call.record.recording_until is not None
        assert (call.record.recording_until - call.record.started_at).days == 7
        await office.hang_up(call, phone, caller)

    played(tmp_path, "enabled: true, keep_days: 7", story)


def test_a_line_that_does_not_record_says_nothing_of_it(tmp_path: Path) -> None:
    async def story(office: RecordedOffice) -> None:
        call, phone, caller = await office.ring()
        await asyncio.sleep(6)
        assert heard(office, phone).startswith("Welcome to")
        assert call.record.recording == "none"
        assert office.recorders.segments == []
        await office.hang_up(call, phone, caller)

    played(tmp_path, "enabled: false", story)


def test_the_agent_is_recorded_as_the_caller_heard_it_cut_where_they_cut_it(tmp_path: Path) -> None:
    async def story(office: RecordedOffice) -> None:
        office.model.say_next("well there is a lot to say about that and so I will say it now", "I am one.")
        call, phone, caller = await office.ring()
        caller.says("tell me everything", at=7)
        caller.says("no stop that at once please", at=10.5)
        await asyncio.sleep(16)
        began = now() - call.recording.now_s
        phone.heard_frames()
        await office.hang_up(call, phone, caller)
        kept, sound = await office.recorders.kept(call.record.call_id)
        agent = np.zeros(len(sound), np.int16)
        for at, pcm in phone.played:
            if at >= began - 1e-6:
                first = round((at - began) * RATE)
                agent[first : first + 320] = np.frombuffer(pcm, "<i2")[: len(agent[first : first + 320])]
        assert phone.stops, "nobody was interrupted"
        assert np.count_nonzero(agent) > 300  # a scripted voice has few samples a frame that are not zero
        # to the frame in which the voice was cut: of that the phone may have played a part
        assert np.count_nonzero(agent != sound[:, 1]) <= 3 * len(phone.stops)
        assert kept.segments[0].complete

    played(tmp_path, "enabled: true", story)


def test_the_caller_is_recorded_when_they_speak(tmp_path: Path) -> None:
    async def story(office: RecordedOffice) -> None:
        call, phone, caller = await office.ring()
        began_ring = now()
        caller.says("I would like to say something", at=8)
        await asyncio.sleep(14)
        offset = now() - call.recording.now_s - began_ring
        await office.hang_up(call, phone, caller)
        _, sound = await office.recorders.kept(call.record.call_id)
        assert loud(sound, 0, 8 - offset, 8.5 - offset)
        assert not loud(sound, 0, 0, 7.9 - offset)

    played(tmp_path, "enabled: true", story)


@pytest.mark.parametrize(
    ("words", "state", "then"),
    [
        ("yes", "on", "Thank you. Welcome to"),
        ("no", "refused", "All right, this call is not being recorded. Welcome to"),
        ("yes but I do not like it", "refused", "All right, this call is not being recorded. I am one"),
        ("I had an accident", "refused", "All right, this call is not being recorded. I am one"),
    ],
)
def test_only_who_clearly_agrees_is_recorded(tmp_path: Path, words: str, state: str, then: str) -> None:
    async def story(office: RecordedOffice) -> None:
        call, phone, caller = await office.ring()
        caller.says(words, at=6)
        await asyncio.sleep(5.5)
        assert heard(office, phone) == f"{TOLD} Is that all right with you?"
        assert call.record.recording == "announced"
        await asyncio.sleep(10)
        assert then in heard(office, phone)
        assert call.record.recording == state
        assert bool(office.recorders.segments) == (state == "on")
        await office.hang_up(call, phone, caller)

    played(tmp_path, "enabled: true, consent: ask", story)


def test_a_yes_that_is_taken_back_leaves_nothing_recorded(tmp_path: Path) -> None:
    async def story(office: RecordedOffice) -> None:
        call, phone, caller = await office.ring()
        await asyncio.sleep(5.5)
        caller.says("yes I do", at=6)
        await asyncio.sleep(1)
        call.recording.decided(agreed=True)
        await asyncio.sleep(0.4)
        call.recording.taken_back()
        assert (call.record.recording, call.recording.consent_is_asked) == ("announced", True)
        await office.hang_up(call, phone, caller)
        _, sound = await office.recorders.kept(call.record.call_id)
        assert not sound.any()

    played(tmp_path, "enabled: true, consent: ask", story)


def test_who_did_not_hear_the_question_is_told_it_again(tmp_path: Path) -> None:
    async def story(office: RecordedOffice) -> None:
        call, phone, caller = await office.ring()
        caller.says("sorry what did you say", at=6)
        await asyncio.sleep(14)
        assert call.record.recording == "announced"
        assert heard(office, phone).count("Is that all right with you?") == 2
        caller.says("yes", at=15)
        await asyncio.sleep(6)
        assert call.record.recording == "on"
        await office.hang_up(call, phone, caller)

    played(tmp_path, "enabled: true, consent: ask", story)


def test_while_a_secret_is_asked_for_neither_voice_is_recorded(tmp_path: Path) -> None:
    async def story(office: RecordedOffice) -> None:
        call, phone, caller = await office.ring()
        rang = now()
        caller.says("let us begin now please", at=8)
        caller.says("it is one two three four", at=12)
        caller.says("and that is it then", at=20)
        await asyncio.sleep(11)
        call.session.facts["_question"] = {"name": "pin", "secret": True}
        await asyncio.sleep(6)
        del call.session.facts["_question"]
        await asyncio.sleep(9)
        offset = now() - call.recording.now_s - rang
        await office.hang_up(call, phone, caller)
        kept, sound = await office.recorders.kept(call.record.call_id)
        (pause,) = kept.markers
        assert pause.kind == "paused" and pause.end_s is not None
        assert 10 - offset < pause.start_s < 11.2 - offset
        assert 17 - offset < pause.end_s < 18.5 - offset
        assert not loud(sound, 0, pause.start_s, pause.end_s)
        assert not loud(sound, 1, pause.start_s, pause.end_s)
        assert loud(sound, 0, 8 - offset, 9 - offset)
        assert loud(sound, 0, 20 - offset, 21 - offset)

    played(tmp_path, "enabled: true", story)


def test_a_card_number_that_nobody_asked_for_is_not_in_it(tmp_path: Path) -> None:
    async def story(office: RecordedOffice) -> None:
        call, phone, caller = await office.ring()
        rang = now()
        caller.says("before that something else", at=8)
        caller.says(CARD, at=14)
        caller.says("and then some more", at=28)
        await asyncio.sleep(36)
        offset = now() - call.recording.now_s - rang
        await office.hang_up(call, phone, caller)
        kept, sound = await office.recorders.kept(call.record.call_id)
        hidden = [one for one in kept.markers if one.kind == "hidden"]
        assert hidden
        assert not loud(sound, 0, 14 - offset, 20 - offset)
        assert loud(sound, 0, 8 - offset, 9 - offset)
        assert loud(sound, 0, 28 - offset, 29 - offset)

    played(tmp_path, "enabled: true", story)


def test_an_agent_that_repeats_a_card_number_is_not_heard_doing_it(tmp_path: Path) -> None:
    async def story(office: RecordedOffice) -> None:
        office.model.say_next("So it is 4111 1111 1111 1111, is that right?")
        call, phone, caller = await office.ring()
        caller.says("what is it", at=8)
        await asyncio.sleep(18)
        await office.hang_up(call, phone, caller)
        kept, sound = await office.recorders.kept(call.record.call_id)
        (hidden,) = [one for one in kept.markers if one.kind == "hidden"]
        assert hidden.end_s is not None
        assert not loud(sound, 1, hidden.start_s, hidden.end_s)
        assert not loud(sound, 1, hidden.end_s, kept.seconds)

    played(tmp_path, "enabled: true", story)


def test_a_recording_that_breaks_off_costs_no_call(tmp_path: Path) -> None:
    async def story(office: RecordedOffice) -> None:
        call, phone, caller = await office.ring()
        caller.says("what about the rest of it", at=10)
        await asyncio.sleep(8)
        (_, _, tap) = office.recorders.segments[0]
        tap.breaks(1.0)
        assert call.record.recording == "broken"
        await asyncio.sleep(8)
        assert heard(office, phone).endswith("I am one.")
        await office.hang_up(call, phone, caller)
        kept, _ = await office.recorders.kept(call.record.call_id)
        assert kept.markers[-1].kind == "broke"

    played(tmp_path, "enabled: true", story)


def test_a_call_that_goes_on_over_another_link_has_a_second_segment(tmp_path: Path) -> None:
    async def story(office: RecordedOffice) -> None:
        call, phone, caller = await office.ring()
        await asyncio.sleep(8)
        await caller.stop()
        await phone.close()
        await asyncio.sleep(3)
        again = Phone()
        token = next(t for t, c in office.desk.calls.items() if c is call)
        office.talks.append(asyncio.create_task(office.desk.attach(token, again)))
        await asyncio.sleep(5)
        assert TOLD not in heard(office, again), "they know it already"
        assert len(office.recorders.segments) == 2
        call.disconnected()
        await again.close()
        await office.close()
        kept, _ = await office.recorders.kept(call.record.call_id)
        assert len(kept.segments) == 2

    played(tmp_path, "enabled: true", story)


def test_a_segment_that_is_known_late_to_have_failed_does_not_end_the_next(tmp_path: Path) -> None:
    async def story(office: RecordedOffice) -> None:
        call, phone, caller = await office.ring()
        await asyncio.sleep(8)
        await caller.stop()
        await phone.close()
        again = Phone()
        token = next(t for t, c in office.desk.calls.items() if c is call)
        office.talks.append(asyncio.create_task(office.desk.attach(token, again)))
        await asyncio.sleep(2)
        (_, _, first), (_, _, second) = office.recorders.segments
        first.breaks(5.0)
        assert call.record.recording == "broken"
        await asyncio.sleep(3)
        call.disconnected()
        await again.close()
        await office.close()
        assert second.closed_at_s == pytest.approx(5.0, abs=0.2), "it was written to the end of the call"

    played(tmp_path, "enabled: true", story)


def test_one_that_breaks_off_when_its_call_is_over_is_told_to_whoever_keeps_the_record(tmp_path: Path) -> None:
    async def story(office: RecordedOffice) -> None:
        late: list[str] = []
        office.recorders.on_late = late.append
        call, phone, caller = await office.ring()
        await asyncio.sleep(8)
        await office.hang_up(call, phone, caller)
        assert (call.record.recording, late) == ("on", [])
        ((_, _, tap),) = office.recorders.segments
        tap.breaks(5.0)
        assert (call.record.recording, late) == ("broken", [call.record.call_id])

    played(tmp_path, "enabled: true", story)


@pytest.mark.parametrize(("way", "rate"), [("acs", 16_000), ("livekit", 16_000), ("softphone", 24_000)])
def test_every_way_in_is_recorded_alike(tmp_path: Path, way: Way, rate: int) -> None:
    """Told first, then both voices, each in its channel, at the rate of recordings whatever the way has."""

    async def story(office: RecordedOffice) -> None:
        office._environment = dataclasses.replace(
            office._environment, ways=WaysIn(office.control, {"livekit": office.control, "softphone": office.control})
        )
        office.reopen()
        called, plan = Private("+18005550100"), SessionPlan(line="main")
        await office.desk.incoming(IncomingCall("e1", "ring-1", Private("+13125550142"), called, way=way, plan=plan))
        ((token, call),) = office.desk.calls.items()
        phone = Phone(AudioFormat(rate))
        office.talks.append(asyncio.create_task(office.desk.attach(token, phone)))
        while not office.ears.opened or not hasattr(phone, "sink"):
            await asyncio.sleep(0.02)
        await asyncio.sleep(9)
        tone = np.asarray(np.sin(2 * np.pi * 400 * np.arange(rate) / rate) * 9000, np.int16).tobytes()
        for at in range(0, len(tone), rate // 50 * 2):
            phone.sink.on_audio(tone[at : at + rate // 50 * 2])
            await asyncio.sleep(0.02)
        await asyncio.sleep(1)
        call.disconnected()
        await phone.close()
        await office.close()
        assert (call.record.way, call.record.recording) == (way, "on")
        found, sound = await office.recorders.kept(call.record.call_id)
        assert found.rate == RATE
        caller, agent = (np.abs(sound[:, channel].astype(int)).max() for channel in (0, 1))
        assert caller > 5000 and agent > 0, "the scripted voice is as quiet as its words are long"

    played(tmp_path, "enabled: true", story)


def test_words_that_come_as_partials_are_held_until_they_are_known(tmp_path: Path) -> None:
    """Nothing of a number is written while it may still become one that is never kept."""
    held: list[float | None] = []
    hidden: list[tuple[float, float]] = []
    numbers = SpokenNumbers(
        CallSession(call_id="c", line="l", active_agent="a"), lambda a, b: hidden.append((a, b)), held.append
    )
    numbers.recognized(Partial("my card is four one", 0, 2000), 12.0)
    assert held == [9.0]
    numbers.recognized(Final("my card is four one one one one one one one", 0, 6000), 16.0)
    assert held == [9.0] and hidden == []
    numbers.recognized(Final("one one one one one one one one", 0, 4000), 24.0)
    assert hidden == [(9.0, 16.0), (18.5, 24.0)]
    numbers.settle(60.0)
    assert held[-1] is None
