"""What a model passes on of a form, taken into its draft."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from backend.domain.case import Case
from backend.domain.tool import ToolOutcome
from backend.forms.about import About
from backend.forms.anew import put_right
from backend.forms.answers import ANSWERS, Answers, read_answers, told_before
from backend.forms.earlier import same_case
from backend.forms.filling import Filling
from backend.forms.heard_better import heard_better, note_answer
from backend.forms.next_step import NextStep
from backend.forms.nights import past_midnight
from backend.forms.reaching import settle_number
from backend.forms.reading import MEASURED
from backend.forms.reported import told_anew
from backend.forms.shapes import ANYBODY, own_word
from backend.forms.spotting import spot
from backend.language.named import language_named
from backend.tool_store.apart import read_apart
from backend.tool_store.emergency import emergency
from backend.tool_store.phone_numbers import phone_in
from backend.tool_store.said_name import NAME_NOT_UNDERSTOOD

__all__ = ["Taking"]


_OPENING = 3
"""Words in which somebody says that they do not know."""


class Taking:
    """Takes answers, with what the caller has told before they were asked.

    Args:
        filling: the form, and the tool call that goes on with it.
        then: finds what is asked next.
    """

    def __init__(self, filling: Filling, then: NextStep) -> None:
        self._filling, self._ctx, self._facts = filling, filling.ctx, filling.facts
        self._then = then

    async def take(self, given: Mapping[str, Any]) -> ToolOutcome:
        """Take these answers by field; gives what the caller hears next."""
        filling = self._filling
        about = await filling.about()
        draft = await filling.cases.draft()
        if draft is not None and (better := heard_better(filling, draft.fields, about)):
            draft = await filling.cases.save(better)
        saved = dict(draft.fields) if draft else {}
        given, waiting = dict(given), filling.open_name
        if draft is None:
            given = self._with_first_words(given, about)
        number = self._settled(given, draft)
        if isinstance(number, ToolOutcome):
            return number
        if number:
            draft = await filling.cases.save(number)
        alone = {one.name for one in filling.spec.fields if one.confirm}
        fields = {name: value for name, value in given.items() if name not in ANSWERS | alone}
        fields = self._without_phone(fields, about)
        first = filling.spec.first.field if filling.spec.first else ""
        talk = language_named(self._ctx.language).talk
        if first in fields and talk.safety(self._ctx.caller_text, True).urgent:
            return emergency(self._ctx, self._ctx.caller_text)
        heard = [*map(str, given.values()), *(filling.texts() if draft is None else [self._ctx.caller_text])]
        answers = await read_apart(heard, lambda: self._understood(fields, saved, draft, about))
        note_answer(filling, waiting, answers.fields)
        self._add_what_was_asked_first(draft, answers)
        answers.fields |= past_midnight(filling, answers.fields, saved, heard, about)
        about = self._with_own_words(given, answers, about)
        news = any(saved.get(name) != value for name, value in answers.fields.items())
        draft = await filling.cases.save(answers.fields) if answers.fields else draft or filling.nothing_yet()
        if (asked := await same_case(filling, draft, about)) is not None:
            return asked
        return await self._then.after(draft, answers, about, kind=filling.spec.story in answers.fields, news=news)

    def _without_phone(self, fields: Mapping[str, Any], about: About) -> dict[str, Any]:
        """Without what a model has made of the digits of a phone number: "five oh one" in one is no time of day."""
        text = self._ctx.caller_text
        if not phone_in(text, self._ctx.language):
            return dict(fields)
        measured = {one.name: one for one in self._filling.spec.fields if one.kind in MEASURED}
        return {
            name: value
            for name, value in fields.items()
            if name not in measured or spot(measured[name], text, about).outcome != "none"
        }

    def _understood(
        self, fields: Mapping[str, Any], saved: Mapping[str, Any], draft: Case | None, about: About
    ) -> Answers:
        """What these answers say, what they put right, and what was told before there was a draft."""
        answers = read_answers(self._filling, fields, saved, about)
        changed = put_right(self._filling, saved, about)
        if changed and not answers.fields:
            answers = Answers(fields=changed)
        elif changed:  # "it was Tuesday, and there were three cars", of which a model has passed on the day only
            beside = {name: value for name, value in changed.items() if name not in fields}
            beside.pop(self._filling.spec.story or "", None)
            answers.fields = beside | answers.fields
        if draft is None:
            told = told_anew(self._filling.texts(), about)
            answers.fields = told_before(self._filling, told, about) | answers.fields
        return answers

    def _with_own_words(self, given: Mapping[str, Any], answers: Answers, about: About) -> About:
        """Keep the caller's own word for a relationship that says nothing: it is read back as a person would say it."""
        own = dict(about.own_words)
        for name, value in answers.fields.items():
            field = self._filling.form.field(name)
            if field.kind == "choice" and not field.list:
                own.pop(name, None)
                said = f"{self._ctx.caller_text} {given.get(name, '')}"
                if value == ANYBODY and (word := own_word(field, said, about)):
                    own[name] = word
        if own != about.own_words:
            self._facts.put(self._facts.OWN_WORDS, own)
        return replace(about, own_words=own)

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
            return name in given and bool(phone_in(self._ctx.caller_text, self._ctx.language))
        return name in given or (self._filling.open_name == name and "confirmation" in given)

    def _with_first_words(self, given: dict[str, Any], about: About) -> dict[str, Any]:
        """The words in which the caller first told of it, so that nobody has to tell it twice."""
        story = self._filling.spec.story
        if story is None or story in given:
            return given
        told = [text for text in told_anew(self._filling.texts(), about) if self._is_account(text, about)]
        return given | {story: max(told, key=self._how_much)} if told else given

    def _is_account(self, text: str, about: About) -> bool:
        """ "I don't know, they drove off" answers a question, and tells nothing of what happened."""
        opening, talk = text.split()[:_OPENING], language_named(self._ctx.language).talk
        unknown = any(talk.does_not_know(" ".join(opening[:count])) for count in range(1, _OPENING + 1))
        return self._filling.tells(text, about) and not unknown

    def _how_much(self, text: str) -> tuple[bool, int]:
        """How much an account tells: one that is told as such goes before an answer to who was hurt, however long."""
        language = language_named(self._ctx.language)
        plain = language.account.without_answer(text).casefold() == text.casefold()
        return plain and language.talk.safety(text, True).injured is None, len(text)

    def _add_what_was_asked_first(self, draft: Case | None, answers: Answers) -> None:
        """Who was hurt, and the name that a caller gave before anybody took the form."""
        if (harm := self._told_first(draft)) is not None and self._filling.spec.first:
            answers.fields.setdefault(self._filling.spec.first.field, harm)
        if draft is None:
            self._add_own_name(answers)

    def _add_own_name(self, answers: Answers) -> None:
        """The name that the caller gave before; one that nobody could understand stays open instead of being asked."""
        facts = self._ctx.session.facts
        name, hopeless = facts.pop("unverified_name", ""), facts.pop(NAME_NOT_UNDERSTOOD, False)
        fields = (self._filling.form.field(one) for one in self._filling.spec.unverified)
        own = next((one for one in fields if one.kind == "name"), None)
        if own and (name or (hopeless and own.may_stay_open)):
            answers.fields.setdefault(own.name, name or own.open_value)

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
