"""What a caller hears next of a form: what was not understood, the next question, or what they are to confirm."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from backend.domain.case import Case
from backend.domain.field_spec import FieldSpec
from backend.domain.question import CONFIRMATION, Question
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.forms.about import About
from backend.forms.anew import ask_anew, was_settled
from backend.forms.answers import Answers, named_in
from backend.forms.between import keep_offer, offered_instead
from backend.forms.filling import Filling
from backend.forms.halves import keep_half, kept_half, rest_of
from backend.forms.people_first import was_asked
from backend.forms.reaching import settle_number
from backend.forms.reading_back import unconfirmed
from backend.language.named import language_named
from backend.tool_store.repair import left_open, understood
from backend.tool_store.wording import worded

__all__ = ["NextStep"]


class NextStep:
    """Finds what is asked or said next.

    Args:
        filling: the form, and the tool call that goes on with it.
    """

    def __init__(self, filling: Filling) -> None:
        self._filling, self._ctx = filling, filling.ctx
        self._facts, self._texts = filling.facts, filling.form.texts

    async def open_question(self) -> ToolOutcome | None:
        """What this form waits for, asked once more; ``None`` when there is nothing, or it is filed."""
        draft = await self._filling.draft()
        if draft is None or draft.status == "filed":
            return None
        about = await self._filling.about()
        lacking = self._filling.missing(draft.fields)
        at_the_end = {"confirmation": CONFIRMATION, "correction": self._filling.form.correction}
        name = self._filling.open_name
        if name in at_the_end and not lacking:
            return self._filling.put(at_the_end[name], "The report waits for this.")
        if draft.verified and lacking:
            question = worded(self._filling.question(lacking[0], about), self._ctx.phrases)
            # Nothing was misunderstood: the plainest words.
            return self._filling.put(replace(question, again=question.third), "The report waits for this.")
        return await self.after(draft, Answers(), about)

    async def after(
        self, draft: Case, answers: Answers, about: About, *, kind: bool = False, news: bool = False
    ) -> ToolOutcome:
        """What follows on these answers.

        Args:
            draft: the form as it is with them.
            answers: what was understood, and what was not.
            about: whom the form is about, and when.
            kind: is a kind word due, as the caller has told what happened?
            news: was anything understood that was not known before?
        """
        said: list[str] = []
        for name, problem in answers.problems.items():
            if name in draft.fields and name in answers.fields:
                continue
            field = self._filling.form.field(name)
            if news and name not in draft.fields:
                break  # something was understood: the question comes again by itself, and nothing has failed
            may_be = answers.between.get(name, ())
            plain = self._again(field, about)
            offer = offered_instead(self._filling, field, plain, may_be, about)
            outcome = self._filling.repair(offer or plain, problem)
            if offer:
                keep_offer(self._filling, field, may_be, offer, outcome.ask)
            part = self._understood_part(field) if isinstance(outcome.directive, TransferToPerson) else None
            if left_open(outcome) is None and part is None:
                return outcome
            draft = await self._filling.cases.save({name: field.open_value if part is None else part})
            was_settled(self._filling, name)
            said.append(self._ctx.phrases.left_open if part else outcome.say or "")
        sorry_said = self._facts.get(self._facts.KIND_WORD) or was_asked(self._ctx.session)
        if kind and not sorry_said:
            self._facts.put(self._facts.KIND_WORD, True)
            said.append(self._texts.sorry)
        outcome = await self.question(draft, answers, about)
        say = " ".join(part for part in (*said, outcome.say or "") if part)
        return replace(outcome, say=say or None)

    def _understood_part(self, field: FieldSpec) -> Mapping[str, Any] | None:
        """What is known of a place of which not all was understood, at the end of the ladder: it is read back so."""
        half = kept_half(self._filling, field)
        if field.kind != "address" or not isinstance(half, Mapping) or not any(half.values()):
            return None
        keep_half(self._filling, field, None)
        return cast("Mapping[str, Any]", half)

    def _again(self, field: FieldSpec, about: About) -> Question:
        """The question for a field, asked again: for the one part that is still lacking, where the rest is known."""
        question = self._filling.question(field, about)
        rest = rest_of(self._filling.form, field, kept_half(self._filling, field))
        return replace(question, again=rest) if rest else question

    async def question(self, draft: Case, answers: Answers, about: About) -> ToolOutcome:
        """The next question, or the next part to confirm; at the end, that it can be filed."""
        filling = self._filling
        message = "Saved." if answers.fields else "Nothing was recorded."
        if (asked := ask_anew(filling, answers)) is not None:
            return asked
        lacking = filling.missing(draft.fields)
        while lacking and lacking[0].confirm:
            number = settle_number(filling, lacking[0])
            if isinstance(number, ToolOutcome):
                return number
            draft = await filling.cases.save({lacking[0].name: number})
            lacking = filling.missing(draft.fields)
        if lacking:
            first = lacking[0].name in filling.spec.unverified
            data = {} if first else {"missing": [one.name for one in lacking]}
            return filling.put(filling.question(lacking[0], about), message, data=data)
        if self._unplaced(draft, answers, about):
            return filling.repair(filling.form.correction, "It is not clear what is to be changed.")
        to_file = f"The caller has confirmed every part. File it now with {filling.spec.file_tool}."
        return unconfirmed(filling, draft.fields, about) or ToolOutcome(True, to_file, data={"confirmed": True})

    def _unplaced(self, draft: Case, answers: Answers, about: About) -> bool:
        """The caller was asked what to change, and said something in which nothing is found."""
        if self._filling.open_name != "correction" or self._filling.is_being_asked("correction"):
            return False
        text = self._ctx.caller_text
        unchanged = language_named(self._filling.ctx.language).talk.nothing_to_change(text)
        if answers.fields or unchanged or named_in(self._filling, text, draft.fields, about):
            understood(self._ctx, "correction")
            return False
        return True
