"""Counts the tokens of one answer of the model, however it ends."""

from types import TracebackType
from typing import Self

from backend.domain.call_use import CallUse
from backend.domain.model import ModelDone
from backend.errors import ProviderError, TimedOut

__all__ = ["Counted"]


class Counted:
    """One answer that is asked of the model; leaving it counts.

    An answer that is given up is billed, and how many tokens it took is told by nobody: it is counted as that. One that
    failed before anything came of it is not.

    Args:
        use: where it is counted.
        deployment: which is asked.
    """

    def __init__(self, use: CallUse, deployment: str) -> None:
        self._use = use
        self._deployment = deployment
        self.begun = False
        """Has anything come?"""
        self.done: ModelDone | None = None
        """The end of the answer."""

    async def __aenter__(self) -> Self:
        """It is asked."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        """It has ended, or was given up."""
        if (done := self.done) is not None:
            name = done.deployment or self._deployment
            self._use.note_answer(name, done.prompt_tokens, done.cached_tokens, done.completion_tokens)
        elif self.begun or not isinstance(error, ProviderError) or isinstance(error, TimedOut):
            self._use.note_answer(self._deployment, None, None, None)
