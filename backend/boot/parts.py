"""All parts of one worker."""

from dataclasses import dataclass
from typing import Any

from backend.adapters.telemetry.exporting import Exporting
from backend.boot.data import DataParts
from backend.boot.desks import DeskParts
from backend.boot.live_store import StoreParts
from backend.boot.loop_lag import LoopLag
from backend.boot.people import PeopleParts
from backend.boot.providers import ProviderParts
from backend.boot.tools import ToolParts
from backend.engine.call.call import CallEnvironment
from backend.engine.desk.case_courier import CaseCourier
from backend.engine.desk.live_board import LiveBoard
from backend.engine.desk.recording_desk import RecordingDesk
from backend.engine.desk.run_desk import RunDesk

__all__ = ["WorkerParts"]


@dataclass(frozen=True, slots=True)
class WorkerParts:
    """What a worker is made of; each part is opened and closed where it is joined."""

    worker: str
    """Name of this worker, unique among all."""
    exporting: Exporting
    data: DataParts
    people: PeopleParts
    tools: ToolParts
    store: StoreParts
    providers: ProviderParts
    environment: CallEnvironment
    desks: DeskParts
    lag: LoopLag
    live_board: LiveBoard
    recordings: RecordingDesk
    runs: RunDesk
    courier: CaseCourier

    def stats(self) -> dict[str, Any]:
        """Figures for /stats and the instruments."""
        desks, cache = self.desks, self.environment.phrases
        return {
            "calls": desks.desk.stats(),
            "everywhere": desks.desk.calls.everywhere(),
            "gate": desks.gate.stats(),
            "floor": self.environment.floor.stats(),
            "chats": desks.chats.stats(),
            "workers": desks.shared.stats() if desks.shared else {},
            "livekit": self.providers.livekit.stats(),
            "sessions": desks.sessions.stats() if desks.sessions else {},
            "speech": self.providers.speech.stats(),
            "model": self.providers.model.stats(),
            "lines": {"kept": cache.count, "hits": cache.hits, "misses": cache.misses},
            "loop": self.lag.stats() | {"tasks": self.lag.tasks},
            "recordings": self.recordings.stats(),
            "outbox": self.data.kept.outbox.stats(),
        }
