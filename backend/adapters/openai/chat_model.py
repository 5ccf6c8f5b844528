"""The model, by the ``openai`` SDK's async client: streamed, with retries, fallbacks and one deadline."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

import openai
from openai import AsyncAzureOpenAI, AsyncOpenAI, AsyncStream
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from backend.adapters.openai.dialect import Dialects
from backend.adapters.openai.pieces import Pieces
from backend.adapters.openai.wire import ToolCallParts, failure_of, is_filtered, request_body
from backend.domain.model import ModelDone, ModelEvent, ModelRequest, StopReason, TextDelta
from backend.errors import ProviderError, ProviderRejected, RateLimited, TimedOut, Unavailable

__all__ = ["ModelAddress", "OpenAiChatModel"]

log = logging.getLogger(__name__)

_ATTEMPTS = 2
"""Tries of one deployment while nothing has been said yet; then the next deployment."""
_STALL_S = 3.5
"""Pieces come many times a second, but not every host hands out a tool call before it is whole."""
_GET_TO_KNOW_S = 5.0
_LONGEST_PAUSE_S = 2.0
_STREAM = AsyncStream[ChatCompletionChunk]
_SCOPE = "https://cognitiveservices.azure.com/.default"


@dataclass(frozen=True, slots=True)
class ModelAddress:
    """Where the model is. ``base_url`` (any OpenAI-compatible endpoint) comes before Azure's ``endpoint``."""

    endpoint: str = ""
    api_key: str = field(default="", repr=False)
    """Empty on Azure: managed identity."""
    api_version: str = "2025-04-01-preview"
    base_url: str = ""
    deployment: str = "gpt-5.1"
    first_token_s: float = 6.0


