"""Callers who ask for another language: gone on with in it where the line has it, else told that it has not.

Neither is an answer to what they were asked: no reader sees these words, and nothing was not understood.
"""

from collections.abc import Callable, Sequence

from backend.domain.model import ModelToolCall
from backend.domain.session import CallerSaid
from backend.domain.tool import Directive, ToolOutcome
from backend.engine.thinking.asides import answer_aside
from backend.engine.thinking.cast import Cast
from backend.engine.thinking.danger_first import is_danger_asked
from backend.engine.thinking.deeds import ASKED_BY, Deeds, first_directive
from backend.engine.thinking.spoken_language import SpokenLanguage
from backend.engine.turn.answer_sink import AnswerSink
from backend.engine.turn.turn import Turn
from backend.language.asking_language import names_a_language
from backend.language.named import language_named
from backend.tool_store.confirmation import read_anew
from backend.tool_store.repair import ASKED_ANEW, OPEN_QUESTION

__all__ = ["AskedLanguage"]

_NAMED = frozenset({"name", "person", "text", "story", "place"})
"""Kinds of questions to which the name of a language may be the answer: people and streets are called so as well."""
_NOTHING = " "
"""What the tool is told that the caller has answered."""

PassOn = Callable[[Turn, AnswerSink, Sequence[ToolOutcome]], bool]
"""Say what tools want said; true: the caller has been asked something."""


class AskedLanguage:
    """What becomes of the wish for another language in one call.

    Args:
        cast: who speaks with the caller.
        language: knows what the line speaks.
        deeds: run the tool whose question waits for an answer.
    """

    def __init__(self, cast: Cast, language: SpokenLanguage, deeds: Deeds) -> None:
        self._cast, self._language, self._deeds = cast, language, deeds

    async def answer(self, turn: Turn, answer: AnswerSink, pass_on: PassOn) -> Directive | bool:
        """Go on in the language that is asked for, or say that the line does not have it; the open question comes
        again. True: it is the caller's turn; false: the words are for the agent.

        Args:
            turn: the caller's words.
            answer: takes what is said.
            pass_on: says what the tool wants said.
        """
        code = self.wished(turn.caller_text)
        if not code:
            return False
        if not (tag := self._language.tag_of(code)):
            agent, phrases = self._cast.agent, self._cast.phrases
            return await answer_aside(self._cast.session, agent, phrases, turn, answer, lambda _tag, _text: "language")
        await turn.certain.wait()
        self._cast.session.language = tag
        answer.voice = self._cast.agent.voice.voice()
        return False if is_danger_asked(self._cast.session) else await self._ask_anew(turn, answer, pass_on)

    def wished(self, text: str) -> str:
        """The code of the language that these words ask for, whether the line has it or not; empty for none.

        It settles what is spoken: "can we do this in Spanish", heard in English, is no wish to go on in that.
        """
        if not names_a_language(text):
            return ""
        noted = self._cast.session.facts.get(OPEN_QUESTION, {})
        if any(names_a_language(form) for form in noted.get("forms", ())):
            return ""  # the line itself asks for a language
        spoken = self._cast.agent.voice.language
        talks = (language_named(tag).talk for tag in dict.fromkeys((spoken, *self._cast.line.languages)))
        bare = noted.get("kind") not in _NAMED
        return next(filter(None, (talk.asks_for_language(text, bare) for talk in talks)), "")

    async def _ask_anew(self, turn: Turn, answer: AnswerSink, pass_on: PassOn) -> Directive | bool:
        """What waits for an answer, in the new language; it is the tool's to word."""
        session, phrases = self._cast.session, self._cast.phrases
        tool, noted = session.facts.get(ASKED_BY, ""), session.facts.get(OPEN_QUESTION, {})
        if not tool or not session.expects or noted.get("name") != session.expects:
            if any(isinstance(item, CallerSaid) for item in session.history):
                return False  # the agent's own model has asked something, and asks it again
            answer.phrase(
                turn.passage(self._cast.agent.name), f"{phrases.of_course} {phrases.calling_back_open}".strip()
            )
            return True
        if phrases.of_course:
            answer.phrase(turn.passage(self._cast.agent.name), phrases.of_course)
        session.facts[ASKED_ANEW] = session.turn
        read_anew(session)
        turn.taken_up = _NOTHING
        outcomes = await self._deeds.act(turn, [ModelToolCall(f"language_{turn.index}", tool, "{}")])
        if (directive := first_directive(outcomes)) is not None:
            return directive
        return pass_on(turn, answer, outcomes)
