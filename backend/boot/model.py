"""Joins the settings, the store and the language model."""

import asyncio

from backend.adapters.openai.chat_model import ModelAddress, OpenAiChatModel
from backend.agents.store import AgentStore
from backend.domain.agent import ModelSpec
from backend.domain.model import ChatMessage, ModelRequest
from backend.domain.model_request import request_of
from config import Settings

__all__ = ["Acquaintance", "greeting", "model_address"]

_WAIT_S = 1.5
"""A start waits so long for deployments that answer; those that do not are waited for in the background."""


def model_address(settings: Settings) -> ModelAddress:
    """Where the model of the settings is."""
    ai = settings.ai
    key = ai.openai_api_key if ai.openai_base_url else ai.azure_openai_api_key
    return ModelAddress(
        endpoint=ai.azure_openai_endpoint,
        api_key=key.get_secret_value(),
        api_version=ai.azure_openai_api_version,
        base_url=ai.openai_base_url,
        deployment=ai.azure_openai_deployment,
        first_token_s=ai.model_first_token_ms / 1000,
    )


class Acquaintance:
    """Finds out what the deployments of a store take before a caller does, once for each way of asking them."""

    def __init__(self, model: OpenAiChatModel) -> None:
        self._model = model
        self._known: set[ModelSpec] = set()
        self._task: asyncio.Task[None] | None = None

    async def make(self, store: AgentStore) -> None:
        """Ask, and wait a moment for the answers."""
        self.learn(store)
        if self._task is not None:
            await asyncio.wait([self._task], timeout=_WAIT_S)

    def learn(self, store: AgentStore) -> None:
        """Ask in the background."""
        if self._task is not None:
            self._task.cancel()
        self._task = asyncio.create_task(self._ask(store), name="get-to-know-models")

    async def close(self) -> None:
        """Ask no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _ask(self, store: AgentStore) -> None:
        for line in store.lines.values():
            for name in line.agents:
                spec = store.agents[name].model
                if spec not in self._known:
                    await self._model.get_to_know(greeting(spec))
                    self._known.add(spec)


def greeting(spec: ModelSpec) -> ModelRequest:
    """What a deployment is asked only to see whether it answers, with everything that the agent would send."""
    return request_of(spec, [ChatMessage("user", "Hello.")])
