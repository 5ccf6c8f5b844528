"""One of several server processes, started by the supervisor: serves on the address that they share."""

import os
import sys

from backend.adapters.telemetry.logs import set_up_logs
from backend.errors import ConfigError, RingmasterError
from backend.server import serve
from backend.supervisor import LISTEN_ON, READY_FD, share
from config import load_settings

__all__ = ["main"]


def main() -> int:
    """Serve until told to stop, or until the supervisor is gone. What must be put right is said in a sentence."""
    ready = int(os.environ[READY_FD])
    host, port = os.environ[LISTEN_ON].split(" ")

    def warm() -> None:
        os.write(ready, b"warm\n")

    try:
        settings = load_settings()
        set_up_logs(settings.telemetry.log_level, settings.telemetry.log_format)
        serve(settings, warm, bound=share(host, int(port)), lifeline=sys.stdin.fileno())
    except (ConfigError, RingmasterError) as error:
        sys.stderr.writelines(f"ringmaster: {line}\n" for line in str(error).split("\n"))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
