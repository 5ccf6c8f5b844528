"""Which models thought in a conversation, and what they read and wrote."""

from collections.abc import AsyncGenerator

from backend.domain.model import ModelDone, ModelEvent, ModelRequest
from backend.ports import ChatModel

__all__ = ["Meter"]


class Meter:
    """A ``ChatModel`` that counts what another one does.

    Args:
        model: the one that thinks.
    """

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self.models: dict[str, None] = {}
        """Their names, in order of their first answer."""
        self.tokens = 0

    async def answer(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        """The other one's answer."""
        events = self._model.answer(request)
        try:
            async for event in events:
                if isinstance(event, ModelDone):
                    self.models[event.deployment or request.deployment] = None
                    self.tokens += (event.prompt_tokens or 0) + (event.completion_tokens or 0)
                yield event
        finally:
            await events.aclose()
