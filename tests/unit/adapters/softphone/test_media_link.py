"""A softphone's socket: what is heard of it, what it may not do, and what it is told."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from backend.adapters.softphone.media_link import Message, SoftphoneLink
from backend.domain.audio import PCM_24K
from backend.errors import Unavailable
from backend.testing.virtual_time import run_virtual
from tests.unit.adapters.softphone.browser_socket import SILENCE, VOICE, BrowserSocket, Sink

Story = Callable[[BrowserSocket, SoftphoneLink, Sink], Awaitable[None]]


def play(tell: Story, *, muted: bool = False) -> BrowserSocket:
    """Tell a story while a link is listened to."""
    socket = None

    async def whole() -> None:
        nonlocal socket
        socket = BrowserSocket()
        link, sink = socket.link(muted=muted), Sink()
        receiving = asyncio.create_task(link.receive(sink))
        await asyncio.sleep(0)
        await tell(socket, link, sink)
        await link.close()
        await receiving

    run_virtual(whole())
    assert socket is not None
    return socket


async def speak(socket: BrowserSocket, seconds: float) -> None:
    for _ in range(round(seconds * 50)):
        socket.speaks(VOICE)
        await asyncio.sleep(0.02)


def test_every_frame_of_a_message_is_heard_by_itself() -> None:
    async def tell(socket: BrowserSocket, _: SoftphoneLink, sink: Sink) -> None:
        socket.speaks(VOICE * 3)
        await asyncio.sleep(0.01)
        assert sink.frames == [VOICE] * 3

    play(tell)


@pytest.mark.parametrize("muted", [True, False])
def test_where_no_voice_comes_silence_is_heard_at_the_pace_of_time(muted: bool) -> None:
    async def tell(socket: BrowserSocket, _: SoftphoneLink, sink: Sink) -> None:
        await speak(socket, 1.0)
        heard = len(sink.frames)
        assert sink.frames == [VOICE] * 50
        if muted:
            socket.says("mute", on=True)
        await asyncio.sleep(3.0 if not muted else 2.1)
        assert set(sink.frames[heard:]) == {SILENCE}
        assert 90 <= len(sink.frames) - heard <= 106

    play(tell)


@pytest.mark.parametrize("held_back_s", [0.1, 0.3, 0.8])
def test_a_word_that_is_held_back_for_a_moment_is_not_cut_in_two_by_silence(held_back_s: float) -> None:
    async def tell(socket: BrowserSocket, _: SoftphoneLink, sink: Sink) -> None:
        await speak(socket, 1.0)
        await asyncio.sleep(held_back_s)
        for frame in [VOICE] * round(held_back_s * 50):
            socket.speaks(frame)
        await speak(socket, 1.0)
        assert sink.frames == [VOICE] * round((2.0 + held_back_s) * 50)

    play(tell)


def test_a_microphone_that_was_muted_and_comes_on_is_waited_for_as_any() -> None:
    async def tell(socket: BrowserSocket, _: SoftphoneLink, sink: Sink) -> None:
        await asyncio.sleep(2.0)
        socket.says("mute", on=False)
        await asyncio.sleep(0.01)
        before = len(sink.frames)
        await asyncio.sleep(0.5)
        assert len(sink.frames) == before
        await speak(socket, 0.1)
        assert sink.frames[before:] == [VOICE] * 5

    play(tell, muted=True)


def test_a_muted_microphone_is_not_heard_and_not_missed() -> None:
    async def tell(socket: BrowserSocket, link: SoftphoneLink, sink: Sink) -> None:
        socket.says("mute", on=True)
        await speak(socket, 1.0)
        assert VOICE not in sink.frames
        await asyncio.sleep(60)
        assert not link.gone
        socket.says("mute", on=False)
        await speak(socket, 0.1)
        assert VOICE in sink.frames

    play(tell)


def test_who_has_no_microphone_may_be_silent_for_ever() -> None:
    async def tell(_: BrowserSocket, link: SoftphoneLink, sink: Sink) -> None:
        await asyncio.sleep(120)
        assert not link.gone and set(sink.frames) == {SILENCE}

    play(tell, muted=True)


def test_a_client_that_sends_nothing_at_all_is_gone() -> None:
    async def tell(_: BrowserSocket, link: SoftphoneLink, __: Sink) -> None:
        await asyncio.sleep(14)
        assert not link.gone
        await asyncio.sleep(3)
        assert link.gone

    assert play(tell).closed == (1008, "nothing came for 15 seconds")


def test_what_a_network_held_back_is_heard_and_what_is_faster_than_time_is_not() -> None:
    async def tell(socket: BrowserSocket, link: SoftphoneLink, sink: Sink) -> None:
        await speak(socket, 3.0)
        for _ in range(80):
            socket.speaks(VOICE)  # 1.6 s at once, after a break of the network
        await asyncio.sleep(0.01)
        assert sink.frames.count(VOICE) == 150 + 80
        for _ in range(2000):
            socket.speaks(VOICE)
        await asyncio.sleep(0.01)
        assert sink.frames.count(VOICE) < 150 + 80 + 250
        assert link.gone

    assert play(tell).closed == (1008, "more came than time has passed for")


def test_keys_and_words_are_told_but_no_flood_of_them() -> None:
    words: list[str] = []

    async def tell(socket: BrowserSocket, link: SoftphoneLink, sink: Sink) -> None:
        link.screen.on_written(words.append)
        socket.says("key", key="7")
        socket.says("text", text="It was\x1b[2J my car.")
        socket.says("text", text="\x1b\r\n")
        await asyncio.sleep(0.01)
        assert (sink.tones, words) == (["7"], ["It was [2J my car."])
        for _ in range(1000):
            socket.says("key", key="1")
        await asyncio.sleep(0.01)
        assert len(sink.tones) < 100

    assert (play(tell).closed or (0, ""))[0] == 1008


@pytest.mark.parametrize("bad", [b"", b"\0", VOICE + b"\0", VOICE * 11, b"\0" * 960])
def test_audio_that_is_no_whole_frames_is_passed_over_and_told_once(bad: bytes) -> None:
    async def tell(socket: BrowserSocket, link: SoftphoneLink, sink: Sink) -> None:
        for _ in range(3):
            socket.speaks(bad)
        socket.speaks(VOICE)
        await asyncio.sleep(0.01)
        assert sink.frames == [VOICE] and link.malformed == 3 and not link.gone

    events = play(tell).events
    assert [one["type"] for one in events] == ["error"]


def test_who_keeps_to_no_protocol_is_shown_out() -> None:
    async def tell(socket: BrowserSocket, link: SoftphoneLink, _sink: Sink) -> None:
        for _ in range(60):
            socket.says("nonsense")
        await asyncio.sleep(0.01)
        assert link.gone

    assert (play(tell).closed or (0, ""))[0] == 1007


def test_bye_is_told_before_the_end() -> None:
    told: list[bool] = []

    async def tell(socket: BrowserSocket, link: SoftphoneLink, _: Sink) -> None:
        link.on_bye = lambda: told.append(True)
        socket.says("bye")
        socket.says("key", key="1")
        await asyncio.sleep(0.01)

    play(tell)
    assert told == [True]


def test_audio_goes_out_and_is_called_back() -> None:
    async def tell(socket: BrowserSocket, link: SoftphoneLink, _: Sink) -> None:
        await link.send_audio(VOICE)
        await link.stop_audio()

    socket = play(tell)
    assert socket.sent[0]["bytes"] == VOICE
    assert socket.events == [{"type": "clear"}]
    assert socket.closed == (1000, "")


def test_nothing_can_be_sent_over_a_socket_that_broke() -> None:
    async def tell(socket: BrowserSocket, link: SoftphoneLink, _: Sink) -> None:
        socket.broken = True
        with pytest.raises(Unavailable):
            await link.send_audio(VOICE)
        await link.stop_audio()
        assert link.gone

    play(tell)


def test_a_frame_of_24_khz_has_960_bytes() -> None:
    async def whole() -> None:
        socket = BrowserSocket()
        link, sink = socket.link(PCM_24K), Sink()
        receiving = asyncio.create_task(link.receive(sink))
        socket.speaks(b"\x01" * 960)
        socket.speaks(VOICE)
        await asyncio.sleep(0.01)
        assert [len(one) for one in sink.frames] == [960]
        socket.goes()
        await receiving
        await link.close()

    run_virtual(whole())


def test_who_reads_slowly_gets_the_newest_of_what_changes_and_is_not_waited_for() -> None:
    async def whole() -> None:
        socket = BrowserSocket()
        stuck = asyncio.Event()
        plain = socket.send

        async def slow(message: object) -> None:
            await stuck.wait()
            await plain(message)

        link = SoftphoneLink(socket.receive, slow, PCM_24K)
        for number in range(1000):
            link.screen.caller("caller-1", f"words {number}", final=False)
        for number in range(1000):
            link.screen.tool(number, "look_up", ok=True)
        stuck.set()
        await asyncio.sleep(0.1)
        assert [one["text"] for one in socket.events if one["type"] == "caller"] == ["words 999"]
        assert 150 < len(socket.events) <= 200
        assert link.screen.lost == 1000 - (len(socket.events) - 1)
        await link.close()

    run_virtual(whole())


def test_a_socket_that_fails_as_none_should_leaves_nobody_who_is_thought_to_be_there() -> None:
    async def whole() -> None:
        async def fails() -> Message:
            raise RuntimeError("nobody expects this")

        link = SoftphoneLink(fails, BrowserSocket().send, PCM_24K)
        with pytest.raises(Unavailable, match="broke"):
            await link.receive(Sink())
        assert link.gone

    run_virtual(whole())
