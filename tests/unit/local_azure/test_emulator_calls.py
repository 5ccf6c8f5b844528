"""Calls on the local Azure, driven by the real Call Automation client."""

import asyncio
from typing import Any

import jwt
import pytest
from azure.communication.callautomation import (
    CommunicationUserIdentifier,
    DtmfTone,
    PhoneNumberIdentifier,
    RecognizeInputType,
    TextSource,
)
from azure.communication.callautomation.aio import CallAutomationClient
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError, ResourceNotFoundError

from local_azure.faults import Fault
from local_azure.phone.desk import NumberRule
from local_azure.phone.phone import Phone

pytestmark = pytest.mark.real

LINE = "+18005550100"
DESK = "+18005559999"


async def connect(application: Any) -> Phone:
    phone = application.azure.phones.dial(LINE)
    await phone.until_connected()
    return phone


async def test_incoming_call_names_both_numbers_and_is_answered(application: Any) -> None:
    phone = application.azure.phones.dial(LINE, caller="+14255550111", headers={"X-MS-Custom-a": "b"})
    await phone.until_connected()
    connected = await application.event("CallConnected")
    headers, events = application.grid[-1]
    assert headers["aeg-event-type"] == "Notification"
    assert headers["aeg-subscription-name"] == "CALLS"
    data = events[0]["data"]
    assert data["from"]["phoneNumber"]["value"] == "+14255550111"
    assert data["to"] == {"kind": "phoneNumber", "rawId": f"4:{LINE}", "phoneNumber": {"value": LINE}}
    assert data["customContext"]["sipHeaders"] == {"X-MS-Custom-a": "b"}
    assert connected["callConnectionId"] == phone.connection_id
    assert connected["serverCallId"] == data["serverCallId"]
    assert connected["operationContext"] == "ours"


async def test_events_carry_the_envelope_of_cloud_events(application: Any) -> None:
    phone = await connect(application)
    await application.event("MediaStreamingStarted")
    event = next(event for event in application.events if event["type"].endswith("CallConnected"))
    assert event["source"] == event["subject"] == f"calling/callConnections/{phone.connection_id}"
    assert event["specversion"] == "1.0"
    assert len(event["time"]) == len("2024-05-02T11:20:42.9110236+00:00")
    started = await application.event("MediaStreamingStarted")
    assert started["mediaStreamingUpdate"] == {
        "contentType": "Audio",
        "mediaStreamingStatus": "mediaStreamingStarted",
        "mediaStreamingStatusDetails": "subscriptionStarted",
    }


async def test_callbacks_and_media_carry_tokens_that_hold_against_the_published_keys(application: Any) -> None:
    await connect(application)
    await application.event("CallConnected")
    socket = await application.socket()
    azure = application.azure
    keys = await asyncio.to_thread(jwt.PyJWKClient(f"{azure.url}/calling/keys").get_jwk_set)
    lives = []
    for headers in (application.callback_headers[0], socket.headers):
        token = headers["Authorization"].removeprefix("Bearer ")
        key = keys[jwt.get_unverified_header(token)["kid"]]
        claims = jwt.decode(
            token,
            key,
            algorithms=["RS256"],
            audience=azure.state.acs_resource_id,
            issuer="https://acscallautomation.communication.azure.com",
        )
        lives.append(claims["exp"] - claims["iat"])
    assert lives == [300, 86400]
    assert socket.headers["x-ms-call-connection-id"]


async def test_request_with_another_key_is_denied(application: Any) -> None:
    stranger = CallAutomationClient(application.azure.url, AzureKeyCredential("bm90IHRoZSBrZXk="))
    async with stranger:
        with pytest.raises(ClientAuthenticationError) as refused:
            await stranger.get_call_connection("x").get_call_properties()
    assert refused.value.status_code == 401


async def test_request_repeated_after_a_lost_answer_is_done_once(application: Any) -> None:
    azure = application.azure
    before = len(azure.switchboard.calls)
    azure.state.faults.add("acs", Fault("status", status=503))
    await application.client.create_call(
        PhoneNumberIdentifier(DESK),
        application.url + "/callbacks",
        source_caller_id_number=PhoneNumberIdentifier(LINE),
    )
    assert len(azure.switchboard.calls) == before + 1


