"""What is told beside a value that is whole: "..., that's my cell", "by the bank on oak street in dayton".

Often nothing but what stands around a value puts it in doubt. Where a part of the answer is read for sure by itself,
where that value is whole (a place has its street and its city), and where the rest begins as a remark begins and
holds nothing that may speak of the value, that part is the answer: no other number, no denial, no hedge, nothing that
takes back, and no other thing that the value may belong to. What a remark says needs no list; what shakes a value has
one.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from backend.language.asked import Asked, Kind
from backend.language.plainness import TOLD_AT_LENGTH
from backend.language.reading import Reading

__all__ = ["Remarks", "Side"]

_MOST = 12
"""Parts of an answer that are read by themselves, at most."""
_PLACE = frozenset({"street", "city"})
"""Parts without which a place is not whole."""
_SEVERAL = 2
_MARKS = " ,.;"
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Side:
    """What stands before or behind a value of one kind; the patterns are looked for in small letters.

    Args:
        at: where the answer may be cut: a remark behind a value begins where it begins, a value behind a remark where
            it ends.
        shakes: what may speak of the value; words with any of it are no remark.
        harmless: what is struck from a remark before it is judged: "after three", "if I don't answer".
    """

    at: re.Pattern[str] = field(repr=False)
    shakes: re.Pattern[str] = field(repr=False)
    harmless: re.Pattern[str] = field(default=_NEVER, repr=False)

    def takes(self, told: str) -> bool:
        """Are these words a remark, or none at all?"""
        return self.shakes.search(self.harmless.sub(" ", told.lower())) is None


_NO_SIDE = Side(_NEVER, _NEVER)


@dataclass(frozen=True, slots=True)
class Remarks:
    """The rule for one language.

    Args:
        before: what may stand before a value of that kind.
        behind: what may stand behind one.
    """

    before: Mapping[Kind, Side] = field(repr=False)
    behind: Mapping[Kind, Side] = field(repr=False)

    def weigh(self, text: str, asked: Asked, reading: Reading, read: Callable[[str], Reading]) -> Reading:
        """The reading; or that of the part that is whole, where the rest is told beside it.

        Args:
            text: the answer.
            asked: the question.
            reading: what all the words were taken for.
            read: reads a part of the answer by itself.
        """
        if asked.told or asked.kind not in self.behind or not _may_be_more(asked.kind, reading):
            return reading
        for said, told in islice(self._parts(text, asked.kind), _MOST):
            alone = read(said)
            if alone.outcome == "value" and _is_whole(asked.kind, alone, reading):
                value = reading.value if _holds(reading, alone) else alone.value
                return replace(alone, value=value, against=(*alone.against, *told))
        return reading

    def _parts(self, text: str, kind: Kind) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The answer without what may be a remark before it, behind it, or both; as much of it as may be first."""
        plain = text.lower()
        before, behind = self.before.get(kind, _NO_SIDE), self.behind.get(kind, _NO_SIDE)
        starts = [found.end() for found in before.at.finditer(plain)]
        ends = [found.start() for found in behind.at.finditer(plain) if found.start()]
        cuts = [(start, end) for start in (0, *starts) for end in (*ends, len(text)) if end > start]
        for start, end in sorted(cuts, key=lambda cut: cut[0] - cut[1]):
            first, last = text[:start].strip(_MARKS), text[end:].strip(_MARKS)
            if (first or last) and before.takes(first) and behind.takes(last):
                yield text[start:end].strip(_MARKS), tuple(filter(None, (first, last)))


def _may_be_more(kind: Kind, reading: Reading) -> bool:
    """Is it in doubt, or a place of which only the street was found?"""
    only_a_street = kind == "address" and reading.outcome == "value" and [*reading.value] == ["street"]
    return reading.outcome == "ask" or only_a_street


def _is_whole(kind: Kind, part: Reading, reading: Reading) -> bool:
    """Is a number more than one, as of one nearly anything may be told? Has a place its street and its city, and not
    one that stood in a longer street: "main street, main like the river"?"""
    if kind == "integer":
        return part.value >= _SEVERAL
    if kind != "address":
        return True
    if not _PLACE.issubset(part.value):
        return False
    of_both = f"{part.value['street']} {part.value['city']}".split()
    return reading.outcome == "ask" or len(of_both) < len(reading.value["street"].split())


def _holds(reading: Reading, part: Reading) -> bool:
    """Was it in doubt for its length only, and is the part in it: "the walmart parking lot on route 1 in ..."?"""
    if reading.why != TOLD_AT_LENGTH or not isinstance(part.value, dict):
        return False
    return all(str(said) in str(reading.value.get(name, "")) for name, said in part.value.items())
