"""Taking a first notice of loss, field by field, and filing it once."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from backend.domain.claim import Circumstances, FieldError, field_named, missing, read_back
from backend.domain.spoken.places import may_be_a_city
from backend.domain.spoken.times import read_time
from backend.domain.spoken.yes_no import read_yes_no
from backend.domain.tool import FieldProblem, ToolOutcome
from backend.tool_store.confirmation import Part, ask_for_yes, fingerprint
from backend.tool_store.context import ToolContext
from backend.tool_store.definition import tool
from backend.tool_store.tools.messages import can_text

__all__ = ["file_claim", "record_fnol"]

_TRIES = "_tries"
_GUESS = "_guess"
_HALF = "_half_a_place"
_INSISTED = 2
"""Questions for the same field after which the answer is taken as it is."""
_ANYTHING_ELSE = "Is there anything else I can help you with?"


class Place(BaseModel):
    """Where it happened."""

    street: str
    city: str
    state: str = ""
    zipcode: str = ""


class Vehicle(BaseModel):
    """The caller's vehicle."""

    year: int
    make: str
    model: str


class Injuries(BaseModel):
    """Who was hurt."""

    injured: bool
    details: str = ""


class Passenger(BaseModel):
    """Somebody else in the car."""

    name: str
    relationship: str = ""


@tool(effect="draft", requires="verified_caller")
async def record_fnol(
    ctx: ToolContext,
    incident_description: str | None = None,
    loss_date: str | None = None,
    loss_time: str | None = None,
    loss_location: Place | str | None = None,
    vehicle: Vehicle | str | None = None,
    driver_name: str | None = None,
    driver_relationship: str | None = None,
    vehicles_involved: int | str | None = None,
    vehicle_drivable: bool | str | None = None,
    injuries: Injuries | bool | str | None = None,
    trip_purpose: str | None = None,
    passengers: list[Passenger] | str | None = None,
    confirmation: str | None = None,
) -> ToolOutcome:
    """Record what the caller reports about an accident, a crash or damage, as soon as he says it: one field or many
    at a time, in his own words or tidied up. Every field is saved at once. The result says what to ask next; when
    all is there it gives the read-back.

    Args:
        incident_description: What happened, in the caller's words. Tell me, what happened?
        loss_date: Day of the accident (YYYY-MM-DD or as said). When did it happen?
        loss_time: Time of the accident (HH:MM or as said). About what time of day was that?
        loss_location: Street, city and state. Where was that?
        vehicle: Year, make and model of the caller's vehicle. Which vehicle was it?
        driver_name: Who drove the caller's vehicle; "nobody" when it was parked. Who was driving?
        driver_relationship: The driver's relationship to the policyholder. What is the relationship?
        vehicles_involved: Vehicles in all, the caller's own included. How many cars were involved in total?
        vehicle_drivable: Whether it can still be driven. Is it still drivable?
        injuries: Whether anyone was injured, and how. Was anyone injured or hurt?
        trip_purpose: commuting, work, personal or other. What was the purpose of the trip?
        passengers: Others in the car; an empty list for none. Were there any passengers?
        confirmation: The caller's answer to the read-back, as said. Is that all correct?
    """
    given = {
        name: _plain(value)
        for name, value in locals().items()
        if name not in {"ctx", "confirmation"} and value is not None
    }
    if confirmation is not None and not given:
        return await _answer_to_read_back(ctx)
    about = await _circumstances(ctx)
    fields, problems = _read(ctx, _confirmed_guess(ctx, given), about)
    assert ctx.session.verified is not None
    record = await ctx.claims.save_fields(ctx.session.call_id, ctx.session.verified.policy_id, fields)
    if record.status == "filed":
        return ToolOutcome(True, "The claim is filed already and cannot be changed here.", ask=_ANYTHING_ELSE)
    return _next(ctx, record.fields, problems, changed=bool(fields))


