"""The supervisor: workers share a port, come back when they die, and leave together."""

import asyncio
import gc
import os
import signal
import sys
from pathlib import Path

import pytest

from backend.boot.supervisor import Supervisor, reserve, supervise
from backend.errors import ConfigError
from config import load_settings

WORKER = """
import os, signal, socket, sys, time
host, port = os.environ["RINGMASTER_LISTEN_ON"].split()
{setup}
sock = socket.socket()
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
sock.bind((host, int(port))); sock.listen()
os.write(int(os.environ["RINGMASTER_READY_FD"]), b"warm\\n")
while True:
    connection, _ = sock.accept()
    connection.sendall(str(os.getpid()).encode()); connection.close()
"""


class Troupe:
    """A supervisor of small workers, run as a task."""

    def __init__(self, tmp_path: Path, setup: str = "", count: int = 2, limit_s: float = 5.0) -> None:
        script = tmp_path / "worker.py"
        script.write_text(WORKER.format(setup=setup))
        self.reserved = reserve("127.0.0.1", 0)
        self.ready = asyncio.Event()
        command = (sys.executable, str(script))
        self.supervisor = Supervisor(
            self.reserved, count, self.ready.set, work=command, limit_s=limit_s, backoff_s=(0.05,)
        )
        self.task = asyncio.create_task(self.supervisor.run())

    async def ask(self) -> int:
        reader, writer = await asyncio.open_connection(*self.reserved.getsockname())
        pid = int(await reader.read())
        writer.close()
        return pid

    async def until_alive(self, gone: int) -> None:
        async with asyncio.timeout(25):
            while gone in self.supervisor.pids or len(self.supervisor.pids) < 2:
                await asyncio.sleep(0.01)

    async def end(self) -> int:
        async with asyncio.timeout(25):
            status = await self.task
        self.reserved.close()
        return status


async def test_all_share_one_port_and_leave_on_one_signal(tmp_path: Path) -> None:
    troupe = Troupe(tmp_path)
    async with asyncio.timeout(25):
        await troupe.ready.wait()
    assert len(troupe.supervisor.pids) == 2
    async with asyncio.timeout(25):
        asked: set[int] = set()
        while asked != set(troupe.supervisor.pids):  # the kernel spreads connections over them
            asked.add(await troupe.ask())
    os.kill(os.getpid(), signal.SIGTERM)
    assert await troupe.end() == 0
    assert troupe.supervisor.pids == []


async def test_a_worker_that_died_is_started_again_and_the_port_never_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    troupe = Troupe(tmp_path)
    async with asyncio.timeout(25):
        await troupe.ready.wait()
    victim = troupe.supervisor.pids[0]
    os.kill(victim, signal.SIGKILL)
    async with asyncio.timeout(25):
        while _alive(victim):
            await asyncio.sleep(0.005)
    assert await troupe.ask() != victim
    await troupe.until_alive(victim)
    told, tell = list[signal.Signals](), troupe.supervisor._signal
    monkeypatch.setattr(troupe.supervisor, "_signal", lambda name: (told.append(name), tell(name)))
    os.kill(os.getpid(), signal.SIGHUP)  # the terminal is closed
    assert await troupe.end() == 0
    troupe.supervisor.stop(signal.SIGHUP)  # which may be said again, and asks for nothing more
    assert told == [signal.SIGTERM]


async def test_a_worker_that_never_comes_up_ends_everything_with_its_status(tmp_path: Path) -> None:
    troupe = Troupe(tmp_path, setup="sys.exit(2)")
    assert await troupe.end() == 2
    assert not troupe.ready.is_set()


async def test_a_worker_that_will_not_leave_is_killed(tmp_path: Path) -> None:
    troupe = Troupe(tmp_path, setup="signal.signal(signal.SIGTERM, signal.SIG_IGN)", count=1, limit_s=0.2)
    async with asyncio.timeout(25):
        await troupe.ready.wait()
    troupe.supervisor.stop()
    assert await troupe.end() == 0


async def test_workers_see_that_their_supervisor_is_gone(tmp_path: Path) -> None:
    leaves = "import threading; threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()"
    script = tmp_path / "worker.py"
    script.write_text(WORKER.format(setup=leaves))
    parent = (
        "import asyncio, sys\n"
        "from backend.boot.supervisor import Supervisor, reserve\n"
        "async def main():\n"
        f"    s = Supervisor(reserve('127.0.0.1', 0), 1, lambda: print(s.pids[0], flush=True),"
        f" work=(sys.executable, {str(script)!r}))\n"
        "    await s.run()\n"
        "asyncio.run(main())\n"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", parent, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    async with asyncio.timeout(25):
        worker = int(await process.stdout.readline())
        process.kill()
        await process.wait()
        while _alive(worker):
            await asyncio.sleep(0.02)


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_taken_port_is_named() -> None:
    with reserve("127.0.0.1", 0) as bound:
        bound.listen()
        with pytest.raises(ConfigError, match=r"PORT: .* an earlier server that still waits for its calls"):
            reserve("127.0.0.1", bound.getsockname()[1])


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1"])
def test_an_address_that_is_not_ours_is_the_hosts_fault(host: str) -> None:
    with pytest.raises(ConfigError, match=f"HOST: expected an address of this machine, got '{host}'"):
        reserve(host, 8080)


def test_who_watches_over_workers_looks_for_garbage_as_any_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "")
    monkeypatch.setenv("WORKERS", "2")
    settings = load_settings()
    gc.disable()  # as the command does that starts servers
    try:
        with pytest.raises(ConfigError, match="WORKERS"):
            supervise(settings)
        assert gc.isenabled()
    finally:
        gc.enable()
