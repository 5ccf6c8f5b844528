"""The media socket of the local Azure against a socket that this test holds."""

import asyncio
import io
import wave
from typing import Any

import numpy as np
import pytest

from backend.domain.audio import PCM_16K
from local_azure.acs.playout import Playout
from local_azure.acs.wire import AudioOut, StopOut, read_message
from local_azure.faults import Fault

LINE = "+18005550100"


def sound(milliseconds: int, rate: int = 16_000, seed: int = 1) -> bytes:
    noise = np.random.default_rng(seed).normal(0, 3000, rate * milliseconds // 1000)
    return noise.astype("<i2").tobytes()


async def connect(application: Any) -> Any:
    phone = application.azure.phones.dial(LINE)
    await phone.until_connected()
    return phone, await application.socket()


async def test_first_message_describes_the_audio(application: Any) -> None:
    _, socket = await connect(application)
    await socket.until(lambda one: len(one.messages) >= 2)
    first, second = socket.messages[:2]
    assert first["kind"] == "AudioMetadata"
    assert {**first["audioMetadata"], "subscriptionId": ""} == {
        "subscriptionId": "",
        "encoding": "PCM",
        "sampleRate": 16000,
        "channels": 1,
        "length": 640,
    }
    assert second["kind"] == "AudioData"
    assert second["audioData"]["silent"] is True
    assert len(second["audioData"]["data"]) == 856


async def test_a_socket_that_was_being_opened_as_the_caller_hung_up_is_closed(application: Any) -> None:
    application.media_may_open.clear()
    phone = application.azure.phones.dial(LINE)
    await phone.until_connected()
    phone.hang_up()
    await application.event("CallDisconnected")
    application.media_may_open.set()
    socket = await application.socket()
    async with asyncio.timeout(10):
        while not socket.web.closed:
            await asyncio.sleep(0.01)
    assert socket.messages == []


async def test_both_sides_hear_each_other_unchanged(application: Any) -> None:
    phone, socket = await connect(application)
    ours, theirs = sound(400), sound(400, seed=2)
    await socket.until(lambda one: len(one.messages) > 1)
    await socket.speak(ours)
    await phone.say(theirs, "hello")
    await phone.until(lambda: phone.silent_ms > 100 and phone.ear.last_sound_ms is not None, 25)
    await socket.until(lambda one: theirs in one.audio())
    with wave.open(io.BytesIO(phone.recording())) as file:
        both = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").reshape(-1, 2)
    assert theirs in both[:, 0].tobytes()
    assert ours in both[:, 1].tobytes()


async def test_frames_come_fifty_a_second(application: Any) -> None:
    phone, socket = await connect(application)
    await socket.until(lambda one: len(one.messages) > 1)
    before, at = len(socket.messages), phone.now_ms
    await phone.until(lambda: phone.now_ms >= at + 1000, 25)
    assert 45 <= len(socket.messages) - before <= 55


async def test_24_khz_is_carried_as_asked(application: Any) -> None:
    application.options = {"audio_format": "pcm24KMono"}
    phone, socket = await connect(application)
    await socket.until(lambda one: len(one.messages) > 1)
    assert socket.messages[0]["audioMetadata"]["length"] == 960
    ours = sound(200, 24_000)
    await socket.speak(ours)
    await phone.say(sound(200), "hello")
    await socket.until(lambda one: any(one.audio()))
    await phone.until(lambda: phone.silent_ms > 60 and phone.ear.last_sound_ms is not None, 25)
    with wave.open(io.BytesIO(phone.recording())) as file:
        assert file.getframerate() == 24_000


async def test_stop_audio_drops_what_was_not_heard(application: Any) -> None:
    phone, socket = await connect(application)
    await socket.speak(sound(5000))
    await phone.until(lambda: phone.ear.last_sound_ms is not None, 25)
    await socket.stop()
    await phone.until(lambda: phone.silent_ms > 200, 10)
    stats = application.azure.switchboard.calls[phone.connection_id].media.playout.stats
    assert stats.stops == 1
    assert stats.stopped_ms > 3000


async def test_words_cut_by_stop_audio_were_not_heard(application: Any) -> None:
    phone, socket = await connect(application)
    voices = application.azure.azure.voices
    await socket.speak(await voices.speak("One two three four five six seven eight nine ten eleven", "agent", 16_000))
    await phone.until_heard("three", 25)
    await socket.stop()
    await phone.until(lambda: phone.silent_ms > 200, 10)
    assert phone.heard.startswith("One two three")
    assert "nine" not in phone.heard


@pytest.mark.parametrize(
    "text",
    [
        '{"Kind":"AudioData","AudioData":{"Data":"AAE="},"StopAudio":null}',
        '{"kind":"AudioData","audioData":{"data":"AAE="}}',
        '{"kind":"audioData","audioData":{"data":"AAE="}}',
    ],
)
def test_audio_is_read_in_every_casing(text: str) -> None:
    assert read_message(text) == AudioOut(b"\x00\x01")


@pytest.mark.parametrize(
    "text",
    [
        '{"Kind":"StopAudio","AudioData":null,"StopAudio":{}}',
        '{"kind":"StopAudio","stopAudio":{}}',
        '{"kind":"stopAudio"}',
    ],
)
def test_stop_is_read_in_every_casing(text: str) -> None:
    assert read_message(text) == StopOut()


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"kind":"AudioData"}', '{"kind":"AudioData","audioData":{"data":"!"}}']
)
def test_nonsense_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_message(text)


