"""Callers who speak a language that the line does not have: told so in all that it has, and put through to a person."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from backend.agents.languages import spoken_in
from backend.domain.agent import AgentSpec
from backend.domain.session import CallerSaid
from backend.domain.tool import TransferToPerson
from backend.engine.thinking.cast import Cast
from backend.engine.turn.answer_sink import AnswerSink
from backend.engine.turn.turn import Turn
from backend.language.languages import code_of
from backend.language.named import language_named
from backend.language.tongue import UNKNOWN, heard

__all__ = ["OtherLanguage", "SpokenLanguage"]

log = logging.getLogger(__name__)

_REASON = "the caller speaks a language that the line does not have"


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """What the caller's words are evidently in, which is not what is spoken with them.

    Args:
        line: the line's tag for it; empty where the line does not have it.
        danger: do they call for help?
    """

    line: str = ""
    danger: bool = False


def _is_understood(text: str, spoken: str, others: Sequence[str]) -> bool:
    """Are all of the words everyday ones that callers mix in ("no, nadie"), understood without their language?"""
    own = language_named(spoken).talk.in_own_words(text)
    if not own or own == text:
        return False
    left = heard(own, spoken, others)
    return not left.code and not left.hints


class SpokenLanguage:
    """Tells callers who are understood from those who cannot be, by their words alone, before any model is asked.

    Args:
        cast: who speaks with the caller, in which languages.
    """

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._known: tuple[AgentSpec, Sequence[str], str, Sequence[str]] | None = None
        """The languages as they were found for an agent: asked for in every turn."""

    def other(self, text: str) -> OtherLanguage | None:
        """The other language of these words; ``None`` where they may be in the one that is spoken.

        Of a word or two it is certain where the words before were in it, too.
        """
        _, spoken, others = self._languages()
        found = heard(text, spoken, others)
        if not found.code and found.hints and (before := self._said_before()):
            both = heard(f"{before} {text}", spoken, others)  # what went before may be in a language they have left
            found = both if both.code in {*found.hints, UNKNOWN} else found
        if not found.code:
            return None
        tag = self.tag_of(found.code)
        if not tag and not found.danger and _is_understood(text, spoken, others):
            return None
        return OtherLanguage(tag, found.danger)

    def tag_of(self, code: str) -> str:
        """The line's tag for a language; empty where it does not have it."""
        return next((tag for tag in self._languages()[0] if code_of(tag) == code), "")

    async def follow(self, other: OtherLanguage, turn: Turn, answer: AnswerSink) -> TransferToPerson | None:
        """Go on in it where the line has it, or put the caller through to a person."""
        if not other.line:
            return await self.to_a_person(turn, answer)
        if turn.certain.is_set():
            self._cast.hear_language(other.line, turn.caller_text)
        return None

    async def to_a_person(self, turn: Turn, answer: AnswerSink) -> TransferToPerson:
        """Nobody here understands them: say in which languages somebody would, and that a person helps them."""
        await turn.certain.wait()
        agent = self._cast.agent
        log.info(
            "the caller speaks a language that the line does not have; a person takes over",
            extra={"event": "agent.other_language", "agent": agent.name, "turn": turn.index},
        )
        offers = dict.fromkeys(self._cast.phrases_in(tag).other_language for tag in self._languages()[0])
        if said := " ".join(offer for offer in offers if offer):
            answer.phrase(turn.passage(agent.name), said)
        return TransferToPerson(_REASON)

    def _languages(self) -> tuple[Sequence[str], str, Sequence[str]]:
        """Tags of all that may be spoken, what is spoken first; its code, and those of the others."""
        agent = self._cast.agent
        if self._known is None or self._known[0] is not agent:
            more = (tag for tag in self._cast.line.languages if spoken_in(agent, tag) is not None)
            tags = tuple(dict.fromkeys([agent.voice.language, *more]))
            spoken = code_of(agent.voice.language)
            others = [code_of(tag) for tag in tags if code_of(tag) != spoken]
            self._known = agent, tags, spoken, others
        return self._known[1:]

    def _said_before(self) -> str:
        said = (item for item in reversed(self._cast.session.history) if isinstance(item, CallerSaid))
        found = next(said, None)
        return found.text if found is not None else ""
