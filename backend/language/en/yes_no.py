"""Yes and no: what is agreed to, and facts that are told in other words ("it was towed")."""

import re
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from backend.language.asked import Asked
from backend.language.en.after_all import is_of_everybody
from backend.language.en.aside import read_aside
from backend.language.en.clauses import Clause, clauses_of, hedges, is_negation
from backend.language.en.consent import read_consent, refuses
from backend.language.en.echo import ECHO
from backend.language.en.elliptic import ADVERB, BEHIND, VERB, agrees, denies, ends_denied, is_of_a_thing, says_again
from backend.language.en.kin import PEOPLE
from backend.language.en.left_out import EXCEPT, leaves_out
from backend.language.en.lists import LISTS
from backend.language.en.refusal import refuses_plainly
from backend.language.en.sayings import whose_apart, without_sayings
from backend.language.en.whom import is_of_another
from backend.language.reading import Reading, doubtful, nothing, sure
from backend.language.store_words import Hint, find, hints_of, sole_sign
from backend.language.words import words_of

__all__ = ["read_yes_no"]

_YES = re.compile(
    r"^(?:(?:oh|um|uh|er|erm|hm|well|ah|so far|so|and|luckily|thankfully|fortunately|thank god|thank goodness|sadly"
    r"|unfortunately) )*(?:yes|yeah|yep|yup|yea|ya|aye|uh huh|mhm|mm hmm|sure|absolutely|definitely|certainly"
    r"|of course|indeed|affirmative|correct|right|for sure|totally|very much|a (?:little|bit|little bit)|i'm afraid so"
    r"|unfortunately yes|everybody|everyone|all of us|both of us|both|that's right|exactly|somebody|someone)"
    r"(?: (?:sir|ma'am|miss|please|it is|so|thank you|thanks|unfortunately|still|sure|yeah|it does|we are|did|was"
    r"|is))*$"
)
_NO = re.compile(
    r"^(?:(?:oh|um|uh|er|erm|hm|well|ah|so far|so|and|unfortunately|luckily|thankfully|fortunately"
    r"|thanks?(?: to)? god|thank goodness|thank heavens) )*(?:no longer|no more|no|nope|nah|never|none|nobody|nothing"
    r"|no way(?: jos[eé])?|no chance|lord no|(?:hell|heck|god) no|not\b.*|(?:absolutely|definitely|certainly|of course"
    r"|obviously|sadly|luckily|thankfully|fortunately|surely|i'm afraid|afraid) not|negative|neither\b.*"
    r"|none that i saw|no sir|no ma'am|nobody(?: else)? (?:was|is|did|has|does)|none (?:of|were|was)\b.*)"
    r"(?: (?:sir|ma'am|miss|at all|thank god|thank goodness|thanks|thank you|luckily|thankfully|fortunately"
    r"|unfortunately|whatsoever|so far|any ?more|here|else))*$"
)
_IDIOM = re.compile(
    r"\b(?:no|not a|without a|without any) (?:problems?|issues?|doubt|question|worries|trouble|big deal|biggie)\b"
)
_ABOUT = frozenset("with in at for to about whatsoever there here on so thanks thank".split())
_OF_ANOTHER = re.compile(
    r"\b(?:the other (?:\w+)|the others|his|hers|theirs|their|(?:the|that) (?:\w+ )?\w+ (?:who|that) hit (?:me|us)"
    r"|(?:husband|wife|brother|sister|neighbor|neighbour|friend|guy|lady)'s)\b"
)
"""Said of something that is not the caller's."""
_NOT_SEEN = re.compile(
    r"\b(?:haven't|have not|didn't|did not|'ve not) (?:even |really )?(?:try|tried|check|checked|look|looked|seen)\b"
)
_OPENS_UNSURE = re.compile(
    r"\W*(?:(?:um|uh|oh|well|honestly),? )*(?:i )?"
    r"(?:dunno|don't know|do not know|no idea|no clue|couldn't tell you|can't say)\b",
    re.IGNORECASE,
)
_OUR_OWN = re.compile(r"\b(?:my (?!\w+'s)|mine|ours?|it|it's)\b")
_DEGREES = frozenset("badly seriously severely really serious bad major too very terribly much severe".split())
_EVERYBODY = frozenset("everybody everyone all people".split())
_FILLERS = re.compile(r"^(?:(?:just|only|it's|it was|and|well|um|uh|but|yes|yeah) )+")


@dataclass(slots=True)
class _Heard:
    """What the clauses say: plain answers, answers that are in doubt, and bare yes and no."""

    plain: list[Any] = field(default_factory=list)
    weak: list[Any] = field(default_factory=list)
    doubted: list[Any] = field(default_factory=list)
    bare: list[bool] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    named: bool = False
    """Is a bare yes or no told of somebody: "my passenger was"?"""
    hinted: bool = False
    """Does a clause only hint at the answer that prevails: "my neck's a little off"?"""
    others: bool = False
    """Is something said of what is somebody else's?"""
    things: list[Any] = field(default_factory=list)
    """What is said of an animal or a thing, or by who looked: settled where a clause speaks of everybody."""
    all_told: bool = False
    denied_at: int = -1
    """So many plain answers there were when what prevails was denied of everybody: "... but nobody got hurt here"."""


