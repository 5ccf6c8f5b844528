"""Verifying who calls."""

from backend.domain.session import VerifiedCaller
from backend.domain.spoken.digits import read_digits
from backend.domain.tool import FieldProblem, ToolOutcome, TransferToPerson
from backend.domain.verification import Identity, verify
from backend.tool_store.context import ToolContext
from backend.tool_store.definition import tool

__all__ = ["verify_caller"]

_ATTEMPTS = 3
_SAID = "_identity"

_ASK = {
    "full_name": "What is your full name?",
    "zip_code": "What is your zip code?",
    "last4": "What are the last four digits of your social security number?",
}
_AGAIN = {
    "full_name": "I'm sorry, I didn't catch that. Please say your full name once more.",
    "zip_code": "I'm sorry, I didn't get that zip code. Please say its five digits one by one, or press them.",
    "last4": "I'm sorry, I didn't get those last four digits. Please say them one by one, or press them.",
}
_LENGTH = {"zip_code": 5, "last4": 4}


@tool(effect="write", timeout_ms=3000, grants="verified_caller")
async def verify_caller(
    ctx: ToolContext, full_name: str | None = None, zip_code: str | None = None, last4: str | None = None
) -> ToolOutcome:
    """Verify who is calling, before anything about a policy or claim is discussed. Call it with whatever the
    caller has said, one value at a time; it remembers the others and tells what to ask next.

    Args:
        full_name: The caller's first and last name. What is your full name?
        zip_code: The five digits of the caller's zip code, as said. What is your zip code?
        last4: Last four digits of the social security number, as said. What are the last four digits?
    """
    if ctx.session.verified:
        return ToolOutcome(True, f"{ctx.session.verified.first_name} is verified already.")
    if ctx.session.verification_attempts >= _ATTEMPTS:
        return _give_up()
    said: dict[str, str] = dict(ctx.session.facts.get(_SAID, {}))
    problems = _take(said, {"full_name": full_name, "zip_code": zip_code, "last4": last4})
    ctx.session.facts[_SAID] = said
    if problems:
        field = problems[0].field
        return ToolOutcome(
            False, "Not everything was understood.", problems=problems, ask=_AGAIN[field], expects=field, lasting=False
        )
    missing = next((name for name in _ASK if name not in said), None)
    if missing:
        return ToolOutcome(True, "More is needed.", ask=_ASK[missing], expects=missing, lasting=False)
    return await _judge(ctx, said)


def _take(said: dict[str, str], new: dict[str, str | None]) -> tuple[FieldProblem, ...]:
    """Keep what is usable; a number with too few digits is kept only when it is all there is, twice."""
    problems: list[FieldProblem] = []
    for name, value in new.items():
        if not value or not value.strip():
            continue
        length = _LENGTH.get(name)
        tries = int(said.get(f"{name}_tries", "0")) + 1
        if length and len(read_digits(value)) != length and tries < 2:
            said[f"{name}_tries"] = str(tries)
            problems.append(FieldProblem(name, f"expected {length} digits"))
            continue
        said[name] = value.strip()[:200]
    return tuple(problems)


async def _judge(ctx: ToolContext, said: dict[str, str]) -> ToolOutcome:
    identity = Identity(said["full_name"], said["zip_code"], said["last4"])
    verdict = verify(identity, await ctx.policies.all())
    if verdict.policy:
        policy = verdict.policy
        ctx.session.verified = VerifiedCaller(policy.policy_id, policy.full_name)
        ctx.session.facts.pop(_SAID, None)
        first = ctx.session.verified.first_name
        return ToolOutcome(
            True,
            f"Verified. The caller is {first}. Go on with what the caller wants; hand over if another agent does that.",
            data={"verified": True, "first_name": first},
        )
    ctx.session.verification_attempts += 1
    if ctx.session.verification_attempts >= _ATTEMPTS:
        return _give_up()
    if verdict.repeat:
        said.pop(verdict.repeat)
        ctx.session.facts[_SAID] = said
        return ToolOutcome(False, "One part did not fit.", ask=_AGAIN[verdict.repeat], expects=verdict.repeat)
    ctx.session.facts.pop(_SAID, None)
    return ToolOutcome(
        False,
        "Nobody in our records fits. Do not say which part was wrong.",
        say="I'm sorry, I couldn't find you with these details. Let's try once more.",
        ask=_ASK["full_name"],
        expects="full_name",
    )


def _give_up() -> ToolOutcome:
    return ToolOutcome(
        False,
        "The caller could not be verified. A person takes over.",
        say="I'm sorry, I can't verify you here.",
        directive=TransferToPerson("the caller could not be verified"),
        code="tool.denied",
    )