def test_unknown_kinds_are_ignored() -> None:
    assert read_message('{"kind":"MarkData","markData":{"id":"1"}}') is None


async def test_nonsense_on_the_socket_is_counted_and_the_call_goes_on(application: Any) -> None:
    phone, socket = await connect(application)
    await socket.web.send_str("nonsense")
    await socket.speak(sound(100))
    await phone.until(lambda: phone.ear.last_sound_ms is not None, 25)
    assert application.azure.switchboard.calls[phone.connection_id].media.bad_messages == 1


def test_audio_that_comes_late_is_an_underrun() -> None:
    playout = Playout(PCM_16K)
    playout.add(sound(40))
    assert [playout.next() is None for _ in range(5)] == [False, False, True, True, True]
    playout.add(sound(20))
    assert (playout.stats.underruns, playout.stats.gap_ms) == (1, 60)


def test_a_pause_between_answers_is_no_underrun() -> None:
    playout = Playout(PCM_16K)
    playout.add(sound(20))
    for _ in range(60):
        playout.next()
    playout.add(sound(20))
    assert playout.stats.underruns == 0


async def test_broken_socket_is_opened_again(application: Any) -> None:
    phone, socket = await connect(application)
    await socket.web.close(code=1011)
    second = await application.socket(2)
    await second.until(lambda one: one.messages[0]["kind"] == "AudioMetadata" if one.messages else False)
    await application.until(lambda: application.names().count("MediaStreamingStarted") == 2)
    details = application.events[-1]["data"]["mediaStreamingUpdate"]["mediaStreamingStatusDetails"]
    assert details == "streamConnectionReestablished"
    await second.speak(sound(100))
    await phone.until(lambda: phone.ear.last_sound_ms is not None, 25)


async def test_aborted_socket_is_opened_again(application: Any) -> None:
    _, socket = await connect(application)
    application.azure.state.faults.add("media", Fault("abort", match="/media"))
    await application.socket(2)
    assert socket.web.closed


async def test_socket_closed_normally_stays_closed_until_streaming_is_started_again(application: Any) -> None:
    phone, socket = await connect(application)
    await socket.web.close()
    await application.event("MediaStreamingStopped")
    connection = application.client.get_call_connection(phone.connection_id)
    assert (await connection.get_call_properties()).media_streaming_subscription.state == "inactive"
    await connection.start_media_streaming()
    await application.socket(2)


async def test_stopping_and_starting_streaming(application: Any) -> None:
    phone, _ = await connect(application)
    connection = application.client.get_call_connection(phone.connection_id)
    await application.event("MediaStreamingStarted")
    await connection.stop_media_streaming()
    await application.event("MediaStreamingStopped")
    await connection.start_media_streaming()
    await application.socket(2)


async def test_socket_that_refuses_the_token_fails_streaming(application: Any) -> None:
    application.media_status = 401
    phone = application.azure.phones.dial(LINE)
    await phone.until_connected()
    failed = await application.event("MediaStreamingFailed")
    assert failed["resultInformation"]["subCode"] == 8603
    assert failed["mediaStreamingUpdate"]["mediaStreamingStatusDetails"] == "authenticationFailure"


async def test_stalled_media_sends_nothing_for_a_while(application: Any) -> None:
    phone, socket = await connect(application)
    await socket.until(lambda one: len(one.messages) > 1)
    application.azure.state.faults.add("media", Fault("stall", seconds=0.5))
    at = phone.now_ms
    await phone.until(lambda: phone.now_ms >= at + 300, 25)
    before = len(socket.messages)
    await phone.until(lambda: phone.now_ms >= at + 500, 25)
    assert len(socket.messages) == before
    await socket.until(lambda one: len(one.messages) > before)


async def test_garbage_is_sent_when_asked(application: Any) -> None:
    _, socket = await connect(application)
    application.azure.state.faults.add("media", Fault("garbage"))
    await socket.until(lambda one: any(message["kind"] == "broken" for message in one.messages))
