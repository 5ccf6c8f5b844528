"""A form that is whole becomes a case with a number."""

from backend.domain.case import Case
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.errors import CaseWaits
from backend.forms.about import About
from backend.forms.anew import ask_anew, put_right
from backend.forms.answers import Answers
from backend.forms.filed import told_that_it_waits, told_when_filed
from backend.forms.filling import Filling
from backend.forms.next_step import NextStep
from backend.forms.reading_back import unconfirmed
from backend.tool_store.confirmation import forget

__all__ = ["Filing"]


class Filing:
    """Files, once every part stands confirmed.

    Args:
        filling: the form, and the tool call that goes on with it.
        then: finds what is asked while it cannot be filed.
    """

    def __init__(self, filling: Filling, then: NextStep) -> None:
        self._filling, self._ctx, self._texts = filling, filling.ctx, filling.form.texts
        self._then = then

    async def file(self) -> ToolOutcome:
        """File it, if every part stands confirmed; otherwise what the caller must still hear or answer."""
        draft = await self._filling.draft()
        if draft is None:
            return await self._nothing_recorded()
        about = await self._filling.about()
        if draft.status == "draft":
            waits = await self._before_filing(draft, about)
            if waits is not None:
                return waits
        try:
            case = await self._filling.cases.file()
        except CaseWaits:
            return await told_that_it_waits(self._filling, draft)
        forget(self._ctx)
        number = case.number or ""
        self._filling.note_number(number)
        say, data = told_when_filed(self._filling, case, about), self._filling.number_data(number)
        if self._ctx.session.facts.pop("person_after_report", False):
            person = TransferToPerson("the caller could not be verified and has left a report")
            return ToolOutcome(True, "It is filed; a person takes over.", data=data, say=say, directive=person)
        return ToolOutcome(True, "It is filed.", data=data, say=say, ask=self._texts.else_)

    async def _nothing_recorded(self) -> ToolOutcome:
        """The first question of all that is still open."""
        about = await self._filling.about()
        field = self._filling.form.field(self._filling.spec.story or self._filling.spec.fields[0].name)
        ask = self._filling.question(field, about).ask
        return ToolOutcome(
            False, "Nothing has been recorded yet.", ask=ask, code="tool.failed", expects=field.name,
            tool=self._filling.spec.record_tool,
        )  # fmt: skip

    async def _before_filing(self, draft: Case, about: About) -> ToolOutcome | None:
        """What must be known, heard or agreed to before it may be filed; ``None`` when nothing must."""
        if not draft.verified and set(self._filling.spec.unverified) - set(draft.fields):
            return await self._then.question(draft, Answers(), about)
        if lacking := self._filling.missing(draft.fields):
            question = self._filling.question(lacking[0], about)
            return self._filling.put(question, "Not complete yet.", ok=False, code="tool.failed")
        if changed := put_right(self._filling, draft.fields, about):
            draft = await self._filling.cases.save(changed)
        if (asked := ask_anew(self._filling, Answers(fields=changed))) is not None:
            return asked
        if open_part := unconfirmed(self._filling, draft.fields, about):
            return open_part
        await self._filling.cases.save(self._filling.whole(draft.fields))
        return None
