"""Does an answer agree? An allow-list: what is not plainly a yes is none.

The whole answer must be made of phrases that agree, words that say nothing ("um", "please", "thank you") and words of
the question itself; one word too many and it is no yes. A word of refusal or change, a number or a day makes it a no
or a correction, whatever else was said.
"""

from collections.abc import Iterable
from itertools import product
from typing import Literal

from backend.language.en.spoken.tokens import words
from backend.language.en.spoken.unsure import does_not_know

__all__ = ["Consent", "nothing_to_change", "read_consent"]

Consent = Literal["yes", "no", "correction", "unclear"]

_Phrase = tuple[str, ...]

_LONGEST = 40
"""Words; a longer answer holds more than a yes."""


def _phrases(text: str) -> set[_Phrase]:
    return {tuple(phrase.split()) for phrase in text.split("|")}


def _split(phrases: Iterable[str]) -> list[_Phrase]:
    return [tuple(phrase.split()) for phrase in phrases]


_YES = _phrases(
    "yes|yeah|yep|yup|yea|ya|yah|aye|uh huh|mm hmm|mm hm|mhm|mmhmm|mhmm|uhhuh|sure|surely|sure thing|okay|ok|o k"
    "|alright|certainly|absolutely|definitely|indeed|affirmative|totally|of course|for sure|you bet|go ahead|go on"
    "|carry on|by all means|go for it|do it|do that|do so|please do|you got it|you've got it|you can|you may|i agree"
    "|agreed|i confirm|i do|i am|i would|i would like that|i'd like that|we do|we are|works for me|that works"
    "|that works for me|fine by me|fine with me|i'm happy with that|i'm fine with that|i'm okay with that|very good"
    "|that would be great|that would be good|that would be fine|that would be nice|that'll be fine|that'll be great"
    "|that will be fine|great|good|it is|it does|so it is|looks good to me|excellent|wonderful"
    "|lovely|brilliant|awesome|fantastic|super|cool|that's fine by me|sounds good to me|all good"
)
_PLAINLY_RIGHT = _phrases(
    "right|correct|exactly|true|perfect|precisely|confirmed|spot on|all right|that's it|that is it|fine|that checks"
    "|it checks|all checks|that all checks|it all checks|everything checks|that checks out|it checks out"
    "|all checks out|that all checks out|it all checks out|everything checks out"
)
_SUBJECTS = ("that", "it", "this", "everything", "all", "all of it", "all of that", "all of this", "everything there")
_SHORT = ("that's", "it's", "everything's", "all that's", "sounds", "looks", "all is")
_VERBS = ("is", "sounds", "looks")
_HOW = ("", "all", "exactly", "absolutely", "quite", "perfectly", "completely", "totally", "just", "very", "entirely")
_GOOD = ("right", "correct", "fine", "good", "true", "perfect", "great", "okay", "ok", "accurate", "all right")
_ASKING = frozenset({"is", "was", "are", "does", "did"})
_ASKED_ABOUT = frozenset({"that", "it", "this", "everything", "all", "what", "which", "there"})
_CORRECTED = frozenset({"it", "that", "this", "them", "those", "me"})
_STATING = frozenset({*_VERBS, *_SHORT, *filter(None, _HOW), "are", "was"})
_SAME = ("the one", "what i said", "what happened", "what i told you", "how it was", "how it happened")
_WHO = [f"{subject} {verb}" for subject, verb in product(_SUBJECTS, _VERBS)] + list(_SHORT)
_RIGHT = (
    _PLAINLY_RIGHT
    | {who + how + good for who, how, good in product(_split(_WHO), _split(_HOW), _split((*_GOOD, *_SAME)))}
    | {how + good for how, good in product(_split(_HOW[1:]), _split(("right", "correct", "fine", "good")))}
)
_NOTHING = _phrases(
    "um|uh|umm|er|erm|ah|oh|hm|well|so|then|and|please|thanks|thank you|thank you very much|thank you so much|sir"
    "|ma'am|madam|miss|dear|hi|hello|now|that|it"
)
"""Says nothing by itself."""

