"""ACS SMS: takes messages and keeps them for the control routes."""

from typing import Any
from uuid import uuid4

from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from local_azure.acs.rest import ApiError, ApiRequest, Rest
from local_azure.state import EmulatorState

__all__ = ["Outbox"]

_KEPT = 200


class Outbox:
    """What was sent, the latest last."""

    def __init__(self, state: EmulatorState) -> None:
        self._rest = Rest(state, "sms")
        self.messages: list[dict[str, str]] = []
        self._sent: dict[str, str] = {}

    def routes(self) -> list[BaseRoute]:
        """``POST /sms`` as azure-communication-sms sends it."""
        return [self._rest.route("POST", "/sms", self._send)]

    async def _send(self, request: ApiRequest) -> Response:
        recipients = request.body.get("smsRecipients")
        if not isinstance(recipients, list) or not recipients or not request.text("message"):
            raise ApiError(400, "BadRequest", "smsRecipients and message are needed.")
        answers: list[dict[str, Any]] = []
        for recipient in recipients:
            to, repeated = str(recipient["to"]), str(recipient.get("repeatabilityRequestId") or uuid4())
            message_id = self._sent.setdefault(repeated, str(uuid4()))
            if all(message["id"] != message_id for message in self.messages):
                text = request.text("message") or ""
                self.messages.append({"id": message_id, "to": to, "from": request.text("from") or "", "text": text})
            answers.append({"to": to, "messageId": message_id, "httpStatusCode": 202, "successful": True})
        del self.messages[:-_KEPT]
        while len(self._sent) > _KEPT:
            self._sent.pop(next(iter(self._sent)))
        return JSONResponse({"value": answers}, 202)
