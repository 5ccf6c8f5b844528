"""A conversation as it can be shown at this moment: who does what, what was understood, what was heard."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.engine.conversation.floor import FloorView
from backend.engine.speaking.speaking import Answer
from backend.engine.turn.turn import Turn

if TYPE_CHECKING:
    from backend.engine.conversation.parts import ConversationParts

__all__ = ["Said", "Scene", "scene_of"]


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the caller."""

    turn: int
    text: str = field(repr=False)
    final: bool
    """They are being answered."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment."""

    floor: FloorView
    audible: bool
    caller: tuple[Said, ...]
    """What is being answered, and what came after it."""
    turn: Turn | None
    answer: Answer | None
    heard: str = field(repr=False)
    """What of the answer has been heard, to the word."""


def scene_of(parts: "ConversationParts") -> Scene:
    """How it stands."""
    floor, turn = parts.floor, parts.floor.turn
    answer = floor.answer
    heard = answer.utterance.between(-1.0, parts.playout.heard_ms) if answer is not None and floor.answering else ""
    return Scene(floor.view, floor.audible, tuple(_caller(parts, turn)), turn, answer, heard)


def _caller(parts: "ConversationParts", turn: Turn | None) -> list[Said]:
    waiting, certain = parts.words.text, turn is not None and turn.certain.is_set()
    said: list[Said] = []
    if turn is not None and (turn.caller_text or not certain):
        text = turn.caller_text if certain else f"{turn.caller_text} {waiting}".strip()
        said.append(Said(turn.index, text, certain))
    if waiting and (turn is None or certain):
        said.append(Said((turn.index if turn is not None else parts.session.turn) + 1, waiting, final=False))
    return said
