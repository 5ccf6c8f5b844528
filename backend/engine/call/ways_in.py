"""By which ways callers reach this worker: each has its own call control, and is chosen anew for every call."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.domain.call import Way
from backend.errors import CallNotFound
from backend.ports import CallControl

__all__ = ["WaysIn"]

_USUAL: Way = "acs"


@dataclass(frozen=True, slots=True)
class WaysIn:
    """The call controls by name.

    Args:
        usual: that of ACS, and of calls whose way is not known; ``None``: this worker has named ways only.
        named: the others.
        inward: those by which calls come only, so that no line or request names them to place one.
    """

    usual: CallControl | None
    named: Mapping[str, CallControl] = field(default_factory=dict[str, CallControl])
    inward: Mapping[str, CallControl] = field(default_factory=dict[str, CallControl])

    @property
    def names(self) -> tuple[str, ...]:
        """Those by which calls can be placed, as requests and lines name them."""
        return (*((_USUAL,) if self.usual is not None else ()), *self.named)

    def control(self, way: Way | None) -> CallControl:
        """The call control of calls that come this way.

        Raises:
            CallNotFound: this worker has no such way, so it can do nothing for the call.
        """
        named = self.named.get(way or _USUAL) or self.inward.get(way or _USUAL)
        control = self.usual if way in (None, _USUAL) else named
        if control is None:
            raise CallNotFound(f"this worker has no way in named {way or _USUAL!r}")
        return control
