"""A process that serves this one: it does not die before it, and does not outlive it.

Ctrl-C in a terminal goes to every process of the foreground group. A companion is in a session of its own, so that the
server, which still needs it while it ends its calls, decides when it goes. And a server that is killed has no chance to
clean up; then the companion's guard notices that the pipe to its parent has closed, and ends the companion.
"""

import signal
import subprocess
import threading
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from types import FrameType

__all__ = ["companion"]

_LEAVE_S = 15.0
_GUARD = 'cat >/dev/null; kill -TERM "$0" 2>/dev/null'


@contextmanager
def companion(command: Sequence[str], *, silent: bool = False) -> Generator[subprocess.Popen[bytes]]:
    """Run a command beside this process.

    Args:
        command: program and arguments.
        silent: what it prints is thrown away.
    """
    null, out = subprocess.DEVNULL, subprocess.DEVNULL if silent else None
    with ExitStack() as ends:
        interrupt = _HeldInterrupt()
        ends.callback(interrupt.let_go)
        process = subprocess.Popen(command, start_new_session=True, stdin=null, stdout=out, stderr=out)  # noqa: S603
        ends.callback(_end, process)
        guard = subprocess.Popen(  # noqa: S603
            ["/bin/sh", "-c", _GUARD, str(process.pid)], stdin=subprocess.PIPE, start_new_session=True
        )
        ends.callback(_dismiss, guard)  # before the process it guards: then the number could be another one's
        interrupt.let_go()
        yield process


def _dismiss(guard: "subprocess.Popen[bytes]") -> None:
    guard.kill()
    guard.communicate()


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(_LEAVE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class _HeldInterrupt:
    """A Ctrl-C that comes while processes are being started waits until they can be ended again."""

    def __init__(self) -> None:
        self._came = False
        self._main = threading.current_thread() is threading.main_thread()  # no other thread meets signals
        if self._main:
            self._before = signal.signal(signal.SIGINT, self._keep)

    def _keep(self, _number: int, _frame: FrameType | None) -> None:
        self._came = True

    def let_go(self) -> None:
        """From now on it interrupts as before; one that came meanwhile does so at once."""
        if self._main and signal.getsignal(signal.SIGINT) == self._keep:
            signal.signal(signal.SIGINT, self._before)
        if self._came:
            self._came = False
            signal.raise_signal(signal.SIGINT)
