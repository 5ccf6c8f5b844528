"""A worker made by a fork of the supervisor: it has all that was loaded, and starts in a third of the time.

Only where a fork is safe: on Linux, and while this process has no threads of its own.
"""

import asyncio
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

__all__ = ["Forked", "fork", "forks"]

_LOOKS_S = 0.05
_OURS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def forks() -> bool:
    """Are workers forked here? Elsewhere they are programs of their own: the libraries of a Mac do not stand it."""
    return sys.platform == "linux"


class Forked:
    """A child of this process, with what the supervisor asks of any."""

    def __init__(self, pid: int, lifeline: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self.lifeline: int | None = lifeline
        """While it is open, the child knows that this process lives."""

    def send_signal(self, number: int) -> None:
        """Send one, if it has not ended."""
        if self.returncode is None:
            os.kill(self.pid, number)

    async def wait(self) -> int:
        """Its status, when it has ended: the number of a signal, negative, where one has ended it."""
        await _ended(self.pid)
        while self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)  # noqa: ASYNC222 - does not wait
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
            else:
                await asyncio.sleep(_LOOKS_S)
        if self.lifeline is not None:
            os.close(self.lifeline)
            self.lifeline = None
        return self.returncode


async def _ended(pid: int) -> None:
    """Wait for a child to end, without looking again and again; comes back at once where the kernel cannot tell."""
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    try:
        process = os.pidfd_open(pid)
    except OSError:
        return
    loop.add_reader(process, over.set)
    try:
        await over.wait()
    finally:
        loop.remove_reader(process)
        os.close(process)


def fork(work: Callable[[], int], environment: Mapping[str, str], closed: Iterable[int]) -> Forked:
    """Have a child of this process do something, in a session of its own, and end with the status that it gives.

    Args:
        work: what it does; reads nothing from its standard input, which closes when this process is gone.
        environment: what it has besides ours.
        closed: file descriptors that it must not have, such as lifelines of others.

    Raises:
        OSError: the machine has no room for another process.
    """
    theirs, lifeline = os.pipe()
    sys.stdout.flush()  # or both would print it
    sys.stderr.flush()
    signal.pthread_sigmask(signal.SIG_BLOCK, _OURS)  # one that comes now is met by who it was sent to
    try:
        pid = os.fork()
        if pid == 0:
            _live(work, environment, theirs, (*closed, lifeline))
    except OSError:
        os.close(lifeline)
        raise
    finally:
        os.close(theirs)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _OURS)
    return Forked(pid, lifeline)


def _live(work: Callable[[], int], environment: Mapping[str, str], lifeline: int, closed: Iterable[int]) -> None:
    """The child's life. Nothing of what the parent was doing goes on in it: it never returns."""
    status = 1
    try:
        os.setsid()  # Ctrl-C reaches it through its parent only, once
        signal.set_wakeup_fd(-1)  # the loop that it tells is the parent's
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # as whoever started us wants it (``nohup``)
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
        for number in closed:
            with suppress(OSError):
                os.close(number)
        os.dup2(lifeline, 0)
        sys.stdin = os.fdopen(0, closefd=False)
        os.environ.update(environment)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _OURS)
        status = work()
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    except BaseException as error:  # whatever it is, the parent's code must not go on in the child
        traceback.print_exception(error)
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(status)
