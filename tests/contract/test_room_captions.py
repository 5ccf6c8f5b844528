"""Captions in a room without a server: what LiveKit's components would be sent."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from backend.adapters.livekit.captions import CHAT, RoomCaptions
from backend.adapters.livekit.room import SIP, STANDARD, Participant
from backend.errors import Unavailable


@dataclass
class Stream:
    sender: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)
    closed: dict[str, str] | None = None

    async def write(self, text: str) -> None:
        self.pieces.append(text)

    async def aclose(self, *, attributes: dict[str, str] | None = None) -> None:
        if self.closed is not None:
            raise Unavailable("calls", "it is closed already")  # as the SDK has it
        self.closed = attributes or {}


class Room:
    """A room with people, in which text can be sent; and in which it cannot, while ``broken``."""

    def __init__(self, *people: Participant) -> None:
        self.people = list(people)
        self.streams: list[Stream] = []
        self.attributes: list[tuple[str, str]] = []
        self.broken = False
        self.told: dict[str, Callable[[str, str], None]] = {}

    def voice(self) -> str:
        return "TR_agent"

    async def open_text(self, topic: str, attributes: Mapping[str, str], sender: str) -> Stream:
        if self.broken:
            raise Unavailable("calls", "no")
        assert topic == "lk.transcription"
        self.streams.append(Stream(sender, dict(attributes)))
        return self.streams[-1]

    async def set_attribute(self, name: str, value: str) -> None:
        self.attributes.append((name, value))

    def on_text(self, topic: str, told: Callable[[str, str], None]) -> None:
        self.told[topic] = told


@pytest.fixture
def room() -> Room:
    return Room(Participant("somebody", STANDARD))


@pytest.fixture
def captions(room: Room) -> RoomCaptions:
    made = RoomCaptions(room, room)  # pyright: ignore
    made.of("somebody")
    made.heard_by("TR_caller")
    return made


async def sent() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_the_agent_writes_on_in_one_stream_until_it_is_final(room: Room, captions: RoomCaptions) -> None:
    for text, final in (("Thank you", False), ("Thank you for calling.", False), ("Thank you for calling.", True)):
        captions.agent("a1", text, final=final)
        await sent()
    (stream,) = room.streams
    assert stream.pieces == ["Thank you", " for calling."] and stream.closed == {"lk.transcription_final": "true"}
    assert stream.attributes == {
        "lk.segment_id": "a1", "lk.transcription_final": "false", "lk.transcribed_track_id": "TR_agent",
    }  # fmt: skip
    assert stream.sender == ""


async def test_each_answer_has_a_stream_of_its_own_and_one_that_was_overtaken_is_ended(
    room: Room, captions: RoomCaptions
) -> None:
    for segment, final in (("a1", True), ("a2", False), ("a3", True)):
        captions.agent(segment, f"Answer {segment}", final=final)
        await sent()
    assert [one.pieces for one in room.streams] == [["Answer a1"], ["Answer a2"], ["Answer a3"]]
    assert all(one.closed == {"lk.transcription_final": "true"} for one in room.streams)


async def test_the_callers_words_are_sent_whole_and_in_their_name(room: Room, captions: RoomCaptions) -> None:
    captions.caller("c1", "I had", final=False)
    await sent()
    captions.caller("c1", "I had an accident", final=True)
    await sent()
    assert [("".join(one.pieces), one.attributes["lk.transcription_final"]) for one in room.streams] == [
        ("I had", "false"), ("I had an accident", "true"),
    ]  # fmt: skip
    assert all(one.sender == "somebody" and one.closed == {} for one in room.streams)
    assert all(one.attributes["lk.transcribed_track_id"] == "TR_caller" for one in room.streams)


async def test_what_is_newer_takes_the_place_of_what_still_waits(room: Room, captions: RoomCaptions) -> None:
    captions.state("thinking")
    captions.caller("c1", "I", final=False)
    captions.caller("c1", "I had an accident", final=True)
    captions.state("speaking")
    await sent()
    assert [one.pieces for one in room.streams] == [["I had an accident"]]
    assert room.attributes == [("lk.agent.state", "speaking")]


async def test_a_room_that_takes_no_text_costs_a_caption_and_no_more(room: Room, captions: RoomCaptions) -> None:
    room.broken = True
    captions.agent("a1", "Thank you", final=False)
    await sent()
    room.broken = False
    captions.agent("a1", "Thank you for calling.", final=True)
    await sent()
    assert [one.pieces for one in room.streams] == [["Thank you for calling."]]


async def test_only_the_caller_is_read_and_nobody_after_the_call(room: Room, captions: RoomCaptions) -> None:
    written: list[str] = []
    captions.on_written(written.append)
    room.told[CHAT]("hello", "another")
    room.told[CHAT]("hello", "somebody")
    captions.close()
    room.told[CHAT]("are you there?", "somebody")
    assert written == ["hello"]


async def test_phones_see_nothing(room: Room, captions: RoomCaptions) -> None:
    assert captions.watched
    room.people = [Participant("sip_+14255550100", SIP)]
    assert not captions.watched
