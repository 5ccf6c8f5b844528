"""Whole numbers in Spanish, also where things are counted: "un camión y mi carro", "el mío y otros tres"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from backend.language.asked import Asked
from backend.language.es.asides import aside
from backend.language.es.counted import counted
from backend.language.es.doubt import CORRECTION, Found, settled
from backend.language.es.parties import parties_of
from backend.language.es.words import Said, said
from backend.language.mention import Mention
from backend.language.reading import Reading, doubtful, nothing, sure
from backend.language.tally import Item, tally

__all__ = ["read_integer"]

_NOT_COUNTED = re.compile(
    r"\b(?:\d+|un|una) (?:segund|minut|moment|hora|dia|ano|vez|vece|semana|mes|metro|kilometro)\w*|\ba la 1\b"
)
_EITHER = re.compile(r"\b(\d+) o (?:quiza |tal vez |hasta )?(\d+)\b|\bentre (\d+) y (\d+)\b")
_DID = re.compile(
    r"\b(?:pegue|pego|pegaron|choque|choco|chocaron|chocamos|golpeo|golpee|golpearon|di contra|dio|aventaron|avento"
    r"|rayo|rayaron|fuga|fue sin|se fue|huyo|estrelle|estrello|embistio)\b"
)
"""What the caller did, or what was done to them: a thing that is named then stands beside their own."""
_SOMEBODY = re.compile(r"\b(?:me|nos|l[eo]s?|alguien|senora?|muchach[oa]|chav[oa]|tipo|conductor|se) ")
_HEARD = re.compile(r"\b(?:dijo|dice|dicen|dijeron|segun|conto|contaron|puso|pusieron)\b")
"""Somebody else's number."""
_WHOEVER = re.compile(r"\b(?:y|e|mas|con) (?:[ay] )?(?:quien\w*|lo que|no se|a saber|sabra dios)\b")
"""How many those are nobody can tell, nor whether they count."""
_ONE_LEFT = re.compile(r"\bpero (?:1|uno) (?:se (?:pelo|fue|largo|escapo|fugo)|huyo|escapo|arranco)\b")
""" "Eran cuatro, pero uno se peló": it was one of them."""
_TOLD_ALREADY = re.compile(r"^(?:(?:eso|pues|pero|si) )*ya (?:se|te) l[oa]s? (?:dije|conte|di|explique)\b(?!.*\d)")
""" "Eso ya se lo dije al otro muchacho": nothing was counted."""
_JOINS = frozenset({"y", "e", "mas"})


def read_integer(words: str, asked: Asked) -> Reading:
    """A whole number; where things are counted, those that were named one by one are added up."""
    answer = said(words)
    if _TOLD_ALREADY.match(answer.plain):
        return nothing()
    if any(choice.value is None for choice in asked.choices) and (listed := parties_of(answer.plain, asked)):
        once = len(listed) == 1
        return sure(listed[0], (answer.plain,)) if once else doubtful("one may have been said twice", *listed)
    either = _EITHER.search(_NOT_COUNTED.sub(" ", answer.plain))
    if either:
        return doubtful("one of two numbers", *(int(number) for number in either.groups() if number))
    if not asked.choices:
        plain = _NOT_COUNTED.sub(" ", answer.plain)
        return settled([Found(int(m[0]), *m.span()) for m in re.finditer(r"\b\d+\b(?![/:.,-])", plain)], answer)
    return _counted(answer, asked)


def _counted(answer: Said, asked: Asked) -> Reading:
    """The things of an answer in one number."""
    words = answer.plain.split()
    mentions = _after_corrections(counted(asked.choices).find(words, None), words)
    if all(mention.values[0].sort == "stray" for mention in mentions):
        return nothing(aside(answer))
    inside = {at for mention in mentions for at in range(mention.start, mention.end)}
    left = " ".join(word if at not in inside else "," for at, word in enumerate(words))
    did = _DID.search(left) is not None
    found = tally(
        words,
        mentions,
        has_own=any(choice.value is None for choice in asked.choices),
        joins=_JOINS,
        ours=did,
        unlisted=did and _SOMEBODY.search(f"{left} ") is not None,
    )
    if found.counts and _WHOEVER.search(left):
        return doubtful("something else was named")
    counts, why = found.counts, found.why or ("somebody else's number" if _HEARD.search(left) else "")
    if did and not why and _only_a_number(mentions):
        counts, why = (counts[0] + 1, counts[0]), "with the caller's own or without"
    if not counts:
        return doubtful(why)
    reading = settled(_places(words, mentions, counts, why), answer)
    left_out = tuple(match[0] for match in _ONE_LEFT.finditer(answer.plain))
    return replace(reading, against=(*reading.against, *left_out))


def _only_a_number(mentions: Sequence[Mention]) -> bool:
    """ "Le pegué a dos", "uno me pegó": is a bare number all that was said?"""
    items: list[Item] = [mention.values[0] for mention in mentions]
    return all(item.sort in ("total", "stray") for item in items)


def _after_corrections(mentions: Sequence[Mention], words: Sequence[str]) -> list[Mention]:
    """What stands behind the last correction that something stands behind."""
    starts = [len(" ".join(words[: mention.start])) + (mention.start > 0) for mention in mentions]
    kept = list(mentions)
    for match in CORRECTION.finditer(" ".join(words)):
        behind = [mention for mention, start in zip(mentions, starts, strict=True) if start >= match.end()]
        kept = behind or kept
    return kept


def _places(words: Sequence[str], mentions: Sequence[Mention], counts: Sequence[int], why: str) -> list[Found]:
    """The number in all at the place of each item, so that what stands between them is unread."""
    return [
        Found(
            counts[0],
            len(" ".join(words[: mention.start])) + (mention.start > 0),
            len(" ".join(words[: mention.end])),
            why,
            tuple(counts[1:]),
        )
        for mention in mentions
    ]
