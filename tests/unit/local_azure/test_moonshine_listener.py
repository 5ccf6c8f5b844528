"""When an utterance is heard again, and what of it is told."""

import asyncio
from concurrent.futures.process import BrokenProcessPool
from itertools import pairwise

import numpy as np

from local_azure.latency import latency
from local_azure.speech.engine import HeardEvent, Hypothesis, Phrase, RecognitionRequest
from local_azure.speech.moonshine import MoonshineListener
from local_azure.speech.moonshine_model import Understood

_FRAME = 640
SPEECH = (np.sin(np.arange(320) * 0.3) * 8000).astype("<i2").tobytes()
SILENCE = bytes(_FRAME)


class Model:
    """Understands a word for each 200 ms of speech; remembers how often it was asked."""

    def __init__(self, *, broken: bool = False) -> None:
        self.broken = broken
        self.asked = 0

    async def understand(self, pcm: bytes, phrases: tuple[str, ...]) -> Understood:
        self.asked += 1
        if self.broken:
            raise BrokenProcessPool
        frames = [pcm[at : at + _FRAME] for at in range(0, len(pcm), _FRAME)]
        return Understood(f"{' '.join(['Word'] * (sum(map(any, frames)) // 10))}.", 0.9)


async def told(model: Model, *pieces: tuple[bytes, int]) -> list[HeardEvent]:
    """Hear pieces of so many milliseconds, frame by frame."""
    events: list[HeardEvent] = []
    listener = MoonshineListener(model.understand, RecognitionRequest(), latency("none"), events.append)
    for frame, milliseconds in pieces:
        for _ in range(milliseconds // 20):
            listener.feed(frame)
            for _ in range(4):
                await asyncio.sleep(0)
    await listener.finish()
    await listener.close()
    return events


def words_so_far(events: list[HeardEvent]) -> list[str]:
    return [event.text for event in events if isinstance(event, Hypothesis)]


def phrases(events: list[HeardEvent]) -> list[str]:
    return [event.text for event in events if isinstance(event, Phrase)]


async def test_words_so_far_come_bare_and_without_the_last_which_may_be_cut() -> None:
    events = await told(Model(), (SILENCE, 400), (SPEECH, 1000))
    assert words_so_far(events) == ["word", "word word word"]
    assert phrases(events) == ["Word Word Word Word Word."]


async def test_a_pause_brings_all_words_at_once_and_the_end_costs_nothing_more() -> None:
    model = Model()
    events = await told(model, (SILENCE, 400), (SPEECH, 300), (SILENCE, 900))
    assert words_so_far(events) == ["word"]
    assert phrases(events) == ["Word."]
    assert model.asked == 1


async def test_who_goes_on_after_a_pause_is_heard_again() -> None:
    events = await told(Model(), (SILENCE, 400), (SPEECH, 300), (SILENCE, 200), (SPEECH, 300), (SILENCE, 900))
    assert words_so_far(events) == ["word", "word word word"]
    assert phrases(events) == ["Word Word Word."]


async def test_a_worker_that_died_leaves_an_utterance_without_words() -> None:
    events = await told(Model(broken=True), (SILENCE, 400), (SPEECH, 300), (SILENCE, 900))
    assert phrases(events) == [""]


async def test_words_lie_where_the_utterance_lay() -> None:
    phrase = (await told(Model(), (SILENCE, 400), (SPEECH, 600), (SILENCE, 900)))[-1]
    assert isinstance(phrase, Phrase)
    assert 400 <= phrase.offset_ms + 20 <= 460
    assert phrase.words[0].start_ms == phrase.offset_ms
    assert phrase.words[-1].end_ms == phrase.offset_ms + phrase.duration_ms


async def test_a_long_story_is_heard_again_before_anybody_takes_the_recognizer_for_broken() -> None:
    events = await told(Model(), (SILENCE, 400), (SPEECH, 9000), (SILENCE, 900))
    reached = [event.duration_ms for event in events if isinstance(event, Hypothesis)]
    assert max(later - earlier for earlier, later in pairwise(reached)) <= 820
