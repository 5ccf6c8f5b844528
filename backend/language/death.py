"""What words tell of somebody's death, the same in every language."""

from typing import Literal

__all__ = ["Death"]

Death = Literal["now", "perhaps", "mourned", "none"]
"""It is of this moment; nothing says whether it is; those who are left behind put papers in order; or there is nothing
told of any, or other words have to say whether somebody needs help."""
