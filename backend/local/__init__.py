"""Running everything on one machine: Redis, the local Azure and the server, for ``ringmaster dev`` and tests."""
