"""What happened in a turn, from the call's memory as it may be kept."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from backend.domain.hiding import HIDDEN
from backend.domain.session import HandedOver, HistoryItem, ToolAnswered, ToolCallsMade, ToolRequest
from backend.domain.turn_moment import TurnMoment
from backend.engine.turn.turn import Turn

__all__ = ["moments_of"]

_LONGEST = 4000
"""Letters of one argument list or result that are kept for people to read."""


def moments_of(turn: Turn, kept: Iterable[HistoryItem], hide: Callable[[str], str] = str) -> list[TurnMoment]:
    """What happened in a turn.

    Args:
        turn: when its tools ran, how its words were recognized, and what people did in it.
        kept: its items of the history, as they may be kept.
        hide: gives what may be kept of words that were recognized in it.
    """
    return [*_recognized(turn, hide), *turn.beside, *_done(turn, kept)]


def _recognized(turn: Turn, hide: Callable[[str], str]) -> Iterator[TurnMoment]:
    """Where anything of what was understood is hidden, nothing on the way to it is kept."""
    secret = turn.record.caller_text != turn.caller_text
    for one in turn.recognized:
        text = HIDDEN if secret else hide(one.text)
        yield TurnMoment(kind="final" if one.final else "partial", at=one.at, given=text)


def _done(turn: Turn, kept: Iterable[HistoryItem]) -> Iterator[TurnMoment]:
    asked: dict[str, ToolRequest] = {}
    for item in kept:
        match item:
            case ToolCallsMade(calls=calls):
                asked |= {call.id: call for call in calls}
            case ToolAnswered(call_id=call_id, name=name, content=content):
                request, ran = asked.get(call_id), turn.ran.get(call_id)
                yield TurnMoment(
                    kind="tool",
                    at=ran[0] if ran else None,
                    took_ms=ran[1] if ran else None,
                    name=name,
                    ok=_went_well(content),
                    given=_short(request.arguments if request else ""),
                    result=_short(content),
                )
            case HandedOver(target=target, summary=summary):
                yield TurnMoment(kind="handed_over", name=target, given=_short(summary))
            case _:
                continue


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _went_well(envelope: str) -> bool | None:
    try:
        told = json.loads(envelope)
    except ValueError:
        return None
    return bool(told.get("ok")) if isinstance(told, Mapping) else None
