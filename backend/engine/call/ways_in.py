"""By which ways callers reach this worker: each has its own call control, and is chosen anew for every call."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.errors import CallNotFound
from backend.ports import CallControl

__all__ = ["WaysIn"]


@dataclass(frozen=True, slots=True)
class WaysIn:
    """The call controls by name.

    Args:
        usual: of calls that name no way; ``None``: this worker has named ways only.
        named: the others.
    """

    usual: CallControl | None
    named: Mapping[str, CallControl] = field(default_factory=dict[str, CallControl])

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, as requests and lines name them."""
        return (*(("acs",) if self.usual is not None else ()), *self.named)

    def control(self, way: str) -> CallControl:
        """The call control of calls that come this way.

        Raises:
            CallNotFound: this worker has no such way, so it can do nothing for the call.
        """
        control = self.named.get(way) if way else self.usual
        if control is None:
            raise CallNotFound(f"this worker has no way in named {way or 'acs'!r}")
        return control
