"""Fixed phrases are ready before they are needed, also where the speech service is away from the start."""

import asyncio
from collections.abc import Iterable, Sequence

from shipped_store import shipped_store

from backend.agents.store import AgentStore
from backend.domain.audio import PCM_16K, AudioFormat
from backend.domain.speech import RecognitionOptions, SpeechAudio, SpeechEvent, Voice
from backend.engine.desk.phrase_warmer import PhraseWarmer, greetings, phrases
from backend.engine.speaking.phrase_cache import PhraseCache
from backend.errors import TimedOut, Unavailable
from backend.testing.stage import ENGLISH
from backend.testing.virtual_time import run_virtual
from backend.testing.voice import ScriptedVoice
from backend.tool_store.built_in_tools import tool_names


class Kept:
    """``PhraseSounds`` in memory."""

    def __init__(self) -> None:
        self.sounds: dict[tuple[str, Voice, AudioFormat], Sequence[SpeechEvent]] = {}

    async def load(self, text: str, voice: Voice, audio: AudioFormat) -> Sequence[SpeechEvent]:
        return self.sounds.get((text, voice, audio), ())

    async def save(self, text: str, voice: Voice, audio: AudioFormat, events: Sequence[SpeechEvent]) -> None:
        self.sounds[text, voice, audio] = list(events)


def store() -> AgentStore:
    return shipped_store(tool_names())


async def warm(_: Iterable[RecognitionOptions]) -> None: ...


async def learnt(voice: ScriptedVoice, kept: Kept | None, seconds: float) -> PhraseCache:
    cache = PhraseCache(voice, sounds=kept)
    learner = PhraseWarmer(warm, cache)
    learner.learn(store())
    await asyncio.sleep(seconds)
    await learner.close()
    return cache


def test_what_one_process_has_learnt_the_next_one_knows_without_the_service() -> None:
    async def story() -> None:
        kept = Kept()
        await learnt(ScriptedVoice(), kept, 5)
        away = ScriptedVoice()
        away.failures = [Unavailable("speech", "503")] * 999
        cache = await learnt(away, kept, 5)
        assert all(cache.knows(text, voice, PCM_16K) for text, voice in phrases(store()))
        assert not away.said

    run_virtual(story())


def test_a_service_that_comes_back_is_learnt_from() -> None:
    async def story() -> None:
        voice = ScriptedVoice()
        voice.failures = [Unavailable("speech", "503")]
        cache = await learnt(voice, None, 40)
        assert all(cache.knows(text, who, PCM_16K) for text, who in phrases(store()))

    run_virtual(story())


def test_who_was_slow_at_the_start_is_asked_again_soon() -> None:
    async def story() -> None:
        voice = ScriptedVoice()
        voice.failures = [TimedOut("speech", "slow")]
        cache = await learnt(voice, None, 5)
        assert all(cache.knows(text, who, PCM_16K) for text, who in greetings(store()))

    run_virtual(story())


def test_what_an_emergency_needs_is_learnt_first() -> None:
    told = [text for text, _ in phrases(store())]
    assert {ENGLISH.trouble, ENGLISH.way_out, ENGLISH.deaf, ENGLISH.emergency} <= set(told)
    assert told.index(ENGLISH.trouble) < told.index("Are you still there?")


def test_what_answers_begin_with_is_learnt_last_as_it_is_written_with_a_comma_and_as_a_sentence() -> None:
    told = [text for text, _ in phrases(store())]
    assert {"All right,", "All right.", "Of course,"} <= set(told)
    assert told.index("All right,") > told.index("Are you still there?")


def test_what_callers_are_greeted_with_is_at_hand_before_the_first_of_them_calls() -> None:
    known = store()
    told = list(phrases(known))
    for line in known.lines.values():
        agent = known.agents[line.entry]
        (greeting,) = [
            text for text, voice in greetings(known) if voice == agent.voice.voice() and line.company in text
        ]
        assert (greeting, agent.voice.voice()) in told and "{" not in greeting
        assert told.index((greeting, agent.voice.voice())) < len(known.lines)


def test_learnt_phrases_are_not_pushed_out_by_what_is_said_in_calls() -> None:
    async def story() -> None:
        voice = ScriptedVoice()
        cache = PhraseCache(voice, max_bytes=100_000)
        await cache.learn(ENGLISH.trouble, Voice(), PCM_16K)
        for number in range(30):
            async for event in cache.speak(f"Thank you, caller {number}.", Voice(), PCM_16K):
                assert event is not None
        assert cache.knows(ENGLISH.trouble, Voice(), PCM_16K)
        assert cache.count < 10
        kept = cache.kept(ENGLISH.trouble, Voice(), PCM_16K)
        assert any(isinstance(event, SpeechAudio) for event in kept)

    run_virtual(story())
