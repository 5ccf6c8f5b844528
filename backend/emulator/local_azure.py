"""Everything that one local Azure consists of, joined."""

import aiohttp
from starlette.routing import BaseRoute

from backend.emulator import entra
from backend.emulator.acs.routes import routes as acs_routes
from backend.emulator.acs.switchboard import Switchboard
from backend.emulator.background import Background
from backend.emulator.control import Control
from backend.emulator.event_grid import EventGrid
from backend.emulator.model.routes import routes as model_routes
from backend.emulator.pacing import Ticker
from backend.emulator.phone.desk import Desk
from backend.emulator.phone.session import PhoneSessions
from backend.emulator.sms import Outbox
from backend.emulator.speech import Engines
from backend.emulator.speech import routes as speech_routes
from backend.emulator.state import EmulatorState, Subscription
from backend.emulator.voices import Voices

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
        self.web = aiohttp.ClientSession(
            cookie_jar=aiohttp.DummyCookieJar(), connector=aiohttp.TCPConnector(limit=0), trust_env=False
        )
        self.grid = EventGrid(state, self.web, self.background)
        self.switchboard = Switchboard(state, self.web, self.grid, self.desk, self.ticker, self.background)
        self.desk.connect_to(self.switchboard.dial)

    def routes(self) -> list[BaseRoute]:
        """All routes of the process; their paths do not collide."""
        sessions = PhoneSessions(self.desk, self.background)
        return [
            *acs_routes(self.state, self.switchboard, self.voices),
            *self.sms.routes(),
            *entra.routes(self.state),
            *Control(self.state, self.grid, self.switchboard, self.desk, self.sms, self.ticker).routes(),
            *sessions.routes(),
            *speech_routes(self.state, self.engines),
            *model_routes(self.state),
        ]

    def subscribe(self, url: str, name: str = "incoming-calls") -> None:
        """Deliver Event Grid events to ``url``; validated in the background."""
        self.grid.subscribe(Subscription(name, url))

    async def close(self) -> None:
        """End calls, tasks and engines."""
        await self.desk.close()
        for call in self.switchboard.live():
            self.switchboard.hang_up(call)
        await self.ticker.close()
        await self.background.close()
        await self.voices.close()
        await self.engines.close()
        await self.web.close()