async def test_same_repeatability_id_gets_the_same_answer(application: Any) -> None:
    made = []
    for _ in range(2):
        call = await application.client.create_call(
            PhoneNumberIdentifier(DESK),
            application.url + "/callbacks",
            source_caller_id_number=PhoneNumberIdentifier(LINE),
            headers={"Repeatability-Request-ID": "5f1c", "Repeatability-First-Sent": "now"},
        )
        made.append(call.call_connection_id)
    assert made[0] == made[1]
    assert len(application.azure.switchboard.calls) == 1


async def test_injected_status_reaches_the_client(application: Any) -> None:
    application.azure.state.faults.add("acs", Fault("status", status=400))
    with pytest.raises(HttpResponseError) as refused:
        await application.client.get_call_connection("x").get_call_properties()
    assert refused.value.status_code == 400


async def test_aborted_request_breaks_the_connection(application: Any) -> None:
    application.azure.state.faults.add("acs", Fault("abort", times=0))
    with pytest.raises(Exception, match=r"(?i)disconnected|reset"):
        await application.client.get_call_connection("x").get_call_properties()


async def test_hanging_up_ends_the_phone_and_nothing_is_called_back_afterwards(application: Any) -> None:
    phone = await connect(application)
    await application.socket()
    await application.client.get_call_connection(phone.connection_id).hang_up(is_for_everyone=True)
    assert await phone.until_ended() == "far_end"
    await application.event("CallDisconnected")
    assert application.names()[-1] == "CallDisconnected"
    with pytest.raises(ResourceNotFoundError):
        await application.client.get_call_connection(phone.connection_id).get_call_properties()


async def test_caller_hanging_up_disconnects_the_call(application: Any) -> None:
    phone = await connect(application)
    phone.hang_up()
    await application.event("CallDisconnected")
    assert phone.reason == "hung_up"


async def test_caller_who_gives_up_while_it_rings_cannot_be_answered(application: Any) -> None:
    application.on_ring = None
    phone = application.azure.phones.dial(LINE)
    await application.until(lambda: len(application.grid) == 2)
    phone.hang_up()
    with pytest.raises(ResourceNotFoundError):
        await application.answer(application.grid[-1][1][0])


async def test_rejected_caller_hears_busy(application: Any) -> None:
    async def reject(event: dict[str, Any]) -> None:
        await application.client.reject_call(event["data"]["incomingCallContext"], call_reject_reason="busy")

    application.on_ring = reject
    phone = application.azure.phones.dial(LINE)
    assert await phone.until_ended() == "busy"


async def test_redirected_caller_talks_to_the_other_number(application: Any) -> None:
    async def redirect(event: dict[str, Any]) -> None:
        await application.client.redirect_call(event["data"]["incomingCallContext"], PhoneNumberIdentifier(DESK))

    application.on_ring = redirect
    desk = application.azure.phones.wait_at(DESK)
    phone = application.azure.phones.dial(LINE)
    await phone.until_connected()
    assert phone.moved_to == DESK
    await phone.say(b"\x00\x10" * 3200, "hello desk")
    await desk.until(lambda: desk.ear is not None and desk.ear.last_sound_ms is not None, 25)


async def test_nobody_answers_in_time(application: Any) -> None:
    application.on_ring = None
    application.azure.switchboard.ring_seconds = 0.2
    phone = application.azure.phones.dial(LINE)
    assert await phone.until_ended() == "no_answer"


async def create(application: Any, to: str = DESK) -> Any:
    return await application.client.create_call(
        PhoneNumberIdentifier(to),
        application.url + "/callbacks",
        source_caller_id_number=PhoneNumberIdentifier(LINE),
        media_streaming=application.media_options(),
        operation_context="out",
    )


