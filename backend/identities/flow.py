"""Who is calling: what is asked next, when it is judged, and what is offered to those who cannot be verified."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from backend.domain.book_spec import DeclaredBook
from backend.domain.identity_spec import IdentitySpec, SecretPartSpec
from backend.domain.session import CallSession
from backend.domain.subject import Subject
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.identities.hearing import Hearing
from backend.identities.judging import Judging
from backend.identities.progress import Progress
from backend.identities.wording import Wording
from backend.language.consent import consent_in
from backend.language.named import language_named
from backend.language.standing import obstacle
from backend.tool_store.apart import read_apart
from backend.tool_store.concern import Concern
from backend.tool_store.context import ToolContext
from backend.tool_store.repair import keys_offered, left_open, put, repair, understood
from backend.tool_store.said_name import NAME_NOT_UNDERSTOOD, said_name

__all__ = ["Flow", "is_known"]

_TO_A_PERSON = TransferToPerson("the caller could not be verified")
_MOST_DECLINED = 3
"""So often an offer of a person may be declined in a call; then there is nothing else left."""


def is_known(identity: IdentitySpec, session: CallSession) -> bool:
    """Has the caller been shown to be one of these?"""
    subject = session.subject
    return subject is not None and (subject.identity in ("", identity.name) or _has_all(identity, subject))


def _has_all(identity: IdentitySpec, subject: Subject) -> bool:
    return set(identity.granted) <= set(subject.grants)


@dataclass(frozen=True, slots=True)
class Flow:
    """The questions of one identity.

    Args:
        identity: which.
        book: where its records are.
        concern: what the caller calls about.
    """

    identity: IdentitySpec
    book: DeclaredBook
    concern: Concern

    @property
    def tool_name(self) -> str:
        """The identity's tool."""
        return self.identity.tool_name

    def is_known(self, ctx: ToolContext) -> bool:
        """Has the caller been shown to be one of these?"""
        return is_known(self.identity, ctx.session)

    async def identify(
        self, ctx: ToolContext, given: Mapping[str, str | None] | None = None, consent: str | None = None
    ) -> ToolOutcome:
        """The next step toward knowing who is calling.

        Args:
            ctx: the tool call.
            given: what the model passes on, by part.
            consent: what it passes on as the answer to an offer.
        """
        outcome = await _Step(self, ctx).take(given or {}, consent)
        words = self.concern.to_be_said(ctx)
        return replace(outcome, say=" ".join(filter(None, (words, outcome.say)))) if words else outcome

    def listen(self, ctx: ToolContext) -> None:
        """Keep what this turn's words say of who is calling, while something else is asked."""
        if not is_known(self.identity, ctx.session):
            _Step(self, ctx).listen()

    def wish(self, ctx: ToolContext) -> dict[str, str]:
        """What the caller is here for, where that is known, so that the right colleague is found."""
        report = self.identity.report
        return {"wish": report.wish} if report and report.wish and self.concern.is_reported(ctx) else {}


