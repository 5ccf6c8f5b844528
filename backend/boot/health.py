"""Joins the parts of a worker and what is told of their health."""

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from backend.adapters.openai.chat_model import OpenAiChatModel
from backend.agents.store import AgentStore
from backend.boot.speech import Speech
from backend.domain.audio import PCM_16K
from backend.domain.model import ChatMessage, ModelRequest
from backend.domain.speech import RecognitionOptions, SpeechAudio, Voice
from backend.errors import ProviderRejected, SessionLost, Unavailable
from backend.ports import DeepCheck, HealthPart
from config import Settings

__all__ = ["DeepAsk", "Disk", "folders_written", "heard", "part_of"]

_LOW_BYTES = 200 * 2**20
"""Less room than this is told before it is none: an hour of calls writes some 20 MB, logs and spools more."""
_AGAIN_S = 1.0
_PROBE = b"\0" * 65536


def folders_written(settings: Settings) -> list[Path]:
    """Where this server writes files: the database where it is a file, and what waits for it."""
    connections = settings.connections
    folders: list[Path] = []
    url = make_url(connections.database_url.get_secret_value())
    if url.drivername.startswith("sqlite") and url.database and url.database != ":memory:":
        folders.append(Path(url.database).resolve().parent)
    if connections.spool_megabytes and connections.spool_dir.is_dir():
        folders.append(connections.spool_dir)
    return folders


class Disk:
    """Can files still be written? Found out by writing one: a full or read-only disk answers reads as ever.

    Args:
        folders: where the server writes.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = list(dict.fromkeys(folders))

    async def ask(self) -> HealthPart:
        """Write a little everywhere, in a thread."""
        return await asyncio.to_thread(self._look)

    async def check(self) -> str:
        """The same for people.

        Raises:
            Unavailable: something cannot be written.
        """
        part = await self.ask()
        if part.state == "down":
            raise Unavailable("disk", part.sentence)
        return part.sentence or f"a file was written and read in {', '.join(map(str, self._folders)) or 'no folder'}"

    def _look(self) -> HealthPart:
        free = 0
        for folder in self._folders:
            try:
                _write_and_remove(folder)
                free = min(free or 2**62, shutil.disk_usage(folder).free)
            except OSError as error:
                why = error.strerror or type(error).__name__
                return HealthPart("disk", "down", f"{folder} cannot be written: {why}; make room, or mend its rights")
        if self._folders and free < _LOW_BYTES:
            return HealthPart("disk", "degraded", f"{free // 2**20} MB are left; make room", {"free_bytes": free})
        return HealthPart("disk", counts={"free_bytes": free} if self._folders else {})


def _write_and_remove(folder: Path) -> None:
    path = folder / f".ringmaster-probe-{os.getpid()}"
    try:
        with path.open("wb") as file:
            file.write(_PROBE)
            file.flush()
            os.fsync(file.fileno())
    finally:
        path.unlink(missing_ok=True)


def part_of(name: str, ask: Callable[[], Awaitable[None]], sentence: str) -> Callable[[], Awaitable[HealthPart]]:
    """A part that is down when asking for it fails, and fails again a moment later: a hiccup is no outage."""

    async def asked() -> HealthPart:
        for pause in (_AGAIN_S, 0.0):
            try:
                await ask()
            except Exception as error:  # a part reports whatever is wrong with it; it never fails itself
                code = getattr(error, "code", type(error).__name__)
                await asyncio.sleep(pause)
            else:
                return HealthPart(name)
        return HealthPart(name, "down", f"{sentence} ({code})")

    return asked


def heard(ask: Callable[[], Awaitable[None]], alone: Callable[[], bool]) -> Callable[[], Awaitable[None]]:
    """Redis, asked by ``ask``, and whether it takes this worker's beats: keys of another kind there refuse these alone.

    Args:
        ask: asks Redis for something of no call.
        alone: is this worker without the others, because its beats are not taken?
    """

    async def asked() -> None:
        await ask()
        if alone():
            raise SessionLost("Redis answers, but takes no beat of this worker")

    return asked


@dataclass(frozen=True, slots=True)
class DeepAsk:
    """What people may have asked of the services with ``?deep=1``."""

    ways: Mapping[str, Callable[[], Awaitable[None]]]
    """By the name of each way in: asks whether it takes our key."""
    speech: Speech
    model: OpenAiChatModel
    disk: Disk
    store: Callable[[], AgentStore]

    @property
    def checks(self) -> tuple[DeepCheck, ...]:
        """Each by its name."""
        return (
            *(DeepCheck(name, _takes_key(ask)) for name, ask in self.ways.items()),
            DeepCheck("recognizer", self._recognizer),
            DeepCheck("voices", self._voices),
            DeepCheck("deployments", self._deployments),
            DeepCheck("disk", self.disk.check),
        )

    async def _recognizer(self) -> str:
        recognition = await self.speech.stt.open(RecognitionOptions(), lambda _: None)
        await recognition.close()
        return "a recognizer connects and listens"

    async def _voices(self) -> str:
        voices = {agent.voice.name: agent.voice.voice() for agent in self.store().agents.values()}
        mute: list[str] = []
        for name, voice in voices.items():
            if not await self._speaks(voice):
                mute.append(name)
        if mute:
            raise ProviderRejected("speech", f"these voices do not work: {', '.join(mute)}")
        return f"every voice works ({len(voices)})"

    async def _speaks(self, voice: Voice) -> bool:
        """Does this voice say a word? Nobody hears it."""
        try:
            async with aclosing(self.speech.tts.speak("One.", voice, PCM_16K)) as events:
                async for event in events:
                    if isinstance(event, SpeechAudio):
                        return True
        except ProviderRejected:
            pass
        return False

    async def _deployments(self) -> str:
        silent: dict[str, str] = {}
        asked: set[str] = set()
        for agent in self.store().agents.values():
            spec = agent.model
            names = [name for name in (spec.deployment, *spec.fallback) if name not in asked]
            for name in names:
                asked.add(name)
                request = ModelRequest(messages=[ChatMessage("user", "Hello.")], deployment=name)
                silent |= await self.model.silent(request)
        if silent:
            told = "; ".join(f"{name}: {why}" for name, why in silent.items())
            raise ProviderRejected("model", f"these deployments do not answer: {told}")
        return f"every deployment answers ({len(asked)})"


def _takes_key(ask: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[str]]:
    """The question as a deep check."""

    async def asked() -> str:
        await ask()
        return "the call service takes our key or identity"

    return asked
