"""Control routes ``/emulator/...``: what a test, a drill or an operator can see and change. Loopback only."""

from dataclasses import asdict
from typing import Any, TypeVar, cast

from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from local_azure.acs.switchboard import Switchboard
from local_azure.event_grid import EventGrid, GridEvent
from local_azure.faults import Fault, Service
from local_azure.latency import LatencyProfile
from local_azure.pacing import Ticker
from local_azure.phone.desk import Behavior, Desk, NumberRule
from local_azure.sms import Outbox
from local_azure.state import EmulatorState, SttEngine, Subscription, TtsEngine
from stand_in.manner import Manner

__all__ = ["Control"]

_Body = TypeVar("_Body")


class _FaultBody(BaseModel):
    service: Service
    fault: Fault


class _LatencyBody(BaseModel):
    profile: LatencyProfile


class _EnginesBody(BaseModel):
    stt: SttEngine | None = None
    tts: TtsEngine | None = None
    model_manner: Manner | None = None


class _SubscriptionBody(BaseModel):
    url: str
    name: str = "incoming-calls"
    audience: str = ""


class _GridBody(BaseModel):
    duplicates: int = Field(default=0, ge=0, le=10)


class _EventBody(BaseModel):
    event_type: str
    subject: str = "/local"
    data: dict[str, Any] = Field(default_factory=dict[str, Any])


class _RuleBody(BaseModel):
    behavior: Behavior = "answers"
    seconds: float = Field(default=0.2, ge=0, le=120)
    says: str = ""


