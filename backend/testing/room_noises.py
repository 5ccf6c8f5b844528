"""Sounds around a caller that are no words to an agent: throat, room, car and street, made from numbers."""

from collections.abc import Callable, Iterator

import numpy as np

from backend.testing.waves import Wave, band, pulses, seconds, through, to_pcm

__all__ = ["road_noise", "room_noises", "telephone_band"]

_PEAK = 9000.0

_Maker = Callable[[np.random.Generator], Wave]


def room_noises(count: int = 40, seed: int = 11) -> Iterator[tuple[str, bytes]]:
    """Names and 16 kHz PCM, twenty kinds in turn. None is made as those of ``line_noises`` are."""
    random = np.random.default_rng(seed)
    for index in range(count):
        name, maker = _MAKERS[index % len(_MAKERS)]
        yield f"{name} {index}", to_pcm(maker(random), _PEAK * random.uniform(0.3, 1.0))


def road_noise(length: float, loudness: float, seed: int = 3) -> Wave:
    """A moving car inside: noise that falls with frequency, of ``loudness`` RMS."""
    random = np.random.default_rng(seed)
    size = seconds(length).size
    wave = band(random, size, 30, 300) + 0.3 * band(random, size, 300, 1200) + 0.08 * band(random, size, 1200, 5000)
    return wave * loudness / np.sqrt(np.mean(wave**2))


def telephone_band(wave: Wave) -> Wave:
    """What a fixed line lets through: 300 to 3,400 Hz."""
    return through(wave, 300, 3400)


def _faded(wave: Wave, rise_s: float, fall_s: float) -> Wave:
    """Begin and end softly."""
    t = np.arange(wave.size) / 16_000
    return wave * np.minimum(1, t / rise_s) * np.minimum(1, (t[-1] - t) / fall_s)


def _strikes(random: np.random.Generator, length: float, every: tuple[float, float], strike: _Maker) -> Wave:
    """The same short sound again and again."""
    wave = np.zeros(seconds(length).size)
    at = random.uniform(0.01, 0.05)
    while at < length - 0.1:
        one = strike(random)[: wave.size - int(at * 16_000)]
        wave[int(at * 16_000) :][: one.size] += one * random.uniform(0.5, 1.0)
        at += random.uniform(*every)
    return wave


def _cough(random: np.random.Generator) -> Wave:
    """An explosion, noise of the open throat, and a short hoarse tail of voice."""
    t = seconds(random.uniform(0.28, 0.4))
    burst = band(random, t.size, 200, 6000) * np.exp(-t / 0.02)
    noise = band(random, t.size, 400, 3000) * np.exp(-t / 0.08) * 0.5
    pitch = random.uniform(140, 260) * (1 - 0.8 * t) * (1 + 0.03 * band(random, t.size, 0, 60))
    tail = pulses(pitch, (700.0, 1300.0)) * np.exp(-(((t - 0.2) / 0.05) ** 2)) * 0.4
    return burst / abs(burst).max() + noise / abs(noise).max() * 0.5 + tail / abs(tail).max() * 0.3


def _throat(random: np.random.Generator) -> Wave:
    """Clearing the throat: noise that flutters, with little pitch."""
    t = seconds(random.uniform(0.35, 0.6))
    flutter = 0.5 + 0.5 * np.sign(np.sin(2 * np.pi * random.uniform(22, 32) * t + band(random, t.size, 0, 20)))
    return _faded(band(random, t.size, 150, 2200) * (0.25 + flutter), 0.03, 0.1)


def _puff(random: np.random.Generator) -> Wave:
    """Breath that hits the microphone: a rumble under a hiss."""
    t = seconds(random.uniform(0.3, 0.7))
    return _faded(band(random, t.size, 20, 250) + 0.35 * band(random, t.size, 250, 5000), 0.04, 0.2)


def _sigh(random: np.random.Generator) -> Wave:
    t = seconds(random.uniform(0.6, 1.1))
    wave = band(random, t.size, 600, 1800) + 0.5 * band(random, t.size, 1800, 5000)
    return _faded(wave, 0.15, 0.4)


def _sniff(random: np.random.Generator) -> Wave:
    t = seconds(random.uniform(0.2, 0.35))
    return _faded(band(random, t.size, 1200, 6500), 0.08, 0.05)


def _key(random: np.random.Generator) -> Wave:
    t = seconds(0.04)
    return random.standard_normal(t.size) * np.exp(-t / 0.003) + np.sin(2 * np.pi * 420 * t) * np.exp(-t / 0.008)


def _typing(random: np.random.Generator) -> Wave:
    return _strikes(random, 1.0, (0.07, 0.22), _key)


def _slam(random: np.random.Generator) -> Wave:
    t = seconds(0.7)
    modes = sum((np.sin(2 * np.pi * f * t) * np.exp(-t * f / 12) for f in (48, 83, 131, 212, 333)), np.zeros(t.size))
    return modes + 1.5 * band(random, t.size, 60, 4000) * np.exp(-t / 0.03) + 0.03 * band(random, t.size, 200, 2000)


def _horn(random: np.random.Generator) -> Wave:
    """Two reeds, a third apart."""
    t = seconds(random.uniform(0.4, 1.0))
    low = random.uniform(370, 420)
    wave = np.zeros(t.size)
    for base in (low, low * 1.25):
        wave += sum((np.sin(2 * np.pi * base * n * t + n) / n**0.7 for n in range(1, 9)), np.zeros(t.size))
    return _faded(wave, 0.02, 0.03)


