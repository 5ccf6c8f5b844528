"""One of the choices that a store names, by its words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from backend.language.asked import Asked, Choice
from backend.language.en.aside import read_aside
from backend.language.en.choice_doubt import speaks_against
from backend.language.en.clauses import Clause, clauses_of, hedges
from backend.language.en.lists import LISTS, VAGUE
from backend.language.reading import Reading, doubtful, nothing, sure
from backend.language.store_words import Found, find, hints_of
from backend.language.words import MARKS, words_of

__all__ = ["read_choice", "takes_back"]

_TAKES_BACK = re.compile(
    r"\b(?:no wait|wait no|sorry|i mean|i meant|actually|rather|no|scratch that|make that|correction)\b"
)
_INSTEAD = re.compile(
    r"\b(?:no wait|wait no|i mean|i meant|scratch that|make that|no actually|actually no|no sorry|sorry no"
    r"|no,? (?:i was|it was|we were|to|for))\b"
)
"""What was said before it is taken back; stricter than a "no" or a "sorry" that may belong to anything."""
_PREFERS = re.compile(
    r"\b(?:but|rather|prefer\w*|better|best|except|unless|not|only|instead|actually|first|if|though)\b"
)
"""Beside all of the choices: one of them is liked better."""
_RIGHTED = re.compile(r"\bno (?:sorry|wait|actually|i mean|i meant|make (?:that|it))(?: (?:the|my|in|a|it's))*$|\bno$")
_ASKS = re.compile(
    r"^(?:(?:um|uh|so|and|hi|hello|hey|well|but|oh|okay|ok|yeah|please) )*(?:who|what|what's|where|when|why|how|is"
    r"|are|am|do|does|did|can|could|will|would|if)\b"
)
_WHETHER = re.compile(r"\b(know|wondering|wondered|wonder|see|ask|asking|tell me|check|checking|find out|sure) if\b")
"""An "if" that asks, and supposes nothing."""
_INDIRECT = re.compile(
    r"\b(?:know|wondering|wondered|wonder|ask|asking|tell me|check|checking|find out)"
    r" (?:whether|how|what|when|where|why|who)\b"
)
_INVERTED = re.compile(r" (?:am|are|is|do|does|did|will|would|can|could|should) (?:i|we|you|it|they|that|my|the)\b")
"""A question that follows an "if"."""
_OF_OTHERS = re.compile(
    r"^(?:(?:and|but|well|while|because|so) )*(?:(?:she|he|they)(?:'\w+)?|the other [\w']+"
    r"|(?:my|a) (?:neighbou?r|friend|co-?worker|colleague|boss|buddy)(?:'s|s)?"
    r"(?! (?:hit|ran|[a-z]+ed)(?: [a-z]+)? (?:me|us|my|our)\b))\b"
)
_CALLING = re.compile(
    r"(?:\bnot|n't) (?:(?:really|actually|even|just) )?(?:calling|phoning|ringing|here|trying|asking|talking)"
    r" (?:about|for|because of|over|regarding|to \w+)(?: (?:a|an|the|any|my|new))*$"
)
""" "I'm not calling about a ..." denies what stands behind it, however far the "not" is."""
_OTHERS, _OWN = frozenset({True}), frozenset({False})
_NEAR = 3
_FIRST_PERSON = frozenset("i i'm i've i'd me my we we're our us".split())


def read_choice(words: str, asked: Asked) -> Reading:
    """The choice whose words were said and not denied; two are a question, unless one takes the other back."""
    hints = hints_of([_with_its_name(one, words) for one in asked.choices], LISTS)
    whose: dict[Any, set[bool]] = {}
    named: dict[Any, str] = {}
    strong: list[Any] = []
    weak: list[Any] = []
    said: list[str] = []
    for clause in clauses_of(_WHETHER.sub(r"\1 whether", words)):
        denied, found = _apart(
            clause, sorted(find(hints, clause.text), key=lambda one: -one.last), bool(strong or weak)
        )
        found = _asked_about(clause, found) if asked.ordered else found  # "is my wife's brother" is told, not asked
        strong = [one.value for one in found if not one.weak and not _supposed(clause, one.last)] + strong
        weak += [one.value for one in found if one.weak]
        weak += [one.value for one in found if not one.weak and _supposed(clause, one.last)]
        for one in found:
            named.setdefault(one.value, one.words)
            whose.setdefault(one.value, set()).add(_OF_OTHERS.match(clause.text) is not None)
        said += [one.words for one in found]
        strong = [value for value in strong if value not in denied]
        weak = [value for value in weak if value not in denied]
    values = list(dict.fromkeys(strong)) or list(dict.fromkeys(weak))
    if not values:
        return _none_fits(words, asked)
    if asked.ordered:
        order = [one.value for one in asked.choices]
        whom = {value: frozenset(whose[value]) for value in values}
        if asked.otherwise is not None and set(whom.values()) == {_OTHERS, _OWN}:
            return doubtful("said of two people", *sorted(values, key=lambda value: whom[value] == _OTHERS))
        last = values[:1] if asked.otherwise is not None and _INSTEAD.search(words.lower()) else ()
        return sure(min(last or values, key=order.index), tuple(said))
    if (either := _stands_for_all(values, asked.choices, named, words)) is not None:
        return sure(either, (words,))
    if asked.otherwise is None and speaks_against(words, tuple(said)):
        return doubtful("words beside it speak against it", *values, against=tuple(said))
    if len(values) > 1:
        values = values[:1] if takes_back(words) and None not in values else values
    if len(values) > 1 or hedges(words):
        return doubtful("more than one may be meant", *values, against=tuple(said))
    return sure(values[0], tuple(said)) if values[0] is not None else nothing()  # words that shut the choices out


def takes_back(words: str) -> bool:
    """Does something in it take back what was said before?"""
    return _TAKES_BACK.search(" ".join(words_of(words))) is not None


def _stands_for_all(values: Sequence[Any], choices: Sequence[Choice], named: Mapping[Any, str], words: str) -> Any:
    """The choice that is not offered, where all that are were named in one breath beside it: "morning or afternoon,
    it doesn't matter"; ``None`` where one of them is liked better."""
    offered = [one.value for one in choices if one.offered and one.value is not None]
    more = set(values) - {*offered}
    if len(offered) < 2 or not {*offered} < set(values) or len(more) != 1 or None in more:
        return None
    text = " ".join(words_of(words))
    inner = "|".join(re.escape(named[value]) for value in offered)
    together = re.search(rf"\b(?:{inner})(?: (?:,|or|and|in|the|a)+)+ (?:{inner})\b", text)
    return more.pop() if together and not _PREFERS.search(text) else None


