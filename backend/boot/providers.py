"""Joins the services that a call needs: call control, speech, the model, and Redis."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from backend.adapters.acs.call_control import AcsCallControl
from backend.adapters.openai.chat_model import OpenAiChatModel
from backend.adapters.redis.exchange import RedisExchange
from backend.adapters.redis.session_store import MemorySessionStore, RedisSessionStore
from backend.adapters.softphone.call_control import SoftphoneCallControl
from backend.adapters.softphone.phones import ConnectedSoftphones
from backend.adapters.softphone.softphone import SOFTPHONE
from backend.adapters.telemetry.exporting import Exporting
from backend.adapters.telemetry.measured_model import MeasuredModel
from backend.boot.databases import open_redis
from backend.boot.livekit import LiveKitParts, open_livekit
from backend.boot.model import model_address
from backend.boot.speech import Speech, open_speech
from backend.boot.ways_in import acs_control
from backend.engine.call.ways_in import WaysIn
from backend.ports import Cipher
from config import Settings

__all__ = ["ProviderParts", "provider_parts"]


@dataclass(frozen=True, slots=True)
class ProviderParts:
    """The services that a call needs, connected or ready to be."""

    model: OpenAiChatModel
    measured: MeasuredModel
    """The same model, as calls use it: what it does is measured."""
    acs: AcsCallControl | None
    """``None``: calls come through LiveKit only."""
    livekit: LiveKitParts
    softphones: ConnectedSoftphones
    ways: WaysIn
    speech: Speech
    sessions: RedisSessionStore | MemorySessionStore
    exchange: RedisExchange | None
    """Where workers meet: in Redis, which a single worker uses too, to be found again after it died."""


@asynccontextmanager
async def provider_parts(
    settings: Settings, worker: str, cipher: Cipher, exporting: Exporting
) -> AsyncGenerator[ProviderParts]:
    """Open them; closed at the end.

    Raises:
        ConfigError: an address or a key cannot be used.
    """
    async with AsyncExitStack() as stack:
        model = OpenAiChatModel(model_address(settings))
        stack.push_async_callback(model.close)
        acs = acs_control(settings, stack)
        livekit = open_livekit(settings.livekit)
        stack.push_async_callback(livekit.close)
        softphones = ConnectedSoftphones()
        stack.push_async_callback(softphones.close)
        speech = open_speech(settings)
        stack.push_async_callback(speech.close)
        await speech.start()
        sessions = await _sessions(settings, cipher, stack)
        yield ProviderParts(
            model,
            MeasuredModel(model, exporting.meter, exporting.tracer),
            acs,
            livekit,
            softphones,
            WaysIn(acs, livekit.ways, {SOFTPHONE: SoftphoneCallControl(softphones)}),
            speech,
            sessions,
            _exchange(settings, worker, cipher, sessions),
        )


async def _sessions(
    settings: Settings, cipher: Cipher, stack: AsyncExitStack
) -> RedisSessionStore | MemorySessionStore:
    connections = settings.connections
    redis = await open_redis(connections, stack)
    if redis is None:
        return MemorySessionStore()
    return RedisSessionStore(redis, connections.session_ttl_seconds, cipher)


def _exchange(
    settings: Settings, worker: str, cipher: Cipher, sessions: RedisSessionStore | MemorySessionStore
) -> RedisExchange | None:
    if isinstance(sessions, MemorySessionStore):
        return None
    return RedisExchange(sessions.redis, worker, settings.connections.session_ttl_seconds, cipher=cipher)
