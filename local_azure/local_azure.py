"""Everything that one local Azure consists of, joined."""

import aiohttp
from starlette.routing import BaseRoute

from local_azure import entra
from local_azure.acs.routes import routes as acs_routes
from local_azure.acs.switchboard import Switchboard
from local_azure.background import Background
from local_azure.blob_storage import BlobStorage
from local_azure.control import Control
from local_azure.event_grid import EventGrid
from local_azure.livekit.deployment import LiveKitDeployment
from local_azure.model.routes import routes as model_routes
from local_azure.pacing import Ticker
from local_azure.phone.desk import Desk
from local_azure.phone.session import PhoneSessions
from local_azure.sms import Outbox
from local_azure.speech.engines import Engines
from local_azure.speech.routes import routes as speech_routes
from local_azure.state import EmulatorState, Subscription
from local_azure.voices import Voices

__all__ = ["LocalAzure"]


class LocalAzure:
    """The parts and their life: :meth:`open` in a running loop, :meth:`close` at the end."""

    def __init__(self, state: EmulatorState) -> None:
        self.state = state
        self.background = Background()
        self.ticker = Ticker()
        self.engines = Engines(state)
        self.voices = Voices(state)
        self.desk = Desk(state, self.voices, self.background)
        self.sms = Outbox(state)
        self.blobs = BlobStorage()
        self.web = aiohttp.ClientSession(
            cookie_jar=aiohttp.DummyCookieJar(), connector=aiohttp.TCPConnector(limit=0), trust_env=False
        )
        self.grid = EventGrid(state, self.web, self.background)
        self.switchboard = Switchboard(state, self.web, self.grid, self.desk, self.ticker, self.background)
        self.desk.connect_to(self.switchboard.dial)
        self.livekit = LiveKitDeployment(state.livekit, self.desk, self.ticker, self.background, self.web)

    def routes(self) -> list[BaseRoute]:
        """All routes of the process; their paths do not collide."""
        sessions = PhoneSessions(self.desk, self.background)
        return [
            *acs_routes(self.state, self.switchboard, self.voices),
            *self.sms.routes(),
            *self.blobs.routes(),
            *entra.routes(self.state),
            *Control(self.state, self.grid, self.switchboard, self.desk, self.sms, self.ticker).routes(),
            *sessions.routes(),
            *speech_routes(self.state, self.engines),
            *model_routes(self.state),
            *self.livekit.routes(),
        ]

    def subscribe(self, url: str, name: str = "incoming-calls") -> None:
        """Deliver Event Grid events to ``url``; validated in the background."""
        self.grid.subscribe(Subscription(name, url))

    async def close(self) -> None:
        """End calls, tasks and engines."""
        await self.desk.close()
        await self.livekit.close()
        for call in self.switchboard.live():
            self.switchboard.hang_up(call)
        await self.ticker.close()
        await self.background.close()
        await self.voices.close()
        await self.engines.close()
        await self.web.close()
