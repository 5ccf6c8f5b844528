"""Why a WebSocket is closed, in as many words as its close frame has room for (RFC 6455, 5.5)."""

__all__ = ["MOST_BYTES", "close_reason"]

MOST_BYTES = 123
"""A control frame holds 125 bytes, two of them the code. A library refuses more, and the other side is told nothing."""


def close_reason(text: str) -> str:
    """The beginning of a text that fits; no letter is cut in half.

    Args:
        text: may hold what somebody else wrote, in any script.
    """
    return text.encode("utf-8", "replace")[:MOST_BYTES].decode("utf-8", "ignore")