async def test_placed_call_is_answered_and_streams(application: Any) -> None:
    desk = application.azure.phones.wait_at(DESK)
    properties = await create(application)
    assert properties.call_connection_state == "connecting"
    await desk.until_connected()
    assert desk.connection_id == properties.call_connection_id
    assert (await application.event("CallConnected"))["operationContext"] == "out"
    await application.socket()


@pytest.mark.parametrize(
    "headers", [{"Reason": "x"}, {"X-MS-Reason": "x"}, {"X-A": "x" * 257}, {f"X-{n}": "x" for n in range(6)}]
)
async def test_custom_headers_that_the_service_refuses_are_refused(application: Any, headers: dict[str, str]) -> None:
    phone = await connect(application)
    connection = application.client.get_call_connection(phone.connection_id)
    with pytest.raises(HttpResponseError) as refused:
        await connection.transfer_call_to_participant(PhoneNumberIdentifier(DESK), sip_headers=headers)
    assert refused.value.status_code == 400


@pytest.mark.parametrize(("behavior", "code"), [("busy", 486), ("no_answer", 480), ("rejects", 603)])
async def test_placed_call_that_nobody_takes_fails_with_the_networks_code(
    application: Any, behavior: Any, code: int
) -> None:
    application.azure.switchboard.ring_seconds = 0.3
    application.azure.phones.rules[DESK] = NumberRule(behavior, 0.0)
    await create(application)
    failed = await application.event("CreateCallFailed")
    assert failed["resultInformation"]["sipDetails"]["code"] == code


async def test_voicemail_answers_and_speaks(application: Any) -> None:
    application.azure.phones.rules[DESK] = NumberRule("voicemail", 0.0)
    await create(application)
    socket = await application.socket()
    await socket.until(lambda one: any(one.audio()))


async def test_transfer_puts_both_through_and_ends_our_connection(application: Any) -> None:
    desk = application.azure.phones.wait_at(DESK)
    phone = await connect(application)
    await application.client.get_call_connection(phone.connection_id).transfer_call_to_participant(
        PhoneNumberIdentifier(DESK), operation_context="move"
    )
    accepted = await application.event("CallTransferAccepted")
    await application.event("CallDisconnected")
    assert accepted["operationContext"] == "move"
    assert accepted["resultInformation"]["subCode"] == 7015
    assert accepted["transferTarget"]["phoneNumber"]["value"] == DESK
    assert phone.moved_to == DESK
    desk.hang_up()
    assert await phone.until_ended() == "far_end"


@pytest.mark.parametrize(("behavior", "code"), [("busy", 486), ("no_answer", 480)])
async def test_failed_transfer_leaves_the_call_as_it_was(application: Any, behavior: Any, code: int) -> None:
    application.azure.phones.rules[DESK] = NumberRule(behavior, 0.0)
    application.azure.switchboard.ring_seconds = 0.3
    phone = await connect(application)
    connection = application.client.get_call_connection(phone.connection_id)
    await connection.transfer_call_to_participant(PhoneNumberIdentifier(DESK))
    failed = await application.event("CallTransferFailed")
    assert failed["resultInformation"]["sipDetails"]["code"] == code
    assert (await connection.get_call_properties()).call_connection_state == "connected"


async def test_caller_who_hangs_up_during_a_transfer_is_gone(application: Any) -> None:
    desk = application.azure.phones.wait_at(DESK, pick_up=False)
    phone = await connect(application)
    await application.client.get_call_connection(phone.connection_id).transfer_call_to_participant(
        PhoneNumberIdentifier(DESK)
    )
    await desk.until(lambda: desk.state == "ringing", 25)
    phone.hang_up()
    assert await desk.until_ended() == "far_end"
    await application.event("CallDisconnected")


async def test_participants_are_listed(application: Any) -> None:
    phone = await connect(application)
    connection = application.client.get_call_connection(phone.connection_id)
    found = [one async for one in connection.list_participants()]
    assert [one.identifier.properties["value"] for one in found] == [phone.number]
    assert (await application.event("ParticipantsUpdated"))["sequenceNumber"] == 1


