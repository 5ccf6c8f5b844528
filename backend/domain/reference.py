"""What a store may point to outside of itself: hosts, and values that are kept in the environment."""

from typing import Annotated

from pydantic import Field

from backend.domain.spec import Spec

__all__ = ["Host", "Reference"]

Host = Annotated[str, Field(pattern=r"^[A-Za-z0-9.\-:\[\]]{1,253}$")]
"""A host name or address, without scheme and port."""


class Reference(Spec):
    """A value that is kept in the environment and not in the store: a secret, an address that differs by stage."""

    env: str = Field(pattern=r"^TOOL_[A-Z0-9_]{1,60}$")
    """Variable; only those that begin with TOOL_ are for tools, so that no store can read the server's own keys."""
    prefix: str = ""
    """Put before the value, such as "Bearer "."""
    default: str | None = None
    """Used when the variable is not set."""
