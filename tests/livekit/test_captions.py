"""What an app in the room is shown of a call, and what it writes: as LiveKit's own components expect it."""

import asyncio
import secrets
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from guest import Guest, dispatch, guest
from house import house
from livekit import rtc
from rooms_office import registered

from local_azure.livekit.server_process import LiveKitServer

pytestmark = [pytest.mark.livekit, pytest.mark.real, pytest.mark.timeout(240)]


@dataclass
class Screen:
    """What a page with LiveKit's components would show."""

    segments: dict[tuple[str, str], str] = field(default_factory=dict)
    """Latest text by sender and segment."""
    finals: set[tuple[str, str]] = field(default_factory=set)
    pieces: dict[tuple[str, str], int] = field(default_factory=dict)
    tracks: dict[tuple[str, str], str] = field(default_factory=dict)
    states: list[str] = field(default_factory=list)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def watch(self, room: rtc.Room) -> None:
        room.register_text_stream_handler("lk.transcription", self._begin)
        room.on("participant_attributes_changed", lambda new, _: self.states.extend(
            state for name, state in new.items() if name == "lk.agent.state"))  # fmt: skip

    def _begin(self, reader: rtc.TextStreamReader, sender: str) -> None:
        self.tasks.add(asyncio.create_task(self._read(reader, sender)))

    async def _read(self, reader: rtc.TextStreamReader, sender: str) -> None:
        attributes = reader.info.attributes or {}
        key = (sender, attributes["lk.segment_id"])
        self.tracks[key] = attributes.get("lk.transcribed_track_id", "")
        text = ""
        async for piece in reader:
            text += piece
            self.segments[key] = text
            self.pieces[key] = self.pieces.get(key, 0) + 1
        if (reader.info.attributes or {})["lk.transcription_final"] == "true":
            self.finals.add(key)

    def said(self, sender: str) -> str:
        return " | ".join(text for (who, _), text in self.segments.items() if who == sender)

    async def until(self, sender: str, words: str, limit_s: float = 60) -> None:
        async with asyncio.timeout(limit_s):
            while words.lower() not in self.said(sender).lower():
                await asyncio.sleep(0.02)


async def heard_out(someone: Guest) -> None:
    """The agent has said what it says, and listens."""
    await someone.until_heard()
    async with asyncio.timeout(60):
        while _agent(someone).attributes.get("lk.agent.state") != "listening":
            await asyncio.sleep(0.02)
    await someone.until_quiet(0.5)


def _agent(someone: Guest) -> rtc.RemoteParticipant:
    return next(who for who in someone.room.remote_participants.values() if who.kind == 4)


async def test_an_app_sees_what_is_said_and_may_write(livekit_server: LiveKitServer, tmp_path: Path) -> None:
    async with house(tmp_path, LIVEKIT_LINE="insurance", **livekit_server.environment()) as running:
        await registered(running)
        room, screen = f"app-{secrets.token_hex(4)}", Screen()
        async with guest(livekit_server, room, "somebody") as app:
            screen.watch(app.room)
            await app.publish()
            await dispatch(livekit_server, room)
            await app.until_heard()
            agent = _agent(app)
            await screen.until(agent.identity, "Meridian")
            (key,) = screen.segments
            await heard_out(app)
            assert screen.pieces[key] >= 3  # it came with the voice, not at once
            assert screen.tracks[key] in agent.track_publications
            assert "speaking" in screen.states

            await app.room.local_participant.send_text("I need to report a car accident", topic="lk.chat")
            await screen.until("somebody", "report a car accident")
            async with asyncio.timeout(60):
                while len([who for who, _ in screen.segments if who == agent.identity]) < 2:
                    await asyncio.sleep(0.02)
            assert key in screen.finals  # what is over, is so
            (mine,) = [one for one in screen.segments if one[0] == "somebody"]
            assert mine in screen.finals and "thinking" in screen.states
            (live,) = running.services.desk.live()
        record = await running.record(live.connection_id)
        assert [turn.caller_text for turn in record.turns if turn.caller_text] == ["I need to report a car accident"]


async def test_a_plain_data_message_counts_as_written_and_other_data_as_nothing(
    livekit_server: LiveKitServer, tmp_path: Path
) -> None:
    async with house(tmp_path, LIVEKIT_LINE="insurance", **livekit_server.environment()) as running:
        await registered(running)
        room, screen = f"app-{secrets.token_hex(4)}", Screen()
        async with guest(livekit_server, room, "somebody") as app:
            screen.watch(app.room)
            await app.publish()
            await dispatch(livekit_server, room)
            await heard_out(app)
            local = app.room.local_participant
            await local.publish_data(b"cancel everything", topic="other")
            await local.publish_data(b"\xff\xfe\xfd", topic="lk.chat")
            await local.publish_data("x" * 5000, topic="lk.chat")
            await local.publish_data("I need to report a car accident", topic="lk.chat")
            await screen.until("somebody", "report a car accident")
            (live,) = running.services.desk.live()
        record = await running.record(live.connection_id)
        assert [turn.caller_text for turn in record.turns if turn.caller_text] == ["I need to report a car accident"]


async def test_nobody_but_the_caller_is_read(livekit_server: LiveKitServer, tmp_path: Path) -> None:
    async with house(tmp_path, LIVEKIT_LINE="insurance", **livekit_server.environment()) as running:
        await registered(running)
        room = f"app-{secrets.token_hex(4)}"
        async with guest(livekit_server, room, "somebody") as app, guest(livekit_server, room, "another") as other:
            await app.publish()
            await dispatch(livekit_server, room, '{"caller": "somebody"}')
            await app.until_heard()
            await app.until_quiet(1.5)
            await other.room.local_participant.send_text("cancel everything", topic="lk.chat")
            await other.room.local_participant.publish_data("cancel everything", topic="lk.chat")
            heard = app.last_heard
            await asyncio.sleep(1.5)
            assert app.last_heard == heard
