"""One report of a loss, from the first word to the claim number."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from backend.domain.claim import UNVERIFIED, Circumstances, field_named, missing
from backend.domain.claim.story import tells_what_happened
from backend.domain.question import CONFIRMATION
from backend.domain.records import ClaimRecord
from backend.domain.session import CallerSaid
from backend.domain.spoken.consent import nothing_to_change, read_consent
from backend.domain.spoken.farewell import says_goodbye
from backend.domain.spoken.safety import read_safety
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.errors import ClaimWaits
from backend.tool_store.confirmation import forget
from backend.tool_store.context import ToolContext
from backend.tool_store.emergency import emergency
from backend.tool_store.phone_numbers import phone_in
from backend.tool_store.repair import OPEN_QUESTION, left_open, put, repair, understood
from backend.tool_store.report.answers import Answers, correct, named_in, read_answers, told_before
from backend.tool_store.report.earlier import (
    add_to_claim,
    answer_about_draft,
    answer_about_loss,
    ask_about,
    names_another_loss,
    same_loss,
    take_up,
    wants_a_new_one,
)
from backend.tool_store.report.facts import Facts, circumstances
from backend.tool_store.report.filed import told_that_it_waits, told_when_filed
from backend.tool_store.report.leaving import ask_before_leaving, is_begun, was_asked
from backend.tool_store.report.reaching import FIELD as NUMBER
from backend.tool_store.report.reaching import settle_number
from backend.tool_store.report.reading_back import CORRECTION, complete, unconfirmed

__all__ = ["Report"]

_ELSE = "Is there anything else I can help you with?"
_KIND_WORD = "I'm sorry that happened."
_TO_FILE = "The caller has confirmed every part. File the claim now with file_claim."
_ANSWERS = frozenset({"confirmation", "correction"})
_AT_THE_END = {"confirmation": CONFIRMATION, "correction": CORRECTION}


class Report:
    """The report of one call.

    Args:
        ctx: the tool call that goes on with it.
    """

    def __init__(self, ctx: ToolContext) -> None:
        self._ctx = ctx
        self._facts = Facts(ctx.session)

    async def record(self, given: Mapping[str, Any]) -> ToolOutcome:
        """Take what a model passes on; gives what the caller hears next."""
        if self._facts.get(Facts.ADDING_TO):
            return await self._add(given)
        draft = await self._draft()
        if (self._facts.get(Facts.SAME_LOSS) or {}).get("open"):
            outcome = await answer_about_loss(self._ctx, draft)
            if outcome is not None:
                return outcome
            if draft is not None and draft.status == "filed":
                return _another_loss()
            given = {}
        if draft is not None and draft.status == "filed":
            return self._after_filing(draft, given)
        if is_begun(draft) and says_goodbye(self._ctx.caller_text) and was_asked(self._ctx) is None:
            return ask_before_leaving(self._ctx)
        return await self._go_on(draft, given)

    async def _go_on(self, draft: ClaimRecord | None, given: Mapping[str, Any]) -> ToolOutcome:
        """Take it, or first what is to be settled about a draft of an earlier call."""
        if (self._facts.get(Facts.EARLIER) or {}).get("open"):
            taken = await answer_about_draft(self._ctx)
            return taken if isinstance(taken, ToolOutcome) else await self._take(taken)
        if (question := wants_a_new_one(self._ctx)) is not None:
            return question
        told = await take_up(self._ctx, given) if draft is None else None
        if isinstance(told, ToolOutcome):
            return told
        outcome = await self._take(given)
        return replace(outcome, say=" ".join(filter(None, (told, outcome.say)))) if told else outcome

    async def file(self) -> ToolOutcome:
        """File it, if every part stands confirmed; otherwise what the caller must still hear or answer."""
        ctx = self._ctx
        draft = await self._draft()
        if draft is None:
            return ToolOutcome(
                False, "Nothing has been recorded yet.", ask="Tell me, what happened?", code="tool.failed",
                expects="incident_description", tool="record_fnol",
            )  # fmt: skip
        about = await circumstances(ctx)
        if draft.status == "draft":
            if not draft.verified and {NUMBER, *(one.name for one in UNVERIFIED)} - set(draft.fields):
                return await self._question(draft, Answers(), about)
            if lacking := missing(draft.fields, about):
                question = lacking[0].offer(lacking[0].question, about)
                return put(ctx, question, "Not complete yet.", ok=False, tool="record_fnol", code="tool.failed")
            if changed := self._corrections(draft.fields, about):
                draft = await self._save(changed)
            if open_part := unconfirmed(ctx, draft.fields, about):
                return open_part
            await self._save(complete(draft.fields, about))
        try:
            claim = await ctx.claims.file(ctx.session.call_id)
        except ClaimWaits:
            return await told_that_it_waits(ctx, draft)
        forget(ctx)
        ctx.session.claim_id = claim.claim_id
        ctx.session.facts["claim_id"] = claim.claim_id
        say, data = told_when_filed(ctx, claim), {"claim_id": claim.claim_id}
        if ctx.session.facts.pop("person_after_report", False):
            person = TransferToPerson("the caller could not be verified and has left a report")
            return ToolOutcome(True, "The claim is filed; a person takes over.", data=data, say=say, directive=person)
        return ToolOutcome(True, "The claim is filed.", data=data, say=say, ask=_ELSE)

    async def open_question(self) -> ToolOutcome | None:
        """What this report waits for, asked once more; ``None`` when there is none, or it is filed."""
        ctx = self._ctx
        draft = await self._draft()
        if draft is None or draft.status == "filed":
            return None
        about = await circumstances(ctx)
        name = ctx.session.facts.get(OPEN_QUESTION, {}).get("name")
        if name in _AT_THE_END and not missing(draft.fields, about):
            return put(ctx, _AT_THE_END[name], "The report waits for this.", tool="record_fnol")
        if draft.verified and (lacking := missing(draft.fields, about)):
            question = lacking[0].offer(lacking[0].question, about)  # nothing was misunderstood: the plainest words
            return put(ctx, replace(question, again=question.third), "The report waits for this.", tool="record_fnol")
        return await self._next(draft, Answers(), about)

    # -- taking ---------------------------------------------------------------------------

    async def _take(self, given: Mapping[str, Any]) -> ToolOutcome:
        ctx = self._ctx
        about = await circumstances(ctx)
        draft = await ctx.claims.draft(ctx.session.call_id)
        saved = dict(draft.fields) if draft else {}
        given = dict(given)
        if draft is None:
            given = self._with_first_words(given)
        if self._is_about_number(given, draft):
            number = settle_number(ctx)
            if isinstance(number, ToolOutcome):
                return number
            draft = await self._save({NUMBER: number})
        fields = {name: value for name, value in given.items() if name not in _ANSWERS | {NUMBER}}
        if "injuries" in fields and read_safety(ctx.caller_text).urgent:
            return emergency(ctx, ctx.caller_text)
        answers = read_answers(ctx, fields, saved, about)
        if not answers.fields and (changed := self._corrections(saved, about)):
            answers = Answers(fields=changed)
        if draft is None:
            answers.fields = told_before(self._texts(), about) | answers.fields
        if (harm := self._told_before(draft)) is not None:
            answers.fields.setdefault("injuries", harm)
        if draft is None and (name := ctx.session.facts.pop("unverified_name", "")):
            answers.fields.setdefault("full_name", name)
        news = any(saved.get(name) != value for name, value in answers.fields.items())
        draft = await self._save(answers.fields) if answers.fields else draft or self._nothing_yet()
        if (asked := await same_loss(ctx, draft)) is not None:
            return asked
        return await self._next(draft, answers, about, kind="incident_description" in answers.fields, news=news)

    def _is_about_number(self, given: Mapping[str, Any], draft: ClaimRecord | None) -> bool:
        """Is this an answer about the number to call back at? A verified caller is asked for none."""
        if self._ctx.session.subject or (draft is not None and NUMBER in draft.fields):
            return NUMBER in given and bool(phone_in(self._ctx.caller_text))
        asked = self._ctx.session.facts.get(OPEN_QUESTION, {}).get("name") == NUMBER
        return NUMBER in given or (asked and "confirmation" in given)

    def _with_first_words(self, given: dict[str, Any]) -> dict[str, Any]:
        """The words in which the caller first told of it, so that nobody has to tell it twice."""
        if "incident_description" in given:
            return given
        told = [text for text in self._texts() if tells_what_happened(text)]
        return given | {"incident_description": max(told, key=len)} if told else given

    def _texts(self) -> list[str]:
        """All that the caller has said in this call."""
        said = [item.text for item in self._ctx.session.history if isinstance(item, CallerSaid)]
        return list(dict.fromkeys((*said, self._ctx.caller_text)))

    def _told_before(self, draft: ClaimRecord | None) -> dict[str, Any] | None:
        """Who was hurt, as it was asked before anything else; of the draft of an earlier call it mends what is less."""
        safety = self._ctx.session.facts.get("safety")
        if not isinstance(safety, Mapping) or not isinstance(safety.get("injured"), bool):
            return None
        if draft is not None and (not draft.earlier_calls or not safety["injured"] or self._facts.get(Facts.HARM)):
            return None
        self._facts.put(Facts.HARM, True)
        return {"injured": safety["injured"], "details": str(safety.get("details") or "") if safety["injured"] else ""}

    def _corrections(self, saved: Mapping[str, Any], about: Circumstances) -> dict[str, Any]:
        """What the caller's words put right while a read-back or a correction is open."""
        name = self._ctx.session.facts.get(OPEN_QUESTION, {}).get("name")
        if name not in _ANSWERS or read_consent(self._ctx.caller_text) == "yes":
            return {}
        return correct(self._ctx.caller_text, saved, about)

    def _nothing_yet(self) -> ClaimRecord:
        """A report of which nothing has been told: it is not kept, so that nobody looks for what broke off there."""
        subject, now = self._ctx.session.subject, self._ctx.now()
        policy = subject.id if subject else ""
        return ClaimRecord(self._ctx.session.call_id, policy, "draft", {}, now, verified=subject is not None)

    async def _draft(self) -> ClaimRecord | None:
        """This call's draft; one that began before its caller was verified is theirs as soon as they are."""
        draft = await self._ctx.claims.draft(self._ctx.session.call_id)
        if draft is None or draft.status == "filed" or draft.verified or self._ctx.session.subject is None:
            return draft
        return await self._save({})

    async def _save(self, fields: Mapping[str, Any]) -> ClaimRecord:
        subject = self._ctx.session.subject
        policy = subject.id if subject else ""
        return await self._ctx.claims.save_fields(
            self._ctx.session.call_id, policy, self._ctx.hidden(fields), verified=subject is not None
        )

    # -- what comes next ------------------------------------------------------------------

    async def _next(
        self, draft: ClaimRecord, answers: Answers, about: Circumstances, *, kind: bool = False, news: bool = False
    ) -> ToolOutcome:
        said: list[str] = []
        for name, problem in answers.problems.items():
            if name in draft.fields and name in answers.fields:
                continue
            question = field_named(name).offer(field_named(name).question, about)
            if news and name not in draft.fields:
                break  # something was understood: the question comes again by itself, and nothing has failed
            outcome = repair(self._ctx, question, problem, tool="record_fnol")
            if left_open(outcome) is None:
                return outcome
            draft = await self._save({name: field_named(name).left_open})
            said.append(outcome.say or "")
        if kind and not self._facts.get(Facts.KIND_WORD) and not self._facts.get("safety"):  # it was said then
            self._facts.put(Facts.KIND_WORD, True)
            said.append(_KIND_WORD)
        outcome = await self._question(draft, answers, about)
        say = " ".join(part for part in (*said, outcome.say or "") if part)
        return replace(outcome, say=say or None)

    async def _question(self, draft: ClaimRecord, answers: Answers, about: Circumstances) -> ToolOutcome:
        ctx = self._ctx
        message = "Saved." if answers.fields else "Nothing was recorded."
        if not draft.verified:
            if lacking := [one for one in UNVERIFIED if one.name not in draft.fields]:
                return put(ctx, lacking[0].question, message, tool="record_fnol")
            if NUMBER not in draft.fields:
                number = settle_number(ctx)
                if isinstance(number, ToolOutcome):
                    return number
                await self._save({NUMBER: number})
        lacking = missing(draft.fields, about)
        data = {"missing": [one.name for one in lacking]}
        if lacking:
            question = lacking[0].offer(lacking[0].question, about)
            return put(ctx, question, message, data=data, tool="record_fnol")
        if self._unplaced(draft, answers, about):
            return repair(ctx, CORRECTION, "It is not clear what is to be changed.", tool="record_fnol")
        outcome = unconfirmed(ctx, draft.fields, about)
        return outcome or ToolOutcome(True, _TO_FILE, data={"confirmed": True})

    def _unplaced(self, draft: ClaimRecord, answers: Answers, about: Circumstances) -> bool:
        """The caller was asked what to change, and said something in which nothing is found."""
        noted = self._ctx.session.facts.get(OPEN_QUESTION, {})
        if noted.get("name") != CORRECTION.name or noted.get("turn") == self._ctx.session.turn:
            return False
        text = self._ctx.caller_text
        if answers.fields or nothing_to_change(text) or named_in(text, draft.fields, about):
            understood(self._ctx, CORRECTION.name)
            return False
        return True

    # -- after it -------------------------------------------------------------------------

    def _after_filing(self, claim: ClaimRecord, given: Mapping[str, Any]) -> ToolOutcome:
        told = {name: value for name, value in given.items() if name not in _ANSWERS}
        if not told:
            return ToolOutcome(True, "The claim is filed already.", ask=_ELSE)
        said = self._ctx.caller_text or str(told)
        self._facts.put(Facts.SAME_LOSS, {"asked": [claim.claim_id], "open": claim.claim_id, "said": said})
        return ask_about(self._ctx, claim)

    async def _add(self, given: Mapping[str, Any]) -> ToolOutcome:
        if names_another_loss(self._ctx.caller_text):
            return _another_loss()
        if not given.keys() - _ANSWERS and read_consent(self._ctx.caller_text) in ("yes", "no"):
            return ToolOutcome(True, "The claim has all that was said; a yes or no adds nothing.", ask=_ELSE)
        said = self._ctx.caller_text or "; ".join(f"{name}: {value}" for name, value in given.items())
        return await add_to_claim(self._ctx, said)


def _another_loss() -> ToolOutcome:
    return ToolOutcome(
        True,
        "One call takes one report. A person takes the second.",
        say="Then a colleague will take your second report.",
        directive=TransferToPerson("a second loss to report in one call"),
    )
