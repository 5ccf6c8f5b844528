"""One call as both ends saw it: what the phone heard, and what the server has on record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

__all__ = ["CallSummary", "summarize"]

_ALIKE = 0.45
"""Turns that are less alike than this are not the same."""
_GOOD_OUTCOMES = frozenset({"completed", "transferred"})


@dataclass(frozen=True, slots=True)
class CallSummary:
    """What ``ringmaster call --json`` prints."""

    call_id: str | None
    outcome: str | None
    claim_id: str | None
    agents: list[str]
    turns: list[dict[str, Any]] = field(repr=False)
    problems: list[str]
    """Why the call did not end as it should; empty when it did."""

    def as_json(self) -> dict[str, Any]:
        """The object that is printed."""
        return {
            "call_id": self.call_id,
            "outcome": self.outcome,
            "claim_id": self.claim_id,
            "agents": self.agents,
            "turns": self.turns,
            "problems": self.problems,
        }


def summarize(report: Mapping[str, Any], call: Mapping[str, Any] | None) -> CallSummary:
    """Join the phone's report with the server's record of the call, which may be missing."""
    known: Mapping[str, Any] = call or {}
    return CallSummary(
        call_id=known.get("call_id"),
        outcome=known.get("outcome"),
        claim_id=known.get("claim_id"),
        agents=list(known.get("agents") or []),
        turns=_joined(report.get("turns") or [], known.get("turns") or []),
        problems=_problems(report, call),
    )


def _problems(report: Mapping[str, Any], call: Mapping[str, Any] | None) -> list[str]:
    problems: list[str] = []
    ended_by = report.get("ended_by")
    if ended_by == "not_connected":
        return ["the line did not answer"]
    if ended_by == "limit":
        problems.append("the limit of the call was reached")
    if ended_by == "silence":
        problems.append("the agent fell silent")
    problems += [f"asked something without an answer: {question}" for question in report.get("unanswered") or []]
    if call is None:
        problems.append("the server knows nothing of the call")
    elif call.get("outcome") not in _GOOD_OUTCOMES:
        problems.append(f"the server's outcome is {call.get('outcome') or 'missing'}")
    return problems


def _joined(phone: Sequence[Mapping[str, Any]], server: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The phone's turns, each with what the server understood and which agent spoke."""
    turns: list[dict[str, Any]] = []
    matches = _aligned(phone, server)
    agent = ""
    for place, turn in enumerate(phone):
        same = [server[index] for index, owner in enumerate(matches) if owner == place]
        agent = str(same[-1].get("agent") or agent) if same else agent
        turns.append(
            {
                "caller": turn.get("caller", ""),
                "heard": " ".join(text for one in same if (text := str(one.get("caller_text") or ""))),
                "agent": agent,
                "said": turn.get("said", ""),
                "response_ms": turn.get("response_ms"),
            }
        )
    return turns


def _aligned(phone: Sequence[Mapping[str, Any]], server: Sequence[Mapping[str, Any]]) -> list[int]:
    """For each of the server's turns the phone's turn that it belongs to, in order (longest common alignment)."""
    rows, columns = len(server), len(phone)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            alike = _likeness(phone[column], server[row])
            best[row][column] = max(best[row + 1][column], best[row][column + 1], best[row + 1][column + 1] + alike)
    owners: list[int] = []
    column = 0
    for row in range(rows):
        while column < columns and best[row][column] == best[row][column + 1] and best[row][column] > 0:
            column += 1
        taken = column < columns and best[row][column] > best[row + 1][column]
        owners.append(column if taken else _nearer(phone, server[row], column))
        column += taken
    return owners


def _nearer(phone: Sequence[Mapping[str, Any]], turn: Mapping[str, Any], column: int) -> int:
    """Whose words a turn holds that is like none: what was said before, or what is said next and was begun early."""
    before, words = max(0, column - 1), str(turn.get("caller_text") or "").lower()
    if column >= len(phone) or not words:
        return before
    fits = [fuzz.partial_ratio(str(phone[place].get("caller") or "").lower(), words) for place in (before, column)]
    return column if fits[1] > fits[0] else before


def _likeness(phone: Mapping[str, Any], server: Mapping[str, Any]) -> float:
    heard = fuzz.ratio(str(phone.get("caller") or ""), str(server.get("caller_text") or "").lower()) / 100
    said = fuzz.ratio(str(phone.get("said") or ""), str(server.get("heard") or server.get("said") or "")) / 100
    together = heard + said if phone.get("caller") or server.get("caller_text") else said
    return together if together >= _ALIKE else 0.0
