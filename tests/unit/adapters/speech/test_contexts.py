"""What threads of the Speech SDK may point to outlives its owner."""

import gc
import weakref

import azure.cognitiveservices.speech as sdk

from backend.adapters.speech.contexts import keep_contexts


class _Silence(sdk.audio.PullAudioInputStreamCallback):
    def read(self, buffer: memoryview) -> int:
        return 0

    def close(self) -> None: ...


def _nothing(_: object) -> None: ...


def _left_of(kept: bool) -> list[bool]:
    """For the audio, the transcripts and the voice, in this order: is what its thread points to still there?"""
    config = sdk.SpeechConfig(subscription="x", endpoint="ws://127.0.0.1:9")
    stream = sdk.audio.PullAudioInputStream(_Silence())
    recognizer = sdk.SpeechRecognizer(config, sdk.audio.AudioConfig(stream=stream))
    recognizer.recognizing.connect(_nothing)
    voice = sdk.SpeechSynthesizer(config, None)
    voice.synthesizing.connect(_nothing)
    given = (
        (stream, "_PullAudioInputStream"),
        (recognizer.recognizing, "_EventSignal"),
        (voice.synthesizing, "_EventSignal"),
    )
    left = [weakref.ref(getattr(thing, f"{kind}__context")) for thing, kind in given]
    recognizer.recognizing.disconnect_all()
    voice.synthesizing.disconnect_all()
    if kept:
        keep_contexts(recognizer, stream, voice)
    del given, recognizer, voice, stream
    gc.collect()
    return [context() is not None for context in left]


def test_contexts_that_were_kept_are_still_there_when_their_owners_are_gone() -> None:
    assert _left_of(kept=True) == [True, True, True]


def test_the_sdk_itself_keeps_none_of_them() -> None:
    """Otherwise nothing of this would be needed any more."""
    assert _left_of(kept=False) == [False, False, False]