class Control:
    """Reads and changes one local Azure."""

    def __init__(
        self,
        state: EmulatorState,
        grid: EventGrid,
        board: Switchboard,
        desk: Desk,
        sms: Outbox,
        ticker: Ticker,
    ) -> None:
        self._state = state
        self._grid = grid
        self._board = board
        self._desk = desk
        self._sms = sms
        self._ticker = ticker

    def routes(self) -> list[BaseRoute]:
        """All of them."""
        return [
            Route("/emulator/health", self.health),
            Route("/emulator/faults", self.faults, methods=["GET", "POST", "DELETE"]),
            Route("/emulator/latency", self.latency, methods=["PUT"]),
            Route("/emulator/engines", self.engines, methods=["PUT"]),
            Route("/emulator/subscriptions", self.subscriptions, methods=["GET", "POST"]),
            Route("/emulator/event-grid", self.event_grid, methods=["GET", "PUT", "POST"]),
            Route("/emulator/numbers/{number}", self.number, methods=["PUT", "DELETE"]),
            Route("/emulator/calls", self.calls),
            Route("/emulator/calls/{connection_id}", self.call, methods=["GET", "DELETE"]),
            Route("/emulator/recordings/{recording_id}", self.recording),
            Route("/emulator/sms", self.sms),
        ]

    async def health(self, request: Request) -> Response:
        """That it runs, and how it is set."""
        state = self._state
        return JSONResponse(
            {
                "status": "ok",
                "loading": state.loading,
                "engines": {"stt": state.engine_stt, "tts": state.engine_tts},
                "model_manner": state.model_manner,
                "latency": state.latency.profile,
                "faults": sum(len(queue) for queue in state.faults.waiting().values()),
                "calls": len(self._board.live()),
                "lost_ticks": self._ticker.lost,
                "livekit": state.livekit.url if state.livekit else None,
                "subscriptions": [asdict(subscription) for subscription in state.subscriptions],
            }
        )

    async def faults(self, request: Request) -> Response:
        """GET what is queued; POST ``{"service", "fault": {...}}``; DELETE all, or ``?service=``."""
        if request.method == "POST":
            body = await _read(request, _FaultBody)
            if isinstance(body, Response):
                return body
            self._state.faults.add(body.service, body.fault)
        elif request.method == "DELETE":
            self._state.faults.clear(cast("Service | None", request.query_params.get("service")))
        waiting = self._state.faults.waiting()
        return JSONResponse({service: [asdict(fault) for fault in queue] for service, queue in waiting.items()})

    async def latency(self, request: Request) -> Response:
        """PUT ``{"profile": "none" | "typical" | "slow"}``."""
        body = await _read(request, _LatencyBody)
        if isinstance(body, Response):
            return body
        self._state.set_latency(body.profile)
        return JSONResponse(asdict(self._state.latency))

    async def engines(self, request: Request) -> Response:
        """PUT ``{"stt": ..., "tts": ..., "model_manner": ...}``; holds for what is opened and asked from now on."""
        body = await _read(request, _EnginesBody)
        if isinstance(body, Response):
            return body
        self._state.engine_stt = body.stt or self._state.engine_stt
        self._state.engine_tts = body.tts or self._state.engine_tts
        self._state.model_manner = body.model_manner or self._state.model_manner
        now = {"stt": self._state.engine_stt, "tts": self._state.engine_tts, "model_manner": self._state.model_manner}
        return JSONResponse(now)

    async def subscriptions(self, request: Request) -> Response:
        """GET them; POST ``{"url", "name", "audience"}`` adds one and says whether it was validated."""
        if request.method == "POST":
            body = await _read(request, _SubscriptionBody)
            if isinstance(body, Response):
                return body
            task = self._grid.subscribe(Subscription(body.name, body.url, audience=body.audience))
            return JSONResponse({"validated": await task})
        return JSONResponse([asdict(subscription) for subscription in self._state.subscriptions])

    async def event_grid(self, request: Request) -> Response:
        """GET the latest deliveries; PUT ``{"duplicates": n}``; POST a list of events: one array is delivered."""
        if request.method == "PUT":
            body = await _read(request, _GridBody)
            if isinstance(body, Response):
                return body
            self._grid.duplicates = body.duplicates
        elif request.method == "POST":
            events = await _read(request, list[_EventBody])
            if isinstance(events, Response):
                return events
            self._grid.publish(*(GridEvent(event.event_type, event.subject, event.data) for event in events))
        deliveries = [asdict(delivery) for delivery in self._grid.deliveries]
        return JSONResponse({"duplicates": self._grid.duplicates, "deliveries": deliveries})

    async def number(self, request: Request) -> Response:
        """PUT what happens at a number (``*``: at all others); DELETE forgets it."""
        number = request.path_params["number"]
        if request.method == "DELETE":
            self._desk.rules.pop(number, None)
            return Response(status_code=204)
        body = await _read(request, _RuleBody)
        if isinstance(body, Response):
            return body
        self._desk.rules[number] = NumberRule(body.behavior, body.seconds, body.says)
        return JSONResponse(body.model_dump())

    async def calls(self, request: Request) -> Response:
        """Calls that are known, and those that ring."""
        calls = [call.properties() for call in self._board.calls.values()]
        ringing = [{"from": one.caller, "to": one.called} for one in self._board.arrivals.values()]
        return JSONResponse({"calls": calls, "ringing": ringing})

    async def call(self, request: Request) -> Response:
        """GET one call with its events and its media; DELETE: the other party hangs up."""
        call = self._board.calls.get(request.path_params["connection_id"])
        if call is None:
            return JSONResponse({"error": "no such call"}, 404)
        if request.method == "DELETE" and call.leg is not None:
            call.leg.hang_up()
        media = call.media
        streaming = None
        if media is not None:
            streaming = {
                "active": media.active,
                "connections": media.connections,
                "bad_messages": media.bad_messages,
                "dropped": media.dropped,
                **asdict(media.playout.stats),
            }
        return JSONResponse({**call.properties(), "events": call.callbacks.sent, "media": streaming})

    async def recording(self, request: Request) -> Response:
        """A recording of ``:startRecording`` as a stereo WAV file."""
        found = self._board.recordings.get(request.path_params["recording_id"])
        if found is None:
            return JSONResponse({"error": "no such recording"}, 404)
        return Response(found[1].wav(), media_type="audio/wav")

    async def sms(self, request: Request) -> Response:
        """Messages that were sent."""
        return JSONResponse(self._sms.messages)


async def _read(request: Request, kind: type[_Body]) -> _Body | Response:
    try:
        return TypeAdapter(kind).validate_json(await request.body())
    except ValidationError as error:
        return JSONResponse({"error": error.errors(include_url=False, include_context=False)}, 422)