def _with_its_name(one: Choice, words: str) -> Choice:
    """A choice may be called by its name; "other" is a name in a short answer only: "the other car" names none."""
    name = str(one.value).replace("_", " ").lower() if isinstance(one.value, str) else ""
    if name == "other" and len(words_of(words)) > _NEAR:
        return one
    return replace(one, words=(*one.words, name)) if name and name.replace(" ", "").isalnum() else one


def _apart(clause: Clause, found: list[Found], follows: bool) -> tuple[list[Any], list[Found]]:
    """What a clause denies, and what it says. Only a negation right before it denies one of several.

    Behind something that was said, "no, sorry" denies that, and not what comes next: "morning, no sorry, afternoon".
    """
    firm = [one for one in found if _denied(clause, one.first)]
    begun = -1 if follows else min((one.last for one in found), default=0)
    denied = [one for one in firm if one.first <= begun or not _puts_right(clause, one.first)]
    return [one.value for one in denied], [one for one in found if one not in denied]


def _asked_about(clause: Clause, found: list[Found]) -> list[Found]:
    """Of several that stand in a question: what it asks about, which is said first ("what do I pay after a crash")."""
    real = [one for one in found if not one.weak and not _supposed(clause, one.last)]
    if len(real) < 2 or not (_ASKS.search(clause.text) or _INDIRECT.search(clause.text)):
        return found
    first = min(real, key=lambda one: one.last)
    return [one for one in found if one.value == first.value]


def _supposed(clause: Clause, place: int) -> bool:
    """Is what stands at this place only imagined: behind an "if", up to a question ("if I crash, do I pay")?"""
    opens = next((at for at, token in enumerate(clause.tokens) if token in {"if", "suppose"}), None)
    if opens is None:
        return clause.supposed
    return opens < place and not _INVERTED.search(" ".join(clause.tokens[opens : place + 1]))


def _denied(clause: Clause, place: int) -> bool:
    near = clause.tokens[max(place - _NEAR, 0) : place]
    if any(word in {"not", "no", "never", "without"} or word.endswith("n't") for word in near):
        return True
    return _CALLING.search(" ".join(clause.tokens[:place])) is not None


def _puts_right(clause: Clause, place: int) -> bool:
    """Does a "no" with a word of correction stand before it, and nothing else that denies?"""
    return _RIGHTED.search(" ".join(clause.tokens[max(place - _NEAR - 1, 0) : place])) is not None


def _none_fits(words: str, asked: Asked) -> Reading:
    if none := read_aside(words):
        return nothing(none)
    content = [word for word in words_of(words) if word not in VAGUE and word not in MARKS]
    if asked.otherwise is None or not content:
        return nothing()
    has_words = any(one.value == asked.otherwise and one.words for one in asked.choices)
    told = _FIRST_PERSON & set(words_of(words)) and not _ASKS.search(" ".join(words_of(words)))
    if has_words or told:
        return doubtful("it fits none of the choices", asked.otherwise)
    return sure(asked.otherwise, tuple(content))