class OpenAiChatModel:
    """``ChatModel`` on chat completions."""

    def __init__(self, address: ModelAddress) -> None:
        self._address = address
        self._identity: Any = None
        self._dialects = Dialects()
        self._client = self._connect(address)
        self.answers = self.retries = self.fallbacks = self.failures = self.tokens = 0

    def _connect(self, address: ModelAddress) -> AsyncOpenAI:
        timeout = openai.Timeout(60.0, connect=3.0)
        if address.base_url:
            return AsyncOpenAI(
                base_url=address.base_url,
                api_key=address.api_key or "none",
                max_retries=0,
                timeout=timeout,
            )
        if address.api_key:
            return AsyncAzureOpenAI(
                azure_endpoint=address.endpoint,
                api_key=address.api_key,
                api_version=address.api_version,
                max_retries=0,
                timeout=timeout,
            )
        from azure.identity.aio import DefaultAzureCredential, get_bearer_token_provider  # heavy; not with a key

        self._identity = DefaultAzureCredential()
        return AsyncAzureOpenAI(
            azure_endpoint=address.endpoint,
            azure_ad_token_provider=get_bearer_token_provider(self._identity, _SCOPE),
            api_version=address.api_version,
            max_retries=0,
            timeout=timeout,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()
        if self._identity is not None:
            await self._identity.close()

    async def ping(self) -> None:
        """Ask nothing of the model, only whether its host answers at all.

        Raises:
            Unavailable: it does not.
        """
        try:
            await self._client.with_options(timeout=2.0).models.list()
        except openai.APIConnectionError as error:
            raise Unavailable("model", "the model's host does not answer") from error
        except openai.APIStatusError:
            return  # it answered

    async def get_to_know(self, request: ModelRequest) -> None:
        """Ask each deployment of this request for a word, so that what it does not take is known before a caller waits.

        What is found out is logged, a sentence for each; nothing is raised.
        """
        for deployment, why in (await self.silent(request)).items():
            log.warning(
                "deployment %s does not answer: %s",
                deployment,
                why,
                extra={"event": "model.silent", "deployment": deployment},
            )

    async def silent(self, request: ModelRequest) -> dict[str, str]:
        """The deployments of this request that do not answer, each with why."""
        found: dict[str, str] = {}
        for deployment in (request.deployment or self._address.deployment, *request.fallback):
            try:
                async with asyncio.timeout(_GET_TO_KNOW_S):
                    async with await self._open(request_body(request, deployment)):
                        pass  # it has begun to answer; what it would say is not needed
            except TimeoutError:
                found[deployment] = f"nothing came in {_GET_TO_KNOW_S:.0f} s"
            except openai.OpenAIError as error:
                found[deployment] = str(failure_of(error))
        return found

    def stats(self) -> dict[str, int]:
        """Figures for /stats."""
        return {
            "answers": self.answers,
            "retries": self.retries,
            "fallbacks": self.fallbacks,
            "failures": self.failures,
            "tokens": self.tokens,
        }

    async def answer(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        """Answer, by the first deployment that does."""
        deployments = [request.deployment or self._address.deployment, *request.fallback]
        deadline = asyncio.get_running_loop().time() + request.deadline_ms / 1000
        last: ProviderError = Unavailable("model", "no deployment")
        for number, deployment in enumerate(deployments):
            self.fallbacks += number > 0
            for attempt in range(_ATTEMPTS):
                said = False
                try:
                    async with aclosing(self._attempt(request, deployment, deadline)) as events:
                        async for event in events:
                            said = True
                            yield event
                    self.answers += 1
                    return
                except ProviderError as error:
                    last = error
                    log.warning(
                        "model attempt failed",
                        extra={"event": "model.attempt_failed", "code": error.code, "deployment": deployment},
                    )
                    if said or (isinstance(error, TimedOut) and asyncio.get_running_loop().time() >= deadline):
                        self.failures += 1
                        raise
                if attempt + 1 < _ATTEMPTS and not await self._may_retry(last, deadline):
                    break
                self.retries += 1
        self.failures += 1
        raise last

    async def _may_retry(self, error: ProviderError, deadline: float) -> bool:
        """Wait as the service asks, if that is soon and before the deadline."""
        if isinstance(error, ProviderRejected | TimedOut):
            return False
        pause = error.retry_after if isinstance(error, RateLimited) and error.retry_after is not None else 0.2
        if pause > _LONGEST_PAUSE_S or asyncio.get_running_loop().time() + pause >= deadline:
            return False
        await asyncio.sleep(pause)
        return True

    async def _attempt(
        self, request: ModelRequest, deployment: str, deadline: float
    ) -> AsyncGenerator[ModelEvent, None]:
        loop = asyncio.get_running_loop()
        first_by = min(deadline, loop.time() + self._address.first_token_s)
        try:
            async with asyncio.timeout_at(first_by):
                stream = await self._open(request_body(request, deployment))
        except TimeoutError as error:
            raise TimedOut("model", "no answer within the limit") from error
        except openai.BadRequestError as error:
            if is_filtered(error):
                yield ModelDone("content_filter", deployment)
                return
            raise failure_of(error) from error
        except openai.OpenAIError as error:
            raise failure_of(error) from error
        async with stream:
            async for event in self._events(stream, deployment, first_by, deadline):
                yield event

    async def _open(self, body: dict[str, Any]) -> Any:
        """Ask, and ask again without what the deployment turns out not to take."""
        while True:
            spoken = self._dialects.put(body)
            try:
                return await self._send(spoken)
            except openai.BadRequestError as error:
                learnt = self._dialects.learn(spoken, error)
                if not learnt:
                    raise
                log.warning(learnt, extra={"event": "model.learnt", "deployment": body["model"]})

    def _send(self, body: dict[str, Any]) -> Awaitable[Any]:
        """As the SDK's ``create`` sends it, which would look through each of its arguments before, on the loop."""
        return self._client.post(
            "/chat/completions", body=body, cast_to=ChatCompletion, stream=True, stream_cls=_STREAM
        )

    async def _events(
        self, stream: Any, deployment: str, first_by: float, deadline: float
    ) -> AsyncGenerator[ModelEvent, None]:
        parts, reason, usage = ToolCallParts(), None, None
        limit = first_by
        pieces = Pieces(stream.response)
        while (piece := await _next(pieces, limit)) is not None:
            usage = getattr(piece, "usage", None) or usage
            for choice in piece.choices:
                reason = choice.finish_reason or reason
                if choice.delta is None:
                    continue
                if choice.delta.tool_calls or choice.delta.content:
                    limit = min(deadline, asyncio.get_running_loop().time() + _STALL_S)
                if choice.delta.tool_calls:
                    parts.add(choice.delta.tool_calls)
                if choice.delta.content:
                    yield TextDelta(choice.delta.content)
        if reason is None:
            raise Unavailable("model", "the answer broke off")
        for call in parts.whole():
            yield call
        done = _done(reason, deployment, usage)
        self.tokens += (done.prompt_tokens or 0) + (done.completion_tokens or 0)
        yield done
        await pieces.drain()


async def _next(pieces: Pieces, limit: float) -> Any:
    """The next piece of the answer, ``None`` at its end."""
    try:
        if pieces.ready:
            return await pieces.next()  # no limit is set up where nothing is waited for
        async with asyncio.timeout_at(limit):
            return await pieces.next()
    except TimeoutError as error:
        raise TimedOut("model", "the answer did not come to its end in time") from error
    except (openai.OpenAIError, ValueError) as error:
        raise failure_of(error) from error
    except Exception as error:  # what the HTTP library raises when a stream breaks off
        raise Unavailable("model", f"the answer broke off ({type(error).__name__})") from error


def _done(reason: str, deployment: str, usage: Any) -> ModelDone:
    known: dict[str, StopReason] = {
        "stop": "stop",
        "tool_calls": "tool_calls",
        "function_call": "tool_calls",
        "length": "length",
        "content_filter": "content_filter",
    }
    details = getattr(usage, "prompt_tokens_details", None)
    return ModelDone(
        known.get(reason, "stop"),
        deployment,
        prompt_tokens=_count(usage, "prompt_tokens"),
        completion_tokens=_count(usage, "completion_tokens"),
        cached_tokens=_count(details, "cached_tokens"),
    )


def _count(told: Any, name: str) -> int | None:
    """A number of tokens; ``None`` where the service told none that makes sense."""
    count = told.get(name) if isinstance(told, dict) else getattr(told, name, None)
    return count if isinstance(count, int) and count >= 0 else None
