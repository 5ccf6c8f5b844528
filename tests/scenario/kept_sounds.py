"""The sound of fixed phrases, learned once a process: the tone voice says them alike in every house.

A server learns a hundred of them when it starts, which is one to two seconds of the processor beside whatever the test
is about, in each of a hundred houses. The first house of a process does; what it has learned the later ones find, as a
server finds what an earlier one has kept. Their phones know these sounds, too: the local Azure writes down what its
voice says, and of a voice that has said it elsewhere it is told.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from backend.boot.phrases import phrase_sounds
from backend.domain.audio import AudioFormat
from backend.domain.speech import SpeechAudio, SpeechEvent, Voice
from backend.ports import PhraseSounds
from config import Settings
from local_azure.soundbook import Learned, SoundBook

__all__ = ["KeptSounds", "kept_sounds", "own_or"]

_Key = tuple[str, Voice, AudioFormat]


class KeptSounds:
    """``PhraseSounds`` in memory."""

    def __init__(self) -> None:
        self._kept: dict[_Key, Sequence[SpeechEvent]] = {}
        self._book = SoundBook()
        self._said: dict[bytes, Learned] = {}
        self._books: list[SoundBook] = []

    @contextmanager
    def beside(self, book: SoundBook) -> Iterator[None]:
        """Learn what is said beside this book of a local Azure, which knows what was said before."""
        book.include(self._book)
        book.listeners.append(self._note)
        self._books.append(book)
        try:
            yield
        finally:
            self._books.remove(book)
            book.listeners.remove(self._note)
            if not self._books:
                self._said.clear()

    def _note(self, learned: Learned) -> None:
        if learned.kind == "agent":
            self._said[learned.pcm] = learned

    async def load(self, text: str, voice: Voice, audio: AudioFormat) -> Sequence[SpeechEvent]:
        """What it sounds like; empty where it is not kept."""
        return self._kept.get((text, voice, audio), ())

    async def save(self, text: str, voice: Voice, audio: AudioFormat, events: Sequence[SpeechEvent]) -> None:
        """Keep it, if all of it is known: what no phone would recognize the voice has to say again."""
        pcm = b"".join(event.pcm for event in events if isinstance(event, SpeechAudio))
        said = [one for one in self._said.values() if one.pcm in pcm]
        if pcm and sum(len(one.pcm) for one in said) == len(pcm):
            for book in (self._book, *self._books):
                for one in said:
                    words = " ".join(word.text for word in one.words)
                    book.learn(one.pcm, words, one.words, one.kind, one.sample_rate)
            self._kept[text, voice, audio] = tuple(events)


@cache
def kept_sounds(*spoken: Any) -> KeptSounds:
    """Those of all houses of this process in which the voice speaks in this way."""
    return KeptSounds()


def own_or(kept: PhraseSounds, settings: Settings) -> PhraseSounds:
    """What a server with these settings keeps; the given ones where that is nothing."""
    return phrase_sounds(settings) or kept