class _Step:
    """One call of the tool."""

    def __init__(self, flow: Flow, ctx: ToolContext) -> None:
        self._flow = flow
        self._identity = flow.identity
        self._ctx = ctx
        self._wording = Wording(flow.identity, ctx.language)
        self._hearing = Hearing(flow.identity, ctx.language, ctx.now())
        self._progress = Progress(ctx, flow.identity, self._hearing)
        self._judging = Judging(flow.identity, flow.book, ctx)

    def listen(self) -> None:
        """Take what the words hold."""
        self._progress.take({})
        self._is_hindered()

    async def take(self, given: Mapping[str, str | None], consent: str | None) -> ToolOutcome:
        """Take what the words and arguments hold, and tell what follows."""
        ctx, progress = self._ctx, self._progress
        if is_known(self._identity, ctx.session):
            assert ctx.session.subject is not None
            return ToolOutcome(True, f"{ctx.session.subject.first_name} is verified already.")
        unclear = await read_apart([ctx.caller_text, *filter(None, given.values())], lambda: progress.take(given))
        hindered = self._is_hindered()
        if first := await self._flow.concern.comes_first(ctx):
            progress.asks(None)
            return first
        if progress.offer and (progress.locked or progress.for_another or not progress.took):
            return self._answer_to_offer(consent)
        if ctx.session.facts.get("unverified") and not progress.took:
            return self._may_report()
        if progress.locked or await self._is_locked():
            progress.lock()
            return self._cannot_be_verified(self._wording.texts.locked)
        if progress.for_another or (hindered and not progress.took):
            return self._cannot_be_verified(None)
        if unclear:
            return await self._ask_again(unclear)
        if progress.missing or progress.judged:
            return self._ask(progress.missing or self._identity.parts[0])
        return await self._judge()

    def _is_hindered(self) -> bool:
        """Can or will this caller not be verified? "I don't know" says so only of what was asked."""
        ctx, asked = self._ctx, self._progress.asked is not None
        found = obstacle(ctx.language, ctx.caller_text, self._wording.standing, asked=asked)
        spoke_of = self._progress.spoke_of_another()
        if found == "not_the_holder" or spoke_of:
            self._progress.speaks_for_another()
        return bool(found or spoke_of) and asked

    # -- asking ---------------------------------------------------------------------------

    def _ask(self, part: SecretPartSpec, say: str | None = None, *, ok: bool = True) -> ToolOutcome:
        for known in self._progress.said:
            understood(self._ctx, known)
        self._progress.asks(part)
        self._progress.offer = ""
        message = "More is needed." if ok else "Nobody in our records fits. Do not say which part was wrong."
        question = self._wording.question(part)
        if self._progress.failed and question.kind == "digits":  # most often they were misheard; keys are exact
            question = replace(question, ask=question.third)
        return put(self._ctx, question, message, ok=ok, say=say)

    async def _ask_again(self, part: SecretPartSpec) -> ToolOutcome:
        self._progress.asks(part)
        self._progress.offer = ""
        question = self._wording.question(part)
        wants_keys = language_named(self._ctx.language).talk.wants_keys
        if question.kind == "digits" and wants_keys(self._ctx.caller_text):
            return put(self._ctx, replace(question, ask=question.third), "The caller would rather press keys.")
        question = replace(question, may_stay_open=part.misheard or self._may_leave_a_report())
        tried = repair(self._ctx, question, "Not everything was understood.")
        return tried if left_open(tried) is None else await self._without(part, tried)

    async def _without(self, part: SecretPartSpec, tried: ToolOutcome) -> ToolOutcome:
        """A part was not understood three times: a misheard name is told by its sound once everything else is exact."""
        if not part.misheard:
            return self._cannot_be_verified(tried.say)
        self._progress.leave_name(part)
        if missing := self._progress.missing:
            return self._ask(missing, tried.say)
        return await self._judge()

    # -- judging --------------------------------------------------------------------------

    async def _judge(self) -> ToolOutcome:
        """Compare all parts with the book. What follows depends on nothing but whether they open.

        What came of it is lasting: words that the caller adds are a turn of their own, and the try is not made twice.
        """
        ctx, progress = self._ctx, self._progress
        if again := await self._judging.unreadable(progress.said):
            progress.forget([again])
            return self._ask(again)
        progress.judge()
        for part in self._identity.parts:
            understood(ctx, part.name)
        subject = await self._judging.judge(progress.said, progress.unread)
        if subject is not None:
            progress.clear()
            return self._verified(subject)
        if await self._judging.was_last():
            progress.lock()
            return replace(self._cannot_be_verified(self._wording.texts.locked), lasting=True)
        progress.fail()
        hopeless = progress.has_no_name
        progress.forget([one for one in self._judging.to_ask_again() if not (hopeless and one.kind == "name")])
        part = progress.missing or self._identity.parts[0]
        return replace(self._ask(part, self._wording.texts.not_found, ok=False), lasting=True)

    def _verified(self, subject: Subject) -> ToolOutcome:
        ctx = self._ctx
        before = ctx.session.subject
        if before is not None and before.id == subject.id:
            grants = tuple(dict.fromkeys((*before.grants, *subject.grants)))
            subject = Subject(
                subject.id, subject.name, before.attributes | subject.attributes, subject.identity, grants
            )
        ctx.session.subject = subject
        ctx.session.facts.pop("unverified", None)
        first = subject.first_name
        return ToolOutcome(
            True,
            f"Verified. The caller is {first}. Go on with what the caller wants; hand over if another agent does that.",
            data={"verified": True, "first_name": first, **self._flow.wish(ctx)},
            say=self._wording.texts.verified or None,
        )

    async def _is_locked(self) -> bool:
        """Has this call, or its number, had its last try? The number is looked up once; a try counts it anyway."""
        if self._judging.call_is_spent():
            return True
        return self._progress.first_look_at_number() and await self._judging.number_is_spent()

    # -- those who cannot be verified -----------------------------------------------------

    def _may_leave_a_report(self) -> bool:
        return self._identity.report is not None and self._flow.concern.is_reported(self._ctx)

    def _cannot_be_verified(self, say: str | None) -> ToolOutcome:
        """No more questions about who is calling: a report if there is one to make, else a person."""
        progress = self._progress
        progress.asks(None)
        if self._may_leave_a_report():
            progress.offer = "report_then_person" if progress.locked else "report"
        elif progress.locked:
            return ToolOutcome(
                False,
                "The caller could not be verified. A person takes over.",
                say=say,
                directive=_TO_A_PERSON,
                code="tool.denied",
            )
        else:
            progress.offer = "person"
        message = "The caller can't be verified. Pass on their answer to this offer."
        code = "tool.denied" if progress.locked else ""
        question = self._wording.offer(progress.offer)
        return put(self._ctx, question, message, ok=False, say=say or self._wording.texts.thanks or None, code=code)

    def _answer_to_offer(self, consent: str | None) -> ToolOutcome:
        ctx, progress, offer = self._ctx, self._progress, self._progress.offer
        question = self._wording.offer(offer)
        if progress.offered_now:
            return put(ctx, question, "The caller is being asked. Wait for the answer.", ok=False)
        answer = consent_in(ctx.language, ctx.caller_text or consent or "", keys=keys_offered(ctx, question))
        if answer == "unclear" or answer == "correction":
            return repair(ctx, question, "The answer is neither a yes nor a no.")
        progress.offer = ""
        understood(ctx, question.name)
        if answer == "yes" and offer != "person":
            ctx.session.facts["unverified"] = True
            progress.forget(self._identity.exact)
            ctx.session.facts["unverified_name"] = said_name(ctx.session)
            ctx.session.facts[NAME_NOT_UNDERSTOOD] = progress.has_no_name
            ctx.session.facts["person_after_report"] = offer == "report_then_person"
            return self._may_report()
        if answer == "no" and offer == "person" and progress.declines() < _MOST_DECLINED:
            message = "The caller does not want that. Nothing that needs a verified caller may be said."
            return ToolOutcome(True, message, ask=self._wording.texts.otherwise)
        return ToolOutcome(True, "The caller is being connected.", directive=_TO_A_PERSON)

    def _may_report(self) -> ToolOutcome:
        return ToolOutcome(
            True,
            "The caller is not verified and may leave a report. Hand over now to the agent who takes reports. "
            "Say nothing of any record.",
            data={"unverified": True, **self._flow.wish(self._ctx)},
        )
