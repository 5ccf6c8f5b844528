"""Does an answer agree? An allow-list: what is not plainly a yes is none.

The whole answer must be made of phrases that agree, words that say nothing ("um", "please", "thank you") and words of
the question itself; one word too many and it is no yes. A word of refusal or change, a number or a day makes it a no
or a correction, whatever else was said.
"""

import itertools
import re
from typing import Literal

from backend.language.consent_kind import Consent
from backend.language.en.agreeing import (
    CHANGING,
    HEDGED,
    NOTHING,
    NUMBERS,
    REFUSALS,
    REFUSING,
    RIGHT,
    UNCHANGED,
    YES,
)  # fmt: skip
from backend.language.en.asking_back import says_ours
from backend.language.en.faults_denied import denies_a_fault
from backend.language.en.late_yes import agrees_after_all, denies_with_it, without_tag, without_why_not
from backend.language.en.manners import is_scorn, plain_speech, turns_aside
from backend.language.en.set_answers import set_answer
from backend.language.en.unheard import was_not_heard
from backend.language.tokens import words

__all__ = ["nothing_to_change", "read_consent", "refuses"]

_AGREEING = YES | RIGHT
_NOTHING_TO_CHANGE = UNCHANGED | RIGHT | YES | NOTHING
_HEDGE = re.compile(rf"\b(?:{HEDGED})\b")
_BARE_YES = frozenset("yes yeah yep yup".split())
_KEYS = frozenset({"1", "2"})
_BARE_NO = frozenset("no nope nah".split())
_CONTENT = frozenset("good great fine perfect golden set".split())
_DEPENDS = frozenset({"if", "unless"})
_SIGHS = frozenset("um uh oh well sorry".split())
_LONGEST = 40
"""Words; a longer answer holds more than a yes."""
_ASKING = frozenset({"is", "was", "are", "does", "did"})
_ASKED_ABOUT = frozenset({"that", "it", "this", "everything", "all", "what", "which", "there"})
_CORRECTED = frozenset({"it", "that", "this", "them", "those", "me"})
_STATING = frozenset(
    "is sounds looks are was that's it's everything's all exactly absolutely quite perfectly completely totally"
    " just very "
    "entirely you're yes yeah".split()
)
_VERBS = frozenset({"is", "sounds", "looks"})
_OF_A_PART = frozenset("the my his her our its".split())
_SAYS_SO = frozenset("is was are were be it's that's everything's right fine good".split())
_TURNED = {"you": ("i", "me"), "your": ("my",), "were": ("was",), "are": ("am",), "i": ("you",)}
_TAKES_BACK = frozenset("sorry wait mean actually it".split())
_MOMENTS = frozenset({"second", "moment", "minute"})
_BOTH = _BARE_YES | _BARE_NO | REFUSALS | _TAKES_BACK | {"and", "well", "um", "uh", "or", "maybe"}
_OFFER = re.compile(r"\b(?:shall|should|may|can|could) (?:i|we)\b|\b(?:would you like|do you want)\b")
_OUR_OWN = 3
_SHORT = 5


def read_consent(text: str, *, asked: str = "", keys: bool = False, negative: bool = False) -> Consent:
    """What ``text`` says to a question for a yes.

    Args:
        text: the caller's words.
        asked: the question; its own words are harmless in the answer ("yes, cancel it").
        keys: 1 was offered for yes and 2 for no.
        negative: the question denies something ("nobody was hurt, is that right?"), so that a bare yes or no may mean
            either.
    """
    said = _words(plain_speech(text))
    if not said or (len(said) == 1 and said[0] in _KEYS and not keys):
        return "unclear"  # a key that was not offered: nobody knows what they mean by it
    if keys and said in (["1"], ["one"], ["2"], ["two"]):
        return "yes" if said[0] in {"1", "one"} else "no"
    if not negative and (whole := set_answer(said, asked)):
        return whole
    asked_words = _echoes(_words(asked))
    if rest := without_tag(said):  # "that's right, isn't it"
        told = read_consent(" ".join(rest), asked=asked, negative=negative)
        return "hedged" if told == "yes" else told
    agreed = _agreement(said, asked_words if negative else frozenset(filter(_is_harmless, asked_words)))
    aside = turns_aside(" ".join(said))
    if not aside and _wants_it_corrected(said):
        return "correction"
    if aside or is_scorn(" ".join(said)):
        return "hedged"
    if not agreed and _no_before_right(said, asked_words):
        return "hedged"
    if agreed:
        return "unclear" if _asks_back(said) or (negative and agreed == "yes") else "yes"
    said = without_why_not(said) or said
    ours = says_ours(" ".join(said))
    contrary = "unclear" if ours else _weighed(said, asked_words, offered=_OFFER.search(asked.lower()) is not None)
    with_it = _agrees(said) or denies_with_it(said, asked_words)
    if negative and contrary == "correction" and with_it and not CHANGING.intersection(said):
        return "unclear"  # "correct, not a scratch": the denial may be the question's
    return "unclear" if negative and contrary == "no" and not {"wrong", "right", "correct"} & set(said) else contrary


def _weighed(said: list[str], asked: frozenset[str], *, offered: bool) -> Consent:
    if _is_fine_as_it_is(said):
        return "no" if offered else "hedged"
    if _agreement(said, asked) and not set(said) & (REFUSING | CHANGING):  # the question's words come back
        return "hedged"
    contrary = _contrary(said, asked)
    return "hedged" if contrary in ("correction", "no") and _may_agree(said, offered=offered) else contrary


def _may_agree(said: list[str], *, offered: bool) -> bool:
    """ "No, no, yeah, that's right". To an offer only a yes itself is one: "no, go ahead" and "no, that's fine" go on
    without it."""
    return agrees_after_all(said, _is_refusal, lambda clause: not offered and bool(_agreement(clause, frozenset())))


