"""The sound of fixed phrases in a folder: one file a phrase, voice and speech service."""

import asyncio
import contextlib
import hashlib
import logging
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from backend.domain.audio import AudioFormat
from backend.domain.speech import SpeechAudio, SpeechEvent, Voice, WordBoundary

__all__ = ["FilePhraseSounds"]

log = logging.getLogger(__name__)

_MOST = 2000
"""Files kept at most; the oldest go. A phrase of 3 s takes 100 kB."""

_FORM = 1


class _Word(msgspec.Struct, array_like=True):
    text: str
    offset_ms: float
    duration_ms: float
    text_offset: int


class _Sound(msgspec.Struct):
    form: int
    phrase: str
    """For who looks into the file."""
    parts: list[bytes | _Word]


class FilePhraseSounds:
    """``PhraseSounds`` in a folder, which is made at the first phrase.

    Args:
        folder: where the files are.
        service: address of the speech service. What one has said is not used for another: the voice of a local
            stand-in must never speak on a line of Azure's.
    """

    def __init__(self, folder: Path, service: str) -> None:
        self.folder = folder
        self._service = service
        self._told = False

    async def load(self, text: str, voice: Voice, audio: AudioFormat) -> Sequence[SpeechEvent]:
        """Read one."""
        return await asyncio.to_thread(self._read, self._path(text, voice, audio))

    async def save(self, text: str, voice: Voice, audio: AudioFormat, events: Sequence[SpeechEvent]) -> None:
        """Write one, whole or not at all."""
        parts: list[bytes | _Word] = [
            event.pcm
            if isinstance(event, SpeechAudio)
            else _Word(event.text, event.offset_ms, event.duration_ms, event.text_offset)
            for event in events
        ]
        if any(isinstance(part, bytes) for part in parts):
            await asyncio.to_thread(self._write, self._path(text, voice, audio), _Sound(_FORM, text, parts))

    def _path(self, text: str, voice: Voice, audio: AudioFormat) -> Path:
        what = msgspec.json.encode([self._service, text, msgspec.to_builtins(voice), msgspec.to_builtins(audio)])
        return self.folder / f"{hashlib.sha256(what).hexdigest()[:32]}.phrase"

    def _read(self, path: Path) -> Sequence[SpeechEvent]:
        try:
            sound = msgspec.msgpack.decode(path.read_bytes(), type=_Sound)
        except FileNotFoundError:
            return ()
        except (OSError, msgspec.DecodeError) as error:
            log.warning(
                "the stored audio of a phrase cannot be read",
                extra={"event": "phrases.unread", "file": path.name, "reason": type(error).__name__},
            )
            return ()
        if sound.form != _FORM:
            return ()
        return [
            SpeechAudio(part)
            if isinstance(part, bytes)
            else WordBoundary(part.text, part.offset_ms, part.duration_ms, part.text_offset)
            for part in sound.parts
        ]

    def _write(self, path: Path, sound: _Sound) -> None:
        whole = path.with_suffix(f".{os.getpid()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._make_room()
            whole.write_bytes(msgspec.msgpack.encode(sound))
            whole.replace(path)
        except OSError as error:
            if not self._told:
                reason = error.strerror or type(error).__name__
                log.warning(
                    "the audio of phrases cannot be stored",
                    extra={"event": "phrases.not_kept", "folder": str(self.folder), "reason": reason},
                )
            self._told = True
            with contextlib.suppress(OSError):
                whole.unlink(missing_ok=True)

    def _make_room(self) -> None:
        kept = list(self.folder.glob("*.phrase"))
        if len(kept) >= _MOST:
            for path in sorted(kept, key=lambda path: path.stat().st_mtime)[: len(kept) - _MOST + 1]:
                path.unlink(missing_ok=True)
