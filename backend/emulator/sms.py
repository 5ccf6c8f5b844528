"""ACS SMS: takes messages and keeps them for the control routes."""

from typing import Any
from uuid import uuid4

from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from backend.emulator.acs.rest import ApiError, ApiRequest, Rest
from backend.emulator.state import EmulatorState

__all__ = ["Outbox"]

_KEPT = 200


class Outbox:
    """What was sent, the latest last."""

    def __init__(self, state: EmulatorState) -> None:
        self._rest = Rest(state, "sms")
        self.messages: list[dict[str, str]] = []

    def routes(self) -> list[BaseRoute]:
        """``POST /sms`` as azure-communication-sms sends it."""
        return [self._rest.route("POST", "/sms", self._send)]

    async def _send(self, request: ApiRequest) -> Response:
        recipients = request.body.get("smsRecipients")
        if not isinstance(recipients, list) or not recipients or not request.text("message"):
            raise ApiError(400, "BadRequest", "smsRecipients and message are needed.")
        answers: list[dict[str, Any]] = []
        for recipient in recipients:
            to, message_id = str(recipient["to"]), str(uuid4())
            self.messages.append(
                {"id": message_id, "to": to, "from": request.text("from") or "", "text": request.text("message") or ""}
            )
            answers.append({"to": to, "messageId": message_id, "httpStatusCode": 202, "successful": True})
        del self.messages[:-_KEPT]
        return JSONResponse({"value": answers}, 202)
