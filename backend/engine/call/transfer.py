"""A call's transfer to another number: asked for once at a time, and reported later."""

import asyncio
import logging
from collections.abc import Mapping, Sequence

from backend.domain.call import CallRecord
from backend.domain.case_names import CaseNames, told_on_transfer
from backend.domain.hiding import hide_alone, lasting_secrets
from backend.domain.line import PersonSpec
from backend.domain.session import CallSession
from backend.domain.tool import TransferToPerson
from backend.errors import CallRefused, RingmasterError
from backend.ports import CallControl

__all__ = ["Transfer"]

log = logging.getLogger(__name__)

_LIMIT_S = 45.0
_EMERGENCY_LIMIT_S = 20.0
"""Who is in danger is not left ringing: after this they are told to call for help themselves."""


class Transfer:
    """Connects a caller with another number.

    Args:
        control: of the way by which the call came in.
        record: the call.
        session: what is known of it.
        token: by which the outcome finds its way to the call.
        names: what its cases are called outside.
    """

    def __init__(
        self,
        control: CallControl,
        record: CallRecord,
        session: CallSession,
        token: str,
        names: Sequence[CaseNames] = (),
    ) -> None:
        self._control = control
        self._record = record
        self._session = session
        self._token = token
        self._names = names
        self._taken: asyncio.Future[bool] | None = None

    @property
    def made(self) -> bool:
        """Has somebody taken the caller?"""
        taken = self._taken
        return taken is not None and taken.done() and not taken.cancelled() and taken.result()

    def result(self, *, accepted: bool) -> None:
        """It is reported how a transfer went, or it has come to nothing. Without one this changes nothing."""
        if self._taken and not self._taken.done():
            self._taken.set_result(accepted)

    async def to_number(self, to: str, context: Mapping[str, str], limit_s: float = _LIMIT_S) -> bool:
        """Connect the caller to another number; true when it was taken up.

        Raises:
            CallRefused: a transfer is under way already, or the service cannot do it now.
            CallNotFound: the service does not know the call any more.
            ProviderError: the service would not even try.
        """
        if self._taken is not None and not self._taken.done():
            raise CallRefused("this call is being transferred already")
        taken = self._taken = asyncio.get_running_loop().create_future()
        try:
            await self._control.transfer(self._record.connection_id, to=to, context=context, token=self._token)
            async with asyncio.timeout(limit_s):
                return await taken
        except TimeoutError:
            return False
        finally:
            taken.cancel()

    async def to_person(self, person: PersonSpec, directive: TransferToPerson) -> bool:
        """Connect the caller with a person of the line; false when that came to nothing."""
        try:
            limit_s = _EMERGENCY_LIMIT_S if directive.emergency else _LIMIT_S
            return await self.to_number(directive.number or person.number, self._context(directive), limit_s)
        except RingmasterError as error:
            log.error(
                "transfer failed",
                extra={"event": "call.transfer_failed", "code": error.code, "call_id": self._record.call_id},
            )
            return False

    def _context(self, directive: TransferToPerson) -> dict[str, str]:
        """What that person is told; it becomes headers of the call."""
        session = self._session
        known = {
            "Call-Id": self._record.call_id,
            "Reason": directive.reason[:120],
            "Caller": session.caller_number,
            **told_on_transfer(session, self._names),
        }
        known = {name: value for name, value in known.items() if value}
        told = str(session.facts.get("handoff", {}).get("summary", ""))
        summary = {"Summary": hide_alone(told, lasting_secrets(session.facts))}  # carriers keep headers
        if directive.emergency:  # few names go through to a phone: first what help needs
            return {"Priority": "emergency"} | dict(directive.context) | known | summary
        return known | dict(directive.context) | summary
