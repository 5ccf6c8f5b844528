"""Joins the terminal that the server runs in: calls are shown there, where somebody wants that."""

import asyncio
import logging
import sys
from contextlib import AsyncExitStack

from backend.ports import CallWatch
from config.telemetry import TelemetrySettings

__all__ = ["open_watches"]

log = logging.getLogger(__name__)


def open_watches(settings: TelemetrySettings, stack: AsyncExitStack) -> tuple[CallWatch, ...]:
    """Who looks on at the calls of this worker.

    Words of callers are shown to the person at this terminal and to nobody else: a file or a pipe, from which they
    would come into logs, is no terminal.
    """
    if settings.show_calls != "yes":
        return ()
    if not sys.stdout.isatty():
        log.warning("SHOW_CALLS is yes, but this is no terminal: no call is shown", extra={"event": "calls.not_shown"})
        return ()
    # Only a developer's server shows calls, and what lays them out takes a tenth of a second to import.
    from backend.adapters.terminal.call_view import CallView
    from backend.adapters.terminal.printer import Printer
    from backend.adapters.terminal.screen import screen

    printer = Printer(screen())
    stack.push_async_callback(asyncio.to_thread, printer.close)
    return (CallView(printer),)
