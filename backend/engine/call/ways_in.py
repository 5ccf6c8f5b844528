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
        usual: of calls that name no way, and of those that are placed.
        named: the others.
    """

    usual: CallControl
    named: Mapping[str, CallControl] = field(default_factory=dict[str, CallControl])

    def control(self, way: str) -> CallControl:
        """The call control of calls that come this way.

        Raises:
            CallNotFound: this worker has no such way, so it can do nothing for the call.
        """
        if not way:
            return self.usual
        control = self.named.get(way)
        if control is None:
            raise CallNotFound(f"this worker has no way in named {way!r}")
        return control
