"""How many arenas of memory the threads of a server share."""

import asyncio
import ctypes
import subprocess
import sys
import threading

import pytest

from backend.boot.memory import give_back_now_and_then, keep_few_arenas

ARENAS = """
import ctypes, sys, tempfile, threading
from backend.boot.memory import give_back_now_and_then, keep_few_arenas
if sys.argv[1] == "few":
    keep_few_arenas()
gate = threading.Barrier(13)
def work():
    kept = [bytes(size) for size in range(600, 1400)]
    gate.wait()
    return kept
threads = [threading.Thread(target=work) for _ in range(12)]
[thread.start() for thread in threads]
gate.wait()
[thread.join() for thread in threads]
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
with tempfile.NamedTemporaryFile() as kept:
    out = ctypes.c_void_p(libc.fopen(kept.name.encode(), b"w"))
    libc.malloc_info(0, out)
    libc.fclose(out)
    print(open(kept.name).read().count("<heap nr="))
"""


def _arenas(how: str) -> int:
    ran = subprocess.run([sys.executable, "-c", ARENAS, how], capture_output=True, text=True, check=True, timeout=60)
    return int(ran.stdout)


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="another C library than GNU's")
def test_threads_share_two_arenas() -> None:
    assert _arenas("few") <= 2 < _arenas("as ever")


def test_another_c_library_has_its_own_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    assert not keep_few_arenas()


def test_memory_is_given_back_now_and_then_beside_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    given_back: list[str] = []

    class _Library:
        @staticmethod
        def malloc_trim(_pad: int) -> int:
            given_back.append(threading.current_thread().name)
            return 1

    async def story() -> None:
        task = asyncio.get_running_loop().create_task(give_back_now_and_then(every_s=0.001))
        while len(given_back) < 2:
            await asyncio.sleep(0.001)
        task.cancel()
        assert (await asyncio.gather(task, return_exceptions=True))[0].__class__ is asyncio.CancelledError

    monkeypatch.setattr(ctypes, "CDLL", lambda _name: _Library())
    asyncio.run(story())
    assert threading.main_thread().name not in given_back


def test_nothing_is_given_back_by_another_c_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    asyncio.run(give_back_now_and_then(every_s=0.001))
