"""Programs of ours that tests start, forked from a process that has loaded them: ``make test`` starts forty.

What a server imports is four seconds of the processor, and a run with a crew has imported it already (``crew.py``). So
beside the workers there is one process more, the seed: asked for ``ringmaster serve``, it forks, and the fork becomes
that command, with the environment, the folder, the standard streams and the session that it was asked for, and nothing
of pytest: a process as any other, which is signaled, killed and waited for. Without a crew, as in a test that is run
by itself and in the second pass, and wherever what is tested is the start itself, programs are started.
"""

import gc
import inspect
import json
import os
import runpy
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
import types
import warnings
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

__all__ = ["SEED", "Program", "forked", "python", "run", "seed", "start"]

SEED = "RINGMASTER_TEST_SEED"
"""Environment variable: the socket on which the seed listens."""
_LOOKS_S = 1.0
_FILES = 1024
_ANSWER_S = 90.0
_LONGEST = 100
"""Letters of the name of a socket; the system takes a few more."""


class Program:
    """A fork of the seed, with what tests ask of a ``Popen``."""

    def __init__(self, wire: socket.socket, pid: int) -> None:
        self._wire = wire
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its status, if it has ended."""
        if self.returncode is None:
            self._wire.setblocking(False)
            with suppress(BlockingIOError):
                self._hear()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Its status, when it has ended.

        Raises:
            subprocess.TimeoutExpired: it has not.
        """
        while self.returncode is None:
            self._wire.settimeout(timeout)
            try:
                self._hear()
            except TimeoutError as error:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0) from error
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send one, if it has not ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def _hear(self) -> None:
        told = self._wire.recv(64)
        self._wire.close()
        if not told:
            raise RuntimeError("the seed is gone")
        self.returncode = int(told)


def start(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: Path | str = ".",
    streams: tuple[int, int, int] = (0, 1, 2),
    session: bool = False,
) -> "Program | subprocess.Popen[bytes]":
    """Run ``ringmaster`` with these arguments: a fork of the seed, or a program where there is none.

    Args:
        command: what stands behind ``ringmaster``.
        env: its environment, whole.
        cwd: its folder.
        streams: file descriptors of its standard streams.
        session: has it one of its own?
    """
    if SEED not in os.environ:
        stdin, stdout, stderr = streams
        return subprocess.Popen(
            [sys.executable, "-m", "backend", *command], env=dict(env), cwd=cwd, stdin=stdin, stdout=stdout,
            stderr=stderr, start_new_session=session, preexec_fn=_uninterrupted,
        )  # fmt: skip
    return forked({"command": list(command), "session": session}, env, cwd, streams)


def run(
    command: Sequence[str], *, env: Mapping[str, str], cwd: Path | str = ".", timeout: float = 100, ours: bool = False
) -> "subprocess.CompletedProcess[str]":
    """Run Python with a script, with ``-c`` and a text, or with ``-m`` and a module, until it ends.

    Args:
        command: what stands behind ``python``.
        env: its environment, whole.
        cwd: its folder.
        timeout: seconds it may take.
        ours: it is ``ringmaster``, and this what stands behind it.

    Raises:
        subprocess.TimeoutExpired: it took longer, and was killed.
    """
    if SEED not in os.environ:
        whole = [sys.executable, *(["-m", "backend"] if ours else []), *command]
        return subprocess.run(
            whole, env=dict(env), cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout,
            check=False,
        )  # fmt: skip
    with (
        tempfile.TemporaryFile("w+") as out,
        tempfile.TemporaryFile("w+") as err,
        Path(os.devnull).open() as nothing,
    ):
        asked = {"command": list(command), "session": False, "python": not ours}
        program = forked(asked, env, cwd, (nothing.fileno(), out.fileno(), err.fileno()))
        try:
            status = program.wait(timeout)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()
            raise
        for file in (out, err):
            file.seek(0)
        return subprocess.CompletedProcess(list(command), status, out.read(), err.read())


def python() -> tuple[str, ...]:
    """What starts Python with ``-m`` and a module of ours: the seed is asked for it where there is one."""
    if SEED not in os.environ:
        return (sys.executable,)
    return (sys.executable, "-S", str(Path(__file__).with_name("by_seed.py")))


def forked(asked: Mapping[str, Any], env: Mapping[str, str], cwd: Path | str, streams: Sequence[int]) -> Program:
    """A fork of the seed that does what it is asked for, in ``cwd``, with an environment and standard streams."""
    wire = socket.socket(socket.AF_UNIX)
    wire.settimeout(_ANSWER_S)
    wire.connect(os.environ[SEED])
    socket.send_fds(wire, [b"\n"], list(streams))
    whole = {**asked, "env": dict(env), "cwd": os.path.abspath(cwd)}  # noqa: PTH100
    wire.sendall(json.dumps(whole).encode() + b"\n")
    told = b""
    while not told.endswith(b"\n"):
        told += wire.recv(1)  # and no more: how it ended may have been told already
    return Program(wire, int(told))


