"""A process that serves this one: it does not die before it, and does not outlive it.

Ctrl-C in a terminal goes to every process of the foreground group. A companion is in a session of its own, so that the
server, which still needs it while it ends its calls, decides when it goes. And a server that is killed has no chance to
clean up; then the companion's guard notices that the pipe to its parent has closed, and ends the companion.
"""

import subprocess
from collections.abc import Generator, Sequence
from contextlib import contextmanager

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
    process = subprocess.Popen(command, start_new_session=True, stdin=null, stdout=out, stderr=out)  # noqa: S603  (ours)
    guard = subprocess.Popen(  # noqa: S603
        ["/bin/sh", "-c", _GUARD, str(process.pid)], stdin=subprocess.PIPE, start_new_session=True
    )
    try:
        yield process
    finally:
        guard.kill()  # before the process it guards: from then on the number could be another one's
        guard.communicate()
        process.terminate()
        try:
            process.wait(_LEAVE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
