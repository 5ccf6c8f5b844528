"""``ringmaster serve``: the server."""

from backend.cli.commands.guarded import guarded

__all__ = ["serve"]


def serve() -> None:
    """Run the server. Everything is set by environment variables or .env; see README."""
    from backend.cli.serve import start_server

    guarded(start_server)
