"""Results as a Markdown table: one row a figure, one column a server, and what we hold ourselves to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = [
    "Row",
    "capacity_table",
    "comparison",
    "load_table",
    "moments_table",
    "rooms_table",
    "talk_table",
    "ways_table",
]

Results = Mapping[str, Mapping[str, Any]]
"""What each experiment brought, by its name."""

_ABSENT = "–"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. ``limit`` is the most that ours may be, by the first number of the cell."""

    title: str
    cell: Callable[[Results], str]
    target: str = ""


def _at(results: Results, *path: str) -> Any:
    value: Any = results
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _pair(experiment: str, metric: str, digits: int = 2) -> Callable[[Results], str]:
    def cell(results: Results) -> str:
        found = _at(results, experiment, metric)
        return f"{found['p50']:.{digits}f} / {found['p95']:.{digits}f}" if found else _ABSENT

    return cell


def _one(experiment: str, *path: str) -> Callable[[Results], str]:
    def cell(results: Results) -> str:
        found = _at(results, experiment, *path)
        return f"{found:g}" if found is not None else _ABSENT

    return cell


def _p50_with_tokens(experiment: str) -> Callable[[Results], str]:
    def cell(results: Results) -> str:
        found, tokens = (
            _at(results, experiment, "final_to_first_audio_ms"),
            _at(results, experiment, "tokens_before_tts"),
        )
        return f"{found['p50']:.0f} ({tokens['p50']:g} tokens)" if found and tokens else _ABSENT

    return cell


ROWS: tuple[Row, ...] = (
    Row("final to first frame, instant model, ms p50 / p95", _pair("reply", "final_to_first_audio_ms"), "1 / 2"),
    Row("the same, seen by the caller", _pair("reply", "caller_eos_to_first_audio_ms")),
    Row("final to first frame, model typing a token each 20 ms, ms p50", _p50_with_tokens("typed"), "200"),
    Row("opening sentence of one word, model typing, ms p50", _p50_with_tokens("opener"), "25"),
    Row("decision to interrupt to StopAudio, ms p50 / p95", _pair("barge", "barge_to_stop_ms"), "– / 0.4"),
    Row("the same, seen by the caller", _pair("barge", "caller_sos_to_stop_ms")),
    Row("audio frames after StopAudio, most", _one("barge", "frames_after_stop", "max"), "0"),
    Row("CPU seconds per call-minute, 1 call", _one("calls_1", "cpu_seconds_per_call_minute")),
    Row("20 calls", _one("calls_20", "cpu_seconds_per_call_minute"), "0.33"),
    Row("40 calls", _one("calls_40", "cpu_seconds_per_call_minute"), "0.27"),
    Row("5 calls with local voice activity", _one("calls_5_vad", "cpu_seconds_per_call_minute"), "0.7"),
    Row("gap between frames at 40 calls, ms p99", _one("calls_40", "gap_between_frames_ms", "p99")),
    Row("memory per further call, MB", _one("memory", "rss_mb_per_call"), "0.4"),
    Row("memory without a call, MB", _one("memory", "rss_mb_by_calls", "0")),
)


def comparison(columns: Sequence[tuple[str, Results]]) -> str:
    """All servers that have a row, side by side; ``columns`` are titles with results, ours first."""
    columns = [(title, found) for title, found in columns if any(row.cell(found) != _ABSENT for row in ROWS)]
    if not columns:
        return ""
    titles = [title for title, _ in columns]
    lines = [
        f"| figure | at most | {' | '.join(titles)} |",
        f"| --- | ---: |{' ---: |' * len(titles)}",
    ]
    for row in ROWS:
        cells = [row.cell(results) for _, results in columns]
        if any(cell != _ABSENT for cell in cells):
            lines.append(f"| {row.title} | {row.target} | {' | '.join(cells)} |")
    return "\n".join(lines)