def read_yes_no(words: str, asked: Asked) -> Reading:
    """Whether the answer is a yes. What is asked for a consent (``asked.confirms``) is read more strictly."""
    if asked.confirms:
        return _agreement(words, asked)
    hints = hints_of(asked.choices, LISTS)
    sign = partial(sole_sign, hints)
    if (again := ECHO.asked_again(words, sign)) is not None:
        return read_yes_no(again.answer, replace(asked, question=again.question))
    in_turn = ECHO.in_turn(words, asked.question, sign, means=_polarity(asked.question, hints))
    if in_turn is not None:
        return in_turn
    if read_aside(words) == "question":
        return nothing("question")
    words = whose_apart(words) if asked.prevails is None else without_sayings(words)
    heard = _hear(words, hints, prevails=asked.prevails)
    means = _polarity(asked.question, hints)
    bare = [answer == means for answer in heard.bare]
    somebody = asked.prevails in bare and heard.named
    certain = somebody or (asked.prevails in bare and set(heard.doubted) == {asked.prevails} and _LEADS.match(words))
    if asked.prevails is not None and (asked.prevails in heard.plain or certain or leaves_out(words, asked.question)):
        if heard.denied_at == len(heard.plain) or is_of_another(words, asked.question, hints):
            return doubtful("it may be of another, or not so", asked.prevails, against=tuple(heard.said))
        return sure(asked.prevails, tuple(heard.said))
    if asked.prevails is None and (end := _CONCLUDES.search(words)) and not hedges(words):
        concluded = (end[1] is None) == means
        if not {*heard.plain, *bare} - {concluded}:
            return sure(concluded, tuple(heard.said))
    reading = _settle(heard, bare, hedged=hedges(words) or _OPENS_UNSURE.match(words) is not None)
    says_nothing = asked.prevails is None and reading.outcome == "ask" and not reading.candidates and not heard.doubted
    return nothing("unknown") if says_nothing and _knows_nothing(words) else reading


def _agreement(words: str, asked: Asked) -> Reading:
    said = read_consent(words, asked=asked.question, negative=any(map(is_negation, words_of(asked.question))))
    if said in ("no", "correction") and not refuses_plainly(words, asked.question):
        said = "hedged"
    if said in ("yes", "no"):
        return sure(said == "yes", (words,))
    aside = read_aside(words)
    if aside in ("question", "person", "unknown") or (aside and said == "unclear"):
        return nothing(aside)
    if said == "correction":
        outcome, why = ("value", "") if refuses(words) else ("ask", "a yes with something behind it")
        return Reading(outcome, False, rests_on=(words,), against=(words,), unread=(words,), why=why)
    if said == "hedged":
        return doubtful("no plain yes", True, False, against=(words,))
    return nothing()


def _hear(words: str, hints: tuple[Hint, ...], *, prevails: bool | None) -> _Heard:
    heard = _Heard()
    last: Any = None
    for whole in clauses_of(words):
        heard.said += [idiom[0] for idiom in _IDIOM.finditer(whole.text)]
        if (clause := _beside_idioms(whole)) is None:
            continue
        votes = [vote for found in find(hints, clause.text) if (vote := (found, _vote(found.value, found, clause)))]
        strong = [(found, vote) for found, vote in votes if not found.weak]
        if prevails is None and strong and _OF_ANOTHER.search(clause.text) and not _OUR_OWN.search(clause.text):
            heard.others = True
            heard.said.append(clause.text)
            continue
        in_doubt = clause.supposed or hedges(clause.text) or any(found.value is None for found, _ in strong)
        by_nobody = prevails is not None and any(found.value is None for found, _ in strong) and not clause.supposed
        doubted = heard.things if by_nobody and not hedges(clause.text) else heard.doubted
        for found, vote in strong:
            (doubted if in_doubt or vote is None else heard.plain).append(vote)
            heard.said.append(found.words)
        heard.doubted += [prevails] if prevails is not None and strong and ends_denied(clause.text) else []
        denied = prevails in heard.plain and not in_doubt and {vote for _, vote in strong} == {not prevails}
        heard.denied_at = len(heard.plain) if denied and is_of_everybody(clause.tokens) else heard.denied_at
        heard.all_told |= not in_doubt and bool(strong) and not _EVERYBODY.isdisjoint(clause.tokens)
        weak = [vote for found, vote in votes if found.weak]
        if prevails is not None and clause.tokens[0] in EXCEPT | {"but"} and prevails in weak:
            heard.plain.append(prevails)  # "no, except my arm"
        heard.weak += weak
        heard.hinted |= prevails is not None and prevails in weak and not strong
        last = next((found.value for found, _ in reversed(strong)), last)
        again = says_again(clause.text) if isinstance(last, bool) and not strong else None
        if again is not None and (prevails is not None or agrees(clause.text) or denies(clause.text)):
            if weak or prevails is None or not is_of_a_thing(clause.text):  # "I'm okay, my wife isn't"
                heard.plain.append(last == again)
            heard.said.append(clause.text)
            continue
        if not strong and (answer := _bare(clause, people=prevails is not None)) is not None:
            if prevails is None and _WOULD.search(clause.text):
                heard.doubted.append(answer)
                continue
            heard.bare.append(answer)
            heard.said.append(clause.text)
            heard.named |= bool(_SOMEBODY.match(clause.text))
    return heard


