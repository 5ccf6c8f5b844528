"""Receives callers of a line that is closed or full: who is in danger comes to a person, others get what there is."""

from datetime import datetime
from typing import Any

from backend.domain.agent import AgentSpec
from backend.domain.copied import copied
from backend.domain.hours import HoursSpec, OverflowSpec, Shut
from backend.domain.phrases import Phrases, fill
from backend.domain.tool import Directive, EndCall, TransferToPerson
from backend.engine.thinking.asides import answer_aside
from backend.engine.thinking.danger_question import DangerQuestion
from backend.engine.thinking.orchestrator import Orchestrator
from backend.engine.turn.answer_sink import AnswerSink
from backend.engine.turn.turn import Turn
from backend.language.asked import Asked, Kind
from backend.language.consent import consent_in
from backend.language.named import language_named, region_of

__all__ = ["Reception"]

_FACT = "_shut"
"""Fact: why the line does not take this call, and how far it has come: ``{"why", "stage", "asked", "opens"}``."""
_MOST_ASKED = 3
"""So often it is asked whether anybody is in danger; after that the caller is told what to do if somebody is."""


class Reception:
    """The agents of one call, behind a door that may be shut.

    While it is, no model is asked: what is said and done is written in the line. An emergency opens it, and so does
    nobody's taking that emergency. What it knows stands in the session, so that another worker can go on.

    Args:
        agents: who answers when the door is open.
    """

    def __init__(self, agents: Orchestrator) -> None:
        self._agents = agents
        self.session = agents.session
        self.line = agents.line

    @property
    def agent(self) -> AgentSpec:
        """Who speaks with the caller now."""
        return self._agents.agent

    @property
    def phrases(self) -> Phrases:
        """What that agent says in fixed words; whoever has not said that nobody is in danger is not left without a way
        to help."""
        phrases, state = self._agents.phrases, self.session.facts.get(_FACT)
        if state is None or state["stage"] != "danger":
            return phrases
        return phrases.model_copy(update={"hang_up": f"{phrases.danger_unclear} {phrases.hang_up}"})

    @property
    def only_tells(self) -> bool:
        """Is there nothing for the caller to answer?"""
        state = self.session.facts.get(_FACT)
        return state is not None and state["stage"] == "told"

    def shut(self, why: Shut, now: datetime) -> None:
        """The line does not take this call, which begins at this moment."""
        spec = self._spec(why)
        opens = spec.next_opening(now) if isinstance(spec, HoursSpec) else None
        stage = "danger" if spec.emergencies else "wish" if spec.action == "call_back" else "told"
        self.session.facts[_FACT] = {
            "why": why,
            "stage": stage,
            "asked": 0,
            "opens": opens.isoformat() if opens else "",
        }

    def greeting(self) -> str:
        """What the caller hears first; may be empty where the door is open."""
        state = self.session.facts.get(_FACT)
        if state is None:
            return self._agents.greeting()
        if self.agent.name not in self.session.visited:
            self.session.visited.append(self.agent.name)
        phrases = self.phrases
        told = phrases.closed if state["why"] == "closed" else phrases.full
        question = {"danger": phrases.in_danger, "wish": phrases.call_back_offer}.get(state["stage"], "")
        if not question and state["stage"] == "told":
            question = self._opens_again(state)
        return f"{told} {question}".strip()

    def hear_language(self, detected: str, text: str) -> None:
        """The recognizer heard the caller speak this language."""
        self._agents.hear_language(detected, text)

    async def respond(self, turn: Turn, answer: AnswerSink) -> Directive | None:
        """Answer the caller's words; gives what is to happen once that has been heard.

        Raises:
            ProviderError: the model is not to be had; only where the door is open.
        """
        state = self.session.facts.get(_FACT)
        if state is None:
            return await self._agents.respond(turn, answer)
        if self._is_danger(turn.caller_text, state):
            return await self._emergency(turn, state)
        if await answer_aside(self.session, self.agent, self.phrases, turn, answer):
            return None
        match state["stage"]:
            case "danger":
                return await self._weigh(turn, answer, state)
            case "wish" if self._consent(turn.caller_text, self.phrases.call_back_offer) == "no":
                return await self._leave(turn, answer, state)
            case _:
                return await self._call_back(turn, answer, state)

    async def nobody_came(self, turn: Turn, answer: AnswerSink, reason: str) -> None:
        """Offer to have the caller called back, where nobody took them."""
        await self._agents.nobody_came(turn, answer, reason)

    # -- is anybody in danger? ------------------------------------------------------------

    def _is_danger(self, text: str, state: dict[str, Any]) -> bool:
        asked = state["stage"] == "danger"
        return self._danger.is_danger(text, asked=asked, need=bool(self._agents.need(text)))

    @property
    def _danger(self) -> DangerQuestion:
        return DangerQuestion(self.agent.voice.language, self.phrases)

    async def _emergency(self, turn: Turn, state: dict[str, Any]) -> Directive:
        """The door is open from now on, whoever takes the emergency."""
        await self._settle(turn)
        self.session.facts.pop(_FACT, None)
        self.session.facts["emergency"] = True
        closed = state["why"] == "closed" and self.line.hours
        number = (self.line.hours.emergency_number or "") if closed and self.line.hours else ""
        context = {"Emergency": f"reported while the line was {state['why']}"}
        return TransferToPerson("emergency", emergency=True, context=context, number=number)

    async def _weigh(self, turn: Turn, answer: AnswerSink, state: dict[str, Any]) -> Directive | None:
        """What follows from an answer that speaks of no danger."""
        if self._danger.is_no_danger(turn.caller_text):
            return await self._way_out(turn, answer, state)
        asked = int(state["asked"]) + 1
        if asked >= _MOST_ASKED:
            answer.phrase(turn.passage(self.agent.name), self.phrases.danger_unclear)
            return await self._way_out(turn, answer, state)
        answer.phrase(turn.passage(self.agent.name), self._danger.again(asked))
        await self._settle(turn, state | {"asked": asked})
        return None

    # -- what there is for the others -----------------------------------------------------

    async def _way_out(self, turn: Turn, answer: AnswerSink, state: dict[str, Any]) -> Directive | None:
        spec = self._spec(state["why"])
        if spec.action == "call_back":
            return await self._call_back(turn, answer, state)
        if spec.action == "redirect" and spec.number:
            await self._settle(turn, state | {"stage": "call_back"})  # where nobody is there either
            return TransferToPerson(f"the line was {state['why']}", number=spec.number)
        return await self._leave(turn, answer, state)

    async def _call_back(self, turn: Turn, answer: AnswerSink, state: dict[str, Any]) -> Directive | None:
        """Go on with the wish to be called back, until there is nothing more to ask."""
        await self._settle(turn, state | {"stage": "call_back"})
        if await self._agents.call_back(turn, answer, f"the line was {state['why']}"):
            return None
        return await self._leave(turn, answer, state)

    async def _leave(self, turn: Turn, answer: AnswerSink, state: dict[str, Any]) -> Directive:
        told_only = self._spec(state["why"]).action == "message"
        words = [self._opens_again(state)] if told_only else []
        answer.phrase(turn.passage(self.agent.name), " ".join(filter(None, (*words, self.phrases.thanks_goodbye))))
        await self._settle(turn, state | {"stage": "call_back"})
        kept = (self.session.facts.get("_callback") or {}).get("kept")
        return EndCall(state["why"], outcome="completed" if kept else "rejected")

    # -- how ------------------------------------------------------------------------------

    def _spec(self, why: Shut) -> HoursSpec | OverflowSpec:
        hours = self.line.hours
        return hours if why == "closed" and hours is not None else self.line.overflow

    def _opens_again(self, state: dict[str, Any]) -> str:
        """When the line opens next, as people say it; empty where that is not known, or the language cannot say it."""
        if not state.get("opens"):
            return ""
        opens, tag = datetime.fromisoformat(state["opens"]), self.agent.voice.language
        spoken = language_named(tag)
        values: dict[Kind, str] = {"date": f"{opens:%Y-%m-%d}", "time": f"{opens:%H:%M}"}
        said = {
            kind: spoken.say(kind, value, Asked(kind, opens.replace(tzinfo=None), region_of(tag), brief=True))
            for kind, value in values.items()
        }
        if said == values:
            return ""
        return fill(self.phrases.opens_again, {"day": said["date"], "time": said["time"]})

    def _consent(self, text: str, question: str) -> str:
        return consent_in(self.agent.voice.language, text, asked=question, keys=True)

    async def _settle(self, turn: Turn, state: dict[str, Any] | None = None) -> None:
        """Note how far it has come, once the words are certain; a turn that is thrown away takes it with it."""
        await turn.certain.wait()
        session, facts, earlier = self.session, copied(self.session.facts), turn.undo

        def undo() -> None:
            session.facts = facts
            earlier()  # what this turn changed before that

        turn.undo = undo
        if state is not None:
            session.facts[_FACT] = state
