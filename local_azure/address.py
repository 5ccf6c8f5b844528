"""Where the local Azure listens unless told otherwise. Apart, because commands name it that do not load the rest."""

__all__ = ["DEFAULT_PORT"]

DEFAULT_PORT = 8090
