"""One form in one call, from the first word to the number of its case."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from backend.domain.case import Case
from backend.domain.question import CONFIRMATION
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.errors import CaseWaits
from backend.forms.about import About
from backend.forms.answers import Answers, correct, named_in, read_answers, told_before
from backend.forms.earlier import (
    add_to_case,
    answer_about_case,
    answer_about_draft,
    ask_about,
    same_case,
    take_up,
    wants_a_new_one,
)
from backend.forms.filed import told_that_it_waits, told_when_filed
from backend.forms.filling import Filling
from backend.forms.leaving import ask_before_leaving, is_begun, was_asked
from backend.forms.reaching import settle_number
from backend.forms.reading_back import unconfirmed
from backend.language.consent import consent_in
from backend.language.en.consent import nothing_to_change
from backend.language.en.spoken.farewell import says_goodbye
from backend.language.en.spoken.safety import read_safety
from backend.tool_store.confirmation import forget
from backend.tool_store.emergency import emergency
from backend.tool_store.phone_numbers import phone_in
from backend.tool_store.repair import left_open, understood
from backend.tool_store.wording import worded

__all__ = ["Intake"]

_ANSWERS = frozenset({"confirmation", "correction"})


class Intake:
    """What is taken of one form in one call.

    Args:
        filling: the form, and the tool call that goes on with it.
    """

    def __init__(self, filling: Filling) -> None:
        self._filling, self._ctx = filling, filling.ctx
        self._facts, self._texts = filling.facts, filling.form.texts

    async def record(self, given: Mapping[str, Any]) -> ToolOutcome:
        """Take what a model passes on; gives what the caller hears next."""
        about = await self._filling.about()
        if self._facts.get(self._facts.ADDING_TO):
            return await self._add(given, about)
        draft = await self._draft()
        if (self._facts.get(self._facts.SAME_CASE) or {}).get("open"):
            outcome = await answer_about_case(self._filling, draft)
            if outcome is not None:
                return outcome
            if draft is not None and draft.status == "filed":
                return self._another()
            given = {}
        if draft is not None and draft.status == "filed":
            return self._after_filing(draft, given, about)
        begun = is_begun(self._filling, draft)
        if begun and says_goodbye(self._ctx.caller_text) and was_asked(self._filling) is None:
            return ask_before_leaving(self._filling)
        return await self._go_on(draft, given, about)

    async def _go_on(self, draft: Case | None, given: Mapping[str, Any], about: About) -> ToolOutcome:
        """Take it, or first what is to be settled about a draft of an earlier call."""
        if (self._facts.get(self._facts.EARLIER) or {}).get("open"):
            taken = await answer_about_draft(self._filling)
            return taken if isinstance(taken, ToolOutcome) else await self._take(taken)
        if (question := wants_a_new_one(self._filling, about)) is not None:
            return question
        told = await take_up(self._filling, given, about) if draft is None else None
        if isinstance(told, ToolOutcome):
            return told
        outcome = await self._take(given)
        return replace(outcome, say=" ".join(filter(None, (told, outcome.say)))) if told else outcome

    async def file(self) -> ToolOutcome:
        """File it, if every part stands confirmed; otherwise what the caller must still hear or answer."""
        draft = await self._draft()
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
            return await self._question(draft, Answers(), about)
        if lacking := self._filling.missing(draft.fields):
            question = self._filling.question(lacking[0], about)
            return self._filling.put(question, "Not complete yet.", ok=False, code="tool.failed")
        if changed := self._corrections(draft.fields, about):
            draft = await self._filling.cases.save(changed)
        if open_part := unconfirmed(self._filling, draft.fields, about):
            return open_part
        await self._filling.cases.save(self._filling.whole(draft.fields))
        return None

    async def open_question(self) -> ToolOutcome | None:
        """What this form waits for, asked once more; ``None`` when there is nothing, or it is filed."""
        draft = await self._draft()
        if draft is None or draft.status == "filed":
            return None
        about = await self._filling.about()
        lacking = self._filling.missing(draft.fields)
        at_the_end = {"confirmation": CONFIRMATION, "correction": self._filling.form.correction}
        name = self._filling.open_name
        if name in at_the_end and not lacking:
            return self._filling.put(at_the_end[name], "The report waits for this.")
        if draft.verified and lacking:
            question = worded(self._filling.question(lacking[0], about), self._filling.ctx.phrases)
            # Nothing was misunderstood: the plainest words.
            return self._filling.put(replace(question, again=question.third), "The report waits for this.")
        return await self._next(draft, Answers(), about)

    # -- taking ---------------------------------------------------------------------------

    async def _take(self, given: Mapping[str, Any]) -> ToolOutcome:
        filling = self._filling
        about = await filling.about()
        draft = await filling.cases.draft()
        saved = dict(draft.fields) if draft else {}
        given = dict(given)
        if draft is None:
            given = self._with_first_words(given, about)
        number = self._settled(given, draft)
        if isinstance(number, ToolOutcome):
            return number
        if number:
            draft = await filling.cases.save(number)
        alone = {one.name for one in filling.spec.fields if one.confirm}
        fields = {name: value for name, value in given.items() if name not in _ANSWERS | alone}
        if filling.spec.first and filling.spec.first.field in fields and read_safety(self._ctx.caller_text).urgent:
            return emergency(self._ctx, self._ctx.caller_text)
        answers = read_answers(filling, fields, saved, about)
        if not answers.fields and (changed := self._corrections(saved, about)):
            answers = Answers(fields=changed)
        if draft is None:
            answers.fields = told_before(filling, filling.texts(), about) | answers.fields
        self._add_what_was_asked_first(draft, answers)
        news = any(saved.get(name) != value for name, value in answers.fields.items())
        draft = await filling.cases.save(answers.fields) if answers.fields else draft or filling.nothing_yet()
        if (asked := await same_case(filling, draft, about)) is not None:
            return asked
        return await self._next(draft, answers, about, kind=filling.spec.story in answers.fields, news=news)

    def _settled(self, given: Mapping[str, Any], draft: Case | None) -> ToolOutcome | dict[str, Any] | None:
        """A number that is confirmed by itself, where this is an answer about it."""
        for field in self._filling.spec.fields:
            if not field.confirm or not self._is_about(field.name, given, draft):
                continue
            number = settle_number(self._filling, field)
            return number if isinstance(number, ToolOutcome) else {field.name: number}
        return None

    def _is_about(self, name: str, given: Mapping[str, Any], draft: Case | None) -> bool:
        """Is this an answer about the number to call back at? A verified caller is asked for none."""
        if self._ctx.session.subject or (draft is not None and name in draft.fields):
            return name in given and bool(phone_in(self._ctx.caller_text))
        return name in given or (self._filling.open_name == name and "confirmation" in given)

    def _with_first_words(self, given: dict[str, Any], about: About) -> dict[str, Any]:
        """The words in which the caller first told of it, so that nobody has to tell it twice."""
        story = self._filling.spec.story
        if story is None or story in given:
            return given
        told = [text for text in self._filling.texts() if self._filling.tells(text, about)]
        return given | {story: max(told, key=len)} if told else given

    def _add_what_was_asked_first(self, draft: Case | None, answers: Answers) -> None:
        """Who was hurt, and the name that a caller gave before anybody took the form."""
        if (harm := self._told_first(draft)) is not None and self._filling.spec.first:
            answers.fields.setdefault(self._filling.spec.first.field, harm)
        if draft is None and (name := self._ctx.session.facts.pop("unverified_name", "")):
            kinds = {one.name: one.kind for one in self._filling.spec.fields}
            own = next((one for one in self._filling.spec.unverified if kinds.get(one) == "name"), None)
            if own:
                answers.fields.setdefault(own, name)

    def _told_first(self, draft: Case | None) -> dict[str, Any] | None:
        """Who was hurt, as it was asked before anything else; of the draft of an earlier call it mends what is less."""
        safety, first = self._ctx.session.facts.get("safety"), self._filling.spec.first
        if first is None or not isinstance(safety, Mapping) or not isinstance(safety.get("injured"), bool):
            return None
        if draft is not None and (
            not draft.earlier_calls or not safety["injured"] or self._facts.get(self._facts.FIRST_TAKEN)
        ):
            return None
        self._facts.put(self._facts.FIRST_TAKEN, True)
        field = self._filling.form.field(first.field)
        details = str(safety.get("details") or "") if safety["injured"] else ""
        return {field.answer or "answer": safety["injured"], field.details or "details": details}

    def _corrections(self, saved: Mapping[str, Any], about: About) -> dict[str, Any]:
        """What the caller's words put right while a read-back or a correction is open."""
        if self._filling.open_name not in _ANSWERS or consent_in(self._ctx.language, self._ctx.caller_text) == "yes":
            return {}
        return correct(self._filling, self._ctx.caller_text, saved, about)

    async def _draft(self) -> Case | None:
        """This call's draft; one that began before its caller was verified is theirs as soon as they are."""
        draft = await self._filling.cases.draft()
        if draft is None or draft.status == "filed" or draft.verified or self._ctx.session.subject is None:
            return draft
        return await self._filling.cases.save({})

    # -- what comes next ------------------------------------------------------------------

    async def _next(
        self, draft: Case, answers: Answers, about: About, *, kind: bool = False, news: bool = False
    ) -> ToolOutcome:
        said: list[str] = []
        for name, problem in answers.problems.items():
            if name in draft.fields and name in answers.fields:
                continue
            field = self._filling.form.field(name)
            if news and name not in draft.fields:
                break  # something was understood: the question comes again by itself, and nothing has failed
            outcome = self._filling.repair(self._filling.question(field, about), problem)
            if left_open(outcome) is None:
                return outcome
            draft = await self._filling.cases.save({name: field.open_value})
            said.append(outcome.say or "")
        sorry_said = self._facts.get(self._facts.KIND_WORD) or self._ctx.session.facts.get("safety")
        if kind and not sorry_said:
            self._facts.put(self._facts.KIND_WORD, True)
            said.append(self._texts.sorry)
        outcome = await self._question(draft, answers, about)
        say = " ".join(part for part in (*said, outcome.say or "") if part)
        return replace(outcome, say=say or None)

    async def _question(self, draft: Case, answers: Answers, about: About) -> ToolOutcome:
        filling = self._filling
        message = "Saved." if answers.fields else "Nothing was recorded."
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
        if answers.fields or nothing_to_change(text) or named_in(self._filling, text, draft.fields, about):
            understood(self._ctx, "correction")
            return False
        return True

    # -- after it -------------------------------------------------------------------------

    def _after_filing(self, case: Case, given: Mapping[str, Any], about: About) -> ToolOutcome:
        told = {name: value for name, value in given.items() if name not in _ANSWERS}
        if not told:
            return ToolOutcome(True, "It is filed already.", ask=self._texts.else_)
        said = self._ctx.caller_text or str(told)
        state = {"asked": [case.number], "open": case.number, "said": said}
        self._facts.put(self._facts.SAME_CASE, state)
        return ask_about(self._filling, case, about)

    async def _add(self, given: Mapping[str, Any], about: About) -> ToolOutcome:
        text = self._ctx.caller_text
        if about.language.account.names_another(text):
            return self._another()
        if not given.keys() - _ANSWERS and consent_in(self._ctx.language, text) in ("yes", "no"):
            message = "The case has all that was said; a yes or no adds nothing."
            return ToolOutcome(True, message, ask=self._texts.else_)
        said = text or "; ".join(f"{name}: {value}" for name, value in given.items())
        return await add_to_case(self._filling, said)

    def _another(self) -> ToolOutcome:
        return ToolOutcome(
            True,
            "One call takes one report. A person takes the second.",
            say=self._texts.second,
            directive=TransferToPerson("a second loss to report in one call"),
        )
