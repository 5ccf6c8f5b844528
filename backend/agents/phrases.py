"""Which phrases a call says: the agent's own, the line's own, the store's for the language, those that come with it."""

from collections.abc import Hashable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from backend.domain.agent import AgentSpec
from backend.domain.line import LineSpec
from backend.domain.phrases import Phrases
from backend.language.phrases import base_of, standard_phrases

__all__ = ["PhraseBook", "language_of", "own_texts"]

_OF_TURNS = {
    "still_there": "idle_prompts",
    "hang_up": "idle_goodbye",
    "still_here": "hold_prompts",
    "fillers": "fillers",
    "slow": "apology",
}
_OF_LINE = {
    "connecting": "person.announcement",
    "no_person": "person.failure",
    "emergency": "person.emergency",
    "no_person_in_emergency": "person.emergency_failure",
    "still_trying": "person.waiting",
    "still_ringing": "person.still_ringing",
    "time_is_near": "time_limit.notice",
    "time_is_up": "time_limit.say",
    "recording": "recording.announcement",
    "closed": "hours.closed",
    "full": "overflow.full",
    "capped": "refusals.capped_say",
    "blocked": "refusals.blocked_say",
}
"""Settings of an agent and of a line that are phrases too, in the language that it speaks first."""


class PhraseBook:
    """The phrases of one version of the store.

    Args:
        written: what the store has, by language or region: ``es``, ``es-MX``.
    """

    def __init__(self, written: Mapping[str, Phrases]) -> None:
        self._written = written
        self._known: dict[tuple[Hashable, ...], tuple[object, Phrases]] = {}

    def of(self, line: LineSpec, agent: AgentSpec, language: str = "", key: str = "") -> Phrases:
        """As callers of a line hear an agent.

        Args:
            language: which language is spoken now; its voice's when empty.
            key: the key for a person; empty where there is none.
        """
        spoken = language or agent.voice.language
        parts = (line, agent.turns, agent.says)
        known = (*map(id, parts), spoken, agent.voice.language, key)
        if known not in self._known:
            while len(self._known) >= _MOST_KNOWN:
                self._known.pop(next(iter(self._known)))
            self._known[known] = (parts, self._made(line, agent, spoken, key))
        return self._known[known][1]

    def gathered(self, line: LineSpec, agent: AgentSpec | None, language: str) -> Phrases:
        """All there are for a language, gaps and all."""
        found: dict[str, Any] = {}
        for layer in self._layers(line, agent, language):
            found |= layer
        return standard_phrases(language).model_copy(update=found)

    def lacking(self, line: LineSpec, agent: AgentSpec, language: str) -> tuple[str, ...]:
        """Keys that this line needs and nobody has written."""
        there = standard_phrases(language).model_fields_set.union(*self._layers(line, agent, language))
        return tuple(key for key in Phrases.model_fields if key not in there)

    def _layers(self, line: LineSpec, agent: AgentSpec | None, language: str) -> Iterator[Mapping[str, Any]]:
        """What is said instead of the standard phrases, the later instead of the earlier."""
        base = base_of(language)
        yield from (_given(self._written.get(name, _NONE)) for name in (base, language))
        for says, own, spoken in _sources(line, agent):
            yield own if base_of(spoken) == base else {}
            yield from (_given(says.get(name, _NONE)) for name in (base, language))

    def _made(self, line: LineSpec, agent: AgentSpec, language: str, key: str) -> Phrases:
        found = self.gathered(line, agent, language)
        if found.lacking:  # let pass by an earlier version; English is better than silence
            found = found.over(standard_phrases("en"))
        return found.of_call(line.company, key)


def _given(phrases: Phrases) -> dict[str, Any]:
    return {key: getattr(phrases, key) for key in phrases.model_fields_set}


_NONE = Phrases()
_MOST_KNOWN = 256
"""Of lines, agents and languages together; the oldest goes first."""


def language_of(file: str) -> str:
    """The language that a file of phrases is for."""
    return PurePosixPath(file).stem


def own_texts(spec: LineSpec | AgentSpec) -> dict[str, Any]:
    """Phrases that stand in the settings of a line or an agent."""
    if isinstance(spec, AgentSpec):
        found = ((key, getattr(spec.turns, name)) for key, name in _OF_TURNS.items())
    else:
        found = ((key, _at(spec, path)) for key, path in _OF_LINE.items())
    return {key: value for key, value in found if value is not None}


def _sources(line: LineSpec, agent: AgentSpec | None) -> Iterator[tuple[Mapping[str, Phrases], dict[str, Any], str]]:
    yield line.says, own_texts(line), line.languages[0] if line.languages else "en-US"
    if agent is not None:
        yield agent.says, own_texts(agent), agent.voice.language


def _at(spec: Any, path: str) -> Any:
    for name in path.split("."):
        spec = getattr(spec, name) if spec is not None else None
    return spec