def _beside_idioms(clause: Clause) -> Clause | None:
    """What a clause says beside "no problem", which denies nothing; ``None`` where that is all, or what it is about."""
    if (idiom := _IDIOM.search(clause.text)) is None:
        return clause
    before, rest = clause.text[: idiom.start()].split(), clause.text[idiom.end() :].split()
    if before and not agrees(" ".join(before)) and not denies(" ".join(before)):  # "it drives no problem"
        return replace(clause, tokens=tuple(before))
    return None if not rest or rest[0] in _ABOUT else replace(clause, tokens=tuple(rest))


def _vote(value: Any, found: Any, clause: Clause) -> Any:
    """The value of a sign, turned round by a negation; ``None`` where only its degree is denied."""
    own = any(map(is_negation, found.words.split()))
    if not isinstance(value, bool) or own or not clause.denies(found.last):
        return value
    return None if _DEGREES & set(clause.tokens) else not value


def _bare(clause: Clause, *, people: bool) -> bool | None:
    """A plain yes or no, or the verb of the question: "it does", "i wasn't"; or who it is, where it is about people."""
    said = clause.text
    if _NO.match(said) or said == "but no" or denies(said):
        return False
    if _YES.match(said) or agrees(said):
        return True
    who = _FILLERS.sub("", f"{said}").split()
    return True if people and who and who[-1] in PEOPLE and who[0] in {who[-1], *_WHOSE} and len(who) <= 3 else None


_LEADS = re.compile(r"\W*(?:(?:um|uh|oh|well),? )*(?:yes|yeah|yep)\b", re.IGNORECASE)
"""A yes before what they only think: "yes, I think two of my fingers are broken" hedges what, not whether."""
_CONCLUDES = re.compile(
    r"\bso,? (?:(?:um|uh|then|basically|obviously|clearly),? )*(?:(no|nope|nah)|yes|yeah|yep)[.!]*$", re.IGNORECASE
)
"""At the end, behind the reason: "the radiator leaks, so no"."""
_WOULD = re.compile(r"\b(?:would|wouldn't|could|might|the (?:other|rental|loaner|spare)\b.*)")
"""What would be so, or is so of another one."""
_SOMEBODY = re.compile(rf"^(?:but |and |only )?(?:he|she|they|i|we|(?:the|my|our) [\w'-]+){ADVERB} {VERB}{BEHIND}$")
_WHOSE = frozenset("my our the his her their a an one".split())


def _polarity(question: str, hints: tuple[Hint, ...]) -> bool:
    """What a bare yes means: "Is everybody okay?" asks for the opposite of "Was anybody hurt?"."""
    found = [one.value for one in find(hints, " ".join(re.findall(r"[\w'-]+", question.lower()))) if not one.weak]
    return found[0] if found and isinstance(found[0], bool) else True


def _knows_nothing(words: str) -> bool:
    """Do they say that they do not know, or have not seen it yet?"""
    return read_aside(words) == "unknown" or _NOT_SEEN.search(words.lower()) is not None


def _settle(heard: _Heard, bare: list[bool], *, hedged: bool) -> Reading:
    doubted = heard.doubted if heard.all_told else [*heard.doubted, *heard.things]
    if hedged or doubted:
        votes = [vote for vote in (*heard.plain, *doubted, *bare) if isinstance(vote, bool)]
        return doubtful("they are not sure", *dict.fromkeys(votes))
    votes = {*heard.plain, *bare} or set(heard.weak)
    if len(votes) > 1:
        return doubtful("both yes and no", *dict.fromkeys((*heard.plain, *bare)))
    if heard.hinted and votes - set(heard.weak):
        return doubtful("something is said that hints at the other answer", *votes)
    value = next(iter(votes), None)
    return sure(value, tuple(heard.said)) if isinstance(value, bool) else _none_of_it(heard)


def _none_of_it(heard: _Heard) -> Reading:
    return doubtful("it may be either") if heard.weak or heard.others else nothing()
