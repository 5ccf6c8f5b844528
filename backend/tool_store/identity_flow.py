"""Who is calling: what is asked next, when it is judged, and what is offered to those who cannot be verified."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from backend.domain.private import Private
from backend.domain.question import Question
from backend.domain.records import Policyholder
from backend.domain.search import is_withheld
from backend.domain.spoken.consent import read_consent
from backend.domain.spoken.identity import Part
from backend.domain.spoken.standing import obstacle
from backend.domain.subject import Subject
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.domain.tries import Counted
from backend.domain.verification import Identity, Verdict, verify
from backend.forms.people_first import is_reported, people_first
from backend.tool_store.context import ToolContext
from backend.tool_store.identification import PARTS, Identification, said_name
from backend.tool_store.repair import keys_offered, put, repair, understood

__all__ = ["identify", "listen", "wish"]

_WHY = "I ask so that nobody but you can hear about your policy or change it."
_QUESTIONS: dict[Part, Question] = {
    "full_name": Question(
        "full_name",
        "name",
        "What is your full name?",
        "I'm sorry, I didn't catch your name. Please say your first and your last name, for example, Anna Kovacs.",
        "Please say your name and then spell it for me, letter by letter.",
        why=_WHY,
    ),
    "zip_code": Question(
        "zip_code",
        "digits",
        "What is your zip code?",
        "I'm sorry, I didn't get that. Please say the zip code number by number, for example, one oh two three five.",
        "Please key in your zip code on your telephone, all five numbers of it.",
        why=_WHY,
        digits=5,
        secret=True,
    ),
    "last4": Question(
        "last4",
        "digits",
        "What are the last four digits of your social security number?",
        "I'm sorry, I didn't get those last four digits. Please say just those four, one by one.",
        "Please key in the last four digits of your social security number on your telephone.",
        why=f"{_WHY} I never ask for the whole number.",
        digits=4,
        secret=True,
    ),
}
_WANTS_KEYS = re.compile(r"\b(?:type|typing|press|key|keys|keypad|buttons?|punch|dial|enter)\b", re.IGNORECASE)
_NOT_FOUND = "I'm sorry, I couldn't find you with these details. Let's try once more."
_LOCKED = "I'm sorry, I can't verify you here."
_THANKS = "Thank you for telling me."
_TO_A_PERSON = TransferToPerson("the caller could not be verified")
_ELSE = "Is there anything else I can help you with?"

_OFFERS = {
    "report": Question(
        "consent",
        "yes_no",
        "I can still take your report, and a colleague will check the details with you later. Is that all right?",
        "Sorry, shall I take your report without that? Is that all right, yes or no?",
        why="Without it I can't open a policy, but a report can be made by anybody.",
    ),
    "report_then_person": Question(
        "consent",
        "yes_no",
        "I can take your report now and then connect you with a colleague. Is that all right?",
        "Sorry, shall I take your report first, before I connect you? Is that all right, yes or no?",
        why="With a report taken down nothing gets lost, whoever you speak to next.",
    ),
    "person": Question(
        "consent",
        "yes_no",
        "Without that I can't speak about a policy, but I can connect you with a colleague. Is that all right?",
        "Sorry, shall I connect you with a colleague? Is that all right, yes or no?",
        why=_WHY,
    ),
}


async def identify(ctx: ToolContext, given: Mapping[Part, str | None], consent: str | None = None) -> ToolOutcome:
    """The next step towards knowing who is calling.

    Args:
        ctx: the tool call.
        given: what the model passes on, by part.
        consent: what it passes on as the answer to an offer.
    """
    outcome = await _step(ctx, given, consent)
    first = people_first(ctx)
    words = first.words() if first else None
    return replace(outcome, say=" ".join(filter(None, (words, outcome.say)))) if words else outcome


def listen(ctx: ToolContext) -> None:
    """Keep what this turn's words say of who is calling, while something else is asked."""
    if not ctx.session.subject:
        form = Identification(ctx)
        form.take({})
        _is_hindered(ctx, form)


async def _step(ctx: ToolContext, given: Mapping[Part, str | None], consent: str | None) -> ToolOutcome:
    if ctx.session.subject:
        return ToolOutcome(True, f"{ctx.session.subject.first_name} is verified already.")
    form = Identification(ctx)
    unclear = form.take(given)
    hindered = _is_hindered(ctx, form)
    first = people_first(ctx)
    if first is not None and (safety := await first.ask()):
        form.asks(None)
        return safety
    if form.offer and (form.locked or form.for_another or not form.took):
        return _answer_to_offer(ctx, form, consent)
    if ctx.session.facts.get("unverified") and not form.took:
        return _may_report(ctx)
    if form.locked or await _is_locked(ctx, form):
        form.lock()
        return _cannot_be_verified(ctx, form, _LOCKED)
    if form.for_another or (hindered and not form.took):
        return _cannot_be_verified(ctx, form, None)
    if unclear:
        return _ask_again(ctx, form, unclear)
    if form.missing or form.judged:
        return _ask(ctx, form, form.missing or PARTS[0])
    return await _judge(ctx, form)


def _is_hindered(ctx: ToolContext, form: Identification) -> bool:
    """Can or will this caller not be verified? "I don't know" says so only of what was asked."""
    found = obstacle(ctx.caller_text)
    if found == "not_the_holder":
        form.speaks_for_another()
    return bool(found and form.asked)


def _ask(ctx: ToolContext, form: Identification, part: Part, say: str | None = None, *, ok: bool = True) -> ToolOutcome:
    for known in form.said:
        understood(ctx, known)
    form.asks(part)
    form.offer = ""
    message = "More is needed." if ok else "Nobody in our records fits. Do not say which part was wrong."
    return put(ctx, _QUESTIONS[part], message, ok=ok, say=say)


