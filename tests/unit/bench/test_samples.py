"""Samples of stacks are read as the profiler writes them, and each counts for the area of its innermost function."""

from bench.profiling import table
from bench.samples import AREAS, Sample, by_area, by_function, read_samples
from bench.thread_table import ThreadKind

FOLDED = """\
thread (1): "MainThread";run (asyncio/runners.py:118);data_received (backend/api/media_socket.py:95);\
CallerRecognition.write (backend/adapters/speech/recognition.py:100);\
AudioSource.write (backend/adapters/speech/audio_source.py:50) 3
thread (1): "MainThread";run (asyncio/runners.py);Hearing.on_audio (backend/engine/conversation/hearing.py) 2
thread (1): "MainThread";run (asyncio/runners.py);respond (backend/engine/thinking/mind.py:3);\
execute (sqlalchemy/orm/session.py:9) 4
thread (1): "MainThread";run (asyncio/runners.py) 1
thread (7);read (backend/adapters/speech/audio_source.py) 10
"""
NAME = 'thread (1): "MainThread"'


def test_lines_become_stacks() -> None:
    samples = read_samples(FOLDED)
    assert len(samples) == 5
    assert samples[1] == Sample(
        NAME, ("asyncio/runners.py:run", "backend/engine/conversation/hearing.py:Hearing.on_audio"), 2
    )
    assert read_samples("nothing of the kind\n\n") == []


def test_time_is_of_the_innermost_area() -> None:
    loop = [sample for sample in read_samples(FOLDED) if sample.thread == NAME]
    assert by_area(loop) == {
        "handing audio to the recognizer": 3, "frames coming in": 2, "records": 4, "the rest": 1,
    }  # fmt: skip


def test_a_function_has_its_own_time_and_that_of_what_it_calls() -> None:
    samples = read_samples(FOLDED)
    run = "asyncio/runners.py:run"
    assert (by_function(samples, whole=False)[run], by_function(samples, whole=True)[run]) == (1, 10)


def test_the_table_leaves_other_threads_out_and_tells_what_a_call_costs() -> None:
    kinds = {"event loop": ThreadKind(1, 2.0, 100), "python": ThreadKind(40, 4.0, 9000)}
    told = table(read_samples(FOLDED), kinds, calls=20, seconds=10)
    assert "| python | 40 | 1.200 | 40.0 % | 900 |" in told
    assert "| records | 40.0 % |" in told


def test_every_area_matches_something_of_this_project_or_of_what_it_uses() -> None:
    assert all(AREAS.values())
