"""Event Grid deliveries and Call Automation callbacks, golden and broken."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.call import IncomingCall
from backend.domain.call_event import CallEvent
from backend.domain.service_recording import RecordedFile
from backend.errors import ProtocolError
from backend.protocol import acs_callbacks, event_grid
from backend.protocol.event_grid import GridEvent, Validation

WIRE = Path(__file__).parent / "wire"


def read_batch(body: bytes) -> list[GridEvent]:
    return [event for entry in event_grid.entries_of(body) if (event := event_grid.read_event(entry))]


def read_events(body: bytes) -> list[CallEvent]:
    return [event for entry in acs_callbacks.entries_of(body) if (event := acs_callbacks.read_event(entry))]


def wire(name: str) -> bytes:
    return (WIRE / name).read_bytes()


def test_incoming_call() -> None:
    (call,) = read_batch(wire("incoming_call.json"))
    assert isinstance(call, IncomingCall)
    assert call.caller.reveal() == "+13125550142"
    assert call.called.reveal() == "+18005550100"
    assert (call.context, call.correlation_id) == ("opaque", "corr-1")
    assert call.headers["X-MS-Custom-myheader1"] == "35567842"
    assert "3125550142" not in repr(call)


def test_what_a_caller_wrote_into_their_number_and_headers_is_bounded_text() -> None:
    (delivery,) = json.loads(wire("incoming_call.json"))
    data = delivery["data"]
    data["from"] = {"kind": "unknown", "rawId": "4:+1\x00312\u202e555\r\n0142" + "9" * 5000}
    data["customContext"] = {"sipHeaders": {f"X-{n}\u2028": "a\x00\nb" * 500 for n in range(60)}}
    (call,) = read_batch(json.dumps([delivery]).encode())
    assert isinstance(call, IncomingCall)
    assert call.caller.reveal().startswith("+13125550142")
    assert len(call.caller.reveal()) <= 256
    assert len(call.headers) == 50
    assert all(
        name.isprintable() and value.isprintable() and len(value) <= 1000 for name, value in call.headers.items()
    )


def test_validation() -> None:
    assert read_batch(wire("validation.json")) == [Validation("512d38b6-c7b8-40c8-89fe-f46f9e9622b6")]


def test_other_event_types_are_left_out_and_every_call_of_a_batch_is_read() -> None:
    (call,) = json.loads(wire("incoming_call.json"))
    other = {"id": "x", "eventType": "Microsoft.Communication.ChatThreadCreated", "data": {}}
    assert len(read_batch(json.dumps([call, other, call | {"id": "e2"}]).encode())) == 2


def recorded(*chunks: dict[str, object], subject: str = "/recording/call/aHR0cHM/recordingId/cmVj") -> bytes:
    data = {"recordingStorageInfo": {"recordingChunks": list(chunks)}, "recordingDurationMs": 6620}
    kind = "Microsoft.Communication.RecordingFileStatusUpdated"
    return json.dumps([{"id": "x", "subject": subject, "eventType": kind, "data": data}]).encode()


def chunk(index: int) -> dict[str, object]:
    place = f"https://storage.asm.skype.com/v1/objects/{index}"
    return {"index": index, "contentLocation": f"{place}/content/acsrecording", "deleteLocation": place}


def test_the_file_of_a_recording_is_told_in_the_order_of_its_parts() -> None:
    (file,) = read_batch(recorded(chunk(1), chunk(0)))
    assert isinstance(file, RecordedFile)
    assert file.recording_id == "cmVj"
    assert [place.split("/")[-3] for place in file.contents] == ["0", "1"]
    assert [place.split("/")[-1] for place in file.deletions] == ["0", "1"]


@pytest.mark.parametrize(
    "body", [recorded(), recorded(chunk(0), subject="/recording/call/aHR0cHM"), recorded(*[chunk(0)] * 101)]
)
def test_a_file_that_says_nothing_of_a_recording_is_refused(body: bytes) -> None:
    with pytest.raises(ProtocolError):
        read_batch(body)


def test_a_file_at_a_place_of_somebodys_own_is_none_of_ours() -> None:
    assert read_batch(recorded({"index": 0})) == []


def test_a_callback_says_how_a_recording_stands() -> None:
    told = {"type": "Microsoft.Communication.RecordingStateChanged", "data": {"state": "inactive", "recordingId": "r1"}}
    (event,) = read_events(json.dumps([told]).encode())
    assert (event.type, event.state, event.recording_id) == ("RecordingStateChanged", "inactive", "r1")


@pytest.mark.parametrize(
    ("data", "operation"), [({"operationContext": "t1"}, "t1"), ({"operationContext": 1}, ""), ({}, "")]
)
def test_a_callback_says_which_transfer_it_is_of_where_the_service_does(
    data: dict[str, object], operation: str
) -> None:
    told = {"type": "Microsoft.Communication.CallTransferFailed", "data": data}
    (event,) = read_events(json.dumps([told]).encode())
    assert (event.operation, CallEvent.told(event.as_told())) == (operation, event)


def test_callback() -> None:
    (event,) = read_events(wire("call_connected.json"))
    assert (event.type, event.connection_id, event.code) == ("CallConnected", "cc-1", 200)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[1]",
        b'"x"',
        b'[{"type":1}]',
        b"[" * 5000,
        b'[{"eventType":"Microsoft.Communication.IncomingCall"}]',
        b'[{"eventType":"Microsoft.Communication.IncomingCall","data":{}}]',
        b"\xff\xfe",
    ],
)
def test_broken_deliveries_are_refused(body: bytes) -> None:
    with pytest.raises(ProtocolError):
        read_batch(body)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[1]", b'[{"type":"Microsoft.Communication.CallConnected"}]', b'[{"type":5}]', b"[" * 5000]
)
def test_broken_callbacks_are_refused(body: bytes) -> None:
    with pytest.raises(ProtocolError):
        read_events(body)


@given(st.binary(max_size=200))
def test_only_protocol_errors(body: bytes) -> None:
    for reader in (read_batch, read_events):
        try:
            reader(body)
        except ProtocolError:
            continue
