"""What is measured: servers, experiments, and how long each takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = [
    "ANSWERS",
    "CAPACITY",
    "EXPERIMENTS",
    "MOMENTS",
    "PEERS",
    "QUICK",
    "ROOMS",
    "ROOM_MOMENTS",
    "ROOT",
    "SERVERS",
    "STEADY",
    "STREAMS",
    "TALK",
    "VENVS",
    "WAYS",
    "Experiment",
    "Server",
]

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "tests/bench/peers"
VENVS = ROOT / "var/bench"


@dataclass(frozen=True, slots=True)
class Server:
    """One server under test."""

    name: str
    title: str
    package: str = ""
    """What must be installed in an environment of its own, ``var/bench/NAME``; empty: it runs in ours."""
    folder: str = ""
    """Folder under tests/bench/peers; empty: the server is ours."""
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    only: frozenset[str] = frozenset()
    """Experiments that it takes part in; empty: all but ``talk``."""
    module: str = "server"
    """Its file in the folder."""
    callers: int = 0
    """Calls at once, for a server that would stumble over those of the experiment; 0: as many as it says."""
    workers: int = 1
    """Processes that share the calls."""
    pinned: bool = True
    """Has it one core only? Where no processor time is compared, a server may have all."""

    @property
    def peer(self) -> bool:
        """Is it somebody else's framework?"""
        return bool(self.package)


TALK = "talk"
"""The wait for an answer, and who is let finish; see bench.talk."""

STEADY = "steady"
"""Calls that go on for ten minutes. It runs only when it is named."""

_COMPARED = frozenset({"calls_20", "calls_40"})
_WITHOUT_VOICE_ACTIVITY = frozenset({"memory", "reply", "barge", "typed", "opener", *_COMPARED})

SERVERS: dict[str, Server] = {
    server.name: server
    for server in (
        Server("ringmaster", "Ringmaster"),
        Server(
            "ringmaster-workers", "Ringmaster, two workers", only=frozenset({"calls_200", STEADY}), workers=2,
            pinned=False,
        ),
        Server("floor", "no framework", folder="floor", only=_WITHOUT_VOICE_ACTIVITY),
        Server(
            "floor-uvloop", "no framework, on our loop", folder="floor", environment={"BENCH_LOOP": "uvloop"},
            only=_COMPARED,
        ),
        Server("livekit", "LiveKit Agents 1.8.9", "livekit-agents==1.8.9", "livekit"),
        Server(
            "livekit-heard", "the same, remembering what was heard", "livekit-agents==1.8.9", "livekit",
            {"BENCH_SYNC": "1"}, frozenset({"calls_20"}),
        ),
        Server("pipecat", "Pipecat 1.14.0", "pipecat-ai[websocket]==1.14.0", "pipecat"),
        Server(
            "pipecat-lean", "the same, RTVI and turn tracking off", "pipecat-ai[websocket]==1.14.0", "pipecat",
            {"BENCH_LEAN": "1"}, frozenset({"reply", "calls_20"}),
        ),
        Server(
            "livekit-talk", "LiveKit Agents 1.8.9", "livekit-agents==1.8.9", "livekit", only=frozenset({TALK}),
            module="talk", pinned=False,
        ),
        Server(
            "pipecat-talk", "Pipecat 1.14.0", "pipecat-ai[websocket]==1.14.0", "pipecat", only=frozenset({TALK}),
            module="talk", callers=6, pinned=False,
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Experiment:
    """One run of the load against one server."""

    name: str
    title: str
    load: tuple[str, ...]
    script: Mapping[str, Any] = field(default_factory=dict[str, Any])
    ours_only: bool = False
    fresh: bool = False
    """Needs a process that has served nothing yet."""
    limit_s: float = 90.0
    """The load that takes longer has failed."""


_SHORT: Mapping[str, Any] = {"sentence_frames": 5}
_LONG: Mapping[str, Any] = {"sentence_frames": 150}
_TALK: Mapping[str, Any] = {"sentence_frames": 250}
_TYPED: Mapping[str, Any] = {"token_seconds": 0.02}


def _calls(count: int, seconds: int, *, vad: bool = False, ours_only: bool = False) -> Experiment:
    return Experiment(
        f"calls_{count}{'_vad' if vad else ''}",
        f"{count} calls{' with local voice activity' if vad else ''}",
        ("calls", "--calls", str(count), "--seconds", str(seconds)),
        {**_TALK, "vad": vad},
        ours_only,
    )


EXPERIMENTS: dict[str, Experiment] = {
    experiment.name: experiment
    for experiment in (
        Experiment(
            "memory", "memory of calls", ("memory", "--steps", "5", "10", "20"), _TALK, fresh=True
        ),
        Experiment("reply", "an instant model", ("turns", "--calls", "2", "--turns", "12"), _SHORT),
        Experiment("barge", "interruptions", ("turns", "--barge", "--calls", "2", "--turns", "12"), _LONG),
        Experiment("typed", "a model that types", ("turns", "--calls", "1", "--turns", "6"), _TYPED),
        Experiment(
            "opener", "an opening of one word", ("turns", "--calls", "1", "--turns", "5"),
            {**_TYPED, "answer": "opener"},
        ),
        _calls(1, 8, ours_only=True),
        _calls(5, 8, vad=True),
        _calls(20, 10),
        _calls(40, 10),
        _calls(40, 10, vad=True, ours_only=True),
        _calls(100, 10, ours_only=True),
        _calls(200, 12, ours_only=True),
        Experiment(
            STEADY, "50 calls for ten minutes", ("calls", "--calls", "50", "--seconds", "600"), {**_TALK, "vad": True},
            ours_only=True, limit_s=700.0,
        ),
        Experiment(
            TALK, "200 turns with pauses", ("talk", "--calls", "10", "--rounds", "2"),
            {
                "answer": "noted", "first_token_seconds": 0.35, "token_seconds": 1 / 60, "word_frames": 8,
                "first_audio_seconds": 0.12, "vad": True,
            },
            fresh=True, limit_s=300.0,
        ),
    )
}  # fmt: skip

MOMENTS = "moments"
"""The experiment that is no load: whole calls of the whole server; see bench.moments."""

ANSWERS = "answers"
"""Whole claims in callers' own words, with pauses; see bench.answers."""

CAPACITY = "capacity"
ROOMS = "rooms"
"""How many calls the real SDKs bear; see bench.capacity."""

ROOM_MOMENTS = "room_moments"
"""First sound and silence in LiveKit rooms, by their parts; see bench.room_greeting and bench.room_silence."""

WAYS = "ways"
"""The same calls by ACS and by LiveKit; see bench.ways."""

STREAMS = "streams"
"""Text streaming beside one synthesis a clause; see bench.streams."""

QUICK: Mapping[str, tuple[str, ...]] = {
    "ringmaster": ("reply", "barge", "typed", "opener", "calls_20"),
    "floor": ("reply", "calls_20"),
}
"""The experiments of ``--quick``, by server."""
