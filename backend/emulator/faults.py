"""Faults to inject: each service asks whether one is due before it answers."""

from collections import defaultdict
from dataclasses import dataclass, replace

__all__ = ["Fault", "Faults"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to fail."""

    kind: str
    """``status``, ``hang``, ``stall``, ``abort``, ``slow``, ``garbage``, ``close``, or a service's own kind."""
    status: int = 503
    """HTTP status, for ``status``."""
    seconds: float = 0.0
    """Delay for ``slow``, Retry-After for ``status``."""
    after: int = 0
    """Messages or tokens that still go well."""
    code: int = 1011
    """WebSocket close code, for ``close``."""
    times: int = 1
    """How often; -1 until it is cleared."""


class Faults:
    """Faults by service: ``stt``, ``tts``, ``model``, ``acs``, ``event_grid``, ``media``."""

    def __init__(self) -> None:
        self._due: dict[str, list[Fault]] = defaultdict(list)

    def add(self, service: str, fault: Fault) -> None:
        """The next ``fault.times`` requests to ``service`` fail so."""
        self._due[service].append(fault)

    def take(self, service: str) -> Fault | None:
        """The fault that is due now, if any."""
        due = self._due[service]
        if not due:
            return None
        fault = due[0]
        if fault.times > 0:
            left = replace(fault, times=fault.times - 1)
            due[0:1] = [left] if left.times else []
        return fault

    def clear(self, service: str | None = None) -> None:
        """Let a service, or all, work again."""
        if service is None:
            self._due.clear()
        else:
            self._due.pop(service, None)
