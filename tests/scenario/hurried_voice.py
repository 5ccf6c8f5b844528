"""The local Azure's voice in a hurry, for whole calls in which nothing depends on how long a sentence of ours lasts.

Half of a call that files a claim is listened to. It takes the processor all the while, and the caller says nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

from local_azure.soundbook import SpokenWord
from local_azure.speech import tone
from local_azure.speech.engine import Segment
from local_azure.voices import CALLER_VOICE

__all__ = ["hurried_voice"]

_TIMES = 3.0
_IN_ITS_TIME = tone._words  # type: ignore[reportPrivateUsage]


@contextmanager
def hurried_voice() -> Iterator[None]:
    """Agents speak three times as fast, in tones; callers as ever."""

    def hurried(segment: Segment) -> tuple[SpokenWord, ...]:
        own = segment.voice == CALLER_VOICE
        return _IN_ITS_TIME(segment if own else replace(segment, rate=segment.rate * _TIMES))

    with patch.object(tone, "_words", hurried):
        yield
