"""How late a client plays: what it tells it has played, against what it would have without network and buffers."""

__all__ = ["Loudspeaker"]

_LATEST_MS = 1000.0
"""A client that says it is later than this is not believed."""
_WEIGHT = 0.3
"""Of what is told now, against what was told before: a network is not even."""


class Loudspeaker:
    """Follows one client's loudspeaker. Times are of the loop; positions are milliseconds of voice.

    Args:
        frame_ms: length of a frame.
    """

    def __init__(self, frame_ms: float) -> None:
        self._frame_ms = frame_ms
        self._sent = 0.0
        self._until = 0.0
        self.delay_ms = 0.0

    def sent(self, now: float) -> None:
        """A frame goes out."""
        self._sent += self._frame_ms
        self._until = max(self._until, now) + self._frame_ms / 1000

    def cleared(self, now: float) -> None:
        """What has not been played is thrown away; both count it as passed."""
        self._until = min(self._until, now)

    def played(self, now: float, ms: float) -> None:
        """The client tells how far it has come. While nothing is due that says nothing of its delay."""
        if now < self._until:
            due = self._sent - (self._until - now) * 1000
            late = min(max(due - ms, 0.0), _LATEST_MS)
            self.delay_ms += _WEIGHT * (late - self.delay_ms)