_UNCHANGED = _phrases(
    "nothing|nothing at all|nothing is wrong|nothing's wrong|nothing to change|no changes|no change|none|no|nope"
    "|leave it|leave it as it is|leave it like that|keep it|it stays|don't change anything|never mind|it was all fine"
    "|it was all right|it was all correct|it was fine|it was right|it was correct|everything was fine"
    "|everything was right"
)
_REFUSING = frozenset(
    "no nope nah naw not never none nothing nobody neither nor without hardly barely almost nearly wrong incorrect "
    "uncorrect untrue false stop cancel refuse disagree forget misunderstood mistake mistaken cannot".split()
)
_CHANGING = frozenset(
    "but except apart besides however although though unless if only instead rather change changed correction other "
    "otherwise until till wait actually mean meant should different off plus also too add and another twice".split()
)
_NUMBERS = frozenset(
    "zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand first second "
    "third fourth fifth sixth seventh eighth ninth tenth half quarter double triple".split()
)
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december today tomorrow yesterday tonight noon midnight morning afternoon evening night "
    "o'clock am pm week month year".split()
)
_HEDGES = frozenset("think guess suppose maybe perhaps probably possibly whatever depends or question what".split())
_REFUSALS = frozenset(
    "i i'd i'm it it's is that that's this do to so way the at all by means yet really quite right correct like want "
    "fine good okay please thanks thank you absolutely definitely certainly".split()
)
"""Words that are still a bare no beside a refusing one."""


def read_consent(text: str, *, asked: str = "", keys: bool = False, negative: bool = False) -> Consent:
    """What ``text`` says to a question for a yes.

    Args:
        text: the caller's words.
        asked: the question; its own words are harmless in the answer ("yes, cancel it").
        keys: 1 was offered for yes and 2 for no.
        negative: the question denies something ("nobody was hurt, is that right?"), so that a bare yes or no may mean
            either.
    """
    said = _words(text)
    if keys and said in (["1"], ["one"], ["2"], ["two"]):
        return "yes" if said[0] in {"1", "one"} else "no"
    if not said:
        return "unclear"
    if does_not_know(text):
        return "unclear"
    agreed = _agreement(said, frozenset(filter(_is_harmless, _words(asked))))
    if _wants_it_corrected(said):
        return "correction"
    if agreed and _asks_back(said):
        return "unclear"
    if agreed:
        return "unclear" if negative and agreed == "yes" else "yes"
    contrary = _contrary(said)
    return "unclear" if negative and contrary == "no" and not {"wrong", "right", "correct"} & set(said) else contrary


def nothing_to_change(text: str) -> bool:
    """Does the whole of ``text`` say that nothing is to be changed after all ("nothing, it was all fine")?

    It is no confirmation: what was doubted is read out again.
    """
    said = _words(text)
    reached = {0}
    for place in range(min(len(said), _LONGEST)):
        if place in reached:
            ends = range(place + 1, min(place + 8, len(said)) + 1)
            phrases = _UNCHANGED | _RIGHT | _YES | _NOTHING
            reached |= {end for end in ends if tuple(said[place:end]) in phrases}
    return bool(said) and len(said) in reached


def _words(text: str) -> list[str]:
    return " ".join(words(text)).replace("-", " ").split()


def _is_harmless(word: str) -> bool:
    return not (word in _REFUSING | _CHANGING | _NUMBERS | _TIMES or word.endswith("n't") or word[0].isdigit()) or (
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
            kind = "right" if phrase in _RIGHT else "yes" if phrase in _YES else None
            if kind is None and (phrase in _NOTHING or (length == 1 and said[place] in asked)):
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
    return False


def _contrary(said: list[str]) -> Consent:
    found = set(said)
    if "or" in found and len(said) <= 3:  # "yes or no" is our own question, come back
        return "unclear"
    refuses = bool(found & _REFUSING) or any(word.endswith("n't") for word in said)
    if refuses and not found & _CHANGING and all(_is_bare_no(word) for word in said):
        return "no"
    numbers = found & (_NUMBERS | _TIMES) or any(word[0].isdigit() for word in said)
    aside = bool(found & {"second", "moment", "minute"}) and not refuses and len(said) <= 5 and not _agrees(said)
    if refuses or ((found & _CHANGING or numbers) and not aside):
        return "correction"
    doubtful = bool(found & _HEDGES)
    return "correction" if _agrees(said) and not doubtful else "unclear"


def _agrees(said: list[str]) -> bool:
    """Does it begin with a yes? What follows then is something else."""
    return any(tuple(said[:length]) in _YES | _RIGHT for length in range(1, 6))


def _is_bare_no(word: str) -> bool:
    return word in _REFUSING or word in _REFUSALS or word.endswith("n't") or (word,) in _NOTHING
