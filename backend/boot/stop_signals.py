"""Which signals tell a server to stop, and what each of them means for live calls."""

import signal

__all__ = ["calls_go_on", "stop_signals", "tells_once"]


def stop_signals() -> tuple[signal.Signals, ...]:
    """SIGTERM, Ctrl-C, and SIGHUP, which comes when the terminal is closed and ends a process that does not take it,
    with all its calls. Who has it ignored (``nohup``) keeps the server."""
    usual = (signal.SIGTERM, signal.SIGINT)
    return usual if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN else (*usual, signal.SIGHUP)


def calls_go_on(name: signal.Signals) -> bool:
    """Are live calls waited for? Only somebody at the keyboard wants to leave at once."""
    return name != signal.SIGINT


def tells_once(name: signal.Signals) -> bool:
    """Is it nothing more when it comes again? A terminal that is closed may say so twice: the system does, and a shell
    passes it on to what it has started. Nobody asks for calls to be cut by that."""
    return name == signal.SIGHUP
