"""Recordings of the local Azure: how long they are, whatever the machine that they are made on has to do."""

import numpy as np

from backend.domain.audio import PCM_16K
from local_azure.acs.recording import Recording

VOICE = b"\x00\x10" * 320


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def spoken(recording: Recording, clock: Clock, seconds: float) -> None:
    for _ in range(round(seconds * 50)):
        clock.now += 0.02
        recording.add(VOICE, None)


def sound(recording: Recording) -> np.ndarray:
    return np.frombuffer(recording.wav()[44:], "<i2").reshape(-1, 2)[:, 0]


def test_what_a_process_that_stood_still_did_not_carry_is_silent() -> None:
    clock = Clock()
    recording = Recording(PCM_16K, clock=clock)
    spoken(recording, clock, 1)
    clock.now += 5
    spoken(recording, clock, 1)
    assert abs(recording.duration_ms - 7000) <= 40
    caller = sound(recording)
    assert caller[:15_000].all() and caller[-15_000:].all() and not caller[20_000:90_000].any()


def test_frames_that_come_late_are_not_made_up_for_twice() -> None:
    clock = Clock()
    recording = Recording(PCM_16K, clock=clock)
    for _ in range(20):
        clock.now += 0.5
        for _ in range(25):
            recording.add(VOICE, None)
    assert recording.duration_ms == 10_000 and sound(recording).all()


def test_a_pause_is_not_in_it_however_late_anything_is() -> None:
    clock = Clock()
    recording = Recording(PCM_16K, clock=clock)
    spoken(recording, clock, 1)
    clock.now += 3
    recording.change("inactive")
    spoken(recording, clock, 60)
    recording.change("active")
    spoken(recording, clock, 1)
    recording.change("inactive")
    assert abs(recording.duration_ms - 5000) <= 40
