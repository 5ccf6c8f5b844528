"""The stand-in for LiveKit's SIP service against the real server: what it shows is what the real one was seen to do.

An agent here is a bare participant: nothing of ours answers.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from google.protobuf.duration_pb2 import Duration
from livekit import api, rtc

from backend.adapters.livekit.place import connection_of
from local_azure.livekit.server_process import LiveKitServer
from local_azure.livekit.timings import SipTimings
from local_azure.phone.desk import NumberRule
from local_azure.phone.phone import Phone
from local_azure.server import EmulatorServer, emulator

pytestmark = pytest.mark.livekit

LINE, CALLER, ELSEWHERE = "+18005550100", "+14255550100", "+18005550177"
GOLDEN = {
    "sip.phoneNumber", "sip.trunkPhoneNumber", "sip.trunkID", "sip.ruleID", "sip.hostname", "sip.callID",
    "sip.callIDFull", "sip.callTag", "sip.callStatus",
}  # fmt: skip
RATE = 16_000


@pytest.fixture
async def azure(livekit_server: LiveKitServer) -> AsyncGenerator[EmulatorServer]:
    """A local Azure in front of the real server."""
    async with emulator(livekit=livekit_server.access) as running:
        yield running


@pytest.fixture
async def client(azure: EmulatorServer, livekit_server: LiveKitServer) -> AsyncGenerator[api.LiveKitAPI]:
    """LiveKit's own client; one address for what the stand-in answers and what goes on to the server."""
    async with api.LiveKitAPI(azure.url, livekit_server.api_key, livekit_server.api_secret) as one:
        yield one


@pytest.fixture
async def trunk(client: api.LiveKitAPI) -> str:
    """A number that leads into rooms ``call-...``."""
    made = await client.sip.create_inbound_trunk(
        api.CreateSIPInboundTrunkRequest(
            trunk=api.SIPInboundTrunkInfo(numbers=[LINE], include_headers=api.SIPHeaderOptions.SIP_X_HEADERS)
        )
    )
    individual = api.SIPDispatchRuleIndividual(room_prefix="call-")
    await client.sip.create_dispatch_rule(
        api.CreateSIPDispatchRuleRequest(
            rule=api.SIPDispatchRule(dispatch_rule_individual=individual),
            trunk_ids=[made.sip_trunk_id],
            attributes={"tenant": "north"},
        )
    )
    return made.sip_trunk_id


@pytest.fixture
async def outbound(client: api.LiveKitAPI) -> str:
    """A trunk to call out by."""
    info = api.SIPOutboundTrunkInfo(name="out", address="sip.example.com", numbers=[LINE])
    return (await client.sip.create_outbound_trunk(api.CreateSIPOutboundTrunkRequest(trunk=info))).sip_trunk_id