@tool(effect="write", requires="verified_caller", filler="I'm filing that for you now.")
async def file_claim(ctx: ToolContext) -> ToolOutcome:
    """File the claim, once everything is recorded and the caller has confirmed the read-back."""
    draft = await ctx.claims.draft(ctx.session.call_id)
    if draft is None:
        return ToolOutcome(False, "Nothing has been recorded yet.", ask="Tell me, what happened?", code="tool.failed")
    lacking = missing(draft.fields)
    if lacking and draft.status == "draft":
        return ToolOutcome(False, "Not complete yet.", ask=lacking[0].question, expects=lacking[0].name)
    if draft.status == "draft" and (question := _ask_for_yes(ctx, draft.fields)):
        return question
    claim = await ctx.claims.file(ctx.session.call_id)
    ctx.session.claim_id = claim.claim_id
    ctx.session.facts["claim_id"] = claim.claim_id
    offer = " I can send it to your phone as a text message if you like." if can_text(ctx) else ""
    return ToolOutcome(
        True,
        "The claim is filed.",
        data={"claim_id": claim.claim_id},
        say=f"Thank you. Your claim is filed. Your claim number is {_spelled(claim.claim_id or '')}.{offer}",
        ask=_ANYTHING_ELSE,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump()
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return value


async def _circumstances(ctx: ToolContext) -> Circumstances:
    verified = ctx.session.verified
    policy = await ctx.policies.get(verified.policy_id) if verified else None
    return Circumstances(ctx.now().date(), policy)


def _confirmed_guess(ctx: ToolContext, given: dict[str, Any]) -> dict[str, Any]:
    """A yes or no to "I understood ..., is that right?" stands for the guess or against it."""
    guess = ctx.session.facts.get(_GUESS)
    if not guess or guess["field"] not in given:
        return given
    ctx.session.facts.pop(_GUESS)
    answer = read_yes_no(str(given[guess["field"]]))
    return given if answer is None else given | {guess["field"]: guess["value"] if answer else guess["otherwise"]}


def _read(
    ctx: ToolContext, given: Mapping[str, Any], about: Circumstances
) -> tuple[dict[str, Any], tuple[FieldProblem, ...]]:
    fields: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for name, value in given.items():
        try:
            fields[name] = _read_field(ctx, name, value, about)
        except FieldError as error:
            problems.append(FieldProblem(name, str(error)))
    # "Yesterday at five thirty" answers two questions at once.
    if "loss_date" in fields and "loss_time" not in given and (time := read_time(str(given["loss_date"]))):
        fields["loss_time"] = time
    return fields, tuple(problems)


def _read_field(ctx: ToolContext, name: str, value: Any, about: Circumstances) -> Any:
    about = replace(about, insisted=ctx.session.facts.get(_TRIES, {}).get(name, 0) >= _INSISTED)
    if name != "loss_location" or not isinstance(value, str):
        return field_named(name).read(value, about)
    half = ctx.session.facts.pop(_HALF, "")
    joined = [f"{half} {value}", f"{half} in {value}"][: 1 + may_be_a_city(value)] if half else []
    strict = replace(about, insisted=False)
    for text in (value, *joined):
        with suppress(FieldError):
            return field_named(name).read(text, strict)
    ctx.session.facts[_HALF] = value  # "on main street": the city may come with the next answer
    return field_named(name).read(value, about)


def _next(
    ctx: ToolContext, saved: Mapping[str, Any], problems: tuple[FieldProblem, ...], *, changed: bool
) -> ToolOutcome:
    lacking = missing(saved)
    data = {"missing": [field.name for field in lacking]}
    if problems:
        return _ask_again(ctx, problems, data)
    if lacking:
        return ToolOutcome(True, "Saved.", data=data, ask=lacking[0].question, expects=lacking[0].name, lasting=False)
    return replace(_ask_for_yes(ctx, saved) or ToolOutcome(True, _CONFIRMED, lasting=False), data=data)


_CONFIRMED = "The caller confirmed. File the claim now with file_claim."


def _ask_for_yes(ctx: ToolContext, fields: Mapping[str, Any]) -> ToolOutcome | None:
    """The read-back, until the caller has agreed to all of it."""
    return ask_for_yes(ctx, "claim", [Part("all", fingerprint(fields), read_back(fields))], tool="record_fnol")


def _ask_again(ctx: ToolContext, problems: tuple[FieldProblem, ...], data: dict[str, Any]) -> ToolOutcome:
    """The same question in other words; the third time a guess that a yes or no can settle."""
    name = problems[0].field
    tries: dict[str, int] = dict(ctx.session.facts.get(_TRIES, {}))
    tries[name] = tries.get(name, 0) + 1
    ctx.session.facts[_TRIES] = tries
    ask = field_named(name).again
    if name in {"vehicle_drivable", "injuries"} and tries[name] >= 2:
        safe = {"vehicle_drivable": (False, True), "injuries": ({"injured": False, "details": ""}, None)}[name]
        if name == "vehicle_drivable":
            ask = "I understood that the car can not be used any more. Is that correct?"
        else:
            ask = "I understood that nobody needs medical help. Is that correct?"
        otherwise = safe[1] if safe[1] is not None else {"injured": True, "details": "said so when asked"}
        ctx.session.facts[_GUESS] = {"field": name, "value": safe[0], "otherwise": otherwise}
    return ToolOutcome(False, problems[0].message, data=data, problems=problems, ask=ask, expects=name, lasting=False)


async def _answer_to_read_back(ctx: ToolContext) -> ToolOutcome:
    draft = await ctx.claims.draft(ctx.session.call_id)
    if draft is None or draft.status == "filed" or missing(draft.fields):
        return ToolOutcome(False, "Nothing has been read back yet.", code="tool.denied")
    question = _ask_for_yes(ctx, draft.fields)
    return question or ToolOutcome(True, _CONFIRMED, data={"confirmed": True})


def _spelled(claim_id: str) -> str:
    return ", ".join(" ".join(part) for part in claim_id.split("-"))
