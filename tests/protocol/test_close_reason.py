"""What is said when a socket is closed fits into the frame that says it, in whichever script it is written."""

import ast
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Close, Frame, Opcode

from backend.protocol.close_reason import MOST_BYTES, close_reason


def test_no_letter_is_cut_in_half() -> None:
    assert close_reason("no such line") == "no such line"
    assert close_reason("Ж" * 100) == "Ж" * 61
    assert close_reason("a" * 122 + "Ж") == "a" * 122
    assert close_reason("\ud800 half") == "? half"


@given(st.text(st.characters(), max_size=200))
def test_every_reason_can_be_sent(text: str) -> None:
    reason = close_reason(text)
    assert len(reason.encode()) <= MOST_BYTES
    Frame(Opcode.CLOSE, Close(1008, reason).serialize()).check()


def closings() -> Iterator[tuple[str, ast.expr]]:
    """Where a WebSocket is closed with words: the place, and the words."""
    root = Path(__file__).parents[2] / "backend"
    for path in sorted((root / "api").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func).endswith("websocket.close")
                and len(node.args) == 2
            ):
                yield f"{path.name}:{node.lineno}", node.args[1]


def test_words_of_others_are_fitted_in_wherever_a_socket_is_closed() -> None:
    found = {place: words for place, words in closings() if not isinstance(words, ast.Constant)}
    assert len(found) >= 3
    assert {place for place, words in found.items() if "close_reason(" not in ast.unparse(words)} == set()
