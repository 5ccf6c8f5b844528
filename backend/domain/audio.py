"""Audio as the phone network carries it: 16-bit little-endian mono PCM in 20 ms frames."""

from dataclasses import dataclass

__all__ = ["FRAME_MS", "GRID_MS", "PCM_16K", "PCM_24K", "AudioFormat"]

FRAME_MS = 20
"""Length of one frame in milliseconds; ACS sends and expects 50 a second."""

GRID_MS = 10
"""Audio of many calls is read and sent at multiples of so many milliseconds of the loop's time.

So calls share wake-ups: a loop that is woken for each of them spends more on waking than on them."""

_SAMPLE_BYTES = 2


@dataclass(frozen=True, slots=True)
class AudioFormat:
    """16-bit mono PCM at ``sample_rate`` Hz."""

    sample_rate: int

    @property
    def bytes_per_ms(self) -> int:
        """Bytes of one millisecond."""
        return self.sample_rate * _SAMPLE_BYTES // 1000

    @property
    def frame_bytes(self) -> int:
        """Bytes of one 20 ms frame: 640 at 16 kHz, 960 at 24 kHz."""
        return self.bytes_per_ms * FRAME_MS

    def duration_ms(self, byte_count: int) -> float:
        """Playing time of ``byte_count`` bytes, in milliseconds."""
        return byte_count / self.bytes_per_ms


PCM_16K = AudioFormat(16_000)
PCM_24K = AudioFormat(24_000)
