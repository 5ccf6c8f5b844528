"""What comes with 24,000 samples a second is recorded with 16,000."""

import numpy as np
import pytest

from backend.engine.recording.resampling import Resampler
from tests.unit.engine.recording.tones import FRAME_S, loudest, tone


def heard(hertz: float) -> bytes:
    resampler = Resampler(24_000)
    frames = [tone(hertz, FRAME_S, start_s=n * FRAME_S, rate=24_000) for n in range(100)]
    mono = np.frombuffer(b"".join(resampler.feed(frame) for frame in frames), "<i2")
    return np.stack([mono, mono], axis=1).tobytes()


@pytest.mark.parametrize("hertz", [300, 1000, 3400])
def test_a_tone_stays_what_it_is(hertz: float) -> None:
    sound = heard(hertz)
    assert len(sound) == 2 * 16_000 * 4
    assert loudest(sound, 0, 0.5) == pytest.approx(hertz, abs=2)


def test_what_cannot_be_carried_is_not_heard_as_something_else() -> None:
    assert np.abs(np.frombuffer(heard(10_500), "<i2")[1000:]).max() < 600


def test_other_rates_are_refused() -> None:
    with pytest.raises(ValueError, match="8000"):
        Resampler(8000)
