"""The caller's own account: whether words tell what happened, its clauses, and how it is said back to them."""

import re
from collections.abc import Collection

from backend.language.account import Account
from backend.language.en.choice import takes_back
from backend.language.en.clauses import clauses_of
from backend.language.en.leaving import does_not_know
from backend.language.en.offered import owned, which
from backend.language.en.only_asking import only_asks
from backend.language.en.people import companions, read_people
from backend.language.en.reported import has_reported, means_the_old_one
from backend.language.en.states import CITIES, STATES
from backend.language.en.story_place import place_in
from backend.language.spans import between
from backend.language.tokens import words
from backend.language.turn_memory import remembered_list

__all__ = ["ACCOUNT"]

_SMALL = frozenset(
    "a an the i i'm my me we to of in on at and or it is was were been am be have had has need want would like do did "
    "hello hi hey uh um yes no please so well you can could help with for from got just there this that about call "
    "calling".split()
)
_TELLS = 2
_OPENERS = re.compile(
    r"^(?:(?:hello|hi|hey|hiya|howdy|good (?:morning|afternoon|evening)|um|uh|er|well|yes|yeah|okay|ok|so|there|please"
    r"|you know|oh(?: my)?(?: god| lord| gosh)?|my god|god|jesus|help(?: me)?)[,. ]+)+",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:(?:and|but|so|um|uh|well|sorry|wait|excuse me) )*"
    r"(?:what|what's|how|why|who|where|when|which|can (?:i|you|we)|could (?:i|you|we)|do (?:i|you|we)|does"
    r"|is (?:there|it|my)|are (?:you|there|we)|am i|will (?:you|i|my|it)|would you|should i|may i)\b"
)
_PERSONS = {
    "i": "you", "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll", "am": "are", "my": "your",
    "me": "you", "mine": "yours", "myself": "yourself", "we": "you", "we're": "you're", "we've": "you've",
    "wasn't": "weren't", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves",
}  # fmt: skip
_SPOKEN_TO = re.compile(r"\b(?:you|your|yours|yourself|you're|you've|you'll|you'd|y'all)\b(?! know\b)", re.IGNORECASE)
"""Words to the listener, who would be taken for the one who tells: "the third time i'm calling you people"."""
_CRIES = re.compile(r"[ ,]*\b(?:oh )?(?:my|dear|good) (?:god|goodness|gosh|lord)\b", re.IGNORECASE)
"""Cried out beside what happened, and no part of it."""
_ROUGH = re.compile(
    r"\b(?:\w*fuck\w*|\w*shit\w*|ass ?holes?|bitch\w*|bastards?|(?:dumb|jack) ?ass\w*|goddamn|damn|crap|dickhead|prick"
    r"|idiots?|morons?|jerks?|stupid|hell)\b",
    re.IGNORECASE,
)
"""Said in anger; nobody wants to hear it read back."""
_DENIED = re.compile(
    r"^(?:no |not |yes |yeah |well |wait |sorry |and |but |so |i mean |actually )*(?:it |that |there |this )?"
    r"(?:wasn't|was not|isn't|is not|weren't|not)\b"
)
_TURN = re.compile(r"\b(?:not|rather than|instead of)\b.*$")
_ANSWERED = re.compile(r"^(?:no|yes|yeah|wait|sorry|actually|well)\b[ ,]*")
_MATTER = r"(?:accident|claim|report|crash|case|incident|matter|order|appointment|request)"
_ANOTHER = re.compile(
    rf"\b(?:another|different|new|second|(?:my|the|our|that) other) {_MATTER}\b"
    r"|\b(?:another|a different|a second|the second|the other) one (?:from|of|on|in|last|this|that|i|we|which"
    r"|too|as well)\b"
)
_WANTS_NEW = re.compile(
    rf"\b(?:another|different|new|other|second) {_MATTER}\b|\bnot (?:that|this) (?:one|accident|report)\b"
    r"|\bstart (?:over|again|anew)\b|\bsomething else\b"
    r"|^(?:(?:no|yes|yeah|well|it's|it is|this is|that's|um|uh|i|want|need|to|report|something|a|an|the"
    r"|brand) )*new(?: one| thing)?$"
)


