"""The softphone's WebSocket: voice as binary frames both ways, everything else as JSON text frames.

The protocol is our own and stands in ``docs/softphone.md``. A binary frame is 16-bit little-endian mono PCM, whole
20 ms frames at the rate that was agreed on.
"""

from typing import Annotated, Any

import msgspec

from backend.errors import ProtocolError

__all__ = [
    "LARGEST_MESSAGE",
    "Bye",
    "Hello",
    "Key",
    "Mute",
    "Played",
    "SoftphoneMessage",
    "Text",
    "event_text",
    "read_message",
]

LARGEST_MESSAGE = 16 * 1024
"""Bytes of the largest message that is read."""

_Name = Annotated[str, msgspec.Meta(max_length=64)]


class Hello(msgspec.Struct, tag="hello", tag_field="type", frozen=True):
    """The first message: whom to call, or which call to go on with.

    Attributes:
        line: the line; empty: the first one.
        caller: number that the caller seems to come from; empty: it is withheld.
        agent: who speaks first; empty: the line's entry agent.
        version: version of the agent store, live, past or a draft; empty: the live one.
        rate: samples a second, both ways.
        microphone: is there one? Nobody waits for the voice of somebody who types.
        resume: what ``call`` told for this; everything else is left out then.
    """

    line: _Name = ""
    caller: Annotated[str, msgspec.Meta(pattern=r"^(\+[1-9][0-9]{6,14})?$")] = ""
    agent: _Name = ""
    version: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{0,64}$")] = ""
    rate: int = 16_000
    microphone: bool = True
    resume: Annotated[str, msgspec.Meta(max_length=128)] = ""

    def __repr__(self) -> str:
        return f"Hello(line={self.line!r}, version={self.version!r}, rate={self.rate})"


class Key(msgspec.Struct, tag="key", tag_field="type", frozen=True):
    """A key was pressed."""

    key: Annotated[str, msgspec.Meta(pattern=r"^[0-9*#A-D]$")]

    def __repr__(self) -> str:
        return "Key()"


class Text(msgspec.Struct, tag="text", tag_field="type", frozen=True):
    """Words that are typed instead of spoken."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]

    def __repr__(self) -> str:
        return "Text()"


class Mute(msgspec.Struct, tag="mute", tag_field="type", frozen=True):
    """The microphone is off, or on again."""

    on: bool


class Played(msgspec.Struct, tag="played", tag_field="type", frozen=True):
    """How far the agent's voice has been played.

    Attributes:
        ms: milliseconds of it that came out of the loudspeaker since this connection began, or were thrown away
            because of ``clear``. Silence between answers does not count.
    """

    ms: Annotated[float, msgspec.Meta(ge=0, le=1e9)]


class Bye(msgspec.Struct, tag="bye", tag_field="type", frozen=True):
    """The caller hangs up."""


SoftphoneMessage = Hello | Key | Text | Mute | Played | Bye

_decoder: msgspec.json.Decoder[SoftphoneMessage] = msgspec.json.Decoder(SoftphoneMessage)


def read_message(text: str) -> SoftphoneMessage:
    """One message of a softphone.

    Raises:
        ProtocolError: it is not what the protocol says; the sentence names no value of it.
    """
    if len(text) > LARGEST_MESSAGE:
        raise ProtocolError(f"a message of {len(text)} letters, expected at most {LARGEST_MESSAGE}")
    try:
        message = _decoder.decode(text.encode())
    except msgspec.ValidationError as error:
        raise ProtocolError(f"expected a message of the softphone: {_without_values(error)}") from None
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise ProtocolError("expected a message of the softphone in JSON") from error
    if isinstance(message, Text) and "\0" in message.text:
        raise ProtocolError("expected a text without the NUL character")
    return message


def _without_values(error: msgspec.ValidationError) -> str:
    """msgspec quotes a tag or field that it does not know; a caller's words stay out of errors."""
    return str(error).split("'")[0].strip().removesuffix(" value")[:80] or "something in it is not expected"


def event_text(kind: str, **told: Any) -> str:
    """One event for a softphone, as it is sent."""
    return msgspec.json.encode({"type": kind} | told).decode()
