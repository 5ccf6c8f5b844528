"""What ``/stats`` tells, as instruments: read only when somebody collects, so the calls pay nothing for them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from opentelemetry.metrics import CallbackOptions, Meter, Observation

from backend.ports.health import HealthPart

__all__ = ["FIGURES", "Figure", "observe_events", "observe_figures", "observe_health"]

Stats = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of ``/stats`` as an instrument."""

    name: str
    kind: Literal["gauge", "counter"]
    description: str
    places: tuple[tuple[str, Mapping[str, str]], ...]
    """Where it is in ``/stats``, with dots, each with its labels."""


def _one(name: str, kind: Literal["gauge", "counter"], place: str, description: str) -> Figure:
    return Figure(name, kind, description, ((place, {}),))


def _pools(name: str, kind: Literal["gauge", "counter"], key: str, description: str) -> Figure:
    places = (("speech.stt", "recognizers"), ("speech.tts", "voices"))
    return Figure(
        name, kind, description, tuple((f"{place}.{key}", {"ringmaster.pool": pool}) for place, pool in places)
    )


FIGURES = (
    _one("ringmaster.calls.live", "gauge", "calls.live", "calls under way"),
    _one("ringmaster.calls.talking", "gauge", "calls.talking", "calls whose media socket is up"),
    _one("ringmaster.calls.capacity", "gauge", "calls.capacity", "calls that may be under way at once"),
    _one("ringmaster.workers.draining", "gauge", "calls.draining", "workers that take no more calls"),
    _one("ringmaster.calls.not_stored", "gauge", "calls.not_stored", "calls whose session is not in the store now"),
    _one("ringmaster.calls.taken", "counter", "calls.taken", "calls answered and placed, tests left out"),
    _one("ringmaster.calls.tests", "counter", "calls.tests", "calls that were tests"),
    _one("ringmaster.calls.brought_back", "counter", "calls.brought_back", "media sockets that were opened again"),
    _one("ringmaster.calls.given_up", "counter", "calls.given_up", "calls that got no media socket"),
    _one("ringmaster.calls.taken_over", "counter", "workers.taken_over", "calls taken over from other workers"),
    _one("ringmaster.chats.live", "gauge", "chats.live", "chats under way"),
    _one("ringmaster.chats.taken", "counter", "chats.taken", "chats begun, tests left out"),
    _pools("ringmaster.pool.size", "gauge", "size", "connections that are kept warm"),
    _pools("ringmaster.pool.warm", "gauge", "warm", "connections that are warm now"),
    _pools("ringmaster.pool.in_use", "gauge", "in_use", "connections in use"),
    _pools("ringmaster.pool.waiting", "gauge", "waiting", "callers that wait for a connection"),
    _pools("ringmaster.pool.acquired", "counter", "acquired", "connections given out"),
    _pools("ringmaster.pool.opened_cold", "counter", "opened_cold", "connections that a caller had to wait for"),
    _pools("ringmaster.pool.exhausted", "counter", "exhausted", "callers that got no connection"),
    _one("ringmaster.recognizer.replaced", "counter", "speech.stt.replaced_in_call", "recognizers replaced in a call"),
    _one("ringmaster.model.retries", "counter", "model.retries", "model calls tried again"),
    _one("ringmaster.model.fallbacks", "counter", "model.fallbacks", "model calls that went to another deployment"),
    _one("ringmaster.loop.stalls", "counter", "loop.stalls", "times the event loop was late by more than 20 ms"),
    _one("ringmaster.loop.own_stalls", "counter", "loop.own_stalls", "of those, the ones that our own work caused"),
    _one("ringmaster.loop.tasks", "gauge", "loop.tasks", "tasks of the event loop"),
    _one("ringmaster.phrases.hits", "counter", "lines.hits", "phrases that were kept when they were needed"),
    _one("ringmaster.phrases.misses", "counter", "lines.misses", "phrases that had to be synthesized"),
)


def observe_figures(meter: Meter, stats: Callable[[], Stats], figures: Sequence[Figure] = FIGURES) -> None:
    """Make an instrument of each figure."""
    for figure in figures:
        make = meter.create_observable_gauge if figure.kind == "gauge" else meter.create_observable_counter
        make(figure.name, [_reader(figure, stats)], description=figure.description)


def observe_health(meter: Meter, parts: Callable[[], Sequence[HealthPart]]) -> None:
    """Make instruments of how the parts of the server are, and of what they count."""

    def states(_: CallbackOptions) -> Iterable[Observation]:
        for part in parts():
            yield Observation({"ok": 0, "degraded": 1, "down": 2}[part.state], {"ringmaster.part": part.name})

    def counts(_: CallbackOptions) -> Iterable[Observation]:
        for part in parts():
            for name, count in part.counts.items():
                yield Observation(count, {"ringmaster.part": part.name, "ringmaster.count": name})

    meter.create_observable_gauge(
        "ringmaster.health", [states], description="0 ok, 1 degraded, 2 down; summed over workers"
    )
    meter.create_observable_gauge("ringmaster.health.count", [counts], description="what the parts of the server count")


def observe_events(meter: Meter, counts: Callable[[], Mapping[tuple[str, str], int]]) -> None:
    """Make an instrument of how often each log event was logged, by its code: so failures are counted by code, too."""

    def read(_: CallbackOptions) -> Iterable[Observation]:
        return [
            Observation(count, {"ringmaster.event": event} | ({"error.type": code} if code else {}))
            for (event, code), count in counts().items()
        ]

    meter.create_observable_counter("ringmaster.log.events", [read], description="log records by event")


def _reader(figure: Figure, stats: Callable[[], Stats]) -> Callable[[CallbackOptions], Iterable[Observation]]:
    def read(_: CallbackOptions) -> Iterable[Observation]:
        found = stats()
        for place, labels in figure.places:
            value: Any = found
            for key in place.split("."):
                value = value.get(key) if isinstance(value, Mapping) else None  # pyright: ignore[reportUnknownMemberType]
            if isinstance(value, int | float):
                yield Observation(float(value), dict(labels))

    return read
