"""What is left out, and what is told of it: a marker never claims silence where sound was written."""

import pytest

from backend.domain.recording import RECORDING_RATE, RecordingMarker
from backend.engine.recording.tap import CALLER, Hide, Hold
from backend.engine.recording.track import Track

_SECOND = b"\x01\x02" * RECORDING_RATE


def filled(seconds: int) -> Track:
    track = Track()
    track.feed([(CALLER, float(second + 1), _SECOND) for second in range(seconds)])
    return track


@pytest.fixture
def written() -> Track:
    """Forty seconds, of which the first twenty-five are written."""
    track = filled(40)
    assert sum(chunk.samples for chunk in track.ready(40.0)) == 25 * RECORDING_RATE
    return track


def test_a_stretch_that_was_written_is_not_said_to_be_hidden(written: Track) -> None:
    written.feed([Hide(10.0, 20.0, CALLER)])
    list(written.rest(40.0))
    assert written.markers() == []


def test_of_a_stretch_that_was_written_in_part_the_rest_is_hidden(written: Track) -> None:
    written.feed([Hide(20.0, 30.0, CALLER)])
    chunks = list(written.rest(40.0))
    assert written.markers() == [RecordingMarker("hidden", 25.0, 30.0)]
    assert not any(chunks[0].caller), "25 to 30"
    assert all(chunk.caller[:2] == b"\x01\x02" for chunk in chunks[1:])


def test_what_is_held_too_late_is_left_out_from_there_on(written: Track) -> None:
    written.feed([Hold(20.0)])
    list(written.rest(40.0))
    assert written.markers() == [RecordingMarker("hidden", 25.0, 40.0)]


def test_what_is_held_for_too_long_is_left_out_from_what_was_written(written: Track) -> None:
    written.feed([Hold(20.0)])
    assert list(written.ready(110.0)) == []
    list(written.ready(111.0))
    assert written.markers() == [RecordingMarker("hidden", 25.0, 111.0)]
