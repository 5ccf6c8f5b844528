"""Readies what a version of the store will need: recognizers of its kinds, its fixed lines already spoken."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator

from backend.agents.store import AgentStore
from backend.domain.agent import AgentSpec, LineSpec
from backend.domain.audio import PCM_16K
from backend.domain.speech import RecognitionOptions
from backend.engine.line_cache import LineCache
from backend.engine.resuming import RESUMED, SAY_AGAIN
from backend.engine.trouble import EMERGENCY_PHRASES
from backend.errors import PoolExhausted, ProviderError

__all__ = ["LineLearner", "recognitions"]

log = logging.getLogger(__name__)


def recognitions(store: AgentStore) -> list[RecognitionOptions]:
    """How the callers of this store will be listened to."""
    return [store.agents[name].speech.options() for line in store.lines.values() for name in line.agents]


class LineLearner:
    """Learns one version at a time, in the background; a newer one takes the place of what is not done.

    Args:
        warm: has recognizers ready.
        lines: keeps what has been spoken.
        tool_lines: what an agent's tools want said while they are slow.
    """

    def __init__(
        self,
        warm: Callable[[Iterable[RecognitionOptions]], Awaitable[None]],
        lines: LineCache,
        tool_lines: Callable[[AgentStore, AgentSpec], Iterable[str]] = lambda _store, _agent: (),
    ) -> None:
        self._warm = warm
        self._lines = lines
        self._tool_lines = tool_lines
        self._task: asyncio.Task[None] | None = None

    def learn(self, store: AgentStore) -> None:
        """Begin with this version."""
        if self._task is not None:
            self._task.cancel()
        self._task = asyncio.create_task(self._learn(store), name="learn-lines")

    async def close(self) -> None:
        """Stop learning."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _learn(self, store: AgentStore) -> None:
        try:
            await self._warm(recognitions(store))
            for line in store.lines.values():
                for name in line.agents:
                    agent = store.agents[name]
                    for text in (*_fixed(line, agent), *self._tool_lines(store, agent)):
                        await self._lines.learn(text, agent.voice.voice(), PCM_16K)
        except (ProviderError, PoolExhausted) as error:
            log.warning("fixed lines are not all ready", extra={"code": error.code})


def _fixed(line: LineSpec, agent: AgentSpec) -> Iterator[str]:
    """What is said word for word, the same in every call."""
    turns = agent.turns
    yield from (*EMERGENCY_PHRASES, turns.apology, turns.idle_goodbye, *turns.idle_prompts, *turns.fillers)
    yield from turns.hold_prompts
    yield f"{RESUMED} {SAY_AGAIN}"
    person = line.person
    yield from (person.announcement, person.failure, person.emergency, person.emergency_failure)
    yield from (*person.waiting, person.still_ringing, line.time_limit.say)
    if line.time_limit.notice:
        yield line.time_limit.notice
    if line.voicemail.message:
        yield line.voicemail.message
    if line.recording.enabled:
        yield line.recording.announcement
