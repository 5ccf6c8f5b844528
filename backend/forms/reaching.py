"""A phone number that is heard, read back by itself and agreed to: where a caller is called back."""

from typing import Any

from backend.domain.field_spec import FieldSpec
from backend.domain.form_spec import TurnTexts
from backend.domain.question import Question
from backend.domain.tool import ToolOutcome
from backend.forms.filling import Filling
from backend.language.named import language_named
from backend.tool_store.confirmation import Part, ask_for_yes, forget
from backend.tool_store.phone_numbers import own_phone, phone_in, spelled_phone
from backend.tool_store.repair import failures, put, repair, understood

__all__ = ["settle_number"]


def settle_number(filling: Filling, field: FieldSpec) -> ToolOutcome | str:
    """The number, once the caller has agreed to it; until then what they must hear or answer.

    Only the caller's own words are read, and a yes is one guard's to judge: a model can neither make a number up nor
    agree to one. Where the line knows the caller's number, that one is offered first.
    """
    return _Settling(filling, field).settle()


class _Settling:
    def __init__(self, filling: Filling, field: FieldSpec) -> None:
        self._filling, self._ctx, self._field = filling, filling.ctx, field
        self._tool = filling.spec.record_tool
        self._state: dict[str, Any] = dict(filling.facts.get(filling.facts.NUMBER, {}))
        self._own = own_phone(self._ctx.session)

    def settle(self) -> ToolOutcome | str:
        state, said, facts = self._state, phone_in(self._ctx.caller_text, self._ctx.language), self._filling.facts
        if said and said == state.get("read") and not self._filling.is_being_asked(self._field.name):
            if self._insists():
                return self._agreed(said)
            question = self._turn(self._filling.form.texts.phone_right)
            return repair(self._ctx, question, "The number was said once more. Is it right?", tool=self._tool)
        if said and said not in (self._own.removeprefix("+"), state.get("read")):
            state |= {"read": said, "other": True}
            understood(self._ctx, self._field.name)
        outcome = self._read_back() if state.get("read") else self._offer()
        if isinstance(outcome, str):
            return self._agreed(outcome)
        facts.put(facts.NUMBER, state)
        return outcome

    def _agreed(self, number: str) -> str:
        self._filling.facts.pop(self._filling.facts.NUMBER)
        forget(self._ctx)
        return number

    def _insists(self) -> bool:
        """Is the number that was read said for the third time, with no "no" before it? Then it is right."""
        text = self._ctx.caller_text.strip()
        plain = language_named(self._ctx.language).account.without_answer(text)
        return failures(self._ctx, self._field.name) > 0 and plain.lower() == text.lower()

    def _turn(self, texts: TurnTexts | None) -> Question:
        texts = texts or self._filling.form.texts.go_on
        return self._filling.form.turn(texts, self._field.name)

    @property
    def _plain(self) -> Question:
        return self._filling.form.question(self._field)

    def _offer(self) -> ToolOutcome | str:
        texts = self._filling.form.texts.own_phone
        if not self._own or self._state.get("other") or texts is None:
            return self._ask()
        part = Part("number", self._own, "")
        question = self._turn(texts)
        outcome = ask_for_yes(self._ctx, self._field.name, [part], question=question, correction=None, tool=self._tool)
        if outcome is not None and outcome.code == "tool.denied":
            self._state["other"] = True
            return self._ask()
        return outcome or self._own

    def _ask(self) -> ToolOutcome:
        """Which number it is, in other words each time it was not understood."""
        before, self._state["asked"] = self._state.get("asked"), self._ctx.session.turn
        if before in (None, self._ctx.session.turn):
            return put(self._ctx, self._plain, "The number is needed.", ok=False, tool=self._tool)
        return repair(self._ctx, self._plain, "I need a phone number.", tool=self._tool)

    def _read_back(self) -> ToolOutcome | str:
        number = str(self._state["read"])
        texts = self._filling.form.texts
        part = Part("number", number, texts.phone_heard.format(phone=spelled_phone(number)))
        question = self._turn(texts.phone_right)
        outcome = ask_for_yes(
            self._ctx, self._field.name, [part], question=question, correction=self._plain, tool=self._tool
        )
        if outcome is not None and outcome.code == "tool.denied":
            self._state |= {"read": "", "other": True, "asked": self._ctx.session.turn}
        return outcome or number
