"""Readies what a version of the store will need: recognizers of its kinds, its phrases already spoken."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import UTC, datetime

from backend.agents.store import AgentStore
from backend.domain.agent import AgentSpec
from backend.domain.audio import PCM_16K
from backend.domain.line import LineSpec
from backend.domain.phrases import Phrases
from backend.domain.session import CallSession
from backend.domain.spec import texts_of
from backend.domain.speech import RecognitionOptions, Voice
from backend.engine.speaking.phrase_cache import PhraseCache
from backend.engine.thinking.cast import Cast
from backend.engine.turn.speakable import speakable
from backend.errors import PoolExhausted, ProviderError
from backend.language.named import language_named

__all__ = ["PhraseWarmer", "emergency_phrases", "greetings", "openers", "phrases", "recognitions"]

log = logging.getLogger(__name__)

ToolLines = Callable[[AgentStore, AgentSpec, Phrases], Iterable[str]]
"""What an agent's tools want said while they are slow."""

_AGAIN_S, _AT_MOST_S = 1.0, 30.0
"""A speech service that was away, or slow, when the server started is asked again soon, then less and less often."""


def recognitions(store: AgentStore) -> list[RecognitionOptions]:
    """How the callers of this store will be listened to."""
    return [store.agents[name].speech.options() for line in store.lines.values() for name in line.agents]


class PhraseWarmer:
    """Learns one version at a time, in the background; a newer one takes the place of what is not done.

    Args:
        warm: has recognizers ready.
        cache: keeps what has been spoken.
        tool_lines: what an agent's tools want said while they are slow.
        person_key: the key that leads to a person; empty where none does.
    """

    def __init__(
        self,
        warm: Callable[[Iterable[RecognitionOptions]], Awaitable[None]],
        cache: PhraseCache,
        tool_lines: ToolLines = lambda _store, _agent, _says: (),
        person_key: str = "0",
    ) -> None:
        self._warm = warm
        self._cache = cache
        self._tool_lines = tool_lines
        self._person_key = person_key
        self._task: asyncio.Task[None] | None = None

    def learn(self, store: AgentStore) -> None:
        """Begin with this version."""
        if self._task is not None:
            self._task.cancel()
        self._task = asyncio.create_task(self._learn(store), name="warm-phrases")

    async def close(self) -> None:
        """Stop learning."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _learn(self, store: AgentStore) -> None:
        wanted = list(phrases(store, self._tool_lines, self._person_key))
        self._cache.forget_learnt()
        for text, voice in wanted:  # those that are needed when the speech service is away
            await self._cache.recall(text, voice, PCM_16K)
        pause_s = _AGAIN_S
        while not await self._try(store, wanted):
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, _AT_MOST_S)

    async def _try(self, store: AgentStore, wanted: Iterable[tuple[str, Voice]]) -> bool:
        try:
            await self._warm(recognitions(store))
            for text, voice in wanted:
                await self._cache.learn(text, voice, PCM_16K)
        except (ProviderError, PoolExhausted) as error:
            log.warning(
                "not all phrases are synthesized yet; trying again",
                extra={"event": "phrases.not_ready", "code": error.code},
            )
            return False
        return True


def phrases(
    store: AgentStore,
    tool_lines: ToolLines = lambda _store, _agent, _says: (),
    person_key: str = "0",
) -> Iterator[tuple[str, Voice]]:
    """What is said word for word, the same in every call, and in which voice.

    What callers are greeted with comes first, for the first of them may call at once; then what an emergency needs;
    what models often begin an answer with comes last.
    """
    told = set[tuple[str, Voice]]()
    for phrase in _by_need(store, tool_lines, person_key):
        if phrase not in told:
            told.add(phrase)
            yield phrase


def _by_need(store: AgentStore, tool_lines: ToolLines, person_key: str) -> Iterator[tuple[str, Voice]]:
    agents = [(line, store.agents[name]) for line in store.lines.values() for name in line.agents]
    says = [store.phrases.of(line, agent, key=person_key) for line, agent in agents]
    yield from greetings(store, person_key)
    for (_, agent), words in zip(agents, says, strict=True):
        yield from ((text, agent.voice.voice()) for text in emergency_phrases(words))
    for (line, agent), words in zip(agents, says, strict=True):
        fixed = (*_fixed(line, words), *tool_lines(store, agent, words))
        yield from ((text, agent.voice.voice()) for text in fixed)
    for _, agent in agents:
        yield from ((text, agent.voice.voice()) for text in openers(agent))


def greetings(store: AgentStore, person_key: str = "0") -> Iterator[tuple[str, Voice]]:
    """What a caller of whom nothing is known hears first on each line: without it each would wait for a voice.

    What a greeting says of a caller, or of the hour, makes it another one, which is synthesized when it is needed.
    """
    for line in store.lines.values():
        session = CallSession(call_id="", line=line.name, active_agent=line.entry, store_version=store.version)
        cast = Cast(session, line, store, lambda: datetime.now(UTC), "voice", person_key)
        if words := speakable(cast.greeting()):
            yield words, cast.agent.voice.voice()


def openers(agent: AgentSpec) -> Iterator[str]:
    """What a model's answers often begin with, as it is written; it is heard while the rest is being written."""
    for words in sorted(language_named(agent.voice.language).clauses.openers):
        yield from (f"{words[:1].upper()}{words[1:]}{mark}" for mark in ",.")


def emergency_phrases(says: Phrases) -> Iterator[str]:
    """What is needed just when no voice can be had: its sound is kept."""
    yield from (*says.fillers, says.trouble, says.way_out, says.unheard, says.hold_on, says.deaf, says.slow)
    yield from (says.hang_up, says.connecting, says.no_person, says.emergency, says.no_person_in_emergency)


def _fixed(line: LineSpec, says: Phrases) -> Iterator[str]:
    yield from (*says.still_there, *says.still_here, f"{says.resumed} {says.say_again}")
    yield from (*says.still_trying, says.still_ringing, says.time_is_up)
    if says.time_is_near:
        yield says.time_is_near
    yield from (text for _, text in texts_of(line.voicemail.message) if text)
    if line.recording.enabled:
        if line.recording.consent == "ask":
            yield from (f"{says.recording} {says.recording_consent}", says.recording_agreed, says.not_recorded)
        else:
            yield says.recording
    for spec, told in ((line.hours, says.closed), (line.overflow, says.full)):
        if spec is not None and spec.action != "reject":
            question = says.in_danger if spec.emergencies else says.call_back_offer
            yield from (told, f"{told} {question}", says.thanks_goodbye)
