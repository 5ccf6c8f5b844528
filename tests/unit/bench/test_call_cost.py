"""What ``make capacity`` makes of its rounds."""

from bench.call_cost import medians

MACHINE = {"cores": 2, "processor": "One", "memory_gb": 4, "python": "3.11.7"}


def _round(**others: float) -> dict[str, float]:
    usual = {
        "loop_s": 0.5,
        "threads_s": 0.6,
        "idle_mb": 250.4,
        "call_mb": 1.44,
        "idle_threads": 70,
        "call_threads": 2.8,
    }
    return {**usual, "azure_s": 1.0, "others_percent": -3.0, "failed_calls": 0, **others}


def test_the_median_of_the_rounds_counts() -> None:
    rounds = [_round(), _round(loop_s=0.9, call_mb=9.0), _round(loop_s=0.554, others_percent=7.0)]
    found = medians(rounds, MACHINE, calls=20, seconds=15, today="2026-11-27")
    assert (found.loop_s, found.threads_s, found.call_mb, found.idle_mb) == (0.55, 0.6, 1.4, 250.0)
    assert (found.idle_threads, found.call_threads, found.date) == (70, 2.8, "2026-11-27")
    assert found.machine == (
        "2 cores of One, Python 3.11.7, with the local Azure beside the server; 20 calls for 15 s, medians of 3; "
        "others kept 0 % of a core busy"
    )
