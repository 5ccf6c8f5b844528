"""Playout: paced, held, resumed, stopped; what was heard is always known."""

import asyncio
from itertools import pairwise

import pytest

from backend.engine.speaking.pacer import Pacer
from backend.engine.speaking.playout import Playout
from backend.errors import Unavailable
from backend.testing.link import FakeLink
from backend.testing.virtual_time import run_virtual

FRAME = 640


def frame(number: int) -> bytes:
    return number.to_bytes(2, "little") * (FRAME // 2)


def numbers(frames: list[bytes]) -> list[int]:
    return [int.from_bytes(pcm[:2], "little") for pcm in frames]


async def playing(count: int) -> tuple[FakeLink, Playout]:
    link = FakeLink()
    playout = Playout(link, lead_ms=100)
    playout.start()
    playout.play(b"".join(frame(n) for n in range(1, count + 1)))
    return link, playout


def test_audio_leaves_at_the_pace_it_is_heard() -> None:
    async def story() -> None:
        link, playout = await playing(50)
        began = asyncio.get_running_loop().time()
        await playout.wait_heard(1000)
        assert asyncio.get_running_loop().time() - began == pytest.approx(1.0, abs=0.03)
        assert numbers([pcm for _, pcm in link.sent]) == list(range(1, 51))
        assert link.largest_gap_ms() == 0
        ahead = max(at_frame * 0.02 - (at - began) for at_frame, (at, _) in enumerate(link.sent))
        assert ahead <= 0.1 + 1e-6
        await playout.close()

    run_virtual(story())


class LatePacer(Pacer):
    """A clock that wakes late."""

    late_s = 0.0

    def _make(self, moment: int) -> None:
        asyncio.get_running_loop().call_later(self.late_s, super()._make, moment)


@pytest.mark.parametrize("late_ms", [0.3, 1, 3, 4])
@pytest.mark.parametrize("began_ms", [0, 3, 5, 9.5])
def test_a_clock_that_wakes_late_does_not_lengthen_the_gaps(late_ms: float, began_ms: float) -> None:
    async def story() -> None:
        await asyncio.sleep(began_ms / 1000)
        link, pacer = FakeLink(), LatePacer()
        pacer.late_s = late_ms / 1000
        playout = Playout(link, 100, pacer)
        playout.start()
        playout.play(b"".join(frame(n) for n in range(1, 101)))
        await playout.wait_heard(2000)
        times = [at for at, _ in link.sent]
        assert max(after - before for before, after in pairwise(times)) < 0.055
        assert link.largest_gap_ms() == 0
        await playout.close()

    run_virtual(story())


def test_a_pause_of_the_worker_that_is_known_of_is_not_heard() -> None:
    """All voices are sent further ahead first; afterwards as far as before."""

    async def story() -> None:
        link, pacer = FakeLink(), Pacer()
        playout = Playout(link, 100, pacer)
        playout.start()
        began = asyncio.get_running_loop().time()
        playout.play(b"".join(frame(n) for n in range(1, 151)))

        def ahead() -> float:
            return len(link.sent) * 0.02 - (asyncio.get_running_loop().time() - began)

        await asyncio.sleep(0.5)
        pacer.ahead_s = 0.4
        await asyncio.sleep(0.06)
        assert ahead() > 0.44
        pacer.ahead_s = 0.0
        await asyncio.sleep(1)
        assert 0.05 < ahead() <= 0.1 + 1e-6
        assert playout.heard_ms == pytest.approx(1560, abs=1)
        await playout.wait_heard(3000)
        assert numbers([pcm for _, pcm in link.sent]) == list(range(1, 151))
        assert link.largest_gap_ms() == 0
        await playout.close()

    run_virtual(story())


class SlowLink(FakeLink):
    """A far end that takes each frame after a wait, as a room of LiveKit does."""

    takes_s = 0.001
    at_once = 0
    """The most frames that were on their way together."""

    async def send_audio(self, pcm: bytes) -> None:
        self.at_once += 1
        assert self.at_once == 1
        await asyncio.sleep(self.takes_s)
        self.at_once -= 1
        await super().send_audio(pcm)


def test_a_far_end_that_makes_wait_gets_every_frame_once_and_in_order() -> None:
    async def story() -> None:
        link = SlowLink()
        playout = Playout(link, lead_ms=100)
        playout.start()
        playout.play(b"".join(frame(n) for n in range(1, 51)))
        await asyncio.sleep(0.0305)
        playout.play(b"".join(frame(n) for n in range(51, 61)))  # while some are on their way
        await playout.wait_heard(1200)
        assert numbers([pcm for _, pcm in link.sent]) == list(range(1, 61))
        assert link.largest_gap_ms() == 0
        link.takes_s = 5.0
        playout.play(frame(99))
        await asyncio.sleep(0.1)
        await playout.close()  # in the midst of one that is taken by nobody
        assert link.sent[-1][1] == frame(60)

    run_virtual(story())


class GoneLink(FakeLink):
    """A far end that goes after some frames, at once or after a wait."""

    waits = False

    async def send_audio(self, pcm: bytes) -> None:
        if self.waits:
            await asyncio.sleep(0.001)
        if len(self.sent) >= 10:
            raise Unavailable("calls", "gone")
        await super().send_audio(pcm)


def test_who_waits_goes_on_after_a_frame_that_was_slow_to_leave() -> None:
    """All that was sent has been heard while the next frame is on its way; those that follow leave in time."""

    class SlowOnce(FakeLink):
        async def send_audio(self, pcm: bytes) -> None:
            await asyncio.sleep(0.08 if len(self.sent) == 1 else 0.0)
            await super().send_audio(pcm)

    async def story() -> None:
        playout = Playout(SlowOnce(), lead_ms=100)
        playout.start()
        playout.play(b"".join(frame(n) for n in range(1, 51)))
        async with asyncio.timeout(3):
            await playout.wait_heard(990)
        await playout.close()

    run_virtual(story())


@pytest.mark.parametrize("waits", [False, True], ids=["at once", "after a wait"])
def test_nothing_more_is_sent_to_a_link_that_is_gone(waits: bool) -> None:
    async def story() -> None:
        link = GoneLink()
        link.waits = waits
        playout = Playout(link, lead_ms=100)
        playout.start()
        playout.play(b"".join(frame(n) for n in range(1, 51)))
        await asyncio.sleep(1)
        playout.play(frame(99))
        await asyncio.sleep(1)
        assert len(link.sent) == 10
        await playout.close()

    run_virtual(story())


def test_a_fault_of_ours_while_a_frame_is_on_its_way_is_not_silent() -> None:
    class BrokenLink(FakeLink):
        async def send_audio(self, pcm: bytes) -> None:
            await asyncio.sleep(0.001)
            raise KeyError("a fault of ours")

    async def story() -> list[str]:
        told: list[str] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, what: told.append(what["message"]))
        playout = Playout(BrokenLink(), lead_ms=100)
        playout.start()
        playout.play(frame(1))
        await asyncio.sleep(1)
        await playout.close()
        return told

    assert run_virtual(story()) == ["a playout could not go on"]


