"""A pass opens one room, for what its holder does there, and nothing else; an agent comes by it only where it is to."""

import json
from typing import Any

import jwt
import pytest

from backend.adapters.livekit.access import LiveKitAccess
from backend.adapters.livekit.agent_rooms import LiveKitAgentRooms
from backend.adapters.livekit.server import LiveKitServer
from backend.domain.session_plan import SessionPlan
from backend.ports import GuestRole

SECRET = "a secret that is long enough for a token"
ACCESS = LiveKitAccess("ws://inside:7880", "devkey", SECRET)
ROOMS = LiveKitAgentRooms(ACCESS, LiveKitServer(ACCESS), "ringmaster", "wss://outside.example.com")


def claims(role: GuestRole, plan: SessionPlan | None = None) -> dict[str, Any]:
    """What a pass says."""
    given = ROOMS.let_in("lobby", "user_456", role, 60, plan)
    assert (given.url, given.room, given.identity) == ("wss://outside.example.com", "lobby", "user_456")
    assert given.token not in repr(given)
    return jwt.decode(given.token, SECRET, algorithms=["HS256"], issuer="devkey")


def test_a_caller_speaks_hears_and_writes_and_is_nobody_else() -> None:
    found = claims("caller")
    assert found["video"] == {
        "roomJoin": True,
        "room": "lobby",
        "canPublish": True,
        "canPublishSources": ["microphone"],
        "canPublishData": True,
        "canSubscribe": True,
        "canUpdateOwnMetadata": False,
    }
    assert found["exp"] - found["nbf"] == 60
    assert "roomConfig" not in found and "attributes" not in found
    assert "sip" not in found and "kind" not in found


def test_a_listener_is_hidden_and_says_nothing() -> None:
    found = claims("listener")
    video = found["video"]
    assert (found["kind"], found["attributes"]) == ("agent", {"ringmaster.role": "listener"})  # and is not counted
    assert (video["hidden"], video["canPublish"], video["canPublishData"]) == (True, False, False)
    assert "canPublishSources" not in video


def test_a_supervisor_is_marked_as_no_caller() -> None:
    found = claims("supervisor")
    assert found["attributes"] == {"ringmaster.role": "supervisor"}
    assert "hidden" not in found["video"]


@pytest.mark.parametrize("plan", [SessionPlan(line="bank"), SessionPlan(line="bank", variables={"a": 'ü"\n'})])
def test_an_agent_comes_as_the_plan_says(plan: SessionPlan) -> None:
    (agent,) = claims("caller", plan)["roomConfig"]["agents"]
    assert agent["agentName"] == "ringmaster"
    assert SessionPlan.told(agent["metadata"]) == plan


@pytest.mark.parametrize("metadata", ["", "{", "[]", "null", '{"line": 5}', json.dumps({"line": "x"})[:-1]])
def test_metadata_of_other_programs_says_nothing(metadata: str) -> None:
    assert not SessionPlan.told(metadata).says


@pytest.mark.parametrize(
    ("until", "room_made", "over"), [(0, 2000, False), (1000, 0, False), (1000, 1074, False), (1000, 1076, True)]
)
def test_a_pass_ends_as_long_after_its_time_as_livekit_takes_it(until: int, room_made: int, over: bool) -> None:
    assert SessionPlan(until=until).over(room_made) is over


def test_an_id_that_is_none_of_ours_is_passed_over() -> None:
    plan = SessionPlan.told('{"line": "bank", "call_id": "../../etc", "newer": 1}')
    assert (plan.line, plan.call_id) == ("bank", "")
