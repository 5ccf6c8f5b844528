"""Keys for tests: made anew, so that nothing can depend on one."""

from backend.adapters.cipher.data_key import DataKey, new_key
from backend.adapters.cipher.key_ring import KeyRing

__all__ = ["a_key", "a_key_ring"]


def a_key() -> DataKey:
    """A key that nobody else has."""
    return DataKey.read(new_key(), "DATA_KEY")


def a_key_ring(*keys: DataKey) -> KeyRing:
    """A ring of these keys, or of a new one."""
    return KeyRing(keys or [a_key()])
