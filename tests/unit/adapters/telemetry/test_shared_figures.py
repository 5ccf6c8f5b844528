"""Figures of all workers of a container, summed, whichever is asked; totals never fall when one dies."""

from pathlib import Path

from opentelemetry.sdk.metrics import MeterProvider

from backend.adapters.telemetry.exporting import set_up_telemetry
from backend.adapters.telemetry.exposition import exposed
from backend.adapters.telemetry.server_metrics import observe_events, observe_figures, observe_health
from backend.adapters.telemetry.shared_figures import SharedFigures
from backend.adapters.telemetry.snapshot import Family, Point, Snapshot
from backend.ports.health import HealthPart


def figures(pid: int, live: float, taken: float) -> Snapshot:
    waits = Family("wait", "histogram", unit="s", points=[Point({}, 1.5, 3, [0.5, 1.0], [1, 1, 1])])
    return Snapshot(
        f"w{pid}", pid, 0.0,
        {
            "calls.live": Family("calls.live", "gauge", points=[Point({}, live)]),
            "calls.taken": Family("calls.taken", "counter", points=[Point({"line": "a"}, taken)]),
            "wait": waits,
        },
    )  # fmt: skip


def value(snapshot: Snapshot, name: str) -> float:
    return sum(point.value for point in snapshot.families[name].points)


def test_workers_are_summed_whichever_is_asked(tmp_path: Path) -> None:
    living = {1, 2}
    one = SharedFigures(tmp_path, lambda: figures(1, 3, 10), living.__contains__)
    two = SharedFigures(tmp_path, lambda: figures(2, 4, 20), living.__contains__)
    one.write()
    for _ in range(2):
        total = two.all()
        assert (value(total, "calls.live"), value(total, "calls.taken")) == (7, 30)
        assert total.families["wait"].points[0].buckets == [2, 2, 2]


def test_what_a_dead_worker_has_counted_stays_and_what_it_had_goes(tmp_path: Path) -> None:
    living = {1, 2, 3}
    shared = {n: SharedFigures(tmp_path, lambda n=n: figures(n, 5, 10), living.__contains__) for n in living}
    for each in shared.values():
        each.write()
    for gone, left in ((2, 10), (3, 5)):
        living.discard(gone)
        for _ in range(2):
            total = shared[1].all()
            assert value(total, "calls.live") == left
            assert value(total, "calls.taken") == 30
    assert sorted(path.name for path in tmp_path.glob("*.json")) == ["1.json", "gone.json"]


def test_a_broken_file_and_a_missing_folder_cost_only_their_own_figures(tmp_path: Path) -> None:
    one = SharedFigures(tmp_path, lambda: figures(1, 3, 10), lambda _: True)
    (tmp_path / "7.json").write_text("{")
    assert value(one.all(), "calls.live") == 3
    assert value(SharedFigures(tmp_path / "no", lambda: figures(1, 3, 10)).all(), "calls.live") == 3


def test_the_page_can_be_read_by_prometheus() -> None:
    page = exposed(figures(1, 3, 10)).decode()
    assert "calls_live 3.0" in page
    assert 'calls_taken_total{line="a"} 10.0' in page
    assert 'wait_seconds_bucket{le="1.0"} 2.0' in page
    assert 'wait_seconds_bucket{le="+Inf"} 3.0' in page
    assert "wait_seconds_sum 1.5" in page


def test_stats_health_and_events_become_instruments() -> None:
    exporting = set_up_telemetry([], 1.0)
    assert isinstance(exporting.meters, MeterProvider)
    stats = {"calls": {"live": 2, "capacity": 50, "draining": False}, "speech": {"stt": {"in_use": 4}}}
    observe_figures(exporting.meter, lambda: stats)
    observe_health(exporting.meter, lambda: [HealthPart("redis", "down", "away", {"waiting": 3})])
    observe_events(exporting.meter, lambda: {("turn.failed", "provider.timed_out"): 7, ("line.refused", ""): 2})
    page = exposed(exporting.figures.all()).decode()
    for line in (
        "ringmaster_calls_live 2.0",
        "ringmaster_calls_capacity 50.0",
        'ringmaster_pool_in_use{ringmaster_pool="recognizers"} 4.0',
        'ringmaster_health{ringmaster_part="redis"} 2.0',
        'ringmaster_health_count{ringmaster_count="waiting",ringmaster_part="redis"} 3.0',
        'ringmaster_log_events_total{error_type="",ringmaster_event="line.refused"} 2.0',
        'ringmaster_log_events_total{error_type="provider.timed_out",ringmaster_event="turn.failed"} 7.0',
    ):
        assert line in page, page
    exporting.close()