def _uninterrupted() -> None:
    """Whoever runs the tests in the background has Ctrl-C ignored, and a process ignores what its parent does."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def seed(folder: Path, load: Callable[[], None]) -> Generator[None]:
    """Have a seed, whose socket is in ``folder``, while this is open; ``load`` puts back what tests have changed."""
    address = str(folder / "seed")
    if sys.platform != "linux" or len(address) > _LONGEST:
        yield
        return
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(64)
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid == 0:
            try:
                load()
                inspect.getmodule(_become.__code__)  # where each module's file really is, which is then known
                gc.freeze()  # of what is loaded nothing becomes free, and each fork would look through all of it
                _Seed(listener).live()
            finally:
                os._exit(1)
    os.environ[SEED] = address
    try:
        yield
    finally:
        os.environ.pop(SEED, None)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)


class _Seed:
    """The process that forks. It has no threads, and waits for nobody."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._parent = os.getppid()
        self._selector = selectors.DefaultSelector()
        self._children: dict[int, tuple[int, socket.socket]] = {}
        """By the descriptor that tells of their end."""

    def live(self) -> None:
        """Until nobody needs it; ends with all that were started."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: self._leave())
        self._selector.register(self._listener, selectors.EVENT_READ)
        while os.getppid() == self._parent:
            for key, _ in self._selector.select(_LOOKS_S):
                if key.fileobj is self._listener:
                    self._begin(self._listener.accept()[0])
                elif key.fd in self._children:
                    self._ended(key.fd)
                else:
                    self._left(key.fd)
        self._leave()

    def _begin(self, wire: socket.socket) -> None:
        _, streams, _, _ = socket.recv_fds(wire, 1, 3)
        asked = b""
        while not asked.endswith(b"\n"):
            asked += wire.recv(65536)
        pid = os.fork()
        if pid == 0:
            _become(json.loads(asked), streams)
        for stream in streams:
            os.close(stream)
        ends = os.pidfd_open(pid)
        self._children[ends] = (pid, wire)
        self._selector.register(ends, selectors.EVENT_READ)
        self._selector.register(wire, selectors.EVENT_READ)
        with suppress(OSError):
            wire.sendall(f"{pid}\n".encode())

    def _ended(self, ends: int) -> None:
        pid, wire = self._children.pop(ends)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        self._selector.unregister(ends)
        with suppress(KeyError):
            self._selector.unregister(wire)
        os.close(ends)
        with suppress(OSError):
            wire.sendall(str(status).encode())
        wire.close()

    def _left(self, number: int) -> None:
        """Whoever has asked for one is gone, and so is what was asked for."""
        for pid, wire in self._children.values():
            if wire.fileno() == number:
                self._selector.unregister(wire)
                os.kill(pid, signal.SIGKILL)

    def _leave(self) -> None:
        for pid, _ in self._children.values():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        os._exit(0)


def _become(asked: Mapping[str, Any], streams: Sequence[int]) -> None:
    """The fork's life: the command, and nothing that was before. It never returns."""
    status = 1
    try:
        if asked["session"]:
            os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _warn_as_python_does()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        os.closerange(3, _FILES)
        sys.stdin, sys.stdout, sys.stderr = _opened()
        sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr
        os.environ.clear()
        os.environ.update(asked["env"])
        os.chdir(asked["cwd"])
        time.tzset()
        if asked.get("python"):
            _python(asked["command"])
        else:
            sys.argv = ["ringmaster", *asked["command"]]
            from backend.__main__ import main

            main()
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _warn_as_python_does() -> None:
    """In tests a warning is an error."""
    warnings.resetwarnings()
    for quiet in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", quiet)


def _python(command: Sequence[str]) -> None:
    """What Python does with these arguments."""
    sys.path[:0] = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    if command[0] == "-m":
        sys.modules.pop(command[1], None)  # a test may have loaded it before the seed was there
        sys.argv = list(command[1:])
        sys.path.insert(0, os.getcwd())  # noqa: PTH109 as Python has it
        runpy.run_module(command[1], run_name="__main__", alter_sys=True)
        return
    if command[0] != "-c":
        sys.argv = list(command)
        sys.path.insert(0, str(Path(command[0]).parent))
        runpy.run_path(command[0], run_name="__main__")
        return
    sys.argv = ["-c", *command[2:]]
    sys.path.insert(0, "")
    sys.modules["__main__"] = module = types.ModuleType("__main__")
    exec(command[1], module.__dict__)


def _opened() -> tuple[IO[str], IO[str], IO[str]]:
    reads, writes = (open(number, mode, closefd=False) for number, mode in ((0, "r"), (1, "w")))  # noqa: SIM115
    return reads, writes, open(2, "w", closefd=False, buffering=1, errors="backslashreplace")
