"""A call's transfer to another number: asked for once at a time, and reported later."""

import asyncio
import logging
import secrets
from collections.abc import Mapping, Sequence

from backend.domain.call import CallRecord
from backend.domain.case_names import CaseNames, told_on_transfer
from backend.domain.hiding import hide_alone, lasting_secrets
from backend.domain.line import PersonSpec
from backend.domain.session import CallSession
from backend.domain.tool import TransferToPerson
from backend.errors import CallRefused, RingmasterError, TimedOut
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
        self._operation = ""
        self._unreported: set[str] = set()
        """Transfers of which the service has not said how they went, those that were given up among them."""
        self._taken_late = False

    @property
    def made(self) -> bool:
        """Has somebody taken the caller?"""
        taken = self._taken
        in_time = taken is not None and taken.done() and not taken.cancelled() and taken.result()
        return in_time or self._taken_late

    def result(self, *, accepted: bool, operation: str | None = None) -> None:
        """A transfer has come to its end. Without one this changes nothing.

        Args:
            accepted: somebody took the caller.
            operation: which one the service reports of; empty where it does not say; ``None``: we know of the one that
                is under way, without a report.

        A report of an earlier one, which was given up and rang on, settles nothing: the caller would be told that
        nobody came while a phone rings for them, or be hung up on. If it was taken, the service ends our part of the
        call, and then that is known to be why. So it is with a report that names none where an earlier one may be
        meant; where none may, it is of the one under way, and waiting for a name would keep a caller ringing.
        """
        under_way = self._taken is not None and not self._taken.done()
        if operation is not None:
            meant = self._unreported & {operation} if operation else set(self._unreported)
            if len(meant) == 1:
                self._unreported -= meant
            if not under_way or meant != {self._operation}:
                self._taken_late = self._taken_late or (accepted and bool(meant))
                return
        if self._taken is not None and under_way:
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
            await self._ask(to, context)
            async with asyncio.timeout(limit_s):
                return await taken
        except TimeoutError:
            return False
        finally:
            taken.cancel()

    async def _ask(self, to: str, context: Mapping[str, str]) -> None:
        """Ask the service, which may report the outcome before it says that it tries."""
        operation = self._operation = secrets.token_hex(8)
        self._unreported.add(operation)
        try:
            await self._control.transfer(
                self._record.connection_id, to=to, context=context, token=self._token, operation=operation
            )
        except TimedOut:
            raise  # it may be tried all the same
        except RingmasterError:
            self._unreported.discard(operation)
            raise

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
