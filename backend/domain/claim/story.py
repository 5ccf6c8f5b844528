"""The caller's own account: whether words tell what happened, and how it is said back to the one who told it."""

import re

from backend.domain.spoken.tokens import words
from backend.domain.spoken.unsure import does_not_know

__all__ = ["in_second_person", "is_no_account", "says_it_was_parked", "tells_what_happened"]

_EVENTS = frozenset(
    "hit hits ran run rear-ended rearended rear backed crashed slammed smashed scratched dented sideswiped struck "
    "stole stolen broke broken slid skidded swerved collided totaled vandalized flooded hail tree deer rolled bumped "
    "scraped spun fell clipped keyed drove pulled turned merged braked stopped reversed reversing".split()
)
_SMALL = frozenset(
    "a an the i i'm my me we to of in on at and or it is was were been am be have had has need want would like do did "
    "hello hi hey uh um yes no please so well you can could help with for from report file claim accident crash car "
    "got just there this that about call calling".split()
)
_TELLS = 2
_OPENERS = re.compile(
    r"^(?:(?:hello|hi|hey|good (?:morning|afternoon|evening)|um|uh|er|well|yes|yeah|okay|ok|so|there|please"
    r"|you know)[,. ]+)+",
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
    "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves",
}  # fmt: skip
_PARKED = re.compile(
    r"\bmy (?:\w+ ){0,3}parked (?:\w+ )?(?:car|truck|van|vehicle|suv)\b|\bmy parked\b|"
    r"\b(?:my (?:\w+ ){0,3}(?:car|truck|van|vehicle|suv)|it|car) (?:was|is|had been|stood) (?:\w+ )?parked\b|"
    r"\b(?:i|we) (?:had )?parked\b|\bleft (?:it|my car) parked\b"
)


def tells_what_happened(text: str) -> bool:
    """Is this an account of something, more than that something is to be reported?"""
    tokens = words(text)
    return bool(set(tokens) & _EVENTS) and len([token for token in tokens if token not in _SMALL]) >= _TELLS


def is_no_account(text: str) -> bool:
    """Is this a question, or that the caller cannot say, and tells nothing of what happened?"""
    if tells_what_happened(text):
        return False
    said = " ".join(words(text))
    return does_not_know(text) or text.strip().endswith("?") or _ASKS.match(said) is not None


def in_second_person(text: str) -> str:
    """`i stopped and he hit me` becomes `you stopped and he hit you`."""
    out: list[str] = []
    for token in re.findall(r"[^\s]+", _OPENERS.sub("", text.strip()).rstrip(".")):
        plain = token.lower().strip(",;.!?")
        said = _PERSONS.get(plain)
        if plain == "was" and out and out[-1].lower() == "you":
            said = "were"
        out.append(token if said is None else token.lower().replace(plain, said))
    return " ".join(out)


def says_it_was_parked(text: str) -> bool:
    """Does the account say that the caller's own car stood parked when it happened?"""
    return _PARKED.search(" ".join(words(text))) is not None
