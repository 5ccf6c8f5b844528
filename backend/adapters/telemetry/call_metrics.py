"""The instruments that calls and turns are measured with. Their names and units are in docs/monitoring.md.

Labels are names of lines, agents, tools and deployments, and codes: few, and nobody's. The buckets are chosen for what
is decided by them; those of the SDK are for milliseconds.
"""

from opentelemetry.metrics import Histogram, Meter

__all__ = ["WAITS", "Instruments", "seconds"]

WAITS = (0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0)
"""Seconds that a caller waits; over 3 s somebody is told."""
_CALLS = (10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 3600.0)
_LAGS = (20.0, 50.0, 100.0, 250.0, 1000.0, 3000.0)


def seconds(meter: Meter, name: str, description: str, buckets: tuple[float, ...] = WAITS) -> Histogram:
    """A histogram of lengths of time."""
    return meter.create_histogram(name, "s", description, explicit_bucket_boundaries_advisory=list(buckets))


class Instruments:
    """Those of one worker."""

    def __init__(self, meter: Meter) -> None:
        self.response = seconds(meter, "ringmaster.turn.response", "caller stops speaking to first frame of the answer")
        self.first_token = seconds(
            meter, "gen_ai.server.time_to_first_token", "end of the caller's turn to first token"
        )
        self.end_of_turn = seconds(
            meter, "ringmaster.turn.end", "caller stops speaking to the turn being taken as ended"
        )
        self.call = seconds(meter, "ringmaster.call.duration", "length of calls", _CALLS)
        self.tool = seconds(meter, "ringmaster.tool.duration", "length of tool calls")
        self.interruptions = meter.create_counter("ringmaster.turn.interruptions", description="turns cut short")
        self.early = meter.create_counter("ringmaster.turn.early", description="turns answered from early thinking")
        self.floor = meter.create_counter(
            "ringmaster.floor", description="who took the floor, and what was begun in vain"
        )
        self.refused = meter.create_counter("ringmaster.calls.refused", description="calls refused, by line and reason")
        self.ended = meter.create_counter("ringmaster.calls.ended", description="calls that ended, by line and outcome")
        self.used = meter.create_counter(
            "ringmaster.used", description="what calls took of what costs money, by line, kind and deployment"
        )
        self.lag = meter.create_histogram(
            "ringmaster.loop.lag", "ms", "delay of the event loop", explicit_bucket_boundaries_advisory=list(_LAGS)
        )
