"""What a server understood of callers and how it treated them: utterances found again in its record of the call."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.claim_story import Reply
from bench.figures import summary
from bench.treatment import Treatment

__all__ = ["Heard", "Record", "Understood", "answer_figures", "understood"]

_TALKED_OVER_MS = 300.0
_HAND_OFF = "hand_off_to_"

Record = Mapping[str, Any]
"""A turn or a call as the operations API gives it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One utterance that the server understood as one turn."""

    reply: Reply
    treatment: Treatment
    tools: tuple[str, ...] = ()
    filler_lead_ms: float | None = None
    """By how much a filler came before the answer itself; ``None`` without one."""

    @property
    def wait_ms(self) -> float | None:
        """From the caller's last sound to the first of the answer itself."""
        waited = self.treatment.wait_ms
        return None if waited is None else waited + (self.filler_lead_ms or 0.0)

    @property
    def handed_over(self) -> bool:
        """Did another agent take over?"""
        return any(name.startswith(_HAND_OFF) for name in self.tools)


@dataclass(frozen=True, slots=True)
class Understood:
    """One call, utterance by utterance."""

    heard: Sequence[Heard]
    lost: Sequence[str]
    """What the caller said and no turn holds as a whole: it was answered by halves, or joined to something else."""
    surplus: Sequence[str]
    """What turns hold and the caller did not say so, or not so often."""

    @property
    def failures(self) -> list[str]:
        """In words, what is out of step."""
        return [f"not heard as a whole: {text!r}" for text in self.lost] + [
            f"heard but not said, or twice: {text!r}" for text in self.surplus
        ]


def understood(said: Sequence[tuple[Reply, Treatment]], turns: Sequence[Record]) -> Understood:
    """Find the turn of each utterance by its words."""
    left = defaultdict[str, deque[Record]](deque)
    for turn in turns:
        if text := str(turn["caller_text"]).lower():
            left[text].append(turn)
    heard, lost = list[Heard](), list[str]()
    for reply, treated in said:
        if left[reply.text]:
            heard.append(_heard(reply, treated, left[reply.text].popleft()))
        else:
            lost.append(reply.text)
    return Understood(heard, lost, [text for text, turns in left.items() for _ in turns])


def _heard(reply: Reply, treated: Treatment, turn: Record) -> Heard:
    latencies: Mapping[str, float | None] = turn["latencies"]
    filler, own = latencies["filler_ms"], latencies["first_frame_ms"]
    lead = own - filler if filler is not None and own is not None and filler < own else None
    return Heard(reply, treated, tuple(turn["tools"]), lead)


def answer_figures(heard: Sequence[Heard]) -> dict[str, Any]:
    """Sum utterances up: waits by kind of turn, and manners."""
    treated = [one.treatment for one in heard]
    fillers = [one.treatment.wait_ms for one in heard if one.filler_lead_ms is not None]
    over = [one for one in heard if one.treatment.over_ms > _TALKED_OVER_MS]
    return {
        "caller stops to answer": _waits(heard),
        "the same, without a tool": _waits([one for one in heard if not one.tools]),
        "the same, with a tool": _waits([one for one in heard if one.tools]),
        "of these, with a hand-off": _waits([one for one in heard if one.handed_over]),
        "caller stops to canned acknowledgement": summary([ms for ms in fillers if ms is not None]),
        "pauses inside": summary([ms for one in treated for ms in one.pauses_ms]),
        "utterances": len(heard),
        "unanswered": sum(one.wait_ms is None for one in treated),
        "talked over": len(over),
        "talked over while dictating": sum(one.reply.dictated for one in over),
        "begun in a pause": sum(one.begun_early for one in treated),
    }


def _waits(heard: Sequence[Heard]) -> dict[str, float] | None:
    return summary([one.wait_ms for one in heard if one.wait_ms is not None])
