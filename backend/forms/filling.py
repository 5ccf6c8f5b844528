"""One form that is being filled in one call: what all its steps share."""

from collections.abc import Iterator, Mapping
from typing import Any

from backend.domain.case import Case
from backend.domain.field_spec import FieldSpec
from backend.domain.form_spec import FormSpec
from backend.domain.question import Question
from backend.domain.session import CallerSaid
from backend.domain.tool import ToolOutcome
from backend.forms.about import About
from backend.forms.call_cases import CallCases
from backend.forms.facts import Facts
from backend.forms.form import Form
from backend.forms.people_first import was_left_open
from backend.forms.saying import filled, said_value
from backend.tool_store.context import ToolContext
from backend.tool_store.repair import OPEN_QUESTION, put, repair

__all__ = ["Filling", "fillings"]


class Filling:
    """What the steps of one form in one call work with.

    Args:
        ctx: the tool call that goes on with it.
        spec: the form.
    """

    def __init__(self, ctx: ToolContext, spec: FormSpec) -> None:
        self.ctx, self.spec = ctx, spec
        self.form = Form(spec, ctx.language)
        self.facts = Facts(ctx.session, spec.name)
        self.cases = CallCases(ctx, spec)

    # -- what is known --------------------------------------------------------------------

    async def about(self) -> About:
        """What helps to read the answers of this caller. No book says anything of one who is not verified."""
        draft = None if self.ctx.session.subject else await self.cases.draft()
        name = next((str(draft.fields.get(one) or "") for one in self._names()), "") if draft else ""
        own = self.facts.get(self.facts.OWN_WORDS, {})
        known = await self._known()
        return About(self.form, self.ctx.now(), self.ctx.session.subject, known, caller=name, own_words=own)

    def _names(self) -> Iterator[str]:
        """Fields in which a caller who is not verified says their name."""
        fields = (self.spec.field(name) for name in self.spec.unverified)
        return (one.name for one in fields if one is not None and one.kind == "name")

    async def _known(self) -> dict[str, tuple[Any, ...]]:
        subject, found = self.ctx.session.subject, dict[str, tuple[Any, ...]]()
        for field in self.spec.fields if subject else ():
            if field.offer is None or subject is None:
                continue
            value = subject.value(field.offer.source.removeprefix("subject."))
            if value is not None:
                found[field.name] = tuple(value) if isinstance(value, list | tuple) else (value,)
        return found

    async def draft(self) -> Case | None:
        """This call's draft; one that began before its caller was verified is theirs as soon as they are."""
        draft = await self.cases.draft()
        if draft is None or draft.status == "filed" or draft.verified or self.ctx.session.subject is None:
            return draft
        return await self.cases.save({})

    def whole(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields as they are filed: with what follows from the others."""
        return self.form.whole(fields, self.ctx.session.subject)

    def missing(self, fields: Mapping[str, Any]) -> list[FieldSpec]:
        """What is still lacking. Who was asked in vain whether anybody is hurt is asked that again last, and once."""
        lacking = self.form.missing(fields, self.ctx.session.subject)
        if self.spec.first and was_left_open(self.ctx.session):
            lacking.sort(key=lambda one: one.name == (self.spec.first and self.spec.first.field))
        return lacking

    def texts(self) -> list[str]:
        """All that the caller has said in this call."""
        said = [item.text for item in self.ctx.session.history if isinstance(item, CallerSaid)]
        return list(dict.fromkeys((*said, self.ctx.caller_text)))

    def tells(self, text: str, about: About) -> bool:
        """Is this an account of something that happened?"""
        return about.tells(text)

    # -- asking ---------------------------------------------------------------------------

    def question(self, field: FieldSpec, about: About) -> Question:
        """The question for a field, with what a book knows."""
        return self.form.question(field, [said_value(field, value, about) for value in about.offered(field)])

    def put(self, question: Question, message: str = "", **more: Any) -> ToolOutcome:
        """Ask; the answer goes to the tool that records."""
        return put(self.ctx, question, message, tool=self.spec.record_tool, **more)

    def repair(self, question: Question, message: str) -> ToolOutcome:
        """Ask again in other words; the answer goes to the tool that records."""
        return repair(self.ctx, question, message, tool=self.spec.record_tool)

    @property
    def open_name(self) -> str:
        """Name of the question that waits for an answer."""
        return str(self.ctx.session.facts.get(OPEN_QUESTION, {}).get("name", ""))

    def is_being_asked(self, name: str, forms: tuple[str, ...] = ()) -> bool:
        """Was it put in this very turn? Its words were said before and answer something else."""
        noted = self.ctx.session.facts.get(OPEN_QUESTION, {})
        asked = noted.get("name") == name and noted.get("turn") == self.ctx.session.turn
        return asked and (not forms or tuple(noted.get("forms", ()))[1:] == forms[1:])

    # -- saying ---------------------------------------------------------------------------

    def says(self, text: str, bare: str, fields: Mapping[str, Any], about: About, **gaps: str) -> str:
        """A text that may name fields; ``bare`` where one of them is not known."""
        known = {
            field.name: said_value(field, fields[field.name], about)
            for field in self.spec.fields
            if f"{{{field.name}}}" in text and fields.get(field.name) is not None
        }
        wanted = [field.name for field in self.spec.fields if f"{{{field.name}}}" in text]
        return filled(bare if set(wanted) - known.keys() else text, {**known, **gaps})

    def note_number(self, number: str) -> None:
        """The case that this call has filed, or added to."""
        self.ctx.session.note_case(self.spec.name, number)
        self.ctx.session.facts |= self.number_data(number)

    def number_data(self, number: str) -> dict[str, str]:
        """The number under the name that the form has for it."""
        return {self.spec.aliases.id or "case_number": number}

    def nothing_yet(self) -> Case:
        """A case of which nothing has been told: it is not kept, so that nobody looks for what broke off there."""
        subject, now = self.ctx.session.subject, self.ctx.now()
        owner = subject.id if subject else ""
        return Case(self.ctx.session.call_id, self.spec.name, owner, "draft", {}, now, verified=subject is not None)


def fillings(ctx: ToolContext) -> list[Filling]:
    """The forms of the store that the call began with."""
    return [Filling(ctx, spec) for spec in ctx.forms]
