"""A bounded memory of what was seen, for events that come more than once."""

from collections import OrderedDict

__all__ = ["SeenKeys"]


class SeenKeys:
    """The last ``most`` keys that were seen."""

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._keys: OrderedDict[str, None] = OrderedDict()

    def add(self, key: str) -> bool:
        """Remember a key; false when it is known."""
        if key in self._keys:
            return False
        self._keys[key] = None
        if len(self._keys) > self._most:
            self._keys.popitem(last=False)
        return True

    def drop(self, key: str) -> None:
        """Forget a key."""
        self._keys.pop(key, None)
