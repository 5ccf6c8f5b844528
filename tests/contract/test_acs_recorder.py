"""Recording by the real call-automation client against the local Azure: what it is told, and its file."""

import asyncio
import io
import wave
from collections.abc import AsyncGenerator

import numpy as np
import pytest

from backend.adapters.acs.call_control import AcsCallControl
from backend.adapters.acs.recorded_files import AcsRecordedFiles
from backend.domain.call import IncomingCall
from backend.domain.private import Private
from backend.errors import CallNotFound, ProviderRejected, Unavailable
from local_azure.acs.recording import Recording
from local_azure.faults import Fault
from local_azure.phone.phone import Phone
from local_azure.server import EmulatorServer, emulator

pytestmark = pytest.mark.real

LINE = "+18005550100"
HERE = "http://127.0.0.1:9/callbacks"


@pytest.fixture
async def azure() -> AsyncGenerator[EmulatorServer]:
    async with emulator() as running:
        yield running


@pytest.fixture
async def control(azure: EmulatorServer) -> AsyncGenerator[AcsCallControl]:
    client = AcsCallControl(azure.url, azure.state.access_key, HERE, LINE)
    yield client
    await client.close()


@pytest.fixture
async def files(azure: EmulatorServer) -> AsyncGenerator[AcsRecordedFiles]:
    found = AcsRecordedFiles(azure.url, azure.state.access_key, local=True)
    yield found
    await found.close()


async def connected(azure: EmulatorServer, control: AcsCallControl) -> tuple[Phone, str]:
    phone = azure.phones.dial(LINE)
    (ring,) = azure.switchboard.arrivals
    incoming = IncomingCall("e1", ring, Private(phone.number), Private(LINE))
    connection = await control.answer(incoming, token="t1")
    await phone.until_connected()
    return phone, connection.connection_id


def recording(azure: EmulatorServer, recording_id: str) -> Recording:
    return azure.switchboard.recordings[recording_id][1]


def place(recording_id: str) -> str:
    return f"https://local.asm.skype.com/v1/objects/{recording_id}"


async def test_it_is_begun_paused_resumed_and_ended(azure: EmulatorServer, control: AcsCallControl) -> None:
    phone, connection = await connected(azure, control)
    recorder = control.recorder
    one = await recorder.start(connection, token="t1", caller=phone.number, paused=False)
    assert await recorder.active(one)
    assert recording(azure, one).callback_url == f"{HERE}/api/v1/calls/callbacks/t1"
    await recorder.pause(one)
    assert not await recorder.active(one)
    await recorder.resume(one)
    assert await recorder.active(one)
    await recorder.stop(one)
    with pytest.raises(CallNotFound):
        await recorder.stop(one)
    with pytest.raises(CallNotFound):
        await recorder.active(one)
    phone.hang_up()


async def test_it_can_begin_with_a_pause(azure: EmulatorServer, control: AcsCallControl) -> None:
    phone, connection = await connected(azure, control)
    one = await control.recorder.start(connection, token="t1", caller=phone.number, paused=True)
    assert not await control.recorder.active(one)
    phone.hang_up()


async def test_a_call_that_is_over_cannot_be_recorded(azure: EmulatorServer, control: AcsCallControl) -> None:
    with pytest.raises(CallNotFound):
        await control.recorder.start("cc-none", token="t1", caller="+13125550142", paused=False)


async def test_a_pause_is_asked_for_again_where_the_service_has_a_bad_moment(
    azure: EmulatorServer, control: AcsCallControl
) -> None:
    phone, connection = await connected(azure, control)
    one = await control.recorder.start(connection, token="t1", caller=phone.number, paused=False)
    azure.state.faults.add("acs", Fault("status", status=429, match=":pause"))
    await control.recorder.pause(one)
    assert not await control.recorder.active(one)
    phone.hang_up()


async def test_its_file_is_fetched_and_deleted(
    azure: EmulatorServer, control: AcsCallControl, files: AcsRecordedFiles
) -> None:
    phone, connection = await connected(azure, control)
    one = await control.recorder.start(connection, token="t1", caller=phone.number, paused=False)
    await phone.say(b"\x00\x10" * 3200, "recorded")
    async with asyncio.timeout(20):
        while recording(azure, one).duration_ms < 400:
            await asyncio.sleep(0.02)
    await control.recorder.stop(one)
    content = b"".join([piece async for piece in files.read(f"{place(one)}/content/acsrecording")])
    with wave.open(io.BytesIO(content)) as file:
        sound = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, file.getnchannels())
    assert sound[:, 0].any() and sound.shape[1] == 2
    await files.delete(place(one))
    assert one not in azure.switchboard.recordings
    await files.delete(place(one))  # gone already
    with pytest.raises(ProviderRejected):
        _ = [piece async for piece in files.read(f"{place(one)}/content/acsrecording")]
    phone.hang_up()


@pytest.mark.parametrize("where", ["https://elsewhere.example/1", "http://local.asm.skype.com/1", "/1", ""])
async def test_our_key_goes_to_no_other_place(files: AcsRecordedFiles, where: str) -> None:
    with pytest.raises(ProviderRejected):
        _ = [piece async for piece in files.read(where)]
    with pytest.raises(ProviderRejected):
        await files.delete(where)


async def test_where_the_service_is_away_its_file_waits() -> None:
    files = AcsRecordedFiles("http://127.0.0.1:9", "a2V5", local=True)
    with pytest.raises(Unavailable):
        _ = [piece async for piece in files.read(f"{place('x')}/content/acsrecording")]
    await files.close()
