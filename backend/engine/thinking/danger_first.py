"""Danger goes before all else: who surely is in it comes to a person, and who may be is asked one question.

No list of what frightened people say is whole. Where a word of peril was said, and nothing takes it back, or where
what was learned of how such people talk says that it is likely, it is asked whether anybody is in danger; whoever says
no is answered as if nothing had been asked. What is known of that stands in the session, so that another worker can go
on.
"""

import json
from collections.abc import Mapping
from typing import Any

from backend.domain.copied import copied
from backend.domain.form_spec import FormSpec
from backend.domain.model import ModelToolCall
from backend.domain.session import CallSession
from backend.domain.tool import Directive, TransferToPerson
from backend.engine.thinking.asides import answer_aside
from backend.engine.thinking.cast import Cast
from backend.engine.thinking.danger_question import DangerQuestion
from backend.engine.thinking.deeds import Deeds, first_directive
from backend.engine.thinking.likely_danger import is_doubtful, may_be_in_danger, sounds_in_danger
from backend.engine.thinking.need import PERIL
from backend.engine.turn.answer_sink import AnswerSink
from backend.engine.turn.turn import Turn
from backend.forms.people_first import was_asked
from backend.forms.topic import names_topic
from backend.tool_store.emergency import to_a_person_now
from backend.tool_store.repair import OPEN_QUESTION

__all__ = ["DangerFirst", "danger_unanswered", "is_danger_asked"]

_EMERGENCY = "report_emergency"
_FACT = "_danger"
"""Fact: ``{"open", "said", "asked", "turn", "expects"}``; the last four only while the question is open."""
_MOST_ASKED = 2
"""So often it is asked; whose answer is then still unclear is taken for somebody in danger."""


def is_danger_asked(session: CallSession) -> bool:
    """Does the question whether anybody is in danger wait for its answer?"""
    return bool((session.facts.get(_FACT) or {}).get("open"))


def danger_unanswered(session: CallSession) -> TransferToPerson | None:
    """Who was asked whether anybody is in danger, and says nothing, comes to a person as an emergency.

    Returns:
        ``None`` where that is not asked.
    """
    state = session.facts.get(_FACT) or {}
    if not state.get("open"):
        return None
    session.facts[_FACT] = {"open": False}
    return to_a_person_now(session, state["said"])


