"""``ringmaster bench``."""

import asyncio
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from backend.adapters.terminal.screen import print_page
from bench.machine import describe
from bench.plan import (
    ANSWERS,
    CAPACITY,
    EXPERIMENTS,
    MOMENTS,
    QUICK,
    ROOM_MOMENTS,
    ROOMS,
    ROOT,
    SERVERS,
    STEADY,
    STREAMS,
    TALK,
    WAYS,
    Experiment,
    Server,
)
from bench.report import Report
from bench.runner import missing, running, take

__all__ = ["bench"]

_RESULTS = ROOT / "var/bench"
_ALL = (*EXPERIMENTS, MOMENTS, STREAMS, ANSWERS, CAPACITY, WAYS, ROOM_MOMENTS, ROOMS)
_USUAL = tuple(name for name in _ALL if name != STEADY)
_console = Console(highlight=False, emoji=False, soft_wrap=True)


def bench(
    only: Annotated[
        list[str] | None,
        typer.Argument(help=f"Benchmarks to run. Default: all but {STEADY}. Any of: {', '.join(_ALL)}."),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Run only the short ones; takes less than two minutes.")
    ] = False,
    peers: Annotated[
        bool,
        typer.Option("--peers", help="Also measure Pipecat and LiveKit Agents; each is installed in var/bench/NAME."),
    ] = False,
    server: Annotated[
        list[str] | None,
        typer.Option(help=f"Measure only this server; repeatable. Any of: {', '.join(SERVERS)}."),
    ] = None,
) -> None:
    """Run benchmarks: this server, and the same call without any framework. A whole run writes docs/benchmarks.md."""
    names = only or _USUAL
    _check(names, server or ())
    _RESULTS.mkdir(parents=True, exist_ok=True)
    report = Report(shlex.join(["ringmaster", *sys.argv[1:]]), describe())
    whole = not (only or quick or server)
    path = report.save(_RESULTS)
    for title, measure in _parts(names, server, report, peers=peers, quick=quick and not only):
        _attempt(title, measure)
        path = report.save(_RESULTS)
        if whole:
            report.publish()  # at once: half an hour's figures do not hang on the last of them
    print_page(_console, report.markdown())
    _console.print(f"written: {path.relative_to(ROOT)}")
    if whole:
        _console.print(f"written: {report.publish().relative_to(ROOT)}")


def _parts(
    names: Sequence[str], server: list[str] | None, report: Report, *, peers: bool, quick: bool
) -> Iterator[tuple[str, Callable[[], None]]]:
    """What is measured, one after the other, with its title."""
    for one in _servers(server, peers):
        wanted = QUICK.get(one.name, ()) if quick else names
        experiments = [EXPERIMENTS[name] for name in wanted if name in EXPERIMENTS]
        if reason := missing(one):
            _console.print(f"skipped: {reason}", markup=False)
        else:
            yield one.title, partial(_measure, one, experiments, report)
    whole_calls = (
        (MOMENTS, _measure_moments), (STREAMS, _measure_streams), (ANSWERS, _measure_answers),
        (CAPACITY, _measure_capacity), (WAYS, _measure_ways), (ROOM_MOMENTS, _measure_room_moments),
        (ROOMS, _measure_rooms),
    )  # fmt: skip
    for name, measure in () if quick else whole_calls:
        if name in names:
            yield name, partial(measure, report)


def _check(names: Sequence[str], servers: Sequence[str]) -> None:
    if unknown := [name for name in names if name not in _ALL]:
        raise typer.BadParameter(f"no experiment {', '.join(unknown)}; there are: {', '.join(_ALL)}")
    if unknown := [name for name in servers if name not in SERVERS]:
        raise typer.BadParameter(f"no server {', '.join(unknown)}; there are: {', '.join(SERVERS)}")


def _servers(names: list[str] | None, peers: bool) -> list[Server]:
    return [s for s in SERVERS.values() if (s.name in names if names else peers or not s.peer)]


def _attempt(title: str, measure: Callable[[], None]) -> None:
    """What breaks is told and left out of the report; half an hour of the rest is not lost with it."""
    try:
        measure()
    except Exception as error:
        _console.print(f"{title}: failed: {error!r}", markup=False)


def _measure(server: Server, experiments: list[Experiment], report: Report) -> None:
    """Experiments that need it get a process of their own, the others share one."""
    mine = [e for e in experiments if _takes_part(server, e)]
    for group in ([e for e in mine if e.fresh], [e for e in mine if not e.fresh]):
        if not group:
            continue
        with running(server, _logs()) as target:
            for experiment in group:
                result = take(experiment, target)
                report.note(server.name, experiment.name, result)
                _console.print(f"{server.title}: {experiment.title}: {_outcome(result)}", markup=False)


def _measure_answers(report: Report) -> None:
    from bench.answers import measure_answers

    report.answers = asyncio.run(measure_answers(_logs()))
    _console.print("Ringmaster: the wait for an answer: measured")


def _measure_capacity(report: Report) -> None:
    import uvloop

    from bench.capacity import measure_capacity

    report.capacity = uvloop.run(measure_capacity(_logs()))
    _console.print("Ringmaster: calls through the real SDKs: measured")


def _measure_rooms(report: Report) -> None:
    from bench.rooms import measure_rooms
    from local_azure.livekit.server_process import find_livekit_server

    if find_livekit_server() is None:
        _console.print("rooms: skipped: no LiveKit server; `make test-livekit` builds one")
        return
    report.rooms = asyncio.run(measure_rooms())
    _console.print("Ringmaster: calls in LiveKit rooms: measured")


def _measure_room_moments(report: Report) -> None:
    from bench.room_greeting import measure_greeting
    from bench.room_silence import measure_silence
    from local_azure.livekit.server_process import find_livekit_server

    if find_livekit_server() is None:
        _console.print("room_moments: skipped: no LiveKit server; `make test-livekit` builds one")
        return
    report.room_moments = asyncio.run(measure_greeting(_logs())) | asyncio.run(measure_silence())
    _console.print("Ringmaster: first sound and silence in LiveKit rooms: measured")


def _measure_ways(report: Report) -> None:
    from bench.ways import measure_ways
    from local_azure.livekit.server_process import find_livekit_server

    if find_livekit_server() is None:
        _console.print("ways: skipped: no LiveKit server; `make test-livekit` builds one")
        return
    report.ways = asyncio.run(measure_ways(_logs()))
    _console.print("Ringmaster: the same calls by ACS and by LiveKit: measured")


def _measure_moments(report: Report) -> None:
    from bench.moments import measure_moments  # brings the local Azure with it

    report.moments = asyncio.run(measure_moments(_logs()))
    _console.print("Ringmaster: the moments of a call: measured")


def _measure_streams(report: Report) -> None:
    from bench.streams import measure_streams

    report.streams = asyncio.run(measure_streams())
    _console.print("Ringmaster: text streaming beside clauses: measured")


def _takes_part(server: Server, experiment: Experiment) -> bool:
    if server.only:
        return experiment.name in server.only
    return server.name == "ringmaster" or not (experiment.ours_only or experiment.name == TALK)


def _outcome(result: dict[str, object]) -> str:
    return "failed" if "error" in result else "measured"


def _logs() -> Path:
    folder = _RESULTS / "logs"
    folder.mkdir(exist_ok=True)
    return folder
