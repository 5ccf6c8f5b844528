"""``ringmaster serve``: starts the server, and says what it has to say in the form that the log has."""

import logging

import typer

from backend.adapters.telemetry.logs import set_up_logs
from backend.boot.preflight import require_redis
from backend.boot.supervisor import require_free
from backend.boot.telling import whoever_listens
from backend.errors import RingmasterError, StoreError
from config import Settings

__all__ = ["start_server"]

log = logging.getLogger(__name__)


def start_server(settings: Settings) -> None:
    """Serve until told to stop.

    Raises:
        RingmasterError: what must be put right first, where the log is text; as JSON it has been logged.
    """
    set_up_logs(settings.telemetry.log_level, settings.telemetry.log_format)
    json = settings.telemetry.log_format == "json"  # nothing plain stands between the objects
    workers = settings.connections.workers

    def ready() -> None:
        several = f" with {workers} workers" if workers > 1 else ""
        told = f"ringmaster is ready on {settings.connections.base_url}{several}"
        if json:
            log.info(told, extra={"event": "server.ready", "workers": workers})
        else:
            with whoever_listens():
                print(told, flush=True)

    try:
        require_redis(settings)
        if workers > 1:
            from backend.boot.supervisor import supervise

            supervise(settings, ready)
        else:
            require_free(settings.connections.host, settings.connections.port)  # before all that a server is is loaded
            from backend.boot.server import serve

            serve(settings, ready)
    except RingmasterError as error:
        if not json:
            raise
        problems = error.problems if isinstance(error, StoreError) else str(error).split("\n")
        for problem in problems:
            log.error(str(problem), extra={"event": "server.not_started", "code": error.code})
        raise typer.Exit(2) from None
