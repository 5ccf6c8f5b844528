"""The members of an English list of those who took part, as ``backend.language.parties`` adds them up."""

import re
from functools import lru_cache

from backend.language.asked import Asked
from backend.language.en.counted import CALLED_OUT, STRUCK, WHO
from backend.language.en.kin import KIN
from backend.language.en.number_words import DIGITS
from backend.language.parties import Parties

__all__ = ["parties_of"]

_NUMBERS = {**{word: number for word, number in DIGITS.items() if number}, "ten": 10, "eleven": 11, "twelve": 12}
_ONE = "(?:a|an|the|this|that|another|some)"
_WORD = (
    rf"(?!(?:and|plus|or|not|no|but|with|in|on|at|of|to|by|for|from|my|me|mine|i|we|us|our|his|her|hers|him|he|she|it"
    rf"|they|their|the|a|an|other|another|one|two|three|four|five|six|seven|eight|nine|ten|is|was|were|had|has|did|that"
    rf"|who|which|then|behind|ahead|front|toy|model|parked|{CALLED_OUT})\b)[a-z]+"
)
"""A word of which nothing else is known: "a transit van"."""
_WHERE = (
    r"(?: (?:right|just|directly|that was|who was|that were|parked|stopped|sitting|waiting))*"
    r" (?:in front|behind|ahead|in back|next to|beside|in the middle|at the (?:back|front|end))"
    r"(?: (?:of )?(?:me|us|mine|him|her|it|that|them))"
)
_WHICH = (
    rf"(?: (?:that|who|which) (?:{STRUCK})(?: into)?(?: (?:me|us|mine))?| (?:{STRUCK}) (?:me|us|mine)"
    rf"|(?: that)? (?:he|she|it|they|i|we) (?:then |also )?(?:{STRUCK})(?: into)?)"
)
_PLURALS = (("s", ""), ("es", ""), ("ies", "y"))
_LEADS = re.compile(
    r"(?:(?:um|uh|well|so|okay|oh|yeah|yes|it is|it was|that was|that is|that would be|there was|there were|there is"
    r"|we had|just|only|basically|let us see|involved|total|in total) )*"
)
_JOINS = re.compile(r" ?(?:(?:and|plus|then|,|also|as well as|\.\.\.)(?: |$))+")
_ENDS = re.compile(
    r" ?(?:(?:and )?that is (?:it|all|everybody|everyone)|(?:and )?nobody else|(?:and )?no one else|altogether"
    r"|in total|involved|,|\.|!)(?= |$)"
)


def parties_of(words: list[str], asked: Asked) -> tuple[int, ...]:
    """How many an answer comes to that is a plain list; none where it is none, two where it may be either."""
    things = [choice for choice in asked.choices if choice.value is not None]
    nouns = tuple(tuple(filter(_is_plain, choice.words)) for choice in things if choice.offered)
    names = tuple(word for choice in things if not choice.offered for word in choice.words if _is_plain(word))
    return _grammar(nouns, names, asked.beside).counts(words)


def _is_plain(word: str) -> bool:
    return word.replace(" ", "").replace("-", "").isalnum()


@lru_cache(maxsize=16)
def _grammar(things: tuple[tuple[str, ...], ...], names: tuple[str, ...], beside: tuple[str, ...]) -> Parties:
    """The grammar for these nouns, the first of which are those for all that is counted, and for names of it."""
    general = (*things, ())[0]
    named = (*(word for words in things for word in words), *names)
    noun, one_noun = _either(named), _either(tuple(word for word in named if not _is_plural(word, named)))
    number = "|".join((*_NUMBERS, r"\d{1,2}"))
    whose = rf"(?:(?:my|our|his|her|the|their) (?:{_WORD} )?[a-z]+'s)"
    described = rf"(?:(?:parked|other|more|big|little|same|{_WORD}) ){{0,3}}?"
    many, thing = rf"{described}(?:{noun})", rf"{described}(?:{one_noun})(?: (?:{one_noun}))?"
    own = rf"(?:my|our) (?:own )?(?:(?:parked|{_WORD}) ){{0,2}}?(?:{one_noun})"
    inside = rf"(?: (?:in|on|with|driving) (?:my|our|his|her|a|an|the) {thing})"
    person = (
        rf"(?:{_ONE} other (?:(?:{WHO})|one)|another one|(?:the|another|that|this) (?:{WHO})|him|her)"
        rf"(?:{inside})?(?:{_WHERE}|{_WHICH})?|{_ONE} (?:{WHO})(?:{inside}|{_WHERE}|{_WHICH})"
        rf"|(?:my|his|her|the) (?:{'|'.join(sorted(KIN))}){inside}"
    )
    one = (
        rf"(?:{_ONE}|his|her|their|{whose}) {thing}(?:{_WHERE}|{_WHICH})?|(?:his|hers|theirs)|{person}"
        rf"|(?:the(?: one)?|one)(?:{_WHERE}|{_WHICH})"
        rf"|(?:somebody|someone) else"
    )
    several = rf"(?P<number>{number})(?: {many}| (?:others?|more|parked)(?: ones?)?)(?:{_WHERE}|{_WHICH})?"
    flags = r"(?= |$)"
    return Parties(
        leads=_LEADS,
        joins=_JOINS,
        ends=_ENDS,
        own=re.compile(
            rf" ?(?:{own}|mine|ours|(?:me|myself|us|ourselves|i)(?:{inside})?)"
            rf"(?: (?:in the middle|as well|too))?{flags}"
        ),
        others=re.compile(rf" ?(?:{several}|{one}){flags}"),
        nothing=re.compile(
            rf" ?(?:a|an|the|some|my|his)(?: {_WORD})? (?:{_either(_standing(beside))})(?= ?$| that is (?:it|all))"
        ),
        total=re.compile(
            rf" ?(?:(?:so|that makes|that is|makes|makes it|total of|for a total of|a total of|it was|all|the"
            rf"|there were) )*(?:all )?(?P<number>{number})(?: (?:of us|of them|{_either(general)}))?"
            r"(?: (?:altogether|in total|in all|total|involved|all together|counting mine|including mine|with mine))*"
            rf"{flags}(?! (?:{_either(named)}|others?|more|parked)\b)"
        ),
        numbers=_NUMBERS,
        apposed=re.compile(r" ?(?:a|an) "),
        named=re.compile(rf"\b(?:{_either(names)}|(?:{number}) (?:{_either(general)}))\b"),
        plain=re.compile(rf" ?(?:(?:a|an|{number}) (?!(?:[a-z]+ )?(?:{_either(general)})\b).+|me|myself|i|us)"),
        pauses=frozenset({",", "..."}),
    )


def _standing(beside: tuple[str, ...]) -> tuple[str, ...]:
    """What is told beside the number and stands or walks by itself; not who rides on something."""
    ridden = {"cyclist", "bicycle", "bike", "rental", "pedestrian", "front", "behind", "hit", "count", "counts"}
    return tuple(word for word in beside if word.isalpha() and word not in ridden)


def _is_plural(word: str, words: tuple[str, ...]) -> bool:
    """ "The cars behind me" are nobody knows how many."""
    return any(word.endswith(end) and word[: -len(end)] + start in words for end, start in _PLURALS)


def _either(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"