class DangerFirst:
    """What is done about danger in one call, before its agents answer.

    Args:
        cast: who speaks with the caller.
        deeds: run the tool for emergencies.
    """

    def __init__(self, cast: Cast, deeds: Deeds) -> None:
        self._cast, self._deeds = cast, deeds

    async def help(self, turn: Turn, need: str) -> Directive:
        """Somebody may be in peril: no model decides about that, and nothing else is asked or said before it."""
        await turn.certain.wait()
        state = self._state
        said = f"{state['said']} {turn.caller_text}" if state.get("open") else turn.caller_text
        if state.get("open"):
            self._keep(turn, {"open": False})
        if need == PERIL and self._is_offered:
            what = json.dumps({"what": said.strip()}, ensure_ascii=False)
            call = ModelToolCall(f"peril_{turn.index}", _EMERGENCY, what)
            if found := first_directive(await self._deeds.act(turn, [call])):
                return found
        return to_a_person_now(self._cast.session, need)

    async def doubts(self, turn: Turn, need: str, answer: AnswerSink) -> bool:
        """Ask who seems to be in peril by a word of theirs, though all else speaks against it; true: it is asked."""
        if need != PERIL or self._state or self._is_answer or not is_doubtful(turn.caller_text, self._tag):
            return False
        return await self._ask(turn, answer)

    async def asks(self, turn: Turn, answer: AnswerSink) -> bool:
        """Ask, where somebody may be in peril, for the first time in this call; true: it is the caller's turn."""
        text, tag = turn.caller_text, self._tag
        if not text or self._state:
            return False
        sounds = sounds_in_danger(text, tag, is_answer=self._is_answer) and not self._is_asked_next(text)
        if not sounds and not may_be_in_danger(text, tag):
            return False
        return await self._ask(turn, answer)

    async def answered(self, turn: Turn, answer: AnswerSink) -> Directive | bool:
        """Weigh the answer, where it was asked: what is to happen; true: it is asked once more; false: go on.

        Whoever says no is answered what they said before it.
        """
        state = self._state
        if not state.get("open") or not turn.caller_text:
            return False
        question = DangerQuestion(self._tag, self._cast.phrases)
        if question.is_danger(turn.caller_text, asked=True, need=False):
            return await self.help(turn, PERIL)
        if question.is_no_danger(turn.caller_text):
            await turn.certain.wait()
            self._keep(turn, {"open": False})
            self._go_back(state)
            turn.taken_up = state["said"]
            return False
        agent, phrases = self._cast.agent, self._cast.phrases
        if await answer_aside(self._cast.session, agent, phrases, turn, answer):
            return True
        if state["asked"] >= _MOST_ASKED:
            return await self.help(turn, PERIL)
        answer.phrase(turn.passage(agent.name), question.again(state["asked"]))
        await turn.certain.wait()
        said = f"{state['said']} {turn.caller_text}"
        self._keep(turn, {**state, "said": said, "asked": state["asked"] + 1, "turn": turn.index})
        return True

    # -- how ------------------------------------------------------------------------------

    async def _ask(self, turn: Turn, answer: AnswerSink) -> bool:
        phrases = self._cast.phrases
        if not phrases.in_danger or not self._is_offered or self._is_asked_by_a_form:
            return False
        answer.phrase(turn.passage(self._cast.agent.name), phrases.in_danger)
        await turn.certain.wait()
        expects = self._cast.session.expects
        self._keep(turn, {"open": True, "said": turn.caller_text, "asked": 1, "turn": turn.index, "expects": expects})
        self._cast.session.expects = None
        return True

    @property
    def _tag(self) -> str:
        return self._cast.agent.voice.language

    @property
    def _state(self) -> Mapping[str, Any]:
        return self._cast.session.facts.get(_FACT) or {}

    @property
    def _is_offered(self) -> bool:
        return any(use.name == _EMERGENCY and use.name not in use.disabled for use in self._cast.agent.uses())

    @property
    def _is_answer(self) -> bool:
        """Was something asked of the caller, now or of people who are hurt?"""
        session = self._cast.session
        return session.expects is not None or OPEN_QUESTION in session.facts or was_asked(session)

    def _is_asked_next(self, text: str) -> bool:
        """Do the words report what a form is for that asks for people first? Then it is asked anyway."""
        cast = self._cast
        used = {use.name for use in cast.agent.uses()}
        firsts = [form.first for form in cast.store.forms.values() if form.first is not None]
        return any(
            one.tool in used and names_topic(text, one.topic, cast.line, self._tag, cast.now()) for one in firsts
        )

    @property
    def _is_asked_by_a_form(self) -> bool:
        """Is the open question the one that a form has about people who are hurt?"""
        forms: list[FormSpec] = list(self._cast.store.forms.values())
        names = {form.first.field for form in forms if form.first is not None}
        return self._cast.session.facts.get(OPEN_QUESTION, {}).get("name") in names

    def _go_back(self, state: Mapping[str, Any]) -> None:
        """What was asked before is open again, as if nothing had come between."""
        session = self._cast.session
        session.expects = state["expects"]
        if noted := session.facts.get(OPEN_QUESTION):
            session.facts[OPEN_QUESTION] = noted | {"turn": state["turn"]}

    def _keep(self, turn: Turn, state: Mapping[str, Any]) -> None:
        """Note how far it has come; a turn that is thrown away takes it with it."""
        session, earlier = self._cast.session, turn.undo
        facts, expects = copied(session.facts), session.expects

        def undo() -> None:
            session.facts, session.expects = facts, expects
            earlier()  # what this turn changed before that

        turn.undo = undo
        session.facts[_FACT] = dict(state)
