"""An answer in the pieces in which a "no" holds: "no damage, it drives fine" is two of them."""

import re
from dataclasses import dataclass

from backend.language.tokens import words
from backend.language.turn_memory import remembered_list

__all__ = ["Clause", "clauses_of", "hedges", "is_negation"]

_BREAK = re.compile(r"[,;.!?:…—]+(?:\s|$)")
_JOINTS = frozenset("but except however though although and then because cause so besides while or only just".split())
_SUBJECTS = frozenset(
    "it it's i i'm i've i'd we we're we've she she's he he's they they're everyone everybody everyone's"
    " everybody's nobody "
    "nobody's there there's that's someone somebody".split()
)
_OPENERS = frozenset("my our his her their the a an this these".split())
"""Begin a clause of their own behind a bare "no" and behind "me"."""
_OBJECTS = frozenset("me him them us no nope yes yeah".split())
_CARRIES = frozenset(
    "knows knew think thought figured feared assumed afraid believe say said guess suppose know sure if that whether "
    "hope wish was were is are did does do can could will would has have had of for with to from at by hit hurt not "
    "than like as when since where until".split()
)
"""Words behind which a subject goes on with the same thought: "I don't think it drives"."""
_ENDED = frozenset("hurt hit injured harmed fine okay ok safe alright".split())
"""How somebody is: behind it, and before nobody's name, the next thing begins, said in one breath or not."""
_TURNS = frozenset("well actually oh though".split())
"""Behind such a word in mid-sentence something else is said: "nobody, well my wife"."""
_LINKS = frozenset(
    "is was are were be been am got get gets isn't wasn't aren't weren't nobody everybody everyone not".split()
)
"""Words that say how somebody is: "nobody is hurt", and not "he hurt it"."""
_STATES = frozenset("is was are were am it's i'm we're they're he's she's that's be been have has had i we".split())
"""Words that "just" and "only" belong to: "it is only a scratch"."""
_LIMITS = frozenset({"just", "only"})
_DENIES_MORE = frozenset("not isn't wasn't aren't ain't".split())
"""Before them, they say that there is more: "it's not just me"."""
_ELLIPTIC = frozenset("is isn't was wasn't did didn't does doesn't are aren't were weren't".split())
_BARE = frozenset("no nope nah yes yeah yep yup yea".split())
_FILLERS = frozenset("okay ok alright right well oh um uh so".split())
_REFUSALS = frozenset(
    {("no", "way"), ("no", "chance"), ("not", "a", "chance"), ("hell", "no"), ("no", "sir"), ("no", "ma'am")}
)
"""Said before a fact, and no denial of it: "no way, the axle is broken"."""
_GOES_ON = (
    _SUBJECTS
    | _OPENERS
    | _JOINTS
    | _BARE
    | frozenset(
        "not thanks thank sir ma'am miss luckily thankfully fortunately actually sorry wait you what is was are"
        " were did "
        "does do can could in at on absolutely definitely unfortunately none never nothing no-one god one of"
        " still all both"
        " everything looks seems"
        " neither well i'll we'll it'll wasn't isn't didn't doesn't can't couldn't don't won't".split()
    )
)
"""Behind these a "no" stands by itself; before anything else it belongs to a word: "no damage"."""
_NEGATIONS = frozenset(
    "no not nobody none nothing never without neither nor cannot cant dont doesnt isnt wasnt arent werent wont didnt "
    "couldnt hardly unlikely nobody's no-one noone stopped".split()
)
_HEDGES = re.compile(
    r"\b(?:i think|i guess|i suppose|i believe|i hope|i assume|i imagine|i reckon|don't think|do not think|maybe"
    r"|perhaps"
    r"|possibly|probably|presumably|might|could be|not (?:so |really |quite |too |entirely |completely )?(?:sure"
    r"|certain)"
    r"|unsure|don't (?:really )?know|do not know|no idea|hopefully"
    r"|as far as i (?:know|can tell)|not that i(?:'m| am)? (?:know|aware)(?: of)?"
    r"|hard to (?:say|tell)|(?:can't|cannot|couldn't|could not) (?:really )?(?:say|tell)|depends|it seems|seems like"
    r"|apparently|kind of|sort of|more or less|supposedly|i doubt|should be|most likely|likely|looks like"
    r"|haven't (?:tried|checked|looked|asked|driven|used|started|moved|touched|been in)"
    r"|didn't (?:try|check|look|ask))\b"
)
_SUPPOSED = re.compile(
    r"\b(?:if|in case|almost|nearly|could have been|could've been|would have|would've|last year"
    r"|before (?:this|that|the accident|the crash|it happened)|before(?! \w)"
    r"|years ago|year ago"
    r"|last time|another (?:accident|time)|before that|used to|thought|(?:was|were) (?:afraid|sure|scared)|feared"
    r"|figured|assumed|worried|imagine|what if|supposed to)\b"
)
_SO_MUCH = re.compile(r"\bso much as\b")
_NOBODY = re.compile(r"\b(?:no one|no-one|noone|not anyone|not anybody|not a soul|none of (?:us|them))\b")
_SOMEBODY_IS = re.compile(r"\b(nobody|everybody|everyone|somebody|someone)'s\b")
_ITS_VERB = re.compile(r"(?<!\bit)(?<!he)(?<!she)(?<!that)(?<!there)(?<!what)(?<!who)(?<!let)'s\b(?= \w)")
_NOT_REALLY = re.compile(r"^(?:no |well )*not really (?=(?:my|i|the|he|she|it|we|they|our)\b)")


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of one clause, and what was said about the whole of it."""

    tokens: tuple[str, ...]
    supposed: bool = False
    """Only imagined, feared, or of another time."""

    @property
    def text(self) -> str:
        """Its words with one space between."""
        return " ".join(self.tokens)

    def denies(self, place: int) -> bool:
        """Does a negation of this clause reach the word at ``place``?"""
        start = max((at + 1 for at in range(place) if self.tokens[at] in {"just", "only"}), default=0)
        before = self.tokens[start:place]
        return any(is_negation(token) for token in before) or self.tokens[-1] in {"no", "none", "nope"}


def is_negation(token: str) -> bool:
    """Does this word deny the words behind it?"""
    return token in _NEGATIONS or token.endswith("n't")


def hedges(text: str) -> bool:
    """Does the speaker say that they are not sure?"""
    return _HEDGES.search(" ".join(words(text))) is not None


@remembered_list
def clauses_of(text: str, *, owners: bool = False) -> list[Clause]:
    """The clauses, with each bare yes and no by itself. A joint ("but", "except") begins the clause behind it.

    Args:
        text: what the caller said.
        owners: keep the 's of an owner ("the neighbor's kid"), which else is read as a verb.
    """
    found: list[list[str]] = []
    for piece in _BREAK.split(text):
        found += _split(_apart(words(piece), owners=owners))
    return [Clause(tuple(one), _SUPPOSED.search(" ".join(one)) is not None) for one in found]


def _split(tokens: list[str]) -> list[list[str]]:
    found: list[list[str]] = []
    current: list[str] = []
    for place, token in enumerate(tokens):
        if current and (_begins(token, current) or _ends_in_a_verb(tokens[place:], current)):
            found.append(current)
            current = []
        if token in _BARE and len(current) == 1 and current[0] in _FILLERS:
            found.append(current)  # "okay, no"
            current = []
        current.append(token)
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if tuple(current) in _REFUSALS and following in _OPENERS | _SUBJECTS | _BARE:
            found.append(current)
            current = []
            continue
        if token in _BARE and len(current) == 1 and (token != "no" or not following or following in _GOES_ON):
            found.append(current)
            current = []
    return [*found, current] if current else found


def _ends_in_a_verb(tokens: list[str], current: list[str]) -> bool:
    """ "My wife isn't", at the end of an answer: somebody else, and what was said of the one before."""
    one_word = len(tokens) == len(("my", "wife", "isn't"))
    several = current[-1] in _ENDED and len(("the", "other", "guy", "isn't")) == len(tokens)
    ends = (one_word or several) and tokens[0] in _OPENERS and tokens[-1] in _ELLIPTIC
    return ends and current[-1] not in _CARRIES | _JOINTS


def _begins(token: str, current: list[str]) -> bool:
    last = current[-1]
    if token in _JOINTS:
        part_of_it = (token in {"just", "only", "so"} and last in _STATES) or (
            token in _LIMITS and last in _DENIES_MORE
        )
        return not (len(current) == 1 and last in _JOINTS) and not part_of_it
    if len(current) == 1 and last in _JOINTS:
        return False
    turned = last in _TURNS and len(current) > 1
    told = current[:-1] if turned else current
    last = told[-1]
    ended = last in _ENDED and len(told) > 1 and told[-2] in _LINKS
    return (token in _SUBJECTS and (ended or last not in _CARRIES)) or (
        token in _OPENERS and (ended or last in _OBJECTS or (turned and last not in _CARRIES)) and len(current) > 1
    )


def _apart(tokens: list[str], *, owners: bool) -> list[str]:
    """ "Nobody's hurt" with its verb by itself, "no one" and "no-one" as nobody."""
    said = _SO_MUCH.sub("even", " ".join(tokens))
    said = _SOMEBODY_IS.sub(r"\1 is", _NOBODY.sub("nobody", said))
    if not owners:
        said = _ITS_VERB.sub(" is", said)
    return _NOT_REALLY.sub("no ", said).split()
