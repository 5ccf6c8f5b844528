"""Thinks."""

from collections.abc import AsyncGenerator
from typing import Protocol

from backend.domain.model import ModelEvent, ModelRequest

__all__ = ["ChatModel"]


class ChatModel(Protocol):
    """Thinks."""

    def answer(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        """The answer as it is written, ended by exactly one ``ModelDone``. Closing it cancels the request.

        Raises (while iterating):
            ProviderError: the last of all retries and fallbacks failed, or the deadline passed.
        """
        ...