def test_chunks_of_any_size_become_whole_frames() -> None:
    async def story() -> None:
        link = FakeLink()
        playout = Playout(link, lead_ms=100)
        playout.start()
        for size in (100, 1000, 3, 640, 777):
            playout.play(b"\x01" * size)
        playout.flush()
        await playout.wait_heard(playout.end_ms)
        assert {len(pcm) for _, pcm in link.sent} == {FRAME}
        assert sum(pcm.count(1) for _, pcm in link.sent) == 2520
        await playout.close()

    run_virtual(story())


def test_a_held_voice_goes_on_without_repeating_or_skipping_a_frame() -> None:
    async def story() -> None:
        link, playout = await playing(50)
        await asyncio.sleep(0.333)
        playout.hold()
        await asyncio.sleep(0)
        assert len(link.stops) == 1
        heard = playout.heard_ms
        assert heard == 320
        await asyncio.sleep(2)
        assert playout.heard_ms == heard
        playout.resume()
        await playout.wait_heard(1000)
        await asyncio.sleep(0.1)
        # The frame that was sounding when the voice was held is heard from its beginning.
        assert numbers(link.heard_frames()) == list(range(1, 51))
        await playout.close()

    run_virtual(story())


def test_stop_sends_one_stop_audio_and_nothing_after_it() -> None:
    async def story() -> None:
        link, playout = await playing(50)
        await asyncio.sleep(0.5)
        assert playout.stop() == 500
        await asyncio.sleep(1)
        assert len(link.stops) == 1
        assert all(at <= link.stops[0] for at, _ in link.sent)
        playout.play(frame(99))
        await playout.wait_heard(playout.end_ms)
        assert numbers([link.sent[-1][1]]) == [99]
        await playout.close()

    run_virtual(story())


