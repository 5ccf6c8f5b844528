"""What the model is shown: the agent's prompt, what has been said, what tools answered."""

from collections.abc import Iterable, Sequence

from backend.domain.model import ChatMessage, ModelToolCall
from backend.domain.session import AgentSaid, CallerSaid, HandedOver, HistoryItem, ToolAnswered, ToolCallsMade
from backend.engine.turn.turn import SpokenSegment, Turn

__all__ = ["ShownHistory", "conversation_messages", "recent"]

_LONGEST = 80
"""History items shown to the model; older ones go, tool calls only together with their results."""


_NOT_SHOWN = "(What was said here is not shown.)"


def recent(history: Sequence[HistoryItem], limit: int = _LONGEST) -> Sequence[HistoryItem]:
    """The newest part of a history that begins with something said, never inside a tool exchange."""
    if len(history) <= limit:
        return history
    start = len(history) - limit
    while start < len(history) and isinstance(history[start], ToolAnswered | ToolCallsMade):
        start += 1
    return history[start:]


class ShownHistory:
    """What the model is shown of one call's history: each item becomes a message once, and not again in each turn."""

    def __init__(self) -> None:
        self._items: list[HistoryItem] = []
        self._messages: list[ChatMessage] = []
        self._left_out: set[int] = set()
        """Turns that the content filter refused."""

    def of(self, history: Sequence[HistoryItem]) -> Sequence[ChatMessage]:
        """The messages of the newest part of it."""
        known = len(self._items)
        if history[:known] != self._items:  # items never change; a part of it was put in the place of another
            known = 0
        more = history[known:]
        refused = {item.turn for item in more if isinstance(item, CallerSaid) and item.withheld}
        if refused or not known:
            self._left_out = {item.turn for item in history if isinstance(item, CallerSaid) and item.withheld}
            more, self._items, self._messages = history, [], []
        self._items += more
        self._messages += [_left_out(item) if item.turn in self._left_out else _message(item) for item in more]
        return self._messages[len(history) - len(recent(history)) :]


def conversation_messages(prompt: str, said: Iterable[ChatMessage], turn: Turn) -> list[ChatMessage]:
    """Everything for one model request. The turn's own passages count as said, heard or not.

    Args:
        prompt: of the agent.
        said: what is shown of the turns before.
        turn: the one under way.
    """
    messages = [ChatMessage("system", prompt), *said]
    if turn.caller_text:
        messages.append(ChatMessage("user", turn.caller_text))
    if turn.taken_up:
        messages.append(ChatMessage("user", turn.taken_up))  # what is to be answered now stands last
    if turn.items:
        messages += [_message(item) for item in _as_history(turn)]
    return messages


def _as_history(turn: Turn) -> Iterable[HistoryItem]:
    for item in turn.items:
        if not isinstance(item, SpokenSegment):
            yield item
        elif item.text.strip():
            yield AgentSaid(item.agent, item.text.strip(), turn.index)


def _left_out(item: HistoryItem) -> ChatMessage:
    """An item of a turn that the content filter refused. Sent again, it would have every later turn refused."""
    match item:
        case CallerSaid():
            return ChatMessage("user", _NOT_SHOWN)
        case ToolCallsMade(calls=calls):
            bare = tuple(ModelToolCall(call.id, call.name, "{}") for call in calls)
            return ChatMessage("assistant", tool_calls=bare)
        case ToolAnswered(call_id=call_id):
            return ChatMessage("tool", _NOT_SHOWN, tool_call_id=call_id)
        case _:
            return _message(item)


def _message(item: HistoryItem) -> ChatMessage:
    match item:
        case CallerSaid(text=text):
            return ChatMessage("user", text)
        case AgentSaid(text=text, interrupted=True):
            return ChatMessage("assistant", f"{text} —")
        case AgentSaid(text=text):
            return ChatMessage("assistant", text)
        case ToolCallsMade(calls=calls):
            return ChatMessage(
                "assistant", tool_calls=tuple(ModelToolCall(call.id, call.name, call.arguments) for call in calls)
            )
        case ToolAnswered(call_id=call_id, content=content):
            return ChatMessage("tool", content, tool_call_id=call_id)
        case HandedOver(source=source, target=target, summary=summary):
            note = f"The caller was handed over from {source} to {target}."
            return ChatMessage("system", f"{note} {summary}".strip())
