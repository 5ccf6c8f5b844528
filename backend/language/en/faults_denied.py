"""Two refusals that are together a yes, or nearly: "there's nothing I would change", "I'm not saying no"."""

import re
from collections.abc import Callable

__all__ = ["denies_a_fault"]

_FAULTS = frozenset("wrong incorrect mistake mistakes error errors".split())
_FAULT_DENIED = re.compile(
    r"^never been (?:more|better)\b|^(?:(?:there's|there is|well|i'm sure|honestly|i) )*(?:nothing|not a thing"
    r"|can't|cannot|couldn't"
    r"|could not|wouldn't)"
    r"(?: \w+| i'd){0,4}? (?:change|fault|better|improve|argue|quibble|complain)(?: [\w']+){0,3}$"
)
_BARE_NO = frozenset("no nope nah".split())
_DENY = r"(?:(?<!you )(?:not|cannot)|never|(?!don't you)[a-z]+n't(?! you\b))"
"""A verb denied. "Didn't you hear me say no" is no such thing."""
_NONE = rf"(?:no|zero|nothing|not one|{_DENY}(?: (?!want)[\w']+){{0,2}}? (?:a|an|any|no|one))"
_BAD = r"(?:wrong|incorrect|mistaken|untrue|false|amiss)"
_AGAINST_IT = (
    r"mistakes?|errors?|problems?|objections?|issues?|complaints?|quarrel|trouble|inaccurac(?:y|ies)|corrections?"
    r"|reservations?|doubts?"
)
_DENIED_TWICE = re.compile(
    # "there's no mistake in there", "I don't see any problem with it"
    rf"\b{_NONE}(?: (?:single|real|big|such|good|further|other))? (?:{_AGAINST_IT})\b"
    # "that doesn't sound wrong"
    rf"|\b(?:nothing|{_DENY})(?: (?:sound|look|seem|feel|be|anything|that's|is|was|at all|all that))* {_BAD}\b"
    # "I wouldn't say no"
    rf"|\b{_DENY}(?: [\w']+){{0,3}}? (?:say|saying|said|hear|heard)(?: me)?(?: saying?)? (?:no|nope)\b"
    r"(?! (?:such|one|more|thing))"
    # "it's not that I don't want to", "I never said I didn't"
    rf"|\b{_DENY}(?: (?:really|ever|gonna|going to))? (?:that|because|(?:say|saying|said|claiming|mean)(?: that)?)"
    r" [a-z]+(?:'[a-z]+)? ?(?:not|[a-z]+n't)\b"
    # "ain't no reason not to", "I can't see why you shouldn't"
    rf"|\b{_NONE}(?: [\w']+)? (?:reason|cause)(?: why)?(?: (?:i|we|you|that))? (?:not|[a-z]+n't)\b"
    rf"|\b{_DENY}(?: [\w']+)? (?:see|know|think of|imagine|find)(?: any reason| a reason)? why"
    r"(?: (?:i|we|you))? (?:not|[a-z]+n't)\b"
    # "I wouldn't mind", "nothing against it"
    rf"|\b(?:{_DENY}|nothing)(?: (?:really|at all|even|have|got|anything|a thing))*"
    r" (?:(?<!never )mind|object|oppose|disagree|against)\b(?! \w+ing\b)"
    # "no sense in waiting", "no time like the present", "you don't have to ask twice"
    r"|\bno (?:time like|better time|(?:point|sense|use|need|reason)(?: in| to)? (?:wait|delay)\w*)\b"
    rf"|\b{_DENY}(?: [\w']+){{0,2}}? (?:hesitat\w+|delay\w*|hold back|ask(?: me)? (?:twice|again))\b"
)
"""A word that denies, and what it denies is a denial, a fault, or a reason against it."""


def denies_a_fault(said: list[str], refuses: Callable[[str], bool]) -> bool:
    """Does one word of refusal deny another, so that nothing is wrong? A bare no is none of them.

    Args:
        said: the words of the answer.
        refuses: does this word refuse or deny?
    """
    text = " ".join(said)
    if _FAULT_DENIED.match(text):
        return True
    left = _DENIED_TWICE.sub(" ", text)
    if left != text and not any(refuses(word) for word in _behind_a_no(left.split())):
        return True
    faults = _FAULTS.intersection(said)
    denied = any(refuses(word) for word in said if word not in _FAULTS | _BARE_NO)
    return bool(faults) and denied and said[0] not in _BARE_NO and said[-1:] != ["wrong"]


def _behind_a_no(said: list[str]) -> list[str]:
    """Without the noes that it begins with: "no, no, there's no mistake"."""
    while said and said[0] in _BARE_NO:
        said = said[1:]
    return said
