"""What the real SDK reads of a piece of the voice's sound: what it would read of itself, and no more."""

import ctypes
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from azure.cognitiveservices.speech import SpeechSynthesisEventArgs, SpeechSynthesizer
from azure.cognitiveservices.speech.interop import _sdk_lib
from speech_stage import PATIENT, LocalSpeech, RealStage, eventually, local_speech, real_stage

from backend.adapters.speech import sound_events
from backend.adapters.speech.sound_events import SoundEvent, read_wanted_sound
from backend.domain.audio import PCM_16K
from backend.domain.speech import SpeechAudio, Voice, WordBoundary

pytestmark = pytest.mark.real

CALLBACK = "_SpeechSynthesizer__synthesizing_callback"
READS = (
    "synthesizer_synthesis_event_get_result",
    "synth_result_get_result_id",
    "synth_result_get_audio_length_duration",
    "synth_result_get_audio_data",
)
RELEASES = ("synthesizer_result_handle_release", "synthesizer_event_handle_release")
TEXT = "Hello there, this is said in a good many pieces."


@pytest.fixture(scope="module")
def local() -> Iterator[LocalSpeech]:
    with local_speech() as services:
        yield services


@pytest.fixture
async def stage(local: LocalSpeech) -> AsyncIterator[RealStage]:
    async with real_stage(local, stt_pool_size=0, tts_pool_size=0, **PATIENT) as made:
        yield made


class Counted:
    """A library whose calls are counted, and the handles that were freed."""

    def __init__(self, library: Any, calls: Counter[str], freed: list[tuple[str, int]]) -> None:
        self._library = library
        self._calls = calls
        self._freed = freed

    def __getattr__(self, name: str) -> Callable[..., int]:
        def call(*arguments: Any) -> int:
            self._calls[name] += 1
            if name in RELEASES:
                handle = arguments[0]
                self._freed.append((name, handle.value if isinstance(handle, ctypes.c_void_p) else handle))
            return getattr(self._library, name)(*arguments)

        return call


async def said(stage: RealStage) -> tuple[list[SpeechAudio], list[WordBoundary]]:
    events = [event async for event in stage.tts.speak(TEXT, Voice(), PCM_16K)]
    return (
        [event for event in events if isinstance(event, SpeechAudio)],
        [event for event in events if isinstance(event, WordBoundary)],
    )


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> tuple[Counter[str], list[tuple[str, int]]]:
    read_wanted_sound()
    calls: Counter[str] = Counter()
    freed: list[tuple[str, int]] = []
    monkeypatch.setattr(sound_events, "_library", Counted(sound_events._library, calls, freed))
    return calls, freed


async def test_a_piece_is_six_calls_and_every_handle_is_freed(
    stage: RealStage, calls: tuple[Counter[str], list[tuple[str, int]]]
) -> None:
    counted, freed = calls
    pieces, words = await said(stage)
    await eventually(lambda: counted[RELEASES[1]] >= len(pieces))  # the last is freed after it was given
    assert len(pieces) > 1 and [word.text.strip(",.") for word in words] == TEXT.replace(",", "").rstrip(".").split()
    assert counted == dict.fromkeys((*READS, *RELEASES), len(pieces))
    for name, handle in freed:
        valid = getattr(_sdk_lib, name.replace("_release", "_is_valid"))
        valid.restype = ctypes.c_bool
        assert not valid(ctypes.c_void_p(handle))


async def test_it_is_what_the_sdk_itself_would_have_read(stage: RealStage, monkeypatch: pytest.MonkeyPatch) -> None:
    both: list[tuple[tuple[str, bytes], tuple[str, bytes]]] = []

    class Compared(SoundEvent):
        def __init__(self, event: int) -> None:
            super().__init__(event)
            theirs = Unreleased(ctypes.c_void_p(event)).result
            both.append(((self.result_id, self.audio_data), (theirs.result_id, theirs.audio_data)))

    class Unreleased(SpeechSynthesisEventArgs):
        """Frees its result, and leaves the event to whoever gave it."""

        def __init__(self, handle: ctypes.c_void_p) -> None:
            super().__init__(handle)
            vars(self)["_SpeechSynthesisEventArgs__handle"]._Handle__release_fn = lambda _: None

    monkeypatch.setattr(sound_events, "SoundEvent", Compared)
    pieces, _ = await said(stage)
    assert len(both) == len(pieces) > 1
    assert all(ours == theirs and len(ours[0]) == 32 and ours[1] for ours, theirs in both)
    assert len({ours[0] for ours, _ in both}) == 1
    assert b"".join(ours[1] for ours, _ in both) == b"".join(piece.pcm for piece in pieces)


async def test_what_cannot_be_read_is_freed_too(
    stage: RealStage, calls: tuple[Counter[str], list[tuple[str, int]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    counted, _ = calls
    told: list[str] = []
    monkeypatch.setattr("sys.unraisablehook", lambda refused: told.append(str(refused.exc_value)))
    monkeypatch.setattr(sound_events, "_audio", lambda result: sound_events._check(0x21))
    pieces, words = await said(stage)
    assert pieces == [] and words
    assert counted[RELEASES[0]] == counted[RELEASES[1]] == counted[READS[0]] == len(told) > 1
    assert set(told) == {"a piece of sound cannot be read (0x21)"}


async def test_it_is_read_with_the_sdks_own_callback_where_ours_has_no_place(
    stage: RealStage, calls: tuple[Counter[str], list[tuple[str, int]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SpeechSynthesizer, CALLBACK, sound_events._kept[0])
    monkeypatch.setattr(sound_events, "_CALLBACK", "_moved")
    pieces, words = await said(stage)
    assert len(pieces) > 1 and words and not calls[0]


def test_it_is_arranged_once_and_the_sdks_own_is_kept() -> None:
    read_wanted_sound()
    read_wanted_sound()
    assert vars(SpeechSynthesizer)[CALLBACK] is sound_events._on_sound
    assert len(sound_events._kept) == 1