_LOAD_COLUMNS: tuple[tuple[str, Callable[[Mapping[str, Any]], str]], ...] = (
    ("CPU s per call-minute", lambda r: f"{r['cpu_seconds_per_call_minute']:.3f}"),
    ("core busy", lambda r: f"{r['core_percent']:.0f} %"),
    ("final to first frame, caller, ms p50 / p95", lambda r: _two(r["caller_eos_to_first_audio_ms"])),
    ("frames lost in / out", lambda r: f"{r['frames_lost_in']} / {r['frames_lost_out']}"),
    ("gap ms p99 / most", lambda r: _two(r["gap_between_frames_ms"], "p99", "max")),
    ("gaps over 60 ms, answers with holes", lambda r: f"{r['gaps_over_60_ms']}, {r['answers_with_holes']}"),
    ("frame handling ms p50 / p99", lambda r: _two(r["frame_handling_ms"], "p50", "p99", 3)),
    ("load: core busy, late ms p99", lambda r: f"{r['client_core_percent']:.0f} %, {r['client_lateness_ms']['p99']:g}"),
    ("others on the machine", lambda r: f"{r['contention']['others_mean_percent']:.0f} %"),
)


_TALK_COLUMNS: tuple[tuple[str, Callable[[Mapping[str, Any]], str]], ...] = (
    ("turns", lambda r: str(r["turns"])),
    ("caller stops to answer, ms p50 / p95", lambda r: _two(r["caller_stops_to_answer_ms"], digits=0)),
    ("canned acknowledgement before it, ms p50", lambda r: _p50(r["caller_stops_to_filler_ms"])),
    ("talked over > 300 ms", lambda r: _share(r, "talked_over_300_ms")),
    ("at all", lambda r: _share(r, "talked_over")),
    ("at all, while dictating", lambda r: str(r["talked_over_dictating"])),
    ("answer began in a pause", lambda r: _share(r, "begun_early")),
    ("no answer", lambda r: str(r["unanswered"])),
    ("others on the machine", lambda r: f"{r['contention']['others_mean_percent']:.0f} %"),
)


