"""Nobody speaks faster than time passes: how much audio a client may send."""

__all__ = ["AudioPace"]


class AudioPace:
    """Counts frames against the clock.

    Args:
        now: loop time at which the first frame may come.
        frame_s: seconds of a frame.
        ahead_s: what may come at once: what a network has held back, or a tab that slept.
        most_dropped: frames too many after which whoever sends them is no caller.
    """

    def __init__(self, now: float, frame_s: float, *, ahead_s: float = 2.0, most_dropped: int = 500) -> None:
        self._frame_s = frame_s
        self._ahead_s = ahead_s
        self._most = most_dropped
        self._until = now
        self.dropped = 0

    def take(self, now: float) -> bool:
        """May one more frame be heard? One that may not is dropped."""
        until = max(self._until, now - self._ahead_s) + self._frame_s
        if until > now + self._ahead_s:
            self.dropped += 1
            return False
        self._until = until
        return True

    @property
    def too_fast(self) -> bool:
        """Has so much been dropped that it is no caller?"""
        return self.dropped > self._most
