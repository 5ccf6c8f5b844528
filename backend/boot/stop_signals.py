"""Which signals tell a server to stop, and what each of them means for live calls."""

import signal

__all__ = ["calls_go_on", "stop_signals"]


def stop_signals() -> tuple[signal.Signals, ...]:
    """SIGTERM, Ctrl-C, and SIGHUP, which comes when the terminal is closed and ends a process that does not take it,
    with all its calls. Who has it ignored (``nohup``) keeps the server."""
    usual = (signal.SIGTERM, signal.SIGINT)
    return usual if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN else (*usual, signal.SIGHUP)


def calls_go_on(name: signal.Signals) -> bool:
    """Are live calls waited for? Only somebody at the keyboard wants to leave at once."""
    return name != signal.SIGINT
