"""Messages of a softphone: what is read, what is refused, and that no caller's word comes into an error."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import ProtocolError
from backend.protocol.softphone import LARGEST_MESSAGE, Hello, Key, Played, Text, event_text, read_message


def test_messages_are_read() -> None:
    assert read_message('{"type": "key", "key": "#"}') == Key("#")
    assert read_message('{"type": "played", "ms": 12.5}') == Played(12.5)
    assert read_message('{"type": "text", "text": "I\\u2019m fine"}') == Text("I\u2019m fine")
    hello = read_message('{"type": "hello", "line": "insurance", "unknown": 1}')
    assert isinstance(hello, Hello) and (hello.line, hello.rate, hello.microphone) == ("insurance", 16_000, True)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", '"hello"', '{"type": "secret word"}', '{"type": "key", "key": "12"}',
        '{"type": "text", "text": ""}', '{"type": "text", "text": "a\\u0000b"}', '{"type": "text", "text": 5}',
        '{"type": "played", "ms": -1}', '{"type": "mute"}', '{"type": "hello", "caller": "secret word"}',
        '{"type": "hello", "version": "../secret word"}', '{"type": "text", "text": "secret word", "text": []}',
        '{"type": "text", "text": "' + "a" * LARGEST_MESSAGE + '"}', '{"type": "text", "text": "\ud800"}',
    ],
)  # fmt: skip
def test_others_are_refused_without_a_word_of_theirs(text: str) -> None:
    with pytest.raises(ProtocolError) as refused:
        read_message(text)
    assert "secret" not in str(refused.value)


@given(st.text(max_size=200))
def test_whatever_comes_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ProtocolError):
        read_message(text)


def test_what_is_said_is_in_no_repr() -> None:
    for message in (Hello(caller="+13125550142", resume="secret"), Key("7"), Text("secret")):
        assert not {"secret", "3125550142", "7"} & set(repr(message).replace("'", " ").split())


def test_events_are_json_with_their_type() -> None:
    assert event_text("state", state="listening") == '{"type":"state","state":"listening"}'
