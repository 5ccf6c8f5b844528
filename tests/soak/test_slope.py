"""The verdict of a soak: what leaks is found through the noise, and what only jitters is not."""

import math
import random

import pytest
from slope import slope_of

TIMES = [float(10 * number) for number in range(120)]


def values(climb: float, noise: float, seed: int = 1) -> list[float]:
    rng = random.Random(seed)
    return [400 + climb * time / TIMES[-1] + rng.gauss(0, noise) for time in TIMES]


@pytest.mark.parametrize("seed", range(20))
def test_noise_is_flat(seed: int) -> None:
    assert slope_of("memory", TIMES, values(0, 10, seed), part=0.05, least=0).flat


@pytest.mark.parametrize("seed", range(20))
def test_a_leak_of_a_tenth_is_found_under_noise(seed: int) -> None:
    found = slope_of("memory", TIMES, values(60, 5, seed), part=0.05, least=0)
    assert not found.flat
    assert found.per_hour == pytest.approx(60 / (TIMES[-1] / 3600), rel=0.3)


def test_what_grows_in_the_beginning_only_is_flat() -> None:
    warm = [300 + 100 * (1 - math.exp(-time / 40)) for time in TIMES]
    assert slope_of("memory", TIMES, warm, part=0.05, least=0).flat


def test_one_that_falls_is_flat_and_one_step_less_than_allowed_too() -> None:
    assert slope_of("threads", TIMES, values(-60, 1), part=0.05, least=0).flat
    assert slope_of("threads", TIMES, [20.0] * 60 + [21.0] * 60, part=0.0, least=2).flat
    assert not slope_of("threads", TIMES, [20.0] * 60 + [26.0] * 60, part=0.0, least=2).flat


def test_too_little_is_no_verdict() -> None:
    with pytest.raises(ValueError, match="three"):
        slope_of("memory", [1.0], [1.0], part=0.05, least=0)
