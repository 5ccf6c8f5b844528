"""Sounds of a telephone line that are no words: made from numbers, the same every time."""

from collections.abc import Callable, Iterator

import numpy as np

from backend.testing.waves import Wave, band, pulses, seconds, to_pcm

__all__ = ["hoarse_cough", "line_noises"]

_PEAK = 9000.0

_Maker = Callable[[np.random.Generator, int], Wave]


def line_noises(count: int = 40, seed: int = 7) -> Iterator[tuple[str, bytes]]:
    """Names and 16 kHz PCM of coughs, breaths, clicks, bursts, hum, keyboards and doors, in turn."""
    random = np.random.default_rng(seed)
    for index in range(count):
        name, maker = _MAKERS[index % len(_MAKERS)]
        wave = maker(random, index)
        yield f"{name} {index}", to_pcm(wave, _PEAK * random.uniform(0.35, 1.0))


def hoarse_cough() -> bytes:
    """A cough with so much voice in it that it is taken for one: what an agent is silent for until no words come."""
    t = seconds(0.3)
    noise = band(np.random.default_rng(7), t.size, 300, 5000) * np.exp(-t * 14)
    voice = pulses(200 * (1 - 0.6 * t), (600.0, 1200.0)) * np.minimum(1, (t[-1] - t) * 20)
    return to_pcm(0.2 * noise / abs(noise).max() + voice / abs(voice).max(), _PEAK)


def _cough(random: np.random.Generator, _: int) -> Wave:
    """An explosive burst, a noisy middle with some voice, a tail; one or two in a row."""
    parts: list[Wave] = []
    for _ in range(int(random.integers(1, 3))):
        t = seconds(random.uniform(0.18, 0.32))
        noise = band(random, t.size, 300, 5000) * np.exp(-t * 14)
        voice = np.sin(2 * np.pi * random.uniform(180, 320) * t) * np.exp(-((t - 0.12) ** 2) / 0.002)
        parts += [noise / abs(noise).max() + 0.35 * voice, np.zeros(int(random.uniform(0.08, 0.2) * 16_000))]
    return np.concatenate(parts)


def _breath(random: np.random.Generator, _: int) -> Wave:
    t = seconds(random.uniform(0.4, 0.9))
    return band(random, t.size, 400, 3500) * np.sin(np.pi * t / t[-1]) ** 2 * 0.4


def _click(random: np.random.Generator, _: int) -> Wave:
    t = seconds(0.25)
    wave = np.zeros(t.size)
    for at in random.uniform(0.02, 0.2, int(random.integers(1, 4))):
        wave += np.where(t >= at, np.exp(-(t - at) * 900) * np.cos(2 * np.pi * 2400 * (t - at)), 0)
    return wave


def _crackle(random: np.random.Generator, _: int) -> Wave:
    """A bad contact: bursts of a few milliseconds."""
    t = seconds(random.uniform(0.3, 0.8))
    return random.standard_normal(t.size) * (band(random, t.size, 5, 60) > 0.03)


def _hum(random: np.random.Generator, index: int) -> Wave:
    t = seconds(random.uniform(0.6, 1.2))
    base = 50.0 if index % 2 else 60.0
    wave = sum((np.sin(2 * np.pi * base * n * t) / n for n in (1, 2, 3, 5)), np.zeros(t.size))
    return wave * np.minimum(1, np.minimum(t, t[-1] - t) * 30)


def _keyboard(random: np.random.Generator, _: int) -> Wave:
    t = seconds(1.0)
    wave = np.zeros(t.size)
    for at in np.cumsum(random.uniform(0.09, 0.2, 6)):
        strike = np.where(t >= at, np.exp(-np.maximum(t - at, 0) * 250), 0)
        wave += strike * band(random, t.size, 800, 6000)
    return wave


def _door(random: np.random.Generator, _: int) -> Wave:
    t = seconds(0.5)
    thump = np.sin(2 * np.pi * random.uniform(60, 110) * t) * np.exp(-t * 18)
    return thump + 0.5 * band(random, t.size, 100, 1500) * np.exp(-t * 30)


def _wind(random: np.random.Generator, _: int) -> Wave:
    t = seconds(random.uniform(0.6, 1.2))
    return band(random, t.size, 20, 300) * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * t))


_MAKERS: tuple[tuple[str, _Maker], ...] = (
    ("cough", _cough),
    ("breath", _breath),
    ("click", _click),
    ("crackle", _crackle),
    ("hum", _hum),
    ("keyboard", _keyboard),
    ("door", _door),
    ("wind", _wind),
)
