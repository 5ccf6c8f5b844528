"""One form in one call, from the first word to the number of its case."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from backend.domain.case import Case
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.forms.about import About
from backend.forms.after_filing import changes_to, note_changes
from backend.forms.answers import ANSWERS
from backend.forms.earlier import (
    add_to_case,
    answer_about_case,
    answer_about_draft,
    ask_about,
    take_up,
    wants_a_new_one,
)
from backend.forms.filed import while_it_waits
from backend.forms.filing import Filing
from backend.forms.filling import Filling
from backend.forms.leaving import ask_before_leaving, is_begun, leave_unfinished, was_asked
from backend.forms.next_step import NextStep
from backend.forms.reported import answer_whether_new, ask_whether_new
from backend.forms.starting_over import what_can_be_changed
from backend.forms.taking import Taking
from backend.language.consent import consent_in
from backend.language.named import language_named

__all__ = ["Intake"]


class Intake:
    """What is taken of one form in one call: decides whether words go on with it, or settle what is open around it.

    Args:
        filling: the form, and the tool call that goes on with it.
    """

    def __init__(self, filling: Filling) -> None:
        self._filling, self._ctx = filling, filling.ctx
        self._facts, self._texts = filling.facts, filling.form.texts
        self._then = NextStep(filling)
        self._taking = Taking(filling, self._then)

    async def record(self, given: Mapping[str, Any]) -> ToolOutcome:
        """Take what a model passes on; gives what the caller hears next."""
        about = await self._filling.about()
        if self._facts.get(self._facts.ADDING_TO):
            return await self._add(given, about)
        draft = await self._filling.draft()
        if (self._facts.get(self._facts.SAME_CASE) or {}).get("open"):
            outcome = await answer_about_case(self._filling, draft)
            if outcome is not None:
                return outcome
            if draft is not None and draft.status == "filed":
                return self._another()
            given = {}
        if draft is not None and draft.status == "filed":
            return await self._after_filing(draft, given, about)
        if draft is not None and self._facts.get(self._facts.WAITS):
            return self._while_it_waits(draft, given, about)
        begun = is_begun(self._filling, draft)
        talk, text = language_named(self._ctx.language).talk, self._ctx.caller_text
        withdraws, asked = talk.withdraws(text), was_asked(self._filling)
        if begun and (withdraws or talk.says_goodbye(text)) and asked is None:
            return ask_before_leaving(self._filling)
        if begun and withdraws and asked != self._ctx.session.turn:
            return leave_unfinished(self._filling)
        return await self._go_on(draft, given, about)

    async def _go_on(self, draft: Case | None, given: Mapping[str, Any], about: About) -> ToolOutcome:
        """Take it, or first what is to be settled about a draft of an earlier call."""
        if (self._facts.get(self._facts.EARLIER) or {}).get("open"):
            taken = await answer_about_draft(self._filling)
            return taken if isinstance(taken, ToolOutcome) else await self._taking.take(taken)
        if (self._facts.get(self._facts.REPORTED) or {}).get("open"):
            old = answer_whether_new(self._filling, about)
            return old if old is not None else await self._taking.take({})
        if (question := wants_a_new_one(self._filling, about)) is not None:
            return question
        if is_begun(self._filling, draft) and (anew := await what_can_be_changed(self._filling, self._then)):
            return anew
        told = await take_up(self._filling, given, about) if draft is None else None
        if isinstance(told, ToolOutcome):
            return told
        if told is None and (question := await ask_whether_new(self._filling, about)) is not None:
            return question
        outcome = await self._taking.take(given)
        return replace(outcome, say=" ".join(filter(None, (told, outcome.say)))) if told else outcome

    async def file(self) -> ToolOutcome:
        """File it, if every part stands confirmed; otherwise what the caller must still hear or answer."""
        return await Filing(self._filling, self._then).file()

    async def open_question(self) -> ToolOutcome | None:
        """What this form waits for, asked once more; ``None`` when there is nothing, or it is filed."""
        return await self._then.open_question()

    async def _after_filing(self, case: Case, given: Mapping[str, Any], about: About) -> ToolOutcome:
        """What comes behind a filing puts something right in it, or may be about the same matter."""
        said = self._ctx.caller_text
        if changes := changes_to(self._filling, case, about):
            return await note_changes(self._filling, case, changes, about)
        told = {name: value for name, value in given.items() if name not in ANSWERS}
        if not told and consent_in(self._ctx.language, said) != "correction":
            return ToolOutcome(True, "It is filed already.", ask=self._texts.else_)
        state = {"asked": [case.number], "open": case.number, "said": said or str(told)}
        self._facts.put(self._facts.SAME_CASE, state)
        return ask_about(self._filling, case, about)

    def _while_it_waits(self, draft: Case, given: Mapping[str, Any], about: About) -> ToolOutcome:
        text, talk = self._ctx.caller_text, language_named(self._ctx.language).talk
        corrects = consent_in(self._ctx.language, text) == "correction" and not talk.has_goodbye(text)
        more = corrects or bool(given.keys() - ANSWERS) or bool(changes_to(self._filling, draft, about))
        return while_it_waits(self._filling, more=more)

    async def _add(self, given: Mapping[str, Any], about: About) -> ToolOutcome:
        text = self._ctx.caller_text
        if about.language.account.names_another(text):
            return self._another()
        if not given.keys() - ANSWERS and consent_in(self._ctx.language, text) in ("yes", "no"):
            message = "The case has all that was said; a yes or no adds nothing."
            return ToolOutcome(True, message, ask=self._texts.else_)
        number = str(self._facts.get(self._facts.ADDING_TO))
        case = next((one for one in await self._filling.cases.filed() if one.number == number), None)
        if case is not None and (changes := changes_to(self._filling, case, about)):
            return await note_changes(self._filling, case, changes, about)
        said = text or "; ".join(f"{name}: {value}" for name, value in given.items())
        return await add_to_case(self._filling, said)

    def _another(self) -> ToolOutcome:
        return ToolOutcome(
            True,
            "One call takes one report. A person takes the second.",
            say=self._texts.second,
            directive=TransferToPerson("a second loss to report in one call"),
        )
