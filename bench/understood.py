"""What a server understood of callers and how it treated them: utterances found again in its record of the call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.claim_story import Reply
from bench.figures import summary
from bench.masked_words import holds_the_beginning, holds_the_whole, is_all_hidden
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
    halves: Sequence[str]
    """What the caller said and was answered before it was whole: the record has its parts as turns of their own."""
    lost: Sequence[str]
    """What else no turn holds as a whole: it was joined to something else, misheard or not heard."""
    surplus: Sequence[str]
    """What turns hold and the caller did not say so, or not so often."""

    @property
    def failures(self) -> list[str]:
        """In words, what is out of step."""
        return [
            *(f"answered by halves: {text!r}" for text in self.halves),
            *(f"not heard as a whole: {text!r}" for text in self.lost),
            *(f"heard but not said, or twice: {text!r}" for text in self.surplus),
        ]


def understood(said: Sequence[tuple[Reply, Treatment]], turns: Sequence[Record]) -> Understood:
    """Find the turn of each utterance by its words, in the order of the call.

    Secrets are hidden in the record, so two parts of one look like two whole ones: where a hidden turn is left over
    beside an utterance that was found hidden, that one was answered by halves.
    """
    spoken = [turn for turn in turns if turn["caller_text"].strip()]
    kept = [str(turn["caller_text"]) for turn in spoken]
    texts = [reply.text for reply, _ in said]
    turn_of = _paired(texts, kept)
    left = [place for place in range(len(kept)) if place not in turn_of.values()]
    for place in _halved_in_hiding(texts, kept, turn_of, left):
        left.append(turn_of.pop(place))
    heard = [_heard(*said[place], spoken[turn]) for place, turn in sorted(turn_of.items())]
    missed = [text for place, text in enumerate(texts) if place not in turn_of]
    surplus = [kept[place] for place in sorted(left)]
    halves = [text for text in missed if any(holds_the_beginning(part, text) for part in surplus)]
    return Understood(heard, halves, [text for text in missed if text not in halves], surplus)


def _paired(said: Sequence[str], kept: Sequence[str]) -> dict[int, int]:
    """For each utterance that a turn holds as a whole, that turn: as many as there can be in their order."""
    most = [[0] * (len(kept) + 1) for _ in range(len(said) + 1)]
    for one in reversed(range(len(said))):
        for other in reversed(range(len(kept))):
            fits = holds_the_whole(kept[other], said[one])
            most[one][other] = max(most[one + 1][other], most[one][other + 1], fits + most[one + 1][other + 1])
    pairs, one, other = dict[int, int](), 0, 0
    while one < len(said) and other < len(kept):
        if holds_the_whole(kept[other], said[one]) and most[one][other] == 1 + most[one + 1][other + 1]:
            pairs[one] = other
            one, other = one + 1, other + 1
        elif most[one][other] == most[one + 1][other]:
            one += 1
        else:
            other += 1
    return pairs


def _halved_in_hiding(
    said: Sequence[str], kept: Sequence[str], turn_of: Mapping[int, int], left: Sequence[int]
) -> list[int]:
    """Utterances whose turn may as well be a part of them, as the turn beside it is another."""
    free, found = set(left), list[int]()
    for place, turn in turn_of.items():
        whole = kept[turn].lower() == said[place].lower()
        if not whole and (parts := {turn - 1, turn + 1} & free) and any(is_all_hidden(kept[part]) for part in parts):
            free -= parts
            found.append(place)
    return found


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