_COMES_BACK = re.compile(
    r"\b(?:call(?:ing|ed)?|phon(?:ing|ed)|rang|ringing) (?:you |in )?(?:guys )?(?:back|again|before|earlier|already)\b"
    r"|\b(?:got|was|were|been) (?:cut off|disconnected|dropped)\b"
    r"|\b(?:call|line|connection) (?:was |got )?(?:cut off|dropped)\b"
    r"|\balready (?:told|reported|called|filed|started)\b|\bi (?:reported|filed|started) (?:it|this|that|one)?\b"
    r"|\b(?:my|our|the) (?:earlier|last|previous|first) (?:report|call|claim)\b"
    r"|\b(?:go on|continue|carry on|finish) (?:with )?(?:my|our|the) (?:report|call|claim)\b"
)
_NIGHT = re.compile(
    r"\b(?:last|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day) night\b|\btonight\b|\bnight before last\b"
    r"|\bnight of\b"
)
_BETWEEN = (re.compile(r"^(?P<before>.*?)\b(?:between|from) (?P<first>.+?) (?:and|to|till|until) (?P<last>.+)$"),)
_NOT = re.compile(r"\b(?:not|never|no)\b|n't\b")


def _tells(text: str, events: Collection[str], announcing: Collection[str]) -> bool:
    tokens = words(text)
    told = [token for token in tokens if token not in _SMALL and token not in announcing]
    return bool(set(tokens) & set(events)) and len(told) >= _TELLS


def _is_no_account(text: str) -> bool:
    said = " ".join(words(text))
    return does_not_know(text) or text.strip().endswith("?") or _ASKS.match(said) is not None


def _second_person(text: str) -> str:
    """`i stopped and he hit me` becomes `you stopped and he hit you`; empty where the listener is spoken to, or
    somebody is called names."""
    if _SPOKEN_TO.search(text) or _ROUGH.search(text):
        return ""
    out: list[str] = []
    for token in re.findall(r"[^\s]+", _CRIES.sub("", _OPENERS.sub("", text.strip())).rstrip(".")):
        plain = token.lower().strip(",;.!?")
        said = _PERSONS.get(plain) if plain != "wasn't" or out[-1:] == ["you"] else None
        if plain == "was" and out and out[-1].lower() == "you":
            said = "were"
        out.append(token if said is None else token.lower().replace(plain, said))
    return " ".join(out)


_JOINT = re.compile(r"^(?:(?:(?:but|except|though|although|however)(?: that| for)?|only that) )+")
"""What turns against the clause before, and holds nothing of its own: "perfect, except it was on Tuesday"."""


_SAID_BEFORE = re.compile(
    r"\b(?:(?:i|we) (?:said|told you|gave you)|you (?:said|have|put|wrote)) (?:[\w'-]+,? ){1,4}?but "
    r"(?=(?:actually |really )?(?:it|that|it's|that's)\b)",
    re.IGNORECASE,
)
"""What somebody said before, and puts right now: "I said Tuesday, but it was Monday"."""


@remembered_list
def _plain_clauses(text: str) -> list[str]:
    """The clauses that hold something: without those that deny, and without the denied end of the others."""
    said = (clause.text for clause in clauses_of(_SAID_BEFORE.sub("", text), owners=True))
    kept = (_TURN.sub("", one).strip() for one in said if not _DENIED.search(one))
    return [one for one in (_JOINT.sub("", clause) for clause in kept) if one]


def _names_another(text: str) -> bool:
    return bool(_ANOTHER.search(" ".join(words(text))))


def _wants_a_new_one(text: str) -> bool:
    return bool(_WANTS_NEW.search(" ".join(words(text))))


def _comes_back(text: str) -> bool:
    return bool(_COMES_BACK.search(" ".join(words(text))))


def _names_a_night(text: str) -> bool:
    return _NIGHT.search(text.lower()) is not None


def _span(text: str) -> tuple[str, str] | None:
    return between(text, _BETWEEN, _NOT)


def _without_answer(text: str) -> str:
    return _ANSWERED.sub("", text.lower())


def _state_of(city: str, state: str) -> str:
    return STATES.get(state.lower(), state) or CITIES.get(city.lower(), "")


ACCOUNT = Account(
    tells=_tells,
    is_no_account=_is_no_account,
    yours="your {}".format,
    second_person=_second_person,
    plain_clauses=_plain_clauses,
    names_another=_names_another,
    wants_a_new_one=_wants_a_new_one,
    has_reported=has_reported,
    only_asks=only_asks,
    means_the_old_one=means_the_old_one,
    comes_back=_comes_back,
    takes_back=takes_back,
    names_a_night=_names_a_night,
    without_answer=_without_answer,
    people=read_people,
    place_in=place_in,
    state_of=_state_of,
    companions=companions,
    span=_span,
    owned=owned,
    which=which,
)
"""How English is told and told back."""
