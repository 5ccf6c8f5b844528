"""LiveKit as a way in, where it is set. Its native code is loaded only then, and before the first call comes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from backend.boot.health_board import HealthBoard
from backend.engine.desk.call_desk import CallDesk
from backend.engine.desk.shared_desk import SharedDesk
from backend.ports import AgentRooms, CallControl
from config.livekit import LiveKitSettings

if TYPE_CHECKING:
    from backend.adapters.livekit.livekit import LiveKit

__all__ = ["LiveKitParts", "open_livekit"]

_ASK_S = 5.0


class LiveKitParts:
    """What the rest of a worker needs of it; nothing where it is not set."""

    def __init__(self, livekit: "LiveKit | None") -> None:
        self._livekit = livekit

    @property
    def ways(self) -> Mapping[str, CallControl]:
        """Its call control, by name."""
        return {"livekit": self._livekit.control} if self._livekit else {}

    async def check(self) -> None:
        """Does the LiveKit server take our key? Raises ``ProviderError`` if not, or if it is away."""
        if self._livekit is not None:
            await self._livekit.control.check()

    @property
    def agent_rooms(self) -> AgentRooms | None:
        """Rooms for browsers and apps."""
        return self._livekit.agent_rooms if self._livekit else None

    async def serve(self, shared: SharedDesk | CallDesk, desk: CallDesk, board: HealthBoard, *, alone: bool) -> None:
        """Take jobs from now on.

        Args:
            shared: takes the calls.
            desk: knows how many this worker has.
            alone: nothing is known of other workers; the LiveKit server may know some.
        """
        if self._livekit is None:
            return
        await self._livekit.serve(shared, desk.load, lambda: alone or desk.calls.others_take)
        board.ask("livekit", self._livekit.health, _ASK_S)

    def stats(self) -> dict[str, Any]:
        """Figures for /stats."""
        return self._livekit.stats() if self._livekit else {}

    async def close(self) -> None:
        """Take no more jobs, and leave all rooms."""
        if self._livekit is not None:
            await self._livekit.close()


def open_livekit(settings: LiveKitSettings) -> LiveKitParts:
    """Make it ready, where ``LIVEKIT_URL`` is set."""
    if not settings.livekit_url:
        return LiveKitParts(None)
    from backend.adapters.livekit.access import LiveKitAccess
    from backend.adapters.livekit.livekit import LiveKit

    access = LiveKitAccess(
        settings.livekit_address, settings.livekit_api_key, settings.livekit_api_secret.get_secret_value()
    )
    trunk = settings.livekit_outbound_trunk
    return LiveKitParts(
        LiveKit(access, settings.livekit_agent_name, settings.livekit_line, trunk, settings.livekit_public_address)
    )