def test_stop_after_hold_sends_no_second_stop_audio() -> None:
    async def story() -> None:
        link, playout = await playing(50)
        await asyncio.sleep(0.5)
        playout.hold()
        playout.stop()
        await asyncio.sleep(0.1)
        assert len(link.stops) == 1
        await playout.close()

    run_virtual(story())


def test_nothing_playing_means_no_stop_audio() -> None:
    async def story() -> None:
        link, playout = await playing(5)
        await asyncio.sleep(1)
        playout.hold()
        playout.resume()
        playout.stop()
        await asyncio.sleep(0.1)
        assert link.stops == []
        await playout.close()

    run_virtual(story())


def test_who_waits_for_audio_that_is_stopped_is_let_go() -> None:
    async def story() -> None:
        _, playout = await playing(50)
        waiting = asyncio.create_task(playout.wait_heard(1000))
        await asyncio.sleep(0.3)
        playout.stop()
        await asyncio.wait_for(waiting, 0.1)
        await playout.close()

    run_virtual(story())


def test_silence_between_answers_is_not_counted() -> None:
    async def story() -> None:
        _, playout = await playing(5)
        await asyncio.sleep(3)
        assert playout.heard_ms == 100
        playout.play(frame(6))
        await asyncio.sleep(0.01)
        assert 100 <= playout.heard_ms < 120
        await playout.close()

    run_virtual(story())


def test_a_voice_that_is_held_or_stopped_in_silence_has_been_quiet_since_it_ended() -> None:
    async def story() -> None:
        _, playout = await playing(10)
        await playout.wait_heard(200)
        ended = playout.quiet_since
        await asyncio.sleep(5)
        playout.hold()
        assert playout.quiet_since == pytest.approx(ended, abs=0.03)
        playout.resume()
        await asyncio.sleep(1)
        playout.stop()
        assert playout.quiet_since == pytest.approx(ended, abs=0.03)
        await playout.close()

    run_virtual(story())


def test_a_voice_that_is_held_in_a_word_has_been_quiet_since_then() -> None:
    async def story() -> None:
        _, playout = await playing(50)
        await asyncio.sleep(0.5)
        playout.hold()
        assert playout.quiet_since == pytest.approx(asyncio.get_running_loop().time(), abs=0.03)
        await playout.close()

    run_virtual(story())


class LateLink(FakeLink):
    """A browser that plays a fifth of a second late, and tells so."""

    delay_ms = 200.0


def test_a_far_end_that_plays_late_has_heard_less_and_is_waited_for() -> None:
    async def story() -> None:
        link = LateLink()
        playout = Playout(link, lead_ms=100)
        playout.start()
        playout.play(b"".join(frame(n) for n in range(1, 101)))
        began = asyncio.get_running_loop().time()
        await asyncio.sleep(1.0)
        assert playout.heard_ms == pytest.approx(800, abs=25)
        link.delay_ms = 0.0  # what is told in the midst of a voice makes nothing of it unheard, nor heard at once
        assert playout.heard_ms == pytest.approx(800, abs=25)
        playout.hold()
        assert playout.heard_ms == pytest.approx(800, abs=25)
        playout.resume()
        await playout.wait_heard(2000)
        assert asyncio.get_running_loop().time() - began == pytest.approx(2.2, abs=0.05)
        assert numbers([pcm for _, pcm in link.sent])[-60:] == list(range(41, 101))  # from the word that was heard
        await playout.close()

    run_virtual(story())
