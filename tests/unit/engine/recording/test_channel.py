"""Frames of a caller on their timeline: uneven, lost, late."""

from backend.engine.recording.channel import Channel

LOOSE = 4000  # a quarter of a second


def samples(count: int, value: int = 1) -> bytes:
    return value.to_bytes(2, "little") * count


def test_frames_that_come_unevenly_follow_one_another() -> None:
    channel = Channel(LOOSE)
    channel.add(0, samples(320))
    channel.add(900, samples(320))
    channel.add(500, samples(320))
    assert channel.take(960) == samples(960)


def test_where_nothing_came_is_silence() -> None:
    channel = Channel(LOOSE)
    channel.add(0, samples(320))
    channel.add(16_000, samples(320))
    assert channel.take(16_320) == samples(320) + bytes(2 * (16_000 - 320)) + samples(320)


def test_what_was_only_late_takes_its_time_back() -> None:
    """The net stood still for a second, and then gave all that had been said meanwhile."""
    channel = Channel(LOOSE)
    channel.add(0, samples(320))
    for _ in range(50):  # all at once, when a second is over
        channel.add(16_000 - 320, samples(320, 2))
    channel.add(16_320, samples(320, 3))
    assert channel.end - 16_640 <= LOOSE
    channel.add(16_640, samples(320, 4))
    taken = channel.take(channel.end)
    assert taken.count(samples(1, 2)) == 50 * 320


def test_what_is_left_out_is_silent_and_nothing_moves() -> None:
    channel = Channel(LOOSE)
    channel.add(0, samples(1000))
    channel.silence(100, 200)
    assert channel.take(1000) == samples(100) + bytes(200) + samples(800)


def test_behind_a_cut_there_is_nothing() -> None:
    channel = Channel(16)
    channel.add(0, samples(1000))
    channel.cut(400)
    assert channel.end == 400
    assert channel.take(1000) == samples(400) + bytes(1200)


def test_a_silent_stretch_takes_no_room() -> None:
    channel = Channel(LOOSE)
    assert channel.take(1000) == b""
    channel.add(1000, samples(10))
    assert channel.take(10) == samples(10)