async def test_keys_reach_the_socket_and_the_continuous_recognition(application: Any) -> None:
    phone = await connect(application)
    socket = await application.socket()
    connection = application.client.get_call_connection(phone.connection_id)
    await connection.start_continuous_dtmf_recognition(PhoneNumberIdentifier(phone.number), operation_context="keys")
    await socket.until(lambda one: bool(one.messages))
    phone.press("8#")
    await socket.until(lambda one: one.keys() == ["8", "#"])
    await application.until(lambda: application.names().count("ContinuousDtmfRecognitionToneReceived") == 2)
    tone = await application.event("ContinuousDtmfRecognitionToneReceived")
    assert (tone["tone"], tone["sequenceId"], tone["operationContext"]) == ("eight", 1, "keys")
    await connection.stop_continuous_dtmf_recognition(PhoneNumberIdentifier(phone.number))
    await application.event("ContinuousDtmfRecognitionStopped")


async def test_keys_are_collected_until_the_stop_tone(application: Any) -> None:
    phone = await connect(application)
    await application.client.get_call_connection(phone.connection_id).start_recognizing_media(
        RecognizeInputType.DTMF,
        PhoneNumberIdentifier(phone.number),
        dtmf_max_tones_to_collect=9,
        dtmf_stop_tones=[DtmfTone.POUND],
        operation_context="pin",
    )
    phone.press("56#")
    completed = await application.event("RecognizeCompleted")
    assert completed["dtmfResult"] == {"tones": ["five", "six", "pound"]}
    assert completed["operationContext"] == "pin"


async def test_nobody_pressing_a_key_fails_the_recognition(application: Any) -> None:
    phone = await connect(application)
    await application.client.get_call_connection(phone.connection_id).start_recognizing_media(
        RecognizeInputType.DTMF,
        PhoneNumberIdentifier(phone.number),
        dtmf_max_tones_to_collect=4,
        initial_silence_timeout=1,
    )
    assert (await application.event("RecognizeFailed"))["resultInformation"]["subCode"] == 8510


async def test_keys_pressed_by_the_application_reach_the_phone(application: Any) -> None:
    phone = await connect(application)
    await application.client.get_call_connection(phone.connection_id).send_dtmf_tones(
        [DtmfTone.ONE, DtmfTone.POUND], PhoneNumberIdentifier(phone.number)
    )
    await application.event("SendDtmfTonesCompleted")
    assert phone.tones == ["1", "#"]


async def test_played_text_is_heard(application: Any) -> None:
    phone = await connect(application)
    await application.client.get_call_connection(phone.connection_id).play_media(
        TextSource(text="Please hold.", voice_name="en-US-AvaNeural")
    )
    await application.event("PlayCompleted")
    assert "Please hold." in phone.heard
    assert application.names().index("PlayStarted") < application.names().index("PlayCompleted")


async def test_recording_goes_through_its_states(application: Any) -> None:
    phone = await connect(application)
    server_call = (await application.event("CallConnected"))["serverCallId"]
    client = application.client
    started = await client.start_recording(server_call_id=server_call)
    await client.pause_recording(started.recording_id)
    assert (await client.get_recording_properties(started.recording_id)).recording_state == "inactive"
    await client.resume_recording(started.recording_id)
    await phone.say(b"\x00\x10" * 3200, "recorded")
    await client.stop_recording(started.recording_id)
    await application.until(lambda: application.names().count("RecordingStateChanged") == 4)
    await application.until(
        lambda: application.grid[-1][1][0]["eventType"] == "Microsoft.Communication.RecordingFileStatusUpdated"
    )
    assert len(application.azure.switchboard.recordings[started.recording_id][1].wav()) >= 44 + 4 * 3200


@pytest.mark.parametrize("target", ["call", "answer"])
async def test_broken_requests_are_refused_with_a_message(application: Any, target: str) -> None:
    with pytest.raises(HttpResponseError) as refused:
        if target == "call":
            await application.client.create_call(CommunicationUserIdentifier("8:acs:x"), "not an address")
        else:
            await application.client.answer_call("gone", application.url)
    assert refused.value.status_code in (400, 404)
    assert refused.value.message