def _is_fine_as_it_is(said: list[str]) -> bool:
    """ "Nah, we're good": a no to an offer; to what was read out a no to any change, or to all of it."""
    return said[0] in _BARE_NO and said[-1] in _CONTENT and not _refused(said[1:])


def nothing_to_change(text: str) -> bool:
    """Does the whole of ``text`` say that nothing is to be changed after all ("nothing, it was all fine")?

    It is no confirmation: what was doubted is read out again.
    """
    said = _words(text)
    reached = {0}
    for place in range(min(len(said), _LONGEST)):
        if place in reached:
            ends = range(place + 1, min(place + 8, len(said)) + 1)
            reached |= {end for end in ends if tuple(said[place:end]) in _NOTHING_TO_CHANGE}
    return bool(said) and len(said) in reached


def refuses(text: str) -> bool:
    """Is there a word in it that refuses or denies? What a yes depends on ("yes, if it doesn't cost me") is neither."""
    said = _words(text)
    free = itertools.takewhile(lambda word: word not in _DEPENDS, said) if _agrees(said) else said
    return _refused(list(free))


def _refused(said: list[str]) -> bool:
    return any(map(_is_refusal, said))


def _is_refusal(word: str) -> bool:
    return word in REFUSING or word.endswith("n't")


def _words(text: str) -> list[str]:
    return " ".join(words(text)).replace("-", " ").split()


def _echoes(asked: list[str]) -> frozenset[str]:
    """The words of a question as they come back: "you were driving" is "i was driving"."""
    return frozenset(asked).union(*(_TURNED.get(word, ()) for word in asked))


def _is_harmless(word: str) -> bool:
    return not (word in REFUSING | CHANGING | NUMBERS or word.endswith("n't") or word[0].isdigit()) or (
        word == "cancel"
    )


def _agreement(said: list[str], asked: frozenset[str]) -> Literal["", "yes", "right"]:
    """``right`` where the answer says that something is right, ``yes`` where it only agrees, else nothing."""
    if len(said) > _LONGEST:
        return ""
    # What has been agreed to by each place: "" nothing yet. A place that is missing can't be reached.
    reached: dict[int, str] = {0: ""}
    for place in range(len(said)):
        if place not in reached:
            continue
        for length in range(1, 9):
            phrase = tuple(said[place : place + length])
            if place + length > len(said):
                break
            kind = "right" if phrase in RIGHT else "yes" if phrase in YES else None
            if kind is None and (phrase in NOTHING or (length == 1 and said[place] in asked)):
                kind = ""
            if kind is not None:
                best = max(reached.get(place + length, ""), reached[place], kind, key=("", "yes", "right").index)
                reached[place + length] = best
    agreed = reached.get(len(said), "")
    return agreed if agreed in ("yes", "right") else ""


def _asks_back(said: list[str]) -> bool:
    """Is there a question in it: "is that right", our own words come back, or "that's right, is it"?"""
    return any(
        verb in _ASKING and subject in _ASKED_ABOUT and before not in _ASKED_ABOUT
        for before, verb, subject in zip(["", *said], said, said[1:], strict=False)
    )


def _wants_it_corrected(said: list[str]) -> bool:
    """Is "correct" something to be done: "please correct it"? "Yes, correct, that is right" says that it is so."""
    for place, word in enumerate(said):
        before, after = said[place - 1] if place else "", [*said[place + 1 : place + 3], "", ""]
        if word != "correct" or before in _STATING:
            continue
        if before == "please" or (after[0] in _CORRECTED and after[1] not in _VERBS):
            return True
        if after[0] in _OF_A_PART and not _SAYS_SO.intersection(said[place + 1 :]):
            return True
    return False


def _no_before_right(said: list[str], asked: frozenset[str]) -> bool:
    """ "No, no, that's all right", asked whether it is right: the no may be of a worry, and the rest says yes."""
    rest = list(itertools.dropwhile(lambda word: word in _BARE_NO or word in _SIGHS, said))
    asks_if_right = bool(asked & {"right", "correct", "accurate"})
    return asks_if_right and len(rest) < len(said) and _agreement(rest, frozenset()) == "right"


def _contrary(said: list[str], asked: frozenset[str]) -> Consent:
    found = set(said)
    if "or" in found and len(said) <= _OUR_OWN:  # "yes or no" is our own question, come back
        return "unclear"
    if was_not_heard(said, _is_refusal):
        return "unclear"
    if denies_a_fault(said, _is_refusal) or ("if" in found and found & _BARE_YES and found & _BARE_NO):
        return "hedged"
    refused = _refused(said)
    both = bool(found & _BARE_YES and found & _BARE_NO) and not found - _BOTH
    if _HEDGE.search(" ".join(said)) or both or (_agrees(said) and _asks_back(said)):
        return "hedged"
    if refused and not found & CHANGING and all(_is_bare_no(word) for word in said):
        return "no"
    numbers = {word for word in said if word in NUMBERS or word[0].isdigit()}
    aside = bool(found & _MOMENTS) and not refused and len(said) <= _SHORT and not _agrees(said)
    if refused or ((found & CHANGING or numbers) and not aside):
        repeated = not refused and not found & CHANGING and numbers <= asked
        return "hedged" if repeated else "correction"
    return "hedged" if _agrees(said) else "unclear"


def _agrees(said: list[str]) -> bool:
    """Does it begin with a yes? What follows then is something else."""
    return any(tuple(said[:length]) in _AGREEING for length in range(1, 6))


def _is_bare_no(word: str) -> bool:
    return word in REFUSING or word in REFUSALS or word.endswith("n't") or (word,) in NOTHING
