"""Answers the probes until the first image of the server is there. It takes no calls: nobody is told of it yet."""

import http.server
import signal
import sys

PROBES = ("/livez", "/readyz", "/startupz")


class Yes(http.server.BaseHTTPRequestHandler):
    """Says yes to probes and no to all else."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200 if self.path in PROBES else 503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
http.server.ThreadingHTTPServer(("", 8080), Yes).serve_forever()
