"""What threads of the Speech SDK may still point to when their owner is gone."""

from collections import deque
from itertools import chain

__all__ = ["keep_contexts"]

_CONTEXTS = ("_EventSignal__context", "_PullAudioInputStream__context")
"""Where the SDK's Python keeps what it gave its threads a bare pointer to (captured from 1.53.0)."""

_kept: deque[object] = deque(maxlen=4096)
"""Those of the last two hundred or so recognizers and voices; each is a weak reference."""


def keep_contexts(*owners: object) -> None:
    """Keep the contexts of these objects of the SDK, and of their signals, for a long while after they are freed.

    A thread of the SDK takes the pointer and then waits for the interpreter. On a busy machine that takes longer than
    any grace, and a pointer to what was freed meanwhile ends the process, with every call in it.
    """
    for owner in owners:
        for thing in chain((owner,), vars(owner).values()):
            _kept.extend(getattr(thing, name) for name in _CONTEXTS if hasattr(thing, name))
