"""A dental practice's appointment book: a small HTTP service, kept in memory.

    python examples/dental/book_server.py --port 8200

It is no part of Ringmaster and knows nothing of it; any service that speaks HTTP and JSON would do.
"""

import argparse
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TIMES = ("09:00", "09:30", "11:00", "14:00", "15:30")
WORDS = "nine in the morning|nine thirty in the morning|eleven in the morning|two in the afternoon|half past three"
SPOKEN = dict(zip(TIMES, WORDS.split("|"), strict=True))
FURTHEST = timedelta(days=180)


@dataclass
class Book:
    """All appointments, by number; and the answers given to each idempotency key."""

    appointments: dict[str, dict[str, Any]] = field(default_factory=dict)
    answered: dict[str, dict[str, Any]] = field(default_factory=dict)
    made: int = 0
    today: Callable[[], date] = date.today

    def free(self, day: date) -> list[str]:
        """Times of a day that nobody has."""
        taken = {entry["time"] for entry in self.appointments.values() if entry["day"] == day.isoformat()}
        return [time for time in TIMES if time not in taken]

    def refusal(self, day: date) -> str:
        """Why there can be no appointment on a day; empty when there can."""
        if day < self.today():
            return "That day is over."
        if day > self.today() + FURTHEST:
            return "That is further ahead than our book goes."
        return "We are closed on weekends." if day.weekday() >= 5 else ""

    def add(self, entry: dict[str, Any]) -> dict[str, Any]:
        """Write an appointment into the book."""
        number = str(4001 + self.made)
        self.made += 1
        self.appointments[number] = entry
        return {
            "number": number,
            "spoken": f"{spoken_day(date.fromisoformat(entry['day']))} at {SPOKEN[entry['time']]}",
        }


def spoken_day(day: date) -> str:
    """As one says it."""
    return day.strftime("%A, %B %-d")


class Service:
    """The routes. ``key`` is what callers must send as a bearer token."""

    def __init__(self, key: str, book: Book) -> None:
        self._key = key
        self._book = book

    async def slots(self, request: Request) -> Response:
        """``GET /slots?day=2026-11-24``: what is free."""
        if not self._is_known(request):
            return JSONResponse({"reason": "wrong key"}, 401)
        try:
            day = date.fromisoformat(request.query_params["day"])
        except (KeyError, ValueError):
            return JSONResponse({"reason": "I did not understand the day."}, 400)
        if reason := self._book.refusal(day):
            return JSONResponse({"reason": reason}, 400)
        free = [{"time": time, "spoken": SPOKEN[time]} for time in self._book.free(day)]
        return JSONResponse({"day": day.isoformat(), "spoken_day": spoken_day(day), "slots": free})

    async def add(self, request: Request) -> Response:
        """``POST /appointments``: book one; the same idempotency key books it once."""
        if not self._is_known(request):
            return JSONResponse({"reason": "wrong key"}, 401)
        entry, key = await request.json(), request.headers.get("idempotency-key", "")
        if key in self._book.answered:
            return JSONResponse(self._book.answered[key], 201)
        day = date.fromisoformat(entry["day"])
        if self._book.refusal(day) or entry["time"] not in self._book.free(day):
            return JSONResponse({"reason": "not free"}, 409)
        made = self._book.add(entry)
        if key:
            self._book.answered[key] = made
        return JSONResponse(made, 201)

    async def cancel(self, request: Request) -> Response:
        """``DELETE /appointments/4001``."""
        if not self._is_known(request):
            return JSONResponse({"reason": "wrong key"}, 401)
        if self._book.appointments.pop(request.path_params["number"], None) is None:
            return JSONResponse({"reason": "no such appointment"}, 404)
        return JSONResponse({"cancelled": request.path_params["number"]})

    def _is_known(self, request: Request) -> bool:
        return hmac.compare_digest(request.headers.get("authorization", ""), f"Bearer {self._key}")


def create_app(key: str, book: Book) -> Starlette:
    """The service."""
    service = Service(key, book)
    return Starlette(
        routes=[
            Route("/slots", service.slots),
            Route("/appointments", service.add, methods=["POST"]),
            Route("/appointments/{number}", service.cancel, methods=["DELETE"]),
        ]
    )


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description="The appointment book of a dental practice.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8200)
    options = parser.parse_args()
    app = create_app(os.environ.get("TOOL_DENTAL_KEY", "local"), Book())
    uvicorn.run(app, host=options.host, port=options.port, log_level="warning")


if __name__ == "__main__":
    main()
