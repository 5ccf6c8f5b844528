"""Faults that are waiting to happen in the local Azure.

A test, a drill or an operator queues them by service; the service takes the next one that fits when it is about
to do its work, and misbehaves accordingly.
"""

from dataclasses import dataclass
from typing import Literal, get_args

__all__ = ["FAULT_KINDS", "SERVICES", "Fault", "FaultKind", "Faults", "Service"]

FaultKind = Literal[
    "status", "hang", "stall", "abort", "slow", "garbage", "close", "error",
    "content_filter", "filtered", "length", "bad_arguments", "unknown_tool",
]  # fmt: skip
"""What goes wrong.

``status``: answers with HTTP ``status``; ``hang``: takes the request and never answers; ``stall``: begins to
answer, then says nothing for ``seconds`` (0: for ever); ``abort``: breaks the TCP connection; ``slow``: answers
``seconds`` late; ``garbage``: answers with bytes that mean nothing; ``close``: closes the WebSocket with ``code``;
``error``: says in its own protocol that it failed. The model's own:
``content_filter``: refuses the prompt; ``filtered``: cuts its answer; ``length``: runs out of tokens;
``bad_arguments``: calls a tool with broken JSON; ``unknown_tool``: calls one that is not there.
"""

Service = Literal["stt", "tts", "model", "acs", "media", "callbacks", "event_grid", "entra", "sms"]
"""``acs`` is the REST side of Call Automation, ``media`` its audio socket, ``callbacks`` its events."""

FAULT_KINDS: tuple[str, ...] = get_args(FaultKind)
SERVICES: tuple[str, ...] = get_args(Service)


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to misbehave, and how often."""

    kind: FaultKind
    status: int = 503
    seconds: float = 0.0
    after: int = 0
    """How much goes well first, in the service's own units (audio messages, tokens, frames; 1: a REST request,
    all but its answer). A ``hang`` of -1 at a speech socket does not even answer the upgrade."""
    code: int = 1011
    """WebSocket close code."""
    times: int = 1
    """How often it strikes; 0: until it is cleared."""
    retry_after: float | None = None
    """Seconds for the ``Retry-After`` header of a ``status``."""
    match: str = ""
    """Strike only where the request's path or name holds this text."""


class Faults:
    """The faults that are queued, by service, first come first served."""

    def __init__(self) -> None:
        self._queued: dict[str, list[tuple[Fault, int]]] = {}

    def add(self, service: Service, fault: Fault) -> None:
        """Queue ``fault``; it waits behind those that are there already."""
        self._queued.setdefault(service, []).append((fault, fault.times))

    def take(self, service: str, where: str) -> Fault | None:
        """The fault that ``service`` must show now, if any. Counts as one of its ``times``.

        Args:
            where: path or name of what is being done, held against :attr:`Fault.match`. Never left out: a fault that
                is to strike somewhere would wait for ever.
        """
        queue = self._queued.get(service, [])
        for place, (fault, left) in enumerate(queue):
            if fault.match not in where:
                continue
            if left == 1:
                del queue[place]
            elif left > 1:
                queue[place] = (fault, left - 1)
            return fault
        return None

    def clear(self, service: Service | None = None) -> None:
        """Forget what is queued for one service, or for all."""
        if service is None:
            self._queued.clear()
        else:
            self._queued.pop(service, None)

    def waiting(self) -> dict[str, list[Fault]]:
        """What is still queued, by service."""
        return {service: [fault for fault, _ in queue] for service, queue in self._queued.items() if queue}
