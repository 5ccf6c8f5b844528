"""What callers of a closed line hear of when it opens again, in the language that they hear."""

from datetime import UTC, datetime
from typing import Any, cast

import pytest

from backend.domain.hours import HoursSpec
from backend.domain.phrases import Phrases
from backend.domain.session import CallSession
from backend.engine.thinking.orchestrator import Orchestrator
from backend.engine.thinking.reception import Reception
from backend.language.phrases import standard_phrases
from backend.testing.stage import agent_spec, line_spec

SATURDAY = datetime(2026, 11, 28, 17, 0, tzinfo=UTC)


class Agents:
    """The agents of a call, who are not asked anything."""

    def __init__(self, language: str, hours: HoursSpec) -> None:
        self.session = CallSession(call_id="c1", line="test", active_agent="helper")
        self.line = line_spec(hours=hours)
        self.agent = agent_spec(voice={"name": "v", "language": language})
        self.phrases: Phrases = standard_phrases(language).of_call("Ringmaster", "0")


def greeted(language: str, **hours: Any) -> str:
    spec = HoursSpec(timezone="America/Denver", open="08:00", close="17:00", days=("mon",), emergencies=False, **hours)
    reception = Reception(cast("Orchestrator", Agents(language, spec)))
    reception.shut("closed", SATURDAY)
    assert reception.only_tells is (spec.action == "message")
    return reception.greeting()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en-US", "opening hours. We open again on Monday, November 30 at 8 AM."),
        ("es-US", "horario de atención. Abrimos de nuevo el lunes 30 de noviembre a las 8 de la mañana."),
    ],
)
def test_when_it_opens_again_is_said_as_people_say_it(language: str, told: str) -> None:
    assert greeted(language).endswith(told)


def test_a_line_that_calls_back_offers_that_and_no_hour() -> None:
    assert greeted("en-US", action="call_back").endswith("Would you like a colleague to call you back?")


def test_nothing_is_said_of_an_opening_that_is_far() -> None:
    yearly = tuple(f"{month:02d}-{day:02d}" for month in (11, 12) for day in range(1, 32))
    assert "again on" not in greeted("en-US", yearly=yearly)
