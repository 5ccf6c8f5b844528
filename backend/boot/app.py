"""The only place where parts are joined."""

import asyncio
import linecache
import logging
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.websockets import WebSocket

from backend import __version__
from backend.adapters.acs.call_control import AcsCallControl
from backend.adapters.acs.media_link import AcsMediaLink
from backend.adapters.acs.tokens import AcsTokenCheck
from backend.adapters.openai.chat_model import OpenAiChatModel
from backend.adapters.redis.exchange import RedisExchange
from backend.adapters.redis.session_store import MemorySessionStore, RedisSessionStore
from backend.adapters.speech.azure_speech import AzureSpeech
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.case_search import SqlCaseSearch
from backend.adapters.sql.database import Database
from backend.adapters.sql.key_uses import use_key
from backend.adapters.sql.open_calls import SqlOpenCalls
from backend.adapters.telemetry.exporting import Exporting
from backend.adapters.telemetry.exposition import exposed
from backend.adapters.telemetry.figures import observe_events, observe_figures, observe_health
from backend.adapters.telemetry.http_spans import instrument
from backend.adapters.telemetry.logs import recent_log, sweep_logs
from backend.adapters.telemetry.measured_model import MeasuredModel
from backend.adapters.telemetry.shared_figures import SharedFigures
from backend.adapters.telemetry.turn_telemetry import OtelTurnTelemetry
from backend.api.application import create_api
from backend.api.door.local_key import LocalKey
from backend.api.door.local_people import LocalPeople
from backend.api.media_socket import SHORT_WAY
from backend.api.services import Access, ApiServices, LiveServices, Ping
from backend.boot.call_gate import open_gate
from backend.boot.chats import open_chats
from backend.boot.ciphers import open_cipher, require_key
from backend.boot.databases import open_database, open_redis
from backend.boot.exposure import door_rules, exposed_by, require_checks
from backend.boot.health import DeepAsk, Disk, folders_written, part_of
from backend.boot.health_board import Every, HealthBoard
from backend.boot.kept_writes import kept_parts
from backend.boot.live_store import ShownStore, store_parts
from backend.boot.loop_lag import LoopLag
from backend.boot.model import Acquaintance, model_address
from backend.boot.people import PeopleParts, people_parts, require_people
from backend.boot.phrases import phrase_sounds
from backend.boot.telemetry import close_webhook, open_telemetry, open_webhook
from backend.boot.tools import tool_parts
from backend.domain.call_marks import CallMarks
from backend.domain.case_names import names_outside
from backend.domain.unsealed import Unsealed
from backend.domain.worker_name import worker_name
from backend.engine.call.call import CallEnvironment
from backend.engine.call.ways_in import WaysIn
from backend.engine.conversation.conversation import ConversationLimits
from backend.engine.conversation.waiting import WaitLimits
from backend.engine.desk.call_closer import CallCloser, lives_somewhere
from backend.engine.desk.call_desk import CallDesk, DeskRules
from backend.engine.desk.caller_desk import CallerDesk
from backend.engine.desk.phrase_warmer import PhraseWarmer, recognitions
from backend.engine.desk.route_registry import RouteRegistry
from backend.engine.desk.shared_desk import SharedDesk
from backend.engine.desk.sweeper import Sweeper
from backend.engine.speaking.phrase_cache import PhraseCache
from backend.errors import ConfigError
from backend.ports import CallRecords, Cipher, HealthPart, MediaLink, SessionStore
from config import Settings
from config.address import on_this_machine

__all__ = ["Ringmaster", "create_app", "require_services"]

log = logging.getLogger(__name__)

_ASK_S, _DISK_S, _FIGURES_S = 5.0, 30.0, 5.0


def require_services(settings: Settings) -> None:
    """Is every address that a server needs set?

    Raises:
        ConfigError: naming each variable that is missing.
    """
    azure, ai = settings.azure, settings.ai
    problems: list[str] = []
    if not azure.acs_address:
        problems.append("ACS_ENDPOINT: expected the address of the ACS resource, it is not set")
    if not azure.azure_speech_endpoint and not azure.azure_speech_region:
        problems.append("AZURE_SPEECH_ENDPOINT (or AZURE_SPEECH_REGION): expected an address, it is not set")
    if not ai.azure_openai_endpoint and not ai.openai_base_url:
        problems.append("AZURE_OPENAI_ENDPOINT (or OPENAI_BASE_URL): expected an address, it is not set")
    if settings.security.check_acs_tokens and azure.acs_address and not azure.acs_resource_id:
        problems.append(
            "ACS_RESOURCE_ID: expected the immutable id of the ACS resource (the audience of its tokens), it is not "
            "set; CHECK_ACS_TOKENS=false leaves callbacks to the secret in their path"
        )
    security = settings.security
    if security.event_grid_audience and not (security.event_grid_issuer and security.event_grid_jwks_url):
        problems.append(
            "EVENT_GRID_ISSUER and EVENT_GRID_JWKS_URL: expected with EVENT_GRID_AUDIENCE, they are not set"
        )
    problems += require_people(settings)
    if problems:
        raise ConfigError("\n".join(problems))


