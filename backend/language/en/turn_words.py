"""English words by which the end of a turn is judged."""

import re

from backend.language.en.city import ends_in_place
from backend.language.en.figures import is_number, years_in
from backend.language.en.number_runs import read_digits
from backend.language.en.number_words import in_figures
from backend.language.tokens import words
from backend.language.turn_ends import read_turn_ends
from backend.language.turn_words import TurnWords

__all__ = ["TURN_WORDS"]

_TRAILING = frozenset(
    (
        "and or but so because that which who the a an my your his her their our its at on in of to for from "
        "with by near is are was were i'm it's i we he she they um uh er hmm like about around between into "
        "onto number we're they're you're he's she's there's street's not very really when where if then than as"
    ).split()
)
_SHORT_ANSWERS = frozenset("yes yeah yep no nope correct right sure okay ok goodbye bye thanks".split())
_STRANDED = re.compile(
    r"\b(?:what|where|when|who|which|how)\b(?: [\w'’]+){2,} (?:is|are)$"
    r"|\b(?:who|what|someone|somebody|anyone|anybody|person) .+"
    r" (?:talk|talking|speak|speaking|spoke|look|looking|wait|waiting|ask|asking|pay|paying|call|calling)"
    r" (?:to|with|for|about)$",
    re.IGNORECASE,
)
_ASKING = frozenset("what where when who which how why can could would does did do is are am may will should".split())
_WISH = re.compile(
    r"\b(?:can|could|would) you\b"
    r"|\b(?:want|like|need) to (?:know|ask|speak|talk|report|file|make|cancel|change|pay|check)\b"
    r"|\b(?:if|whether) (?:i|my|you|we)\b|\b(?:help|connect|transfer|call) (?:me|us)\b",
    re.IGNORECASE,
)
_SOON = r"(?:just |only |still |all |already )?"
_HANGING = re.compile(
    r"\b(?:can|could|would|will) you (?:please )?(?:tell|show|give|let|explain)(?: me| us)?$"
    r"|\b(?:do|did) you (?:know|mean)(?: (?:how|what|which) \w+| when| where| if)?$"
    r"|\b(?:want|wanted|like|need|have) to (?:ask|know|tell|say|check|see|find out)(?: you)?$"
    r"|\b(?:talk|speak) (?:to|with) (?:you|somebody|someone|a person|an agent)$"
    r"|\b(?:know|wonder|see) (?:how \w+|whether|if)$|\bi (?:need|want|would like|was told)$|\bi don't know if\b"
    r"|\b(?:must|could|would|should|may|might|has|have|had) (?:have )?been$|\bto (?:avoid|get|see|find|make|have|be)$"
    r"|\b(?:and|but|so|then) (?:when|while|as|if|after|before|once) (?:[\w']+ ?){1,6}$",
    re.IGNORECASE,
)
_ONLY_LEADS = re.compile(
    r"^(?:(?:hello|hi|hey|good|morning|afternoon|evening|there|well|so|um|uh|okay|sorry|wait|first|actually|look|listen"
    r"|excuse|me|yes|yeah)\b\W*)+$",
    re.IGNORECASE,
)
_SCENE = re.compile(
    rf"^(?!.*\b(?:when|and|then)\b).*\b(?:was|were|am|are|is|i'm|we're|he's|she's) {_SOON}"
    r"(?!calling|wondering|asking|trying|looking)(?:\w{2,}ing|parked|stopped|stuck)\b",
    re.IGNORECASE,
)
_INTRODUCING = re.compile(
    r"\b(?:name is|name's|this is|i am|i'm) \w+(?: \w+){0,2}$"
    r"|\b(?:a|another|one|quick) (?:question|problem|issue|thing)$"
    r"|\b(?:calling|phoning|here) (?:about|regarding|for) (?:\w+ ){0,3}\w+$",
    re.IGNORECASE,
)
_DICTATING = re.compile(
    r"\b(?:e-?mail|plate|number|address|code|policy|claim|reference|id)\b(?: \w+)? (?:is|it's|was)\b", re.IGNORECASE
)
_ENDS_IN_DIGITS = re.compile(
    r"(?<!['’])\b(?:\d+|[b-hj-z]|zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\W*$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\b(?:and|but|when|while|because|so|after|then|until|that)\b", re.IGNORECASE)
_SUBJECTS = frozenset("i he she we they it it's i'm he's she's they're we're there there's".split())
_TELLS_TIME = re.compile(
    r"\b(?:at|around|about|before|after|past|to|half|quarter) (?:\w+ )?(?:\d|noon|midnight|one|two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven|twelve|half|quarter)"
    r"|\bin the (?:morning|afternoon|evening)\b|\bo'clock\b|\b[ap]\.?m\b",
    re.IGNORECASE,
)
_ANSWERS_FIRST = re.compile(r"^(?:yes|yeah|yep|no|nope)\b(?! one\b)", re.IGNORECASE)
_WRITTEN = {
    "1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth", "6th": "sixth",
    "7th": "seventh", "8th": "eighth", "9th": "ninth", "10th": "tenth", "dollars": "", "percent": "", "o'clock": "",
}  # fmt: skip
_DIGIT_WORDS = {
    "zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_AROUND_A_YEAR = frozenset(
    "a an the it it's its is my i was drive driving have had own year model make and oh to too for of that's that in "
    "uh um this".split()
)


def _is_only_a_year(text: str) -> bool:
    """ "It is a two thousand nineteen": what it is, is still to be said."""
    said = words(text)
    return bool(years_in(said)) and all(word in _AROUND_A_YEAR or is_number(word) for word in said)


TURN_WORDS = TurnWords(
    trailing=_TRAILING,
    short_answers=_SHORT_ANSWERS,
    farewells=frozenset("goodbye bye thanks".split()),
    stranded=_STRANDED,
    asking=_ASKING,
    polite=frozenset({"please", "thanks"}),
    wish=_WISH,
    year=re.compile(r"\b(?:19|20)\d\d\b|\btwent(?:y|ies)\b|\bnineteen\b|\btwo thousand\b", re.IGNORECASE),
    name_lead=re.compile(r"^.*\b(?:name is|name's|this is|i am|i'm|it is|it's)\b", re.IGNORECASE),
    is_only_a_year=_is_only_a_year,
    ends_in_place=ends_in_place,
    digits=read_digits,
    in_figures=in_figures,
    digit_words=_DIGIT_WORDS,
    written=_WRITTEN,
    hesitations=frozenset("uh um er hmm erm ah".split()),
    hanging=_HANGING,
    only_leads=_ONLY_LEADS,
    scene=_SCENE,
    introducing=_INTRODUCING,
    dictating=_DICTATING,
    ends_in_digits=_ENDS_IN_DIGITS,
    joined=_JOINED,
    subjects=_SUBJECTS,
    tells_time=_TELLS_TIME,
    answers_first=_ANSWERS_FIRST,
    ends=read_turn_ends("en"),
)
