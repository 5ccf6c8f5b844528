"""One voice of a recording on its timeline, for as long as it may still be changed."""

__all__ = ["Channel"]

_BYTES = 2


class Channel:
    """16-bit samples from a moment on. Places are counted in samples from the beginning of the segment.

    Args:
        loose: what comes no more than so many samples too early or too late follows what is there without a gap.
    """

    def __init__(self, loose: int) -> None:
        self._loose = loose
        self._samples = bytearray()
        self.start = 0
        """Place of the first sample that is still here."""
        self.end = 0
        """Place behind the last sample."""
        self._gap_at = self._gap = 0  # the newest silence that was put in because nothing came, and how long it is

    def add(self, at: int, pcm: bytes) -> None:
        """Put in what began at this place, as far as can be told: behind what is there, if that fits at all."""
        late = at - self.end
        if late > self._loose:
            self._gap_at, self._gap = self.end, late
            self._samples += bytes(late * _BYTES)
            self.end = at
        elif self._gap and late < -self._loose:
            self._close_gap(min(-late, self._gap))
        self._samples += pcm
        self.end += len(pcm) // _BYTES

    def _close_gap(self, samples: int) -> None:
        """What was missing was only late: it comes faster now, and takes back the time that it was waited for."""
        first = (self._gap_at - self.start) * _BYTES
        if first >= 0:
            del self._samples[first : first + samples * _BYTES]
            self._gap -= samples
            self.end -= samples

    def cut(self, at: int) -> None:
        """Drop what is behind this place."""
        del self._samples[max(0, at - self.start) * _BYTES :]
        self.end = self.start + len(self._samples) // _BYTES

    def silence(self, start: int, end: int) -> None:
        """Make this stretch silent, as far as it is here."""
        first, last = max(start, self.start) - self.start, min(end, self.end) - self.start
        if last > first:
            self._samples[first * _BYTES : last * _BYTES] = bytes((last - first) * _BYTES)

    def take(self, count: int) -> bytes:
        """Let go of so many samples from the front, with silence behind what there is; empty where there is nothing."""
        size = count * _BYTES
        taken = bytes(memoryview(self._samples)[:size])
        del self._samples[:size]
        self.start += count
        self.end = max(self.end, self.start)
        if self._gap_at < self.start:
            self._gap = 0
        return taken + bytes(size - len(taken)) if taken else b""
