"""The chat desk: all text conversations of this worker, kept like calls.

The session store is the truth between turns: another worker that has said something since is
noticed by the session's version, and the chat goes on from there.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from backend.agents.store import AgentStore
from backend.domain.call import CallRecord
from backend.domain.call_context import CallContext, bound
from backend.domain.line import LineSpec
from backend.domain.session import CallSession, repairs_of
from backend.domain.storable import written_words
from backend.engine.call.chat import Chat, ChatReply, Watcher
from backend.engine.call.journal import Journal
from backend.engine.conversation.text_events import Said
from backend.engine.thinking.orchestrator import Thinking
from backend.engine.turn.call_log import call_began, call_ended
from backend.engine.turn.turn import Turn
from backend.errors import CallNotFound, CallRefused, RingmasterError, SessionConflict, SessionLost, Unavailable
from backend.ports import CallRecords, SessionStore, TurnTelemetry

__all__ = ["ChatDesk", "ChatEnvironment", "ChatRules"]

log = logging.getLogger(__name__)

_PREFIX = "chat-"


@dataclass(frozen=True, slots=True)
class ChatRules:
    """How many chats, how long, and how much of each."""

    most: int = 500
    """Chats at once in this worker."""
    idle_s: float = 900.0
    """After so long without a word a chat is over."""
    longest_text: int = 2000
    """Characters of one message."""
    most_turns: int = 200
    """Turns of one chat."""
    all_tests: bool = False
    """Is every chat a test, because the model is the local one?"""


@dataclass(frozen=True, slots=True)
class ChatEnvironment:
    """What chats work with.

    Attributes:
        store: gives the agent store that new chats begin with.
        prepare: has another version of it ready, for chats that another worker began with that; raises where it cannot.
        drawn: gives the one that a new chat begins with, by its id; ``None``: ``store`` does.
        shared: other workers see ``sessions`` too, so that chats outlive this worker.
    """

    thinking: Thinking
    store: Callable[[], AgentStore]
    sessions: SessionStore
    records: CallRecords
    telemetry: TurnTelemetry
    drawn: Callable[[str], AgentStore] | None = None
    shared: bool = False
    prepare: Callable[[str], Awaitable[AgentStore]] | None = None

    async def store_of(self, version: str, *, tried: bool) -> AgentStore:
        """The version that a chat began with. Where it cannot be had here the chat goes on with the live one, but not
        one that tries it: that would be taken for the version that is tried.

        Raises:
            CallRefused: it is tried, and cannot be had here.
        """
        live = self.store()
        if self.prepare is None or version in ("", live.version):
            return live
        try:
            return await self.prepare(version)
        except RingmasterError as error:
            if tried:
                raise CallRefused(f"this chat cannot go on with version {version[:12]} here") from error
            return live

    async def goes_on(self, chat: Chat) -> bool:
        """Is a chat of this process, whose session is stored nowhere any more, under way and as it is here?

        Redis has come back empty, or another worker has ended it, or knew more of it. The records tell which; while
        nobody can read them, what is here counts.
        """
        try:
            record = await self.records.get(chat.id)
        except Unavailable:
            record = None
        if record is None:
            return True
        return record.ended_at is None and all(turn.index <= chat.session.turn for turn in record.turns)

    def store_for(self, chat_id: str) -> AgentStore:
        """What a new chat begins with."""
        return self.drawn(chat_id) if self.drawn else self.store()


class ChatDesk:
    """Every chat of one worker.

    Args:
        environment: shared parts.
        rules: limits.
        draining: is this worker going away, so that it takes nothing new?
    """

    def __init__(
        self, environment: ChatEnvironment, rules: ChatRules, draining: Callable[[], bool] = lambda: False
    ) -> None:
        self._environment = environment
        self._rules = rules
        self._draining = draining
        self._chats: dict[str, Chat] = {}
        self._journal = Journal()
        self._taken = self._tests = 0
        self._reaper = asyncio.get_running_loop().create_task(self._reap(), name="chat-reaper")

    # -- conversing -----------------------------------------------------------------------

    async def open(
        self, line: str | None = None, to: str | None = None, *, test: bool = False, store: AgentStore | None = None
    ) -> ChatReply:
        """Begin a chat on a line: by name, by its number, or the first one; ``test``: it is marked as one.

        ``store`` is a version that somebody tries, in the place of the live one; then the chat is a test.

        Raises:
            CallRefused: no such line, no room, or the worker is going away.
        """
        if self._draining() or len(self._chats) >= self._rules.most:
            raise CallRefused("this worker takes no more chats now")
        chat_id = _PREFIX + secrets.token_hex(16)
        tries, store = store is not None, store or self._environment.store_for(chat_id)
        spec = _line(store, line, to)
        record = CallRecord(
            call_id=chat_id,
            line=spec.name,
            direction="chat",
            way="local",
            store_version=store.version,
            started_at=datetime.now(UTC),
            test=test or tries or self._rules.all_tests,
        )
        session = CallSession(
            call_id=record.call_id, line=spec.name, active_agent=spec.entry, store_version=store.version
        )
        chat = self._chats[record.call_id] = self._chat(record, session, spec, store)
        self._taken += not record.test
        self._tests += record.test
        begun = replace(record, agents=list(record.agents), turns=[])
        self._journal.note(lambda: self._environment.records.started(begun))
        with bound(_context(chat)), chat.heard() as said:
            call_began(record)
            chat.open()
            return await self._after(chat, said)

    async def say(self, chat_id: str, text: str) -> ChatReply:
        """One turn: the words, and what was said to them.

        Raises:
            CallNotFound: no such chat, or it is over.
            CallRefused: the message is too long, or the last one is still being answered.
        """
        words = written_words(text)
        if not 0 < len(words) <= self._rules.longest_text:
            raise CallRefused(f"a message has 1 to {self._rules.longest_text} characters")
        chat = await self._find(chat_id)
        if chat.turns_taken.locked():
            raise CallRefused("the last message is still being answered")
        async with chat.turns_taken:
            with bound(_context(chat)):
                return await self._answer(chat, words)

    async def _answer(self, chat: Chat, words: str) -> ChatReply:
        with chat.heard() as said:
            try:
                await chat.conversation.say(words)
            finally:
                chat.touch()
        if chat.session.turn >= self._rules.most_turns and chat.ending is None:
            chat.conversation.end("completed", "too long")
        return await self._after(chat, said)

    async def watch(self, chat_id: str, watcher: Watcher) -> ChatReply:
        """Have a watcher told of everything in a chat from now on, by name of its id.

        Raises:
            CallNotFound: no such chat, or it is over.
        """
        chat = await self._find(chat_id)
        chat.watchers.append(watcher)
        return chat.reply()

    def unwatch(self, chat_id: str, watcher: Watcher) -> None:
        """The watcher is gone."""
        chat = self._chats.get(chat_id)
        if chat is not None and watcher in chat.watchers:
            chat.watchers.remove(watcher)

    async def end(self, chat_id: str) -> ChatReply:
        """The reader leaves.

        Raises:
            CallNotFound: no such chat, or it is over already.
        """
        chat = await self._find(chat_id)
        chat.conversation.end("caller_hung_up", "left the chat")
        with bound(_context(chat)):
            return await self._after(chat, [])

    # -- operations -----------------------------------------------------------------------

    def live(self) -> list[CallRecord]:
        """Chats under way here, the newest first."""
        return [chat.record for chat in reversed(self._chats.values())]

    def stats(self) -> dict[str, Any]:
        """Figures for /stats."""
        return {"live": len(self._chats), "capacity": self._rules.most, "taken": self._taken, "tests": self._tests}

    async def close(self) -> None:
        """Let go of every chat; without a shared store they end here."""
        self._reaper.cancel()
        await asyncio.gather(self._reaper, return_exceptions=True)
        if not self._environment.shared:
            for chat in list(self._chats.values()):
                chat.conversation.end("failed", "the server went away")
                await self._after(chat, [])
        await self._journal.close()

    # -- between turns --------------------------------------------------------------------

    async def _find(self, chat_id: str) -> Chat:
        """The chat as it stands now, whoever has spoken in it last."""
        here = self._chats.get(chat_id)
        if here is not None and here.turns_taken.locked():
            return here
        if not chat_id.startswith(_PREFIX):
            raise CallNotFound("no such chat, or it is over")
        try:
            stored = await self._environment.sessions.load(chat_id)
        except SessionLost:
            stored = here.session if here else None
        if here is not None and here.session.version == (stored.version if stored is not None else 0):
            return here  # without a version it was never stored: Redis was full or could not be written
        if stored is None and here is not None and await self._environment.goes_on(here):
            return here
        self._chats.pop(chat_id, None)
        if stored is None:
            raise CallNotFound("no such chat, or it is over")
        return await self._restore(stored, here)

    async def _restore(self, session: CallSession, before: Chat | None) -> Chat:
        """Go on with a chat that another worker had last."""
        record = before.record if before else await self._environment.records.get(session.call_id)
        tried = record is not None and record.test
        store = before.store if before else await self._environment.store_of(session.store_version, tried=tried)
        line = store.lines.get(session.line)
        if line is None:
            raise CallNotFound("the line of this chat is gone")
        if session.active_agent not in line.agents:
            session.active_agent = line.entry
        if record is None:
            record = CallRecord(
                call_id=session.call_id,
                line=line.name,
                direction="chat",
                way="local",
                store_version=session.store_version,
                started_at=datetime.now(UTC),
                test=self._rules.all_tests,
            )
        chat = self._chats[session.call_id] = self._chat(record, session, line, store)
        if before is not None:
            chat.watchers.extend(before.watchers)
        return chat

    def _chat(self, record: CallRecord, session: CallSession, line: LineSpec, store: AgentStore) -> Chat:
        return Chat(record, session, line, store, self._environment.thinking, self._on_turn)

    def _on_turn(self, chat: Chat, turn: Turn) -> None:
        chat.meter.note_turn(turn.record)
        more = chat.discretion.settle(turn.record)
        self._environment.telemetry.turn(chat.record, turn.record)
        for one in (*more, turn.record):
            self._journal.note(partial(self._environment.records.turn, chat.id, one))

    async def _after(self, chat: Chat, said: list[Said]) -> ChatReply:
        """Store what a turn has changed, or finish what is over."""
        if chat.ending is not None:
            await self._finish(chat)
            return chat.reply(said)
        try:
            stored = chat.discretion.stored(chat.session)
            await self._environment.sessions.save(stored)
            chat.session.version = stored.version
        except SessionConflict as error:
            self._chats.pop(chat.id, None)
            raise CallRefused("this chat was answered elsewhere at the same time; say it again") from error
        except SessionLost as error:
            log.warning(
                "Redis does not answer; the chat is kept in this process only",
                extra={"event": "chat.in_memory", "code": error.code},
            )
        return chat.reply(said)

    async def _finish(self, chat: Chat) -> None:
        if self._chats.pop(chat.id, None) is None or chat.ending is None:
            return
        record = chat.record
        record.ended_at = datetime.now(UTC)
        record.outcome, record.detail = chat.ending.outcome, chat.ending.detail
        record.repairs = repairs_of(chat.session)
        self._environment.telemetry.call_ended(record)
        call_ended(record)
        self._journal.note(lambda: self._environment.records.ended(record))
        try:
            await self._environment.sessions.delete(chat.id)
        except SessionLost as error:
            log.warning(
                "session was not deleted; it expires", extra={"event": "session.not_deleted", "code": error.code}
            )

    async def _reap(self) -> None:
        """End chats that nobody speaks in."""
        while True:
            await asyncio.sleep(min(self._rules.idle_s / 4, 15.0))
            for chat in list(self._chats.values()):
                if chat.idle_s >= self._rules.idle_s and not chat.conversation.busy:
                    with bound(_context(chat)):
                        await self._try_to_expire(chat)

    async def _try_to_expire(self, chat: Chat) -> None:
        try:
            await self._expire(chat)
        except RingmasterError as error:
            log.warning("idle chat was not ended", extra={"event": "chat.not_ended", "code": error.code})

    async def _expire(self, chat: Chat) -> None:
        stored = await self._environment.sessions.load(chat.id)
        if stored is not None and stored.version != chat.session.version:
            self._chats.pop(chat.id, None)  # another worker goes on with it
            return
        chat.conversation.end("idle", "nobody wrote")
        await self._finish(chat)


def _context(chat: Chat) -> CallContext:
    return CallContext(chat.id, chat.line.name, chat.session.active_agent, chat.session.turn)


def _line(store: AgentStore, name: str | None, to: str | None) -> LineSpec:
    if to is not None:
        line = store.line_for_number(to)
        if line is None:
            raise CallRefused("no line has this number")
        return line
    wanted = name or next(iter(store.lines), "")
    if wanted not in store.lines:
        raise CallRefused(f"no line named {wanted!r}; there are: {', '.join(store.lines)}")
    return store.lines[wanted]
