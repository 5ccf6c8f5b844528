"""What new keys of agents and lines do, where a call is not needed to see it."""

from datetime import UTC, datetime

import pytest

from backend.adapters.openai.wire import request_body
from backend.adapters.speech.ssml import script
from backend.domain.agent import VoiceSpec
from backend.domain.line import HoursSpec
from backend.domain.model import ModelRequest

OFFICE = HoursSpec(
    timezone="America/Chicago", open="08:00", close="17:00", days=("mon", "tue"), holidays=("2026-11-24",)
)  # type: ignore[arg-type]
NIGHT = HoursSpec(timezone="UTC", open="18:00", close="06:00", days=("mon",))


@pytest.mark.parametrize(
    ("hours", "moment", "is_open"),
    [
        (OFFICE, "2026-11-23T14:00", True),  # Monday, eight in Chicago
        (OFFICE, "2026-11-23T13:59", False),
        (OFFICE, "2026-11-23T22:59", True),
        (OFFICE, "2026-11-23T23:00", False),
        (OFFICE, "2026-11-24T15:00", False),  # a holiday
        (OFFICE, "2026-11-25T15:00", False),  # a Wednesday
        (NIGHT, "2026-11-23T18:00", True),
        (NIGHT, "2026-11-24T05:59", True),  # still Monday's night
        (NIGHT, "2026-11-24T06:00", False),
        (NIGHT, "2026-11-23T05:00", False),  # Sunday's night
    ],
)
def test_opening_hours(hours: HoursSpec, moment: str, is_open: bool) -> None:
    assert hours.is_open(datetime.fromisoformat(moment).replace(tzinfo=UTC)) is is_open


def test_reasoning_models_are_told_how_long_to_think_and_others_are_not() -> None:
    request = ModelRequest([], temperature=0.5, max_tokens=100, reasoning_effort="low", verbosity="low")
    assert {"reasoning_effort", "verbosity"} & request_body(request, "gpt-4o").keys() == set()
    newest = request_body(request, "gpt-5-mini")
    assert (newest["reasoning_effort"], newest["verbosity"], newest["max_completion_tokens"]) == ("low", "low", 100)
    assert "temperature" not in newest
    older = request_body(request, "o3-mini")
    assert older["reasoning_effort"] == "low"
    assert "verbosity" not in older


def test_a_voice_is_spoken_with_its_degree_and_volume() -> None:
    voice = VoiceSpec(style="empathetic", style_degree=1.5, volume="+10%").voice()
    ssml = script("Hello.", voice).ssml
    assert '<mstts:express-as style="empathetic" styledegree="1.5">' in ssml
    assert '<prosody volume="+10%">' in ssml