class Ringmaster:
    """One worker's parts, from start to stop."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.worker = worker_name()
        """Name of this worker, unique among all."""
        self._started = False
        self._cipher: Cipher = Unsealed()

    @asynccontextmanager
    async def run(self) -> AsyncGenerator[ApiServices]:
        """Connect everything, serve, and let go of it in the opposite order.

        Raises:
            ConfigError, StoreError: before anything is connected.
            Unavailable: the database cannot be used.
        """
        settings = self.settings
        require_services(settings)
        require_checks(settings)
        async with AsyncExitStack() as stack:
            exporting = open_telemetry(settings.telemetry)
            stack.push_async_callback(asyncio.to_thread, exporting.close)
            self._cipher = open_cipher(settings)
            require_key(settings, self._cipher)
            database = open_database(settings.connections, self._cipher)
            stack.push_async_callback(database.close)
            await database.migrate()
            await use_key(database)
            kept = await stack.enter_async_context(kept_parts(settings, database, self.worker, self._cipher))
            records, callbacks = kept.records, kept.callbacks
            people = await stack.enter_async_context(people_parts(settings, database))
            telemetry = OtelTurnTelemetry(exporting.meter, exporting.tracer)

            tools = await stack.enter_async_context(
                tool_parts(settings, records, kept.cases, callbacks, self._cipher, telemetry.tool)
            )
            parts = await stack.enter_async_context(store_parts(settings, database, tools.runner.names))
            live = parts.live
            tools.follow(live)
            model = self._model(stack)
            measured = MeasuredModel(model, exporting.meter, exporting.tracer)
            control = self._control(stack)
            speech = AzureSpeech(settings.azure, settings.voice)
            stack.push_async_callback(speech.close)
            await speech.start()
            sessions = await self._sessions(stack)
            cache = PhraseCache(speech.tts, sounds=phrase_sounds(settings))
            lag = LoopLag(telemetry.loop_lag)
            stack.push_async_callback(lag.close)
            environment = CallEnvironment(
                ways=WaysIn(control),
                stt=speech.stt,
                tts=speech.tts,
                phrases=cache,
                thinking=tools.thinking(measured, settings.ai),
                sessions=sessions,
                records=records,
                telemetry=telemetry,
                **self._limits(),
            )
            exchange = self._exchange(sessions)
            gate, blocks = await open_gate(
                settings,
                stack,
                database,
                self._cipher,
                live=lambda: sum(not call.test for call in self.desk.live()) if self._started else 0,
                tokens=lambda: model.tokens,
            )
            desk = CallDesk(
                environment,
                lambda: live.store,
                self._rules(),
                RouteRegistry(exchange),
                earlier=live.snapshots.get,
                gate=gate,
            )
            stack.push_async_callback(desk.close)
            chats = open_chats(settings, environment, lambda: live.store, desk)
            stack.push_async_callback(chats.close)
            learner = PhraseWarmer(
                speech.warm,
                cache,
                lambda store, agent, says: tools.of(store).fillers(agent, says),
                self.settings.voice.dtmf_person,
            )
            stack.push_async_callback(learner.close)
            acquaintance = Acquaintance(model)
            stack.push_async_callback(acquaintance.close)
            await acquaintance.make(live.store)
            live.snapshots.on_live.append(acquaintance.learn)
            await speech.warm(recognitions(live.store))
            learner.learn(live.store)
            live.snapshots.on_live.append(learner.learn)
            tokens = self._tokens()
            self.desk = desk
            shared = await self._share(stack, desk, exchange, sessions, records)
            nameless_s = 2.0 * settings.voice.call_max_seconds
            lives = lives_somewhere(desk, chats, exchange, sessions)
            book = SqlCallerData(database)
            sweeper = Sweeper(book, lambda: list(live.store.lines.values()), settings.data.retention_sweep_seconds)
            stack.push_async_callback(sweeper.close)
            sweeper.start()
            closer = CallCloser(SqlOpenCalls(database), self.worker, lives, nameless_s=nameless_s)
            stack.push_async_callback(closer.close)
            await closer.start()
            board = self._board(database, sessions, speech, measured)
            stack.push_async_callback(board.close)
            board.add(kept.outbox.health)
            board.add(people.audit.health)
            desk.able = lambda: not speech.trouble
            figures = exporting.figures

            def stats() -> dict[str, Any]:
                return {
                    "calls": desk.stats(),
                    "everywhere": desk.calls.everywhere(),
                    "gate": gate.stats(),
                    "floor": environment.floor.stats(),
                    "chats": chats.stats(),
                    "workers": shared.stats() if shared else {},
                    "speech": speech.stats(),
                    "model": model.stats(),
                    "lines": {"kept": cache.count, "hits": cache.hits, "misses": cache.misses},
                    "loop": lag.stats() | {"tasks": lag.tasks},
                    "outbox": kept.outbox.stats(),
                }

            observe_figures(exporting.meter, stats)
            observe_health(exporting.meter, lambda: board.parts)
            observe_events(exporting.meter, lambda: recent_log().by_code)
            disk = Disk(folders_written(settings))
            if webhook := open_webhook(settings.telemetry):
                stack.push_async_callback(close_webhook, webhook)
                board.add(webhook.health)
            board.ask("disk", disk.ask, _DISK_S)
            board.ask("figures", _figures_part(figures), _FIGURES_S)
            board.start()
            self._started = True
            lag.start()  # what is still loaded before the first call stops nobody
            yield ApiServices(
                desk=shared or desk,
                chats=chats,
                records=records,
                cases=kept.written_cases,
                case_search=SqlCaseSearch(database),
                callbacks=callbacks,
                callers=CallerDesk(book, sessions, tools.services.tries, settings.data.forget_claims),
                store=ShownStore(live, tools.runner),
                case_names=names_outside(live.store.forms.values()),
                live=LiveServices(live, parts.revisions),
                open_media=_open_media,
                access=self._access(tokens, people),
                keys=people.keys,
                blocks=blocks,
                audit=people.audit,
                pings=self._pings(database, sessions, speech, measured, desk),
                parts=lambda: board.parts,
                deep_checks=DeepAsk(control, speech, model, disk, lambda: live.store).checks,
                metrics=lambda: exposed(figures.all()),
                diagnostics=self._diagnostics,
                instrument=lambda app: _trace_requests(app, exporting),
                loop_lag_ms=lambda: lag.ms,
                stats=stats,
                started=lambda: self._started,
            )

    def _model(self, stack: AsyncExitStack) -> OpenAiChatModel:
        model = OpenAiChatModel(model_address(self.settings))
        stack.push_async_callback(model.close)
        return model

    def _control(self, stack: AsyncExitStack) -> AcsCallControl:
        azure = self.settings.azure
        try:
            control = AcsCallControl(
                azure.acs_address,
                azure.acs_key,
                self.settings.connections.base_url,
                azure.acs_source_number,
                show_caller=azure.acs_show_caller,
            )
        except ValueError as error:
            raise ConfigError(f"ACS_ENDPOINT or ACS_ACCESS_KEY: {error}") from error
        stack.push_async_callback(control.close)
        return control

    async def _sessions(self, stack: AsyncExitStack) -> RedisSessionStore | MemorySessionStore:
        connections = self.settings.connections
        redis = await open_redis(connections, stack)
        if redis is None:
            return MemorySessionStore()
        return RedisSessionStore(redis, connections.session_ttl_seconds, self._cipher)

    def _exchange(self, sessions: SessionStore) -> RedisExchange | None:
        """Where workers meet: in Redis, which a single worker uses too, to be found again after it died."""
        if not isinstance(sessions, RedisSessionStore):
            return None
        ttl_s = self.settings.connections.session_ttl_seconds
        return RedisExchange(sessions.redis, self.worker, ttl_s, cipher=self._cipher)

    async def _share(
        self,
        stack: AsyncExitStack,
        desk: CallDesk,
        exchange: RedisExchange | None,
        sessions: SessionStore,
        records: CallRecords,
    ) -> SharedDesk | None:
        if exchange is None:
            return None
        shared = SharedDesk(desk, exchange, sessions, records)
        stack.push_async_callback(shared.close)
        await shared.start()
        return shared

    def _tokens(self) -> AcsTokenCheck | None:
        azure = self.settings.azure
        if not self.settings.security.check_acs_tokens:
            return None
        return AcsTokenCheck(azure.acs_jwks_url, azure.acs_issuer, azure.acs_resource_id)

    def _event_grid_tokens(self) -> AcsTokenCheck | None:
        security = self.settings.security
        if not security.event_grid_audience:
            return None
        return AcsTokenCheck(security.event_grid_jwks_url, security.event_grid_issuer, security.event_grid_audience)

    def _access(self, tokens: AcsTokenCheck | None, people: PeopleParts) -> Access:
        security, local = self.settings.security, self.settings.security.local_key_file
        others = people.authenticator
        cookie = f"ringmaster-{self.settings.connections.port}"
        return Access(
            acs_tokens=tokens,
            event_grid_key=security.event_grid_key.get_secret_value(),
            event_grid_tokens=self._event_grid_tokens(),
            event_grid_subscriptions=security.subscriptions,
            api_key=security.api_key.get_secret_value(),
            loopback=not (local or exposed_by(self.settings) or self.settings.people.entra_audience),
            authenticator=LocalPeople(LocalKey(Path(local)), cookie, others) if local else others,
        )

    def _limits(self) -> dict[str, Any]:
        voice = self.settings.voice
        return {
            "limits": ConversationLimits(
                confirm_s=voice.interrupt_confirm_ms / 1000,
                wait=WaitLimits(
                    voice.filler_soft_ms / 1000, voice.filler_second_ms / 1000, voice.answer_hard_ms / 1000
                ),
                inter_digit_s=voice.dtmf_inter_digit_ms / 1000,
                terminator=voice.dtmf_terminator,
                person_key=voice.dtmf_person,
            ),
            "lead_ms": voice.playout_lead_ms,
            "media_connect_s": voice.media_connect_ms / 1000,
            "longest_s": float(voice.call_max_seconds),
        }

    def _rules(self) -> DeskRules:
        connections = self.settings.connections
        marks = CallMarks(on_this_machine(self.settings.azure.acs_address), connections.test_numbers)
        return DeskRules(max_calls=connections.max_calls, drain_s=float(connections.drain_seconds), marks=marks)

    def _pings(
        self,
        database: Database,
        sessions: SessionStore,
        speech: AzureSpeech,
        model: MeasuredModel,
        desk: CallDesk,
    ) -> tuple[Ping, ...]:
        """What a probe is told of. Nothing that is away for all workers takes them out of service together.

        Calls are answered without a database (what they leave behind is kept) and without speech (who rings is put
        through to a person); a worker without speech leaves new calls to the others as long as one of them has it.
        """
        pings = [
            Ping("database", database.ping, needed=False),
            Ping("speech", speech.ping, needed=lambda: desk.calls.others_able),
            Ping("model", model.ping, needed=False),
        ]
        if isinstance(sessions, RedisSessionStore):
            # Calls go on from memory without Redis, so it is reported but takes nobody out of service.
            pings.append(Ping("redis", sessions.ping, needed=False))
        return tuple(pings)

    def _board(
        self, database: Database, sessions: SessionStore, speech: AzureSpeech, model: MeasuredModel
    ) -> HealthBoard:
        board = HealthBoard([Every(10, sweep_logs)])
        board.ask("database", part_of("database", database.ping, "the database does not answer"), _ASK_S)
        if isinstance(sessions, RedisSessionStore):
            away = part_of("redis", sessions.ping, "Redis does not answer; calls go on from memory")
            board.ask("redis", away, _ASK_S)
        board.ask("speech", part_of("speech", speech.ping, "Azure Speech cannot be reached"), _ASK_S)
        board.add(model.health)
        return board

    def _diagnostics(self) -> dict[str, Any]:
        recent = recent_log()
        return {"worker": self.worker, "version": __version__, "log": recent.lines, "events": recent.counts}


def _trace_requests(app: FastAPI, exporting: Exporting) -> None:
    if exporting.exports:
        instrument(app, exporting.tracers, exporting.meters)


def _figures_part(figures: SharedFigures) -> Callable[[], Awaitable[HealthPart]]:
    """Writing this worker's figures for the others, as a part like any other."""

    async def write() -> HealthPart:
        await asyncio.to_thread(figures.write)
        return HealthPart("figures")

    return write


async def _open_media(websocket: WebSocket) -> MediaLink:
    return await AcsMediaLink.open(websocket.receive, websocket.send, websocket.scope["extensions"].get(SHORT_WAY))


def create_app(settings: Settings, services: ApiServices) -> FastAPI:
    """The web application around parts that run already."""
    security = settings.security
    app = create_api(services, origins=security.origins, door=door_rules(settings), pages=security.api_pages)
    services.instrument(app)
    _read_sources()
    app.openapi()  # kept; made when somebody first looks at the API page, it would stop all calls for 250 ms
    return app


def _read_sources() -> None:
    """FastAPI looks up where a route's function stands when the route is first asked for, which reads its file then."""
    for name, module in list(sys.modules.items()):
        if name.startswith("backend.api.") and (file := getattr(module, "__file__", None)):
            linecache.getlines(file)