@dataclass
class Agent:
    """A bare participant, and what it was shown of the phone."""

    room: rtc.Room
    source: rtc.AudioSource
    began: float
    statuses: list[tuple[str, float]] = field(default_factory=list)
    keys: list[tuple[int, str]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    heard: list[np.ndarray] = field(default_factory=list)

    @property
    def phone(self) -> rtc.RemoteParticipant:
        (one,) = self.room.remote_participants.values()
        return one

    async def until(self, condition: Callable[[], bool], limit: float = 30) -> None:
        async with asyncio.timeout(limit):
            while not condition():
                await asyncio.sleep(0.01)


@pytest.fixture
async def enter(azure: EmulatorServer, livekit_server: LiveKitServer) -> AsyncGenerator[Callable[[str], object]]:
    """Agents that enter rooms and have a voice there."""
    entered: list[Agent] = []

    async def join(name: str) -> Agent:
        agent = Agent(rtc.Room(), rtc.AudioSource(RATE, 1), time.monotonic())
        entered.append(agent)
        agent.room.on(
            "participant_attributes_changed",
            lambda new, _: agent.statuses.append((new.get("sip.callStatus", ""), time.monotonic() - agent.began)),
        )
        agent.room.on("sip_dtmf_received", lambda key: agent.keys.append((key.code, key.digit)))
        agent.room.on("participant_disconnected", lambda who: agent.left.append(who.disconnect_reason or 0))
        agent.room.on("track_subscribed", lambda track, *_: tasks.append(asyncio.create_task(_hear(track, agent))))
        grants = api.VideoGrants(room_join=True, room=name, can_update_own_metadata=True)
        token = api.AccessToken(livekit_server.api_key, livekit_server.api_secret).with_identity("agent")
        await agent.room.connect(azure.ws_url, token.with_kind("agent").with_grants(grants).to_jwt())
        agent.began = time.monotonic()
        await agent.room.local_participant.publish_track(rtc.LocalAudioTrack.create_audio_track("v", agent.source))
        return agent

    tasks: list[asyncio.Task[None]] = []
    yield join
    for task in tasks:
        task.cancel()
    for agent in entered:
        await agent.room.disconnect()


async def _hear(track: rtc.Track, agent: Agent) -> None:
    async for event in rtc.AudioStream(track, sample_rate=RATE, num_channels=1, frame_size_ms=20):
        agent.heard.append(np.frombuffer(event.frame.data, np.int16).astype(float))


async def _room(azure: EmulatorServer, client: api.LiveKitAPI) -> str:
    """Where the phone that calls in just now rings."""
    async with asyncio.timeout(30):
        while not azure.livekit_sip.participants:
            await asyncio.sleep(0.01)
        (where,) = azure.livekit_sip.participants
        while not (await client.room.list_participants(api.ListParticipantsRequest(room=where.room))).participants:
            await asyncio.sleep(0.02)
    return where.room


async def _connected(azure: EmulatorServer, client: api.LiveKitAPI, enter) -> tuple[Phone, Agent]:
    phone = azure.phones.dial(LINE, caller=CALLER, via="livekit", headers={"X-Claim": "7", "Via": "secret"})
    agent = await enter(await _room(azure, client))
    await phone.until_connected()
    return phone, agent


async def test_a_phone_that_calls_in_is_what_the_real_service_shows(azure, client, trunk, enter) -> None:
    phone = azure.phones.dial(LINE, caller=CALLER, via="livekit", headers={"X-Claim": "7", "Via": "secret"})
    room = await _room(azure, client)
    assert room.startswith(f"call-_{CALLER}_") and len(room) == len(f"call-_{CALLER}_") + 12
    (who,) = (await client.room.list_participants(api.ListParticipantsRequest(room=room))).participants
    assert (who.identity, who.name, who.kind) == (f"sip_{CALLER}", f"Phone {CALLER}", 3)
    assert set(who.attributes) == GOLDEN | {"tenant", "sip.h.x-claim"}
    assert who.attributes["sip.phoneNumber"] == CALLER and who.attributes["sip.trunkPhoneNumber"] == LINE
    assert who.attributes["sip.trunkID"] == trunk and who.attributes["sip.callID"].startswith("SCL_")
    assert who.attributes["sip.callStatus"] == "ringing"
    assert phone.state == "dialling"  # a call into a room that nobody joins is never answered

    agent = await enter(room)
    await agent.until(lambda: agent.phone.attributes["sip.callStatus"] == "active")
    await phone.until_connected()
    assert phone.connection_id == connection_of(room)  # what the server has on record


async def test_both_hear_each_other_and_their_keys(azure, client, trunk, enter) -> None:
    phone, agent = await _connected(azure, client, enter)

    async def speak() -> None:
        at = np.arange(RATE // 50)
        for place in range(50):
            tone = (np.sin(2 * np.pi * 440 * (at + place * len(at)) / RATE) * 9000).astype(np.int16)
            await agent.source.capture_frame(rtc.AudioFrame(tone.tobytes(), RATE, 1, len(at)))

    at = np.arange(RATE)
    spoken = (np.sin(2 * np.pi * 700 * at / RATE) * 9000).astype(np.int16).tobytes()
    await agent.until(lambda: bool(agent.heard))
    await asyncio.gather(speak(), phone.say(spoken, "a tone"))
    phone.press("7#")
    await agent.until(lambda: len(agent.keys) == 2)
    assert agent.keys == [(7, "7"), (11, "#")]
    await agent.room.local_participant.set_attributes({"ready": "yes"})
    await agent.room.local_participant.publish_dtmf(code=10, digit="*")
    await agent.until(lambda: phone.tones == ["*"])

    heard = np.concatenate([frame for frame in agent.heard if frame.std() > 1000])
    assert abs(_pitch(heard) - 700) < 5
    _, right = _tracks(phone)
    loud = right[np.abs(right) > 500]
    assert len(loud) > RATE // 3 and abs(_pitch(right[np.argmax(np.abs(right) > 500) :][: RATE // 2]) - 440) < 5


def _pitch(samples: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum)) * RATE / len(samples)


def _tracks(phone: Phone) -> tuple[np.ndarray, np.ndarray]:
    samples = np.frombuffer(phone.recording()[44:], np.int16).astype(float)
    return samples[::2], samples[1::2]


async def test_the_caller_hangs_up(azure, client, trunk, enter) -> None:
    phone, agent = await _connected(azure, client, enter)
    phone.hang_up()
    await agent.until(lambda: agent.left == [1] and agent.statuses[-1][0] == "hangup")
    assert phone.reason == "hung_up"


async def test_the_application_hangs_up(azure, client, trunk, enter) -> None:
    phone, agent = await _connected(azure, client, enter)
    await client.room.remove_participant(
        api.RoomParticipantIdentity(room=agent.room.name, identity=agent.phone.identity)
    )
    assert await phone.until_ended() == "far_end"
    await agent.until(lambda: agent.left == [4])


async def test_a_number_without_a_trunk_leads_nowhere(azure, client) -> None:
    phone = azure.phones.dial("+18005559999", caller=CALLER, via="livekit")
    assert await phone.until_ended() == "failed"


async def test_a_caller_who_gives_up_while_it_rings_is_gone(azure, client, trunk) -> None:
    phone = azure.phones.dial(LINE, caller=CALLER, via="livekit")
    room = await _room(azure, client)
    phone.hang_up()
    async with asyncio.timeout(30):
        while (await client.room.list_participants(api.ListParticipantsRequest(room=room))).participants:
            await asyncio.sleep(0.02)


def _call(trunk: str, room: str, **more: Any) -> api.CreateSIPParticipantRequest:
    return api.CreateSIPParticipantRequest(
        sip_trunk_id=trunk, sip_call_to=ELSEWHERE, room_name=room, participant_attributes={"own": "1"}, **more
    )


async def test_a_phone_that_is_called_is_shown_from_dialing_on(azure, client, outbound, enter) -> None:
    azure.phones.rules[ELSEWHERE] = NumberRule(seconds=0.5)
    agent = await enter("out-1")
    calling = asyncio.create_task(client.sip.create_sip_participant(_call(outbound, "out-1", wait_until_answered=True)))
    await agent.until(lambda: bool(agent.room.remote_participants))
    await agent.until(lambda: agent.phone.attributes["sip.callStatus"] == "ringing")
    made = await calling
    assert made.participant_identity == f"sip_{ELSEWHERE}" and made.sip_call_id.startswith("SCL_")
    assert agent.phone.sid == made.participant_id
    await agent.until(lambda: agent.phone.attributes["sip.callStatus"] == "active")
    assert agent.phone.attributes["own"] == "1" and agent.phone.attributes["sip.phoneNumber"] == ELSEWHERE


@pytest.mark.parametrize(("behavior", "status"), [("busy", 486), ("rejects", 603)])
async def test_a_phone_that_refuses(azure, client, outbound, enter, behavior, status) -> None:
    azure.livekit_sip.timings = SipTimings(refused_leaves=0.5)
    azure.phones.rules[ELSEWHERE] = NumberRule(behavior, 0.05)
    agent = await enter(f"out-{behavior}")
    with pytest.raises(api.SipCallError) as refused:
        await client.sip.create_sip_participant(_call(outbound, f"out-{behavior}", wait_until_answered=True))
    assert refused.value.sip_status_code == status
    assert not agent.left  # it is there for a while yet
    await agent.until(lambda: bool(agent.left))


async def test_a_phone_that_nobody_takes_up(azure, client, outbound) -> None:
    azure.phones.rules[ELSEWHERE] = NumberRule("no_answer")
    limit = Duration()
    limit.FromTimedelta(timedelta(seconds=1))
    with pytest.raises(api.TwirpError) as missed:
        await client.sip.create_sip_participant(
            _call(outbound, "out-2", wait_until_answered=True, ringing_timeout=limit)
        )
    assert (missed.value.code, missed.value.status) == ("canceled", 408)


def _refer(agent: Agent) -> api.TransferSIPParticipantRequest:
    limit = Duration()
    limit.FromTimedelta(timedelta(seconds=2))
    return api.TransferSIPParticipantRequest(
        room_name=agent.room.name,
        participant_identity=agent.phone.identity,
        transfer_to=f"tel:{ELSEWHERE}",
        headers={"X-Case": "12"},
        ringing_timeout=limit,
    )


async def test_a_phone_is_handed_on(azure, client, trunk, enter) -> None:
    azure.livekit_sip.timings = SipTimings(transferred=0.2, transferred_leaves=0.1)
    other = azure.phones.wait_at(ELSEWHERE)
    phone, agent = await _connected(azure, client, enter)
    await client.sip.transfer_sip_participant(_refer(agent))
    assert phone.moved_to == ELSEWHERE and phone.state == "connected"
    assert other.state == "connected" and other.line is not None and other.line.headers["X-Case"] == "12"
    await agent.until(lambda: agent.left == [1] and agent.statuses[-1][0] == "hangup")
    phone.hang_up()
    assert await other.until_ended() == "far_end"


async def test_who_will_not_have_the_caller_leaves_them_with_us(azure, client, trunk, enter) -> None:
    azure.phones.rules[ELSEWHERE] = NumberRule("busy", 0.05)
    phone, agent = await _connected(azure, client, enter)
    with pytest.raises(api.SipCallError) as refused:
        await client.sip.transfer_sip_participant(_refer(agent))
    assert refused.value.sip_status_code == 486
    assert phone.state == "connected" and not agent.left


async def test_a_refer_that_nobody_answers_loses_the_caller_before_it_fails(azure, client, trunk, enter) -> None:
    azure.livekit_sip.timings = SipTimings(refer_gives_up=1.0)
    azure.phones.rules[ELSEWHERE] = NumberRule("no_answer")
    phone, agent = await _connected(azure, client, enter)
    with pytest.raises(api.TwirpError) as late:
        await client.sip.transfer_sip_participant(_refer(agent))
    assert (late.value.code, late.value.status) == ("deadline_exceeded", 408)
    await agent.until(lambda: agent.left == [1] and phone.state == "ended")


async def test_a_token_without_the_right_is_refused(azure, livekit_server) -> None:
    token = api.AccessToken(livekit_server.api_key, livekit_server.api_secret).with_sip_grants(api.SIPGrants(call=True))
    url = f"{azure.url}/twirp/livekit.SIP/ListSIPInboundTrunk"
    headers = {"Authorization": f"Bearer {token.to_jwt()}", "Content-Type": "application/protobuf"}
    async with azure.azure.web.post(url, headers=headers, data=b"") as answer:
        assert answer.status == 403 and (await answer.json())["code"] == "permission_denied"
    async with azure.azure.web.post(url, data=b"") as answer:
        assert answer.status == 401


async def test_what_was_set_up_is_found_changed_and_forgotten(client, trunk) -> None:
    with pytest.raises(api.TwirpError, match="Conflicting"):
        await client.sip.create_inbound_trunk(
            api.CreateSIPInboundTrunkRequest(trunk=api.SIPInboundTrunkInfo(numbers=[LINE]))
        )
    changed = await client.sip.update_inbound_trunk_fields(trunk, numbers=[LINE, ELSEWHERE])
    assert list(changed.numbers) == [LINE, ELSEWHERE]
    listed = await client.sip.list_inbound_trunk(api.ListSIPInboundTrunkRequest(numbers=[ELSEWHERE]))
    assert [one.sip_trunk_id for one in listed.items] == [trunk]
    (rule,) = (await client.sip.list_dispatch_rule(api.ListSIPDispatchRuleRequest(trunk_ids=[trunk]))).items
    await client.sip.delete_dispatch_rule(
        api.DeleteSIPDispatchRuleRequest(sip_dispatch_rule_id=rule.sip_dispatch_rule_id)
    )
    await client.sip.delete_trunk(api.DeleteSIPTrunkRequest(sip_trunk_id=trunk))
    assert not (await client.sip.list_inbound_trunk(api.ListSIPInboundTrunkRequest())).items
    with pytest.raises(api.TwirpError) as unknown:
        await client.sip.delete_trunk(api.DeleteSIPTrunkRequest(sip_trunk_id=trunk))
    assert unknown.value.code == "not_found"


async def test_nothing_is_lost_of_what_is_said_before_the_voice_is_there(
    azure: EmulatorServer, client: api.LiveKitAPI, trunk: str, enter: Callable[[str], Any]
) -> None:
    azure.livekit_sip.timings = SipTimings(voice=1.0)
    phone = azure.phones.dial(LINE, via="livekit")
    agent = await enter(await _room(azure, client))
    await phone.until_connected()
    await phone.say((np.sin(np.arange(RATE) * 2 * np.pi * 440 / RATE) * 9000).astype(np.int16).tobytes(), "")
    await agent.until(lambda: sum(float(np.sqrt(np.mean(frame**2))) > 1000 for frame in agent.heard) * 20 >= 600)
    phone.hang_up()
