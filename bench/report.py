"""Keeps what a run measured: JSON under var/bench, and the tables in docs/benchmarks.md."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.plan import ROOT, SERVERS, TALK
from bench.table import capacity_table, comparison, load_table, moments_table, rooms_table, talk_table, ways_table

__all__ = ["Report"]

_BEGIN, _END = "<!-- ringmaster bench writes from here -->", "<!-- to here -->"
_MOMENTS = (
    "The moments of a call: the whole server on the real SDKs, against the local Azure at its typical pace, as heard "
    "at the phone (frames of 20 ms). Local voice activity and smart endpointing are on."
)
_STREAMS = (
    "Text streaming (v2) beside one synthesis a clause: the same answers in turn, through the real SDK and our "
    "speaking, against the local Azure at its typical pace, which speaks streamed text by the sentence."
)
_ANSWERS = (
    "The wait for an answer: whole claims reported with pauses of 300 to 900 ms inside every other utterance, on the "
    "real SDKs at the typical pace, to the first sound of the answer itself. It should be at most 850 ms in the middle "
    "and 1.1 s at p95."
)
_TALK = (
    "The wait for an answer and who is let finish: the same spoken utterances with pauses of 300 to 900 ms inside, "
    "against services at the typical pace."
)
_CAPACITY = (
    "Calls at once through the real SDKs, the local Azure and its phones on the same two cores, up to the first step "
    "that loses audio or has it late by more than 60 ms."
)
_ROOMS = (
    "Calls in rooms of a real LiveKit server, both sides talking without pause, callers and server on the same two "
    "cores, up to the first step whose frames are late by more than 60 ms. Ours is the adapter that serves such calls; "
    "plain is the SDK as its examples use it."
)
_ROOM_MOMENTS = (
    "One call at a time in rooms of a real LiveKit server: from the dispatch of an agent to the first sound of its "
    "greeting, by its parts, and an interruption, with the way of the voice apart from what comes on top of it."
)
_WAYS = (
    "The same calls by ACS and by LiveKit, two at a time: the whole server on the real SDKs against the local Azure "
    "at its typical pace, as heard at the phone. By LiveKit they come over the stand-in of a SIP trunk into rooms of a "
    "real server. On both the callers are understood by PocketSphinx, whose processor time is among that of the others."
)
_PAGE = ROOT / "docs/benchmarks.md"


@dataclass(slots=True)
class Report:
    """One run of ``ringmaster bench``."""

    command: str
    machine: Mapping[str, Any]
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    servers: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict[str, dict[str, dict[str, Any]]])
    """By server, then by experiment."""
    moments: Mapping[str, Any] = field(default_factory=dict[str, Any])
    streams: Mapping[str, Any] = field(default_factory=dict[str, Any])
    answers: Mapping[str, Any] = field(default_factory=dict[str, Any])
    capacity: Sequence[Mapping[str, Any]] = field(default_factory=list[Mapping[str, Any]])

    rooms: Sequence[Mapping[str, Any]] = field(default_factory=list[Mapping[str, Any]])
    room_moments: Mapping[str, Any] = field(default_factory=dict[str, Any])
    ways: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])

    def note(self, server: str, experiment: str, result: dict[str, Any]) -> None:
        """An experiment is over."""
        self.servers.setdefault(server, {})[experiment] = result

    def save(self, folder: Path) -> Path:
        """Write everything as JSON; gives the file."""
        path = folder / f"{self.at:%Y%m%d-%H%M%S}.json"
        kept = {
            "command": self.command,
            "machine": dict(self.machine),
            "at": self.at.isoformat(timespec="seconds"),
            "servers": self.servers,
            "moments": dict(self.moments),
            "streams": dict(self.streams),
            "answers": dict(self.answers),
            "capacity": list(self.capacity),
            "rooms": list(self.rooms),
            "room_moments": dict(self.room_moments),
            "ways": dict(self.ways),
        }
        path.write_text(json.dumps(kept, indent=1) + "\n")
        return path

    def markdown(self) -> str:
        """The tables, with command, machine and date."""
        machine = self.machine
        about = (
            f"`{self.command}`, {self.at:%Y-%m-%d}, {machine['cores']} cores of {machine['processor']}, "
            f"{machine['memory_gb']} GB, Python {machine['python']}; others kept {self._busy():.0f} % of a core busy."
        )
        columns = [(SERVERS[name].title, found) for name, found in self.servers.items()]
        talks = [
            (SERVERS[name].title, found[TALK])
            for name, found in self.servers.items()
            if TALK in found and "error" not in found[TALK]
        ]
        parts = [about]
        if compared := comparison(columns):
            parts.append(compared)
        if "ringmaster" in self.servers and (
            loads := load_table(self.servers["ringmaster"], self.servers.get("ringmaster-workers"))
        ):
            parts += ["Ringmaster under load:", loads]
        if talks:
            parts += [_TALK, talk_table(talks)]
        if self.moments:
            parts += [_MOMENTS, moments_table(self.moments)]
        if self.streams:
            parts += [_STREAMS, moments_table(self.streams["moments"]), _ratios(self.streams)]
        if self.answers:
            parts += [_ANSWERS, moments_table(self.answers), _manners(self.answers)]
        if self.capacity:
            parts += [_CAPACITY, capacity_table(self.capacity)]
        parts += self._livekit()
        parts += [f"{SERVERS[s].title}, {e}: {r['error'].strip().splitlines()[-1]}" for s, e, r in self._broken()]
        return "\n\n".join(parts)

    def _livekit(self) -> list[str]:
        parts: list[str] = []
        if self.ways:
            parts += [_WAYS, ways_table(self.ways)]
        if self.room_moments:
            parts += [_ROOM_MOMENTS, moments_table(self.room_moments)]
        if self.rooms:
            parts += [_ROOMS, rooms_table(self.rooms)]
        return parts

    def publish(self) -> Path:
        """Replace the generated part of docs/benchmarks.md; gives the page."""
        page = _PAGE.read_text() if _PAGE.exists() else f"# Benchmarks\n\n{_BEGIN}\n{_END}\n"
        head, _, rest = page.partition(_BEGIN)
        _, _, tail = rest.partition(_END)
        _PAGE.write_text(f"{head}{_BEGIN}\n\n{self.markdown()}\n\n{_END}{tail}")
        return _PAGE

    def _busy(self) -> float:
        shares = [
            result["contention"]["others_mean_percent"]
            for results in self.servers.values()
            for result in results.values()
            if result.get("contention")
        ]
        return sum(shares) / len(shares) if shares else 0.0

    def _broken(self) -> list[tuple[str, str, dict[str, Any]]]:
        return [(s, e, r) for s, results in self.servers.items() for e, r in results.items() if "error" in r]


def _manners(answers: Mapping[str, Any]) -> str:
    total, fillers = answers["utterances"], answers["caller stops to canned acknowledgement"]
    return (
        f"Of {total} utterances in {answers['calls']} calls {answers['talked over']} were talked over for more than "
        f"300 ms ({answers['talked over while dictating']} of them while a number or an address was dictated), "
        f"{answers['halves answered alone']} were answered by halves and {answers['unanswered']} not at all. "
        f"{answers['begun in a pause']} times an answer was begun in a pause and taken back. "
        f"A canned acknowledgement came before {fillers['n'] if fillers else 'none'} of the answers. "
        f"{answers['out of step']} callers fell out of step with their agent. "
        f"Others kept {answers['others on the machine, percent of a core']:.0f} % of a core busy."
    )


def _ratios(streams: Mapping[str, Any]) -> str:
    ratios = ", ".join(f"{name} {ratio:.2f}" for name, ratio in streams["ratios"].items())
    clauses, streamed = streams["syntheses"]
    return f"Ratio of the medians, streamed to by clause: {ratios}. Syntheses: {streamed} instead of {clauses}."
