"""The cipher of a server without a key: nothing is sealed."""

__all__ = ["Unsealed"]


class Unsealed:
    """``Cipher`` that leaves everything as it is."""

    key_id = ""
    key_ids: tuple[str, ...] = ()

    def seal(self, clear: bytes, bound: str = "") -> bytes:
        """As it is."""
        return clear

    def open(self, sealed: bytes, bound: str = "") -> bytes:
        """As it is."""
        return sealed

    def seal_raw(self, clear: bytes, bound: str = "") -> bytes:
        """As it is."""
        return clear

    def open_raw(self, sealed: bytes, bound: str = "") -> bytes:
        """As it is."""
        return sealed

    def hashes(self, value: str, kind: str) -> tuple[str, ...]:
        """None: the value itself is there to be looked for."""
        return ()
