"""LiveKit as part of the local Azure, where a server was named; without one nothing of it is imported or served."""

from typing import TYPE_CHECKING

import aiohttp
from starlette.routing import BaseRoute

from local_azure.background import Background
from local_azure.livekit.access import LiveKitAccess
from local_azure.pacing import Ticker
from local_azure.phone.desk import Desk

if TYPE_CHECKING:
    from local_azure.livekit.sip_service import SipService

__all__ = ["LiveKitDeployment"]


class LiveKitDeployment:
    """The SIP service beside a LiveKit server, and one address for both."""

    def __init__(
        self,
        access: LiveKitAccess | None,
        desk: Desk,
        ticker: Ticker,
        background: Background,
        web: aiohttp.ClientSession,
    ) -> None:
        self._access = access
        self._web = web
        self._sip: SipService | None = None
        if access is not None:
            from local_azure.livekit import sip_service  # brings 30 MB along

            self._sip = sip_service.SipService(access, desk, ticker, background)
            desk.connect_to(self._sip.dial, via="livekit")

    @property
    def sip(self) -> "SipService":
        """The SIP service.

        Raises:
            RuntimeError: there is no LiveKit here.
        """
        if self._sip is None:
            raise RuntimeError("this local Azure has no LiveKit server")
        return self._sip

    def routes(self) -> list[BaseRoute]:
        """What is answered in LiveKit's name."""
        if self._access is None:
            return []
        from local_azure.livekit.routes import LiveKitRoutes

        return LiveKitRoutes(self._access, self.sip, self._web).routes()

    async def close(self) -> None:
        """Take all phones out of their rooms."""
        if self._sip is not None:
            await self._sip.close()
