"""Listening in on one call: both voices, as they are heard, for those who may.

While nobody listens, the media path has two attributes that are ``None``, and nothing else of this.
"""

from collections import deque
from collections.abc import Callable

from backend.domain.audio import AudioFormat
from backend.domain.overheard import FRAMES, Overheard, side_by_side
from backend.engine.conversation.conversation import Conversation
from backend.engine.speaking.playout import Playout
from backend.errors import PoolExhausted

__all__ = ["MOST_LISTENERS", "Overhearing", "Sink"]

MOST_LISTENERS = 4
"""Of one call, at all workers together."""
_MOST_AHEAD = 25
"""Frames of our voice that may wait for their moment: half a second, should the caller's frames stay away."""

Sink = Callable[[Overheard], None]
"""Given what is heard; it neither waits nor raises."""


class Overhearing:
    """Who listens to one call. The caller's frames, of which there are 50 a second whatever they do, are its clock.

    Args:
        secret: is the caller being asked for a secret? Nobody who listens hears the answer.
        colleague: the visit of a colleague who speaks with the caller; empty where none does.
    """

    def __init__(self, secret: Callable[[], bool], colleague: Callable[[], str] = lambda: "") -> None:
        self._secret = secret
        self._colleague = colleague
        self._sinks: dict[str, Sink] = {}
        self._relayed: list[str] = []
        self._on: tuple[Conversation, Playout, AudioFormat] | None = None
        self._ahead: deque[bytes] = deque(maxlen=_MOST_AHEAD)
        self._block = bytearray()
        self._frames = 0
        self._hushed = False

    def add(self, name: str, sink: Sink, *, relayed: bool = False) -> None:
        """Somebody listens from now on; a name that listens already is no second one.

        Args:
            name: who it is.
            sink: given what is heard.
            relayed: they listen at another worker, over the relay that all of them share.

        Raises:
            PoolExhausted: as many do as may.
        """
        if name not in self._sinks and len(self._sinks) >= MOST_LISTENERS:
            raise PoolExhausted(f"{MOST_LISTENERS} people listen to this call already; no more can")
        self._sinks[name] = sink
        if relayed and name not in self._relayed:
            self._relayed.append(name)
        self._tap()

    def remove(self, name: str) -> None:
        """They listen no more. Safe to call twice."""
        self._sinks.pop(name, None)
        if name in self._relayed:
            self._relayed.remove(name)
        self._tap()

    def __contains__(self, name: str) -> bool:
        return name in self._sinks

    def speaks_for(self, name: str) -> bool:
        """Is it for this one that the relay is told, and so for all that listen over it? It is told once."""
        return self._relayed[:1] == [name]

    def begin(self, conversation: Conversation, playout: Playout, audio: AudioFormat) -> None:
        """The call speaks over this link now."""
        self._on = conversation, playout, audio
        self._tap()

    def end(self) -> None:
        """It speaks over none."""
        if self._on is not None:
            self._set(self._on, listening=False)
        self._on = None

    def over(self) -> None:
        """The call has ended."""
        for sink in list(self._sinks.values()):
            sink(Overheard(rate=0, pcm=b"", over=True))
        self._sinks.clear()

    def _tap(self) -> None:
        if self._on is not None:
            self._set(self._on, listening=bool(self._sinks))

    def _set(self, on: tuple[Conversation, Playout, AudioFormat], *, listening: bool) -> None:
        conversation, playout, _ = on
        conversation.on_heard = self._caller if listening else None
        playout.on_sent, playout.on_cut = (self._ahead.append, self._ahead.clear) if listening else (None, None)
        if not listening:
            self._ahead.clear()
            self._block.clear()
            self._frames = 0

    def _caller(self, pcm: bytes) -> None:
        """20 ms of the caller; what is said to them in the same 20 ms lies ready."""
        assert self._on is not None
        audio = self._on[2]
        silence = bytes(len(pcm))
        colleague = self._colleague()
        hushed = not colleague and self._secret()  # what is said to a colleague answers no question of an agent
        self._hushed = self._hushed or hushed
        ours = self._ahead.popleft() if self._ahead else silence
        self._block += side_by_side(silence if hushed else pcm, ours if len(ours) == len(pcm) else silence)
        self._frames += 1
        if self._frames == FRAMES:
            heard = Overheard(rate=audio.sample_rate, pcm=bytes(self._block), hushed=self._hushed, colleague=colleague)
            self._block.clear()
            self._frames, self._hushed = 0, False
            for sink in list(self._sinks.values()):
                sink(heard)
