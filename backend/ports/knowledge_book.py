"""What lines know beyond their prompts."""

from collections.abc import Sequence
from typing import Protocol

from backend.domain.knowledge import Finding

__all__ = ["KnowledgeBook"]


class KnowledgeBook(Protocol):
    """What lines know beyond their prompts."""

    async def search(self, line: str, question: str, limit: int = 3) -> Sequence[Finding]:
        """The passages of a line that fit a question best; empty when none does.

        Raises:
            ProviderError: it cannot be searched now.
        """
        ...
