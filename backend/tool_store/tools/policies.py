"""Questions about the verified caller's own policy."""

import re

from backend.domain.records import Policyholder
from backend.domain.spoken.tokens import words
from backend.domain.tool import ToolOutcome
from backend.forms.going_back import back_to_form
from backend.tool_store.context import ToolContext
from backend.tool_store.definition import tool

__all__ = ["policy_question"]

_ANYTHING_ELSE = "Is there anything else I can help you with?"
_OWN_ONLY = "I can speak about your own policy only."
_INSURED = r"(?:policy|policies|deductible|coverage|insurance|cover|car|cars|vehicle|vehicles|claim)"
_POSSESSIVE = re.compile(
    rf"\b([a-z]+)'s (?:own )?{_INSURED}\b|\b(his|her|their|someone else's|somebody else's) {_INSURED}\b"
)
_OF_SOMEBODY = re.compile(r"\b(?:of|for) ([a-z]+ [a-z]+)\b")
_NOBODY = frozenset(
    "what that it there who how where let today my our the a an me us this your rental collision comprehensive "
    "liability coverage any all each one every both glass theft damage repairs car cars vehicle".split()
)


@tool(effect="read", requires="verified_caller")
async def policy_question(ctx: ToolContext, question: str, policy_id: str | None = None) -> ToolOutcome:
    """Answer a question about the caller's own policy: coverage, what is covered, deductible, insured vehicles.

    Args:
        question: The caller's question, in their words. What would you like to know about your policy?
        policy_id: Leave it out; it is the verified caller's.
    """
    assert ctx.session.subject is not None
    policy = await ctx.policies.get(ctx.session.subject.id)
    if policy is None:
        return ToolOutcome(False, "The policy cannot be found just now.", code="tool.failed")
    others = asks_about_somebody_else(question, policy.full_name)
    say = _OWN_ONLY if others else _answer(policy, question)
    answer = ToolOutcome(True, "Answered from the policy.", say=say, ask=_ANYTHING_ELSE)
    return await back_to_form(ctx, answer)


def asks_about_somebody_else(question: str, caller: str) -> bool:
    """Is this about another person's policy? What is the caller's own must not be told as if it were that one's."""
    said, own = " ".join(words(question)), set(words(caller))
    for match in _POSSESSIVE.finditer(said):
        if match.group(2) or match.group(1) not in _NOBODY | own:
            return True
    return any(not set(match.group(1).split()) & (_NOBODY | own) for match in _OF_SOMEBODY.finditer(said))


def _answer(policy: Policyholder, question: str) -> str:
    asked = set(words(question))
    cars = " and ".join(f"a {v.year} {v.make} {v.model}" for v in policy.vehicles)
    parts: list[str] = []
    if asked & {"deductible", "deduct", "pay", "owe", "cost", "much", "pocket"}:
        parts.append(f"your deductible is {policy.deductible} dollars")
    if asked & {"car", "cars", "vehicle", "vehicles", "insured"} and not asked & {"rental", "covered", "coverage"}:
        parts.append(f"your policy insures {cars}")
    if asked & {"rental", "rent", "loaner"}:
        parts.append("rental cars are not part of your policy")
    if not parts or asked & {"cover", "covered", "coverage", "covers", "collision", "comprehensive", "liability"}:
        parts.insert(0, f"your policy covers {policy.coverage}")
        if not asked & {"deductible", "much"}:
            parts.append(f"your deductible is {policy.deductible} dollars")
    spoken = ", and ".join(dict.fromkeys(parts))
    return f"{spoken[:1].upper()}{spoken[1:]}."
