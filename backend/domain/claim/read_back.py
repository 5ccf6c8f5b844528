"""The claim read back to its caller: two parts of at most 35 words, the question behind them included."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from backend.domain.claim.field import Field, PartKey
from backend.domain.claim.story import in_second_person

__all__ = ["MOST_WORDS", "PARTS", "changed_words", "part_words"]

PARTS: tuple[PartKey, ...] = ("what_and_when", "who_and_how")
MOST_WORDS = 35
"""Words of one part, with the question that is asked behind it."""

_FOR_THE_QUESTION: Mapping[PartKey, int] = {"what_and_when": 4, "who_and_how": 4}
"""Words of "Is that all correct?" and of "And is that right?"."""
_LEADS: Mapping[PartKey, str] = {"what_and_when": "Let me read that back.", "who_and_how": ""}
_IN_YOUR_WORDS = "What happened is noted in your words."
_STORY = "incident_description"
_PLACE = "loss_location"
_SHORTEST_PLACE = 4
_LAST = ("injuries", "vehicles_involved", "trip_purpose", "passengers")
"""Said behind the others of their part."""
_LONGEST_CHANGE = 18


def part_words(key: PartKey, fields: Mapping[str, Any], form: Sequence[Field]) -> str:
    """One whole part. What is too long is left out or shortened: the lead first, then the story, then the place."""
    told = [one for one in form if one.part == key]
    told.sort(key=lambda one: one.name in _LAST)
    said = {one.name: clause for one in told if (clause := _clause(one, fields))}
    if open_ones := [one.label for one in told if one.label and one.name in fields and fields[one.name] is None]:
        said["open"] = f"still open: {', '.join(open_ones)}"
    room = MOST_WORDS - _FOR_THE_QUESTION[key]
    story = said.pop(_STORY, "")
    if (over := _count(*said.values()) - room) > 0 and _PLACE in said:
        said[_PLACE] = _shortened(said[_PLACE], max(_count(said[_PLACE]) - over, _SHORTEST_PLACE))
    body = _sentence(_clip(", ".join(said.values()), room))
    if story and _count(story, body) > room:
        story = _IN_YOUR_WORDS if _count(_IN_YOUR_WORDS, body) <= room else ""
    lead = _LEADS[key] if _count(_LEADS[key], story, body) <= room else ""
    return " ".join(part for part in (lead, _sentence(story), body) if part)


def changed_words(names: Collection[str], fields: Mapping[str, Any], form: Sequence[Field]) -> str:
    """Only the fields of a part that have changed since the caller heard all of it."""
    changed = [one for one in form if one.name in names]
    clauses = [_clause(one, fields) or (f"{one.label} stays open" if one.label else "") for one in changed]
    told = _clip(", ".join(clause for clause in clauses if clause) or "that is noted", _LONGEST_CHANGE)
    told = f"it was {told}" if told.startswith(("at ", "around ", "with ", "without ")) else told
    return f"Then {told}, and the rest as I read it."


def _clause(one: Field, fields: Mapping[str, Any]) -> str:
    if one.name not in fields:
        return ""
    clause = one.say(fields[one.name], fields)
    return in_second_person(clause) if one.name == _STORY else clause


def _count(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)


def _clip(text: str, most: int) -> str:
    found = text.split()
    return text if len(found) <= most else " ".join([*found[: max(most - 3, 1)], "and so on"])


def _shortened(place: str, most: int) -> str:
    """The end of a place tells most: the city is kept."""
    street, _, rest = place.partition(", ")
    kept = max(most - _count(rest), 2)
    return ", ".join(part for part in (" ".join(street.split()[:kept]), rest) if part)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""
