"""Workers that are forks of their supervisor: what they have of it, and what not."""

import contextlib
import json
import os
import signal
import subprocess
import sys

import pytest

from backend.boot.forked import forks

pytestmark = pytest.mark.skipif(not forks(), reason="workers are forked on Linux only")

SUPERVISES = """
import asyncio, contextlib, json, os, random, signal, sys, threading
from backend.boot.supervisor import LISTEN_ON, READY_FD, Supervisor, reserve

def tell(what):
    os.write(1, json.dumps(what).encode() + b"\\n")  # in one piece: another worker may tell something, too

def work():
    if sys.argv[1:] == ["breaks"]:
        raise RuntimeError("as it was told")
    if sys.argv[1:]:
        sys.exit(int(sys.argv[1]))
    async def threads():
        await asyncio.sleep(0)
        return threading.active_count()
    told = {
        "pid": os.getpid(), "session": os.getsid(0), "chance": random.random(), "threads": asyncio.run(threads()),
        "port": int(os.environ[LISTEN_ON].split()[1]),
        "usual": [signal.getsignal(signal.SIGINT) is signal.default_int_handler,
                  signal.getsignal(signal.SIGTERM) == signal.SIG_DFL,
                  signal.getsignal(signal.SIGHUP) == signal.SIG_DFL],
        "masked": list(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
    }
    tell(told)
    with contextlib.suppress(BrokenPipeError):  # it may be gone before this worker is warm
        os.write(int(os.environ[READY_FD]), b"warm\\n")
    sys.stdin.read()  # until the supervisor is gone
    tell({"alone": os.getpid()})
    return 0

async def main():
    ready = lambda: print(json.dumps("ready"), flush=True)
    return await Supervisor(reserve("127.0.0.1", 0), 2, ready, work=work, limit_s=5, backoff_s=(0.01,)).run()

signal.signal(signal.SIGHUP, signal.SIG_DFL)  # which a run of tests may ignore, and those that it starts with it
print("once")  # it waits to be written, and is no worker's to write
sys.exit(asyncio.run(main()))
"""


def test_a_worker_that_is_forked_is_a_process_of_its_own_and_leaves_with_its_supervisor() -> None:
    with (
        subprocess.Popen([sys.executable, "-c", SUPERVISES], stdout=subprocess.PIPE, text=True) as supervisor,
        contextlib.ExitStack() as ends,
    ):
        ends.callback(supervisor.kill)  # else who fails here waits for it
        assert supervisor.stdout is not None
        lines = supervisor.stdout
        assert lines.readline() == "once\n"
        workers = [json.loads(lines.readline()) for _ in range(2)]
        assert json.loads(lines.readline()) == "ready"
        os.kill(workers[0]["pid"], signal.SIGKILL)
        workers.append(json.loads(lines.readline()))  # has taken its place
        for worker in workers:
            assert worker["session"] == worker["pid"] != supervisor.pid
            assert (worker["usual"], worker["masked"], worker["threads"]) == ([True, True, True], [], 1)
        assert len({worker["port"] for worker in workers}) == 1
        assert len({worker["pid"] for worker in workers}) == len({worker["chance"] for worker in workers}) == 3
        supervisor.kill()
        left = {json.loads(line)["alone"] for line in lines}
    assert left == {worker["pid"] for worker in workers[1:]}


@pytest.mark.parametrize(("how", "status", "said"), [("breaks", 1, "RuntimeError: as it was told"), ("3", 3, "")])
def test_one_that_never_comes_up_ends_all_with_its_status_and_nothing_goes_on_in_it(
    how: str, status: int, said: str
) -> None:
    done = subprocess.run([sys.executable, "-c", SUPERVISES, how], capture_output=True, text=True, timeout=50)
    assert (done.returncode, done.stdout) == (status, "once\n")
    assert said in done.stderr and done.stderr.count("Traceback") == (how == "breaks")