def talk_table(columns: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """How long callers waited and who was let finish, one row a server; ``columns`` are titles with results."""
    lines = [
        f"| server | {' | '.join(title for title, _ in _TALK_COLUMNS)} |",
        f"| --- |{' ---: |' * len(_TALK_COLUMNS)}",
    ]
    lines += [f"| {title} | {' | '.join(cell(result) for _, cell in _TALK_COLUMNS)} |" for title, result in columns]
    return "\n".join(lines)


_CAPACITY_COLUMNS: tuple[tuple[str, Callable[[Mapping[str, Any]], str]], ...] = (
    ("answers heard", lambda r: str(r["answers"])),
    ("longest gap, ms", lambda r: f"{r['longest_gap_ms']:.0f}"),
    ("gaps", lambda r: str(r["gaps"])),
    ("messages lost, calls failed", lambda r: f"{r['dropped']}, {r['failed_calls']}"),
    ("our loop, of a core", lambda r: f"{r['loop_core_percent']:.0f} %"),
    ("the SDKs' threads", lambda r: f"{r['sdk_core_percent']:.0f} %"),
    ("local Azure and phones", lambda r: f"{r['azure_core_percent']:.0f} %"),
    ("these late, ms p99", lambda r: f"{r['azure_late_ms']['p99']:.0f}"),
)


def capacity_table(steps: Sequence[Mapping[str, Any]]) -> str:
    """Growing numbers of calls through the real SDKs, one row a step."""
    lines = [
        f"| calls | {' | '.join(title for title, _ in _CAPACITY_COLUMNS)} |",
        f"| --- |{' ---: |' * len(_CAPACITY_COLUMNS)}",
    ]
    lines += [f"| {step['calls']} | {' | '.join(cell(step) for _, cell in _CAPACITY_COLUMNS)} |" for step in steps]
    return "\n".join(lines)


_ROOM_COLUMNS: tuple[tuple[str, Callable[[Mapping[str, Any]], str]], ...] = (
    ("CPU s per room-minute, agents", lambda step: f"{step['cpu_s_per_room_minute']['agents']:.1f}"),
    ("LiveKit server", lambda step: f"{step['cpu_s_per_room_minute']['server']:.1f}"),
    ("callers", lambda step: f"{step['cpu_s_per_room_minute']['callers']:.1f}"),
    ("agents, MB", lambda step: f"{step['agents_mb']}"),
    ("gap ms p50 / p99", lambda step: f"{step['gap_p50_ms']:.0f} / {step['gap_p99_ms']:.0f}"),
    ("gap p99 of each run", lambda step: ", ".join(f"{gap:.0f}" for gap in step["gap_p99_ms_each"])),
    ("frames heard, made up", lambda step: f"{step['frames_heard_percent']:g} %, {step['made_up_percent']:g} %"),
    ("woke late, p99 ms, agents / callers", lambda step: " / ".join(_whole(step["late_p99_ms"]))),
    ("others on the machine, of a core", lambda step: f"{step['others_percent']:.0f} %"),
)


def _whole(late: Mapping[str, float]) -> list[str]:
    return [f"{late[side]:.0f}" for side in ("agents", "callers")]


def rooms_table(steps: Sequence[Mapping[str, Any]]) -> str:
    """Growing numbers of LiveKit rooms, one row a step and kind."""
    lines = [
        f"| rooms | {' | '.join(title for title, _ in _ROOM_COLUMNS)} |",
        f"| --- |{' ---: |' * len(_ROOM_COLUMNS)}",
    ]
    for step in steps:
        cells = [cell(step) for _, cell in _ROOM_COLUMNS] if "broke" not in step else [step["broke"]]
        cells += [""] * (len(_ROOM_COLUMNS) - len(cells))
        lines.append(f"| {step['rooms']}, {step['kind']} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _share(result: Mapping[str, Any], name: str) -> str:
    return f"{100 * result[name] / max(1, result['turns']):.1f} %"


def _p50(found: Mapping[str, float] | None) -> str:
    return f"{found['p50']:.0f} ({found['n']})" if found else _ABSENT


def load_table(results: Results, workers: Results | None = None) -> str:
    """Our server under growing load, one row a load; ``workers`` is what two of its processes did."""
    loads = [(name, r) for name, r in results.items() if name.startswith("calls_") and "error" not in r]
    loads += [("workers", r) for r in (workers or {}).values() if "error" not in r]
    if not loads:
        return ""
    lines = [
        f"| calls | {' | '.join(title for title, _ in _LOAD_COLUMNS)} |",
        f"| --- |{' ---: |' * len(_LOAD_COLUMNS)}",
    ]
    for name, result in loads:
        about = " with voice activity" if name.endswith("_vad") else ", two workers" if name == "workers" else ""
        title = f"{result['calls']}{about}"
        lines.append(f"| {title} | {' | '.join(cell(result) for _, cell in _LOAD_COLUMNS)} |")
    return "\n".join(lines)


def moments_table(moments: Mapping[str, Any]) -> str:
    """What a caller lives, one row a moment; failed calls in words below."""
    lines = ["| moment | calls or turns | p50 ms | p95 ms | most |", "| --- | ---: | ---: | ---: | ---: |"]
    for name, found in moments.items():
        if isinstance(found, Mapping):
            lines.append(f"| {name} | {found['n']} | {found['p50']:.0f} | {found['p95']:.0f} | {found['max']:.0f} |")
    lines += [f"\nA call failed: {failure}" for failure in moments.get("failures", [])]
    return "\n".join(lines)


_WAY_COSTS = (
    ("processor, this server, s a call-minute", "cpu_s_per_call_minute"),
    ("processor beside it (LiveKit server), s a call-minute", "beside_cpu_s_per_call_minute"),
    ("memory between calls, MB", "idle_mb"),
    ("memory, the most with two calls, MB", "most_mb"),
    ("minutes of calls", "minutes"),
)


def ways_table(ways: Mapping[str, Mapping[str, Any]]) -> str:
    """Moments and costs, one column a way; what failed in words below."""
    names = {"acs": "ACS", "livekit": "LiveKit"}
    lines = [f"| | {' | '.join(names.get(way, way) for way in ways)} |", f"| --- |{' ---: |' * len(ways)}"]
    moments = next(iter(ways.values()))["moments"]
    for moment in moments:
        cells = [_two(found["moments"].get(moment), digits=0) for found in ways.values()]
        lines.append(f"| {moment}, ms p50 / p95 | {' | '.join(cells)} |")
    for title, name in _WAY_COSTS:
        cells = [_ABSENT if found[name] is None else f"{found[name]:g}" for found in ways.values()]
        lines.append(f"| {title} | {' | '.join(cells)} |")
    busy = [f"{found['contention']['others_mean_percent']:.0f} %" for found in ways.values()]
    lines.append(f"| others on the machine, of a core | {' | '.join(busy)} |")
    lines += [f"\nA call by {way} failed: {one}" for way, found in ways.items() for one in found["failures"]]
    return "\n".join(lines)


def _two(found: Mapping[str, float] | None, one: str = "p50", other: str = "p95", digits: int = 1) -> str:
    return f"{found[one]:.{digits}f} / {found[other]:.{digits}f}" if found else _ABSENT
