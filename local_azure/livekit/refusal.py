"""How LiveKit's API says no: Twirp errors, with the status that SIP gave where it gave one."""

from collections.abc import Mapping
from typing import Final

from starlette.responses import JSONResponse

__all__ = ["BUSY", "DECLINED", "Refusal", "sip_refusal"]

_STATUS: Final[Mapping[str, int]] = {
    "canceled": 408,
    "deadline_exceeded": 408,
    "invalid_argument": 400,
    "malformed": 400,
    "not_found": 404,
    "already_exists": 409,
    "permission_denied": 403,
    "unauthenticated": 401,
    "failed_precondition": 412,
    "bad_route": 404,
    "unavailable": 503,
    "internal": 500,
}
"""HTTP status by code, as in the Twirp specification v7."""
BUSY = (486, "SIP_STATUS_BUSY_HERE")
DECLINED = (603, "SIP_STATUS_GLOBAL_DECLINE")
_SIP_CODES: Final[Mapping[int, str]] = {486: "unavailable", 603: "permission_denied"}
"""Twirp code by SIP status (livekit/protocol, ``sipCodeToGRPCCode``); 486 was seen."""


class Refusal(Exception):
    """A request that fails.

    Args:
        code: of Twirp.
        meta: what else is told.
    """

    def __init__(self, code: str, message: str, meta: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.meta = dict(meta or {})

    def answer(self) -> JSONResponse:
        """As it goes over the wire."""
        body: dict[str, object] = {"code": self.code, "msg": self.message}
        return JSONResponse(body | ({"meta": self.meta} if self.meta else {}), _STATUS.get(self.code, 500))


def sip_refusal(status: tuple[int, str]) -> Refusal:
    """The other side's SIP answer to a call or a transfer."""
    number, name = status
    meta = {"sip_status_code": str(number), "sip_status": name}
    return Refusal(_SIP_CODES.get(number, "invalid_argument"), f"sip status {number}: {name}", meta)
