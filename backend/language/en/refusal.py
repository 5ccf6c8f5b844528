"""Does an answer refuse plainly? A word that denies may deny a fault, a doubt, or what the question denied.

"Couldn't be righter", "that's the one, no question" and "no, everyone walked away" (asked whether it is right that
nobody was hurt) hold such a word and refuse nothing. What is no plain refusal is asked once more, as what is no plain
yes is.
"""

import itertools
import re
from collections.abc import Collection, Sequence

from backend.language.en.agreeing import CHANGING, NUMBERS, REFUSALS, REFUSING
from backend.language.en.manners import plain_speech
from backend.language.tokens import words

__all__ = ["refuses_plainly"]

_SIGHS = frozenset("um uh oh er well sorry god lord hell heck yes yeah and so hey whoa okay ok".split())
_BARE = frozenset("no nope nah naw nuh negative".split())
_PUTS_RIGHT = CHANGING - frozenset("and too also twice once another".split())
_FIGURES = NUMBERS - {"one", "second"}
_FAULTS = frozenset(
    "wrong incorrect uncorrect untrue false stop cancel refuse disagree forget misunderstood mistake mistaken"
    " inaccurate rubbish nonsense almost nearly hardly barely".split()
)
"""Say by themselves that something is not right, or not to be done."""
_SOMEBODY = frozenset(
    "my our his her their he she they someone somebody i i'm i've mine one's except neither was were".split()
)
"""Of whom something is told that the question denied: "no, my son hit his head"."""
_PLAIN = re.compile(
    # "that's not what I said", "it isn't", "the second half isn't"
    r"\b(?:that's|it's|this is|that is|it is|those are|she's|he's|was|were|is|are) not\b(?! (?:that|bad|too|wrong|far))"
    r"|\b(?:is|was|are|were|did|does|has|have|ai)n't\b(?! (?:bad|missed?|forgotten|wrong|that|get better|got better"
    r"|it|he|she|they|you)\b)"
    # "don't send it", "I don't text"
    r"|\b(?:don't|do not|won't|will not)\b(?! (?:worry|wait|hesitate|mind|see|have|need|hold|stop|ask|delay|argue"
    r"|complain|say|disagree|doubt|bite|hurt|look|let|change|touch|think twice)\b)"
    r"|\b(?:don't|do not|won't|can't|cannot|couldn't) (?:have (?!a|an|any)|let|say that)\b"
    r"|\b(?:can't|cannot|can not|couldn't|could not) (?:make|do|come|use|accept|agree|take|get|go|afford|keep|open|read"
    r"|right|today|at|talk)\b"
    # "not yet", "not until I talk to my lawyer"
    r"|\bnot (?:yet|now|quite|really|exactly|right|correct|today|just|until|till|at|before|a chance|a word|a bit|in|on"
    r"|if|as|me|him|her|my|his|the|so|for|this|even|what|by|tonight|going|gonna|happening|true|accurate|entirely|all"
    r"|necessary|needed|required)\b|\b(?:it|that|this|i|we|he|she|they) (?:did|does|do|would|will|could|can) not$"
    r"|\bi(?:'m| am) not (?:done|ready|finished|doing|happy|going|comfortable|agreeing|signing|ok|okay|having"
    r"|interested|in|sure)\b"
    r"|\b(?:that|it|this|\w+day)(?:'s| is) no good\b(?! (?:reason|cause|point|excuse))"
    r"|\bnever (?:in|said|told|agreed|did|was|were|gave|mind$)|\b(?:nothing|none) (?:of|like)\b"
    r"|\bno (?:way|chance|circumstances)\b"
    r"|\b(?:i'd|i would|rather|better|please|prefer|it|that|this|thanks|me|them) (?:not|no|nope|nah)\b(?! (?:problem"
    r"|doubt|question|mistake|issue|worries))"
)
_REACH = 4
"""Words behind a refusing one, among which a word of the question is what it refuses."""
_GRAMMAR = frozenset(
    "right correct that this your yours with were have has been what there then from them they would should could shall"
    " does everything is was the a an i you it my me we us our at on in of to for and or by".split()
)
"""Words of a question that are of no one matter."""
_DENIED = frozenset(
    "doubt doubts problem problems question questions need time issue issues objection objections complaint complaints"
    " reason argument arguments mistake mistakes error errors worries trouble harm point sense better fault other"
    " choice kidding contest debate changes corrections sweat biggie matter wonder surprise surprises more less"
    " hesitation hurry rush regrets denying arguing stopping lie lies bother hassle drama qualms reservations concerns"
    " disagreement".split()
)
"""Things that a "no" before them denies, so that it is no refusal."""


def refuses_plainly(text: str, asked: str = "", *, negative: bool | None = None) -> bool:
    """Is an answer that was read as a refusal, or as putting something right, plainly one?

    Args:
        text: the answer.
        asked: the question.
        negative: the question denies something, so that a "no" may agree with it; ``None``: found out from its words.
    """
    said = " ".join(words(plain_speech(text))).replace("-", " ").split()
    if _puts_right(said) or not _refused(said):
        return True
    if negative is None:
        negative = any(word in REFUSING or word.endswith("n't") for word in words(asked))
    if negative and not _SOMEBODY.intersection(said):
        return not _FAULTS.isdisjoint(said)
    if all(word in REFUSING | REFUSALS or word.endswith("n't") for word in said):
        return True
    return (
        _begins_with_no(said)
        or not _FAULTS.isdisjoint(said)
        or _PLAIN.search(" ".join(said)) is not None
        or _denies_of_it(said, words(asked))
    )


def _puts_right(said: Sequence[str]) -> bool:
    return any(word in _PUTS_RIGHT or word in _FIGURES or word[0].isdigit() for word in said)


def _refused(said: Sequence[str]) -> bool:
    return any(word in REFUSING or word.endswith("n't") for word in said)


def _begins_with_no(said: Sequence[str]) -> bool:
    """A "no" by itself: "no, it was me driving"; but "no doubt", "no need to ask twice"."""
    first, second, *_ = (*itertools.dropwhile(_SIGHS.__contains__, said), "", "")
    return first in _BARE and not (first == "no" and second in _DENIED)


def _denies_of_it(said: Sequence[str], asked: Collection[str]) -> bool:
    """Does it deny a word of the question: "oak street, not avenue"?"""
    echoes = {*asked} - _GRAMMAR
    return any(
        not echoes.isdisjoint(said[at + 1 : at + 1 + _REACH])
        for at, word in enumerate(said)
        if word in REFUSING or word.endswith("n't")
    )