def _tick(random: np.random.Generator) -> Wave:
    t = seconds(0.05)
    return sum((np.sin(2 * np.pi * f * t) * np.exp(-t / 0.006) for f in (1100, 2750, 3900)), np.zeros(t.size))


def _indicator(random: np.random.Generator) -> Wave:
    return _strikes(random, 1.4, (0.34, 0.36), _tick)


def _drop(random: np.random.Generator) -> Wave:
    t = seconds(0.02)
    return random.standard_normal(t.size) * np.exp(-t / random.uniform(0.001, 0.004))


def _rain(random: np.random.Generator) -> Wave:
    hiss = band(random, seconds(1.2).size, 800, 7000)
    return _faded(0.3 * hiss + _strikes(random, 1.2, (0.002, 0.02), _drop), 0.2, 0.2)


def _wind(random: np.random.Generator) -> Wave:
    t = seconds(random.uniform(0.8, 1.2))
    gusts = 0.3 + abs(band(random, t.size, 0, 6)) * 8
    return _faded((band(random, t.size, 20, 180) + 0.3 * band(random, t.size, 180, 900)) * gusts, 0.1, 0.1)


def _road(random: np.random.Generator) -> Wave:
    t = seconds(1.2)
    engine = sum((np.sin(2 * np.pi * random.uniform(27, 33) * n * t) / n for n in range(1, 7)), np.zeros(t.size))
    return _faded(engine + road_noise(1.2, 1.0, seed=int(random.integers(1000))), 0.1, 0.1)


def _static(random: np.random.Generator) -> Wave:
    return _strikes(random, 0.7, (0.05, 0.25), lambda r: r.standard_normal(int(r.uniform(0.01, 0.12) * 16_000)))


def _key_tone(random: np.random.Generator) -> Wave:
    """A telephone key: two tones at once."""
    t = seconds(random.uniform(0.1, 0.3))
    low, high = random.choice([697, 770, 852, 941]), random.choice([1209, 1336, 1477])
    return _faded(np.sin(2 * np.pi * low * t) + np.sin(2 * np.pi * high * t), 0.003, 0.003)


def _beep(random: np.random.Generator) -> Wave:
    t = seconds(random.uniform(0.2, 0.6))
    return _faded(np.sin(2 * np.pi * random.uniform(400, 1800) * t), 0.004, 0.004)


def _music(random: np.random.Generator) -> Wave:
    """Chords of a keyboard, as on hold elsewhere."""
    wave: list[Wave] = []
    for _ in range(3):
        t = seconds(0.35)
        root = random.choice([196.0, 220.0, 261.6, 293.7])
        notes = [root * 2 ** (step / 12) for step in (0, 4, 7, 12)]
        tones = (np.sin(2 * np.pi * f * n * t) * np.exp(-t * 3 * n) / n for f in notes for n in (1, 2, 3, 4))
        wave.append(_faded(sum(tones, np.zeros(t.size)), 0.005, 0.01))
    return np.concatenate(wave)


def _crowd(random: np.random.Generator) -> Wave:
    """Fourteen voices at once, none of them near."""
    t = seconds(1.2)
    wave = np.zeros(t.size)
    for _ in range(14):
        pitch = random.uniform(90, 240) * (1 + 0.1 * np.sin(2 * np.pi * random.uniform(1, 4) * t))
        voice = pulses(pitch, (random.uniform(300, 800), random.uniform(900, 2300)))
        wave += voice * np.clip(np.sin(2 * np.pi * random.uniform(2, 5) * t + random.uniform(0, 6)), 0, 1)
    return _faded(wave, 0.2, 0.2)


def _bark(random: np.random.Generator) -> Wave:
    t = seconds(random.uniform(0.14, 0.24))
    rise = 1 + 0.35 * np.sin(np.pi * t / t[-1])
    phase = 2 * np.pi * np.cumsum(random.uniform(450, 650) * rise) / 16_000
    tone = sum((np.sin(n * phase) / n for n in range(1, 6)), np.zeros(t.size))
    one = _faded(tone + 0.8 * band(random, t.size, 500, 4000), 0.015, 0.08)
    return np.concatenate([one, np.zeros(3200), one])


def _dish(random: np.random.Generator) -> Wave:
    t = seconds(0.25)
    partials = random.uniform(1800, 7000, 6)
    return sum(
        (np.sin(2 * np.pi * f * t) * np.exp(-t / random.uniform(0.02, 0.08)) for f in partials), np.zeros(t.size)
    )


def _dishes(random: np.random.Generator) -> Wave:
    return _strikes(random, 1.0, (0.1, 0.3), _dish)


def _paper(random: np.random.Generator) -> Wave:
    t = seconds(0.8)
    return band(random, t.size, 1000, 7500) * np.clip(band(random, t.size, 0, 25) * 10, 0, 1)


_MAKERS: tuple[tuple[str, _Maker], ...] = (
    ("cough", _cough),
    ("throat", _throat),
    ("puff", _puff),
    ("sigh", _sigh),
    ("sniff", _sniff),
    ("typing", _typing),
    ("slam", _slam),
    ("horn", _horn),
    ("indicator", _indicator),
    ("rain", _rain),
    ("wind", _wind),
    ("road", _road),
    ("static", _static),
    ("key tone", _key_tone),
    ("beep", _beep),
    ("music", _music),
    ("crowd", _crowd),
    ("bark", _bark),
    ("dishes", _dishes),
    ("paper", _paper),
)