def _ask_again(ctx: ToolContext, form: Identification, part: Part) -> ToolOutcome:
    form.asks(part)
    form.offer = ""
    question = _QUESTIONS[part]
    if question.kind == "digits" and _WANTS_KEYS.search(ctx.caller_text):
        return put(ctx, replace(question, ask=question.third), "The caller would rather press keys.")
    return repair(ctx, _QUESTIONS[part], "Not everything was understood.")


async def _judge(ctx: ToolContext, form: Identification) -> ToolOutcome:
    """Compare all three parts with the book. What follows depends on nothing but whether they open.

    What came of it is lasting: words that the caller adds are a turn of their own, and the try is not made twice.
    """
    form.judge()
    for part in PARTS:
        understood(ctx, part)
    said = form.said
    verdict = await _compare(ctx, _identity(ctx, said))
    subjects = [*_number(ctx), *(Counted("record", record, ctx.limits.per_record) for record in verdict.pointed_at)]
    ticket = await ctx.tries.take(subjects)
    if verdict.policy and ticket is not None:
        await ctx.tries.give_back(subjects, ticket)
        form.clear()
        return _verified(ctx, _subject(verdict.policy))
    ctx.session.verification_attempts += 1
    if ticket is None or ctx.session.verification_attempts >= ctx.limits.per_call or await ctx.tries.spent(subjects):
        form.lock()
        return replace(_cannot_be_verified(ctx, form, _LOCKED), lasting=True)
    # Numbers have to be exact and a name may be misheard: numbers are asked again first, then everything.
    form.forget(*(PARTS[1:] if ctx.session.verification_attempts == 1 else PARTS))
    return replace(_ask(ctx, form, form.missing or PARTS[0], _NOT_FOUND, ok=False), lasting=True)


def _identity(ctx: ToolContext, said: Mapping[str, str]) -> Identity:
    return Identity(said["full_name"], said["zip_code"], said["last4"], ctx.session.call_id, ctx.veil)


async def _compare(ctx: ToolContext, said: Identity) -> Verdict:
    book = await ctx.policies.all()
    if ctx.recorded is None:
        return verify(said, book)
    # A recorded call is played again: what was said then is not kept, what came of it is.
    return Verdict(next((policy for policy in book if policy.policy_id == ctx.recorded.granted), None))


def _verified(ctx: ToolContext, caller: Subject) -> ToolOutcome:
    ctx.session.subject = caller
    ctx.session.facts.pop("unverified", None)
    first = caller.first_name
    return ToolOutcome(
        True,
        f"Verified. The caller is {first}. Go on with what the caller wants; hand over if another agent does that.",
        data={"verified": True, "first_name": first, **wish(ctx)},
    )


def _subject(policy: Policyholder) -> Subject:
    return Subject(policy.policy_id, policy.full_name, {"policy_id": policy.policy_id})


def _number(ctx: ToolContext) -> Sequence[Counted]:
    """The caller's number. Those who withhold theirs have none in common: their failures count for their call only."""
    number = ctx.session.caller_number
    return [] if is_withheld(Private(number)) else [Counted("number", number, ctx.limits.per_number)]


async def _is_locked(ctx: ToolContext, form: Identification) -> bool:
    """Has this call, or its number, had its last try? The number is looked up once; a try counts it anyway."""
    if ctx.session.verification_attempts >= ctx.limits.per_call:
        return True
    return form.first_look_at_number() and await ctx.tries.spent(_number(ctx))


def _cannot_be_verified(ctx: ToolContext, form: Identification, say: str | None) -> ToolOutcome:
    """No more questions about who is calling: a report if there is one to make, else a person."""
    form.asks(None)
    if is_reported(ctx):
        form.offer = "report_then_person" if form.locked else "report"
    elif form.locked:
        return ToolOutcome(
            False,
            "The caller could not be verified. A person takes over.",
            say=say,
            directive=_TO_A_PERSON,
            code="tool.denied",
        )
    else:
        form.offer = "person"
    message = "The caller can't be verified. Pass on their answer to this offer."
    code = "tool.denied" if form.locked else ""
    return put(ctx, _OFFERS[form.offer], message, ok=False, say=say or _THANKS, code=code)


def _answer_to_offer(ctx: ToolContext, form: Identification, consent: str | None) -> ToolOutcome:
    question, offer = _OFFERS[form.offer], form.offer
    if form.offered_now:
        return put(ctx, question, "The caller is being asked. Wait for the answer.", ok=False)
    answer = read_consent(ctx.caller_text or consent or "", keys=keys_offered(ctx, question))
    if answer == "unclear" or answer == "correction":
        return repair(ctx, question, "The answer is neither a yes nor a no.")
    form.offer = ""
    understood(ctx, question.name)
    if answer == "yes" and offer != "person":
        ctx.session.facts["unverified"] = True
        form.forget("zip_code", "last4")
        ctx.session.facts["unverified_name"] = said_name(ctx.session)
        ctx.session.facts["person_after_report"] = offer == "report_then_person"
        return _may_report(ctx)
    if answer == "no" and offer == "person":
        return ToolOutcome(True, "The caller does not want that. Nothing about a policy may be said.", ask=_ELSE)
    return ToolOutcome(True, "The caller is being connected.", directive=_TO_A_PERSON)


def wish(ctx: ToolContext) -> dict[str, str]:
    """What the caller is here for, where that is known, so that the right colleague is found."""
    return {"wish": "to report an accident or damage"} if is_reported(ctx) else {}


def _may_report(ctx: ToolContext) -> ToolOutcome:
    return ToolOutcome(
        True,
        "The caller is not verified and may leave a report. Hand over now to the agent who takes reports. "
        "Say nothing of any policy.",
        data={"unverified": True, **wish(ctx)},
    )
