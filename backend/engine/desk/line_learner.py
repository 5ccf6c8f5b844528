"""Readies what a version of the store will need: recognizers of its kinds, its fixed lines already spoken."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator

from backend.agents.store import AgentStore
from backend.domain.agent import AgentSpec, LineSpec
from backend.domain.audio import PCM_16K
from backend.domain.speech import RecognitionOptions, Voice
from backend.engine.call.resuming import RESUMED, SAY_AGAIN
from backend.engine.conversation.trouble import EMERGENCY_PHRASES
from backend.engine.speaking.line_cache import LineCache
from backend.errors import PoolExhausted, ProviderError

__all__ = ["LineLearner", "phrases", "recognitions"]

log = logging.getLogger(__name__)

_AGAIN_S = 30.0
"""A speech service that was away when the server started is asked again."""


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
        wanted = list(phrases(store, self._tool_lines))
        self._lines.forget_learnt()
        for text, voice in wanted:  # those that are needed when the speech service is away
            await self._lines.recall(text, voice, PCM_16K)
        while True:
            if await self._try(store, wanted):
                return
            await asyncio.sleep(_AGAIN_S)

    async def _try(self, store: AgentStore, wanted: Iterable[tuple[str, Voice]]) -> bool:
        try:
            await self._warm(recognitions(store))
            for text, voice in wanted:
                await self._lines.learn(text, voice, PCM_16K)
        except (ProviderError, PoolExhausted) as error:
            log.warning("fixed phrases are not all ready", extra={"event": "phrases.not_ready", "code": error.code})
            return False
        return True


def phrases(
    store: AgentStore, tool_lines: Callable[[AgentStore, AgentSpec], Iterable[str]] = lambda _store, _agent: ()
) -> Iterator[tuple[str, Voice]]:
    """What is said word for word, the same in every call, and in which voice; what an emergency needs comes first."""
    told = set[tuple[str, Voice]]()
    agents = [(line, store.agents[name]) for line in store.lines.values() for name in line.agents]
    for part in (_emergency, _fixed):
        for line, agent in agents:
            for text in (*part(line, agent), *(tool_lines(store, agent) if part is _fixed else ())):
                if (phrase := (text, agent.voice.voice())) not in told:
                    told.add(phrase)
                    yield phrase


def _emergency(line: LineSpec, agent: AgentSpec) -> Iterator[str]:
    person = line.person
    yield from (*agent.turns.fillers, *EMERGENCY_PHRASES, agent.turns.apology, agent.turns.idle_goodbye)
    yield from (person.announcement, person.failure, person.emergency, person.emergency_failure)


def _fixed(line: LineSpec, agent: AgentSpec) -> Iterator[str]:
    turns, person = agent.turns, line.person
    yield from (*turns.idle_prompts, *turns.hold_prompts, f"{RESUMED} {SAY_AGAIN}")
    yield from (*person.waiting, person.still_ringing, line.time_limit.say)
    if line.time_limit.notice:
        yield line.time_limit.notice
    if line.voicemail.message:
        yield line.voicemail.message
    if line.recording.enabled:
        yield line.recording.announcement
