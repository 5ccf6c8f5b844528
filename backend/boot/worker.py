"""One of several server processes, started by the supervisor: serves on the address that they share."""

import gc
import logging
import os
import sys

from backend.adapters.telemetry.logs import recent_log, set_up_logs
from backend.boot.supervisor import LISTEN_ON, READY_FD, share
from backend.errors import ConfigError, RingmasterError
from config import load_settings

__all__ = ["main"]

log = logging.getLogger(__name__)


def main() -> int:
    """Serve until told to stop, or until the supervisor is gone. What must be put right is said in a sentence."""
    gc.disable()  # until it is ready (``spare_the_collector``)
    from backend.boot.server import serve

    ready = int(os.environ[READY_FD])
    host, port = os.environ[LISTEN_ON].split(" ")

    def warm() -> None:
        os.write(ready, b"warm\n")

    try:
        recent_log().forget()  # what the supervisor has said is its own
        settings = load_settings()
        set_up_logs(settings.telemetry.log_level, settings.telemetry.log_format)
        serve(settings, warm, bound=share(host, int(port)), lifeline=sys.stdin.fileno())
    except (ConfigError, RingmasterError) as error:
        _tell(str(error))
        return 2
    return 0


def _tell(why: str) -> None:
    """Say what must be put right, in the form that the log has."""
    for line in why.split("\n"):
        if os.environ.get("LOG_FORMAT", "") == "json":
            set_up_logs("INFO", "json")
            log.error(line, extra={"event": "server.not_started"})
        else:
            sys.stderr.write(f"ringmaster: {line}\n")


if __name__ == "__main__":
    sys.exit(main())
