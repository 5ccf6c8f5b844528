"""To whom a line tells its cases: part of agent_store/lines/NAME.yaml."""

from typing import Annotated

from pydantic import Field

from backend.domain.case_delivery import DeliveryEvent
from backend.domain.reference import Host, Reference
from backend.domain.spec import Name, Spec

__all__ = ["CaseWebhookSpec"]


class CaseWebhookSpec(Spec):
    """A system that is told of this line's cases over HTTPS. See docs/case-webhook.md."""

    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | Reference
    """Where to: an address, or {env: TOOL_CASES_URL}."""
    secret: Reference
    """What messages are signed with, kept in the environment: {env: TOOL_CASES_SECRET}."""
    hosts: tuple[Host, ...] = ()
    """Hosts that it may be at; those on this machine or a private network must be here. Left out: the address's."""
    events: tuple[DeliveryEvent, ...] = ("filed", "corrected")
    """What is told: a case was filed, a person corrected it, a caller wishes to be called back."""
    fields: dict[Name, tuple[Name, ...]] = Field(default_factory=dict)
    """Fields that leave the house, by form: {intake: [day, reason]}; of wishes to be called back
    {call_back: [phone, name, reason]}. What is not named here is never sent."""
    subject: bool = False
    """Does it also get the id of the record that the case is about?"""
    tests: bool = False
    """Is it told of cases of tests, too?"""
