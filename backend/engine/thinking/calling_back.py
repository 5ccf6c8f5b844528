"""Somebody is called back: what they hear first, who they are, and on to where their call stopped.

What is certain to happen is not left to a model: that they are verified again, and come to the agent who takes the
form. Everything that they say beside it goes to the agents as in any call.
"""

from collections.abc import Iterable
from typing import TypeVar

from backend.domain.agent import AgentSpec
from backend.domain.form_spec import FormSpec
from backend.domain.model import ModelToolCall
from backend.domain.session import HandedOver, HistoryItem, ToolCallsMade
from backend.domain.tool import EndCall
from backend.engine.thinking.called_back import form_gone_on_with
from backend.engine.thinking.cast import Cast
from backend.engine.turn.answer_sink import AnswerSink
from backend.engine.turn.turn import Turn
from backend.forms.earlier import go_on_or_not
from backend.language.named import language_named
from backend.tool_store.runner import ToolRunner

__all__ = ["BackOnTrack"]

_Kind = TypeVar("_Kind", bound=HistoryItem)
_REASON = '{"reason": "They are called back to go on with what they had begun."}'
"""For the other agent."""


class BackOnTrack:
    """Leads somebody who is called back to where their call stopped.

    What has been done is read from the call's history, so that a turn that is thrown away leaves nothing behind.

    Args:
        tools: tell by which tool an agent verifies.
    """

    def __init__(self, cast: Cast, tools: ToolRunner) -> None:
        self._cast, self._tools = cast, tools

    async def declined(self, turn: Turn, answer: AnswerSink) -> EndCall | None:
        """Take leave of somebody for whom it is no good time; ``None``: they have not said so."""
        if not self._begins(turn) or self._answer(turn) is not False:
            return None
        answer.phrase(turn.passage(self._cast.agent.name), self._cast.phrases.calling_back_not_now)
        await turn.certain.wait()
        return EndCall("it was no good time to be called back")

    def next_calls(self, turn: Turn) -> tuple[ModelToolCall, ...]:
        """What is to be done now, in the place of what a model would ask for; nothing: the model is asked."""
        form = self._cast.store.forms.get(self._form)
        if form is None:
            return ()
        if self._begins(turn):
            if not self._agrees(turn):
                return ()
            if verifying := self._tools.verifies(self._cast.agent):
                return (ModelToolCall(f"back_{turn.index}", verifying, "{}"),)
        session = self._cast.session
        known = session.subject is not None or bool(session.facts.get("unverified")) or form.requires is None
        return self._on_with(form, turn) if known else ()

    def _on_with(self, form: FormSpec, turn: Turn) -> tuple[ModelToolCall, ...]:
        """To the agent who takes the form, and there to where it stopped; each once."""
        made = {call.name for one in self._items(turn, ToolCallsMade) for call in one.calls}
        if form.record_tool in made:
            return ()
        if self._takes(form, self._cast.agent):
            return (ModelToolCall(f"back_on_{turn.index}", form.record_tool, "{}"),)
        agents, takers = self._cast.store.agents, (one.to for one in self._cast.agent.handoffs)
        target = next((to for to in takers if self._takes(form, agents[to])), "")
        name = f"hand_off_to_{target}"
        tried = any(call.name == name for one in turn.items if isinstance(one, ToolCallsMade) for call in one.calls)
        if not target or tried or any(one.target == target for one in self._items(turn, HandedOver)):
            return ()
        return (ModelToolCall(f"back_to_{turn.index}", name, _REASON),)

    @staticmethod
    def _takes(form: FormSpec, agent: AgentSpec) -> bool:
        return any(use.name == form.record_tool for use in agent.uses())

    @property
    def _form(self) -> str:
        return form_gone_on_with(self._cast.session)

    def _begins(self, turn: Turn) -> bool:
        """Has nothing been done in this call yet?"""
        return bool(self._form) and not any(self._items(turn, ToolCallsMade))

    def _agrees(self, turn: Turn) -> bool:
        """Do they say that it is a good time, or no more than hello?"""
        greets = language_named(self._cast.agent.voice.language).talk.is_greeting(turn.to_answer)
        return greets or self._answer(turn) is True

    def _answer(self, turn: Turn) -> bool | None:
        asked = self._cast.phrases.calling_back_ready
        return go_on_or_not(self._cast.agent.voice.language, turn.to_answer, asked=asked)

    def _items(self, turn: Turn, kind: type[_Kind]) -> Iterable[_Kind]:
        """Of the whole call, with this turn."""
        return (one for one in (*self._cast.session.history, *turn.items) if isinstance(one, kind))
