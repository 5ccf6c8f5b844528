"""What a LiveKit server tells of its rooms: counts once, at any worker, and only when it is signed."""

from session_office import WISH, Office

from backend.domain.call import CallRecord
from backend.errors import Unavailable


async def test_a_webhook_counts_once_and_only_when_it_is_signed(office: Office) -> None:
    head = {"authorization": "signed", "content-type": "application/webhook+json"}
    async with office.http() as http:
        session = (await http.post("/api/v1/sessions", json=WISH)).json()["session"]["session_id"]
        body = f"room_finished ringmaster-{session} EV_1"
        refused = await http.post("/api/v1/livekit/webhook", content=body, headers=head | {"authorization": "no"})
        assert (refused.status_code, office.records.calls[session].outcome) == (401, None)
        for _ in range(3):
            assert (await http.post("/api/v1/livekit/webhook", content=body, headers=head)).status_code == 200
        other = "room_finished somebody-elses EV_2"
        assert (await http.post("/api/v1/livekit/webhook", content=other, headers=head)).status_code == 200
    assert office.records.calls[session].outcome == "idle"
    assert office.sessions.nobody_came == 1


async def test_a_webhook_counts_at_whichever_worker_it_comes(office: Office) -> None:
    head = {"authorization": "signed", "content-type": "application/webhook+json"}
    async with office.http() as http:
        session = (await http.post("/api/v1/sessions", json=WISH)).json()["session"]["session_id"]
        by_pass = (await http.post("/api/v1/livekit/token", json={"line": "bank"})).json()["session_id"]
    another = Office()
    another.records.calls = office.records.calls
    async with another.http() as http:
        for number, one in enumerate((session, by_pass)):
            body = f"room_finished ringmaster-{one} EV_{number}"
            assert (await http.post("/api/v1/livekit/webhook", content=body, headers=head)).status_code == 200
    assert office.records.calls[session].outcome == "idle"
    assert office.records.calls[by_pass].outcome is None, "the pass is good still"


async def test_a_webhook_that_could_not_be_seen_to_counts_when_it_is_sent_again(office: Office) -> None:
    head = {"authorization": "signed", "content-type": "application/webhook+json"}
    async with office.http() as http:
        session = (await http.post("/api/v1/sessions", json=WISH)).json()["session"]["session_id"]
        body, kept = f"room_finished ringmaster-{session} EV_1", office.records.get

        async def away(call_id: str) -> CallRecord | None:
            raise Unavailable("database", "away")

        office.records.get = away  # pyright: ignore[reportAttributeAccessIssue]
        assert (await http.post("/api/v1/livekit/webhook", content=body, headers=head)).status_code == 503
        office.records.get = kept
        assert (await http.post("/api/v1/livekit/webhook", content=body, headers=head)).status_code == 200
    assert office.records.calls[session].outcome == "idle"


async def test_wrong_webhooks_are_limited_and_signed_ones_never(office: Office) -> None:
    head = {"content-type": "application/webhook+json"}
    async with office.http() as http:
        for _ in range(20):
            assert (await http.post("/api/v1/livekit/webhook", content="x y z", headers=head)).status_code == 401
        assert (await http.post("/api/v1/livekit/webhook", content="x y z", headers=head)).status_code == 429
        head["authorization"] = "signed"
        assert (await http.post("/api/v1/livekit/webhook", content="x y z", headers=head)).status_code == 200
