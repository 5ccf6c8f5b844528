"""What is not asked while the voice sounds would have been answered with no, whatever was said."""

import asyncio
from itertools import product

from backend.domain.agent import TurnsSpec
from backend.engine.listening.end_of_turn import EndOfTurn, Said
from backend.engine.listening.endpointing import expectation
from backend.engine.listening.voice_activity import VoiceActivity

TEXTS = (
    "yes",
    "goodbye",
    "nine four one zero seven",
    "my name is john smith",
    "somebody hit my car and drove away",
    "",
)
KINDS = ((None, 0), ("digits", 5), ("decision", 0), ("place", 0), ("name", 0))


async def test_while_the_voice_sounds_no_words_without_a_final_are_all() -> None:
    for silence_ms, speaking in product((0, 20, 80), (True, False)):
        activity = VoiceActivity(lambda _: False)
        activity.silence_ms, activity.speaking, activity.speech_ms = silence_ms, speaking, 400
        end = EndOfTurn(activity, lambda: None)
        await asyncio.sleep(0.2)  # the transcript has rested for longer than it must
        assert end.is_off(final=False)
        for text, (kind, digits), way in product(TEXTS, KINDS, ("smart", "local", "service")):
            said = Said(text, False, expectation(kind, digits), "en-US")
            turns = TurnsSpec(endpointing=way, local_silence_ms=150, sure_silence_ms=150)
            assert not end.has_come(said, turns)
            assert not end.may_be_near(said)


async def test_a_final_and_silence_are_asked_about() -> None:
    activity = VoiceActivity(lambda _: False)
    end = EndOfTurn(activity, lambda: None)
    assert not end.is_off(final=True)
    activity.silence_ms = 100
    assert not end.is_off(final=False)
    assert not EndOfTurn(None, lambda: None).is_off(final=False)
