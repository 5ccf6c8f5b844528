"""Taking a first notice of loss, field by field, and filing it once."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from backend.domain.tool import ToolOutcome
from backend.tool_store.context import ToolContext
from backend.tool_store.definition import tool
from backend.tool_store.report.report import Report

__all__ = ["file_claim", "record_fnol"]


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


@tool(effect="draft", requires="verified_caller", unverified=True)
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
    full_name: str | None = None,
    callback_number: str | None = None,
    correction: str | None = None,
    confirmation: str | None = None,
) -> ToolOutcome:
    """Record what the caller reports about an accident, a crash or damage, as soon as they say it: one field or many
    at a time, in their own words or tidied up. Every field is saved at once. The result says what to ask next; when
    all is there it gives the read-back, part by part.

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
        full_name: Name of a caller who could not be verified. What is your full name?
        callback_number: Where such a caller is called back. Which number can we call you back on?
        correction: What the caller wants changed, as said. What should I change?
        confirmation: The caller's answer to the read-back, as said. Is that all correct?
    """
    given = {name: _plain(value) for name, value in locals().items() if name != "ctx" and value is not None}
    return await Report(ctx).record(given)


@tool(effect="write", requires="verified_caller", unverified=True, filler="I'm filing that for you now.")
async def file_claim(ctx: ToolContext) -> ToolOutcome:
    """File the claim, once everything is recorded and the caller has said yes to each part of the read-back."""
    return await Report(ctx).file()


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump()
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return dict(value) if isinstance(value, Mapping) else value
