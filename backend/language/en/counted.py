"""What an English answer counts: "two cars", "another one", "my truck", "the one behind me". Nouns come from the
question."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from backend.language.asked import Choice
from backend.language.en.counting_number import counting_number_at, is_ordinal
from backend.language.en.kin import PEOPLE
from backend.language.en.not_names import EITHER, FILLERS, NOT_NAMES
from backend.language.en.number_words import number_at, ordinal_at
from backend.language.grammar import Grammar, Meaning, WordClass, class_of
from backend.language.tally import meaning_of

__all__ = ["CALLED_OUT", "STRUCK", "WHO", "counted"]

_PEOPLE = (
    "guy|bloke|chap|dude|driver|person|lady|man|woman|fellow|gentleman|party|one|kid|girl|boy|people|guys|drivers|ones"
)
_SOMEBODY = "people|persons|passengers|drivers|adults|kids|children|guys|men|women|victims|witnesses"
_DESCRIBES = (
    "red white blue black green silver gray grey brown yellow dark light big small little large huge old new same "
    "parked empty pickup delivery dump garbage moving school city tour rental company sports utility motor "
    "tractor box flatbed whole second-hand"
).split()
_WHERE = [
    f"{place}{whom}"
    for place in (
        "in front",
        "behind",
        "ahead",
        "in back",
        "in front of",
        "ahead of",
        "in back of",
        "next to",
        "beside",
    )
    for whom in ("", " me", " us", " mine", " of me", " of us", " him", " her", " it", " of him", " of her", " of it")
]
_BESIDE = (
    *("besides", "beside", "plus", "other than", "apart from", "aside from", "not counting", "not including"),
    *("without", "excluding", "on top of", "in addition to", "as well as"),
)
_DID = ("hit", "struck", "rear ended", "clipped", "ran into", "bumped", "bumped into", "backed into", "crashed into")
_TIMES = (
    "second seconds sec moment moments minute minutes hour hours day days week weeks month months year years time times"
    " am pm oclock miles lanes lane feet blocks"
)  # fmt: skip
CALLED_OUT = "police|cop|sheriff|patrol|squad|fire|tow|rescue|recovery"
"""Such a one mostly came afterwards: it counts where it is said to have been struck."""
_NO_SORT = frozenset(f"{' '.join(_DESCRIBES)} {CALLED_OUT.replace('|', ' ')} toy model remote parking shopping".split())
"""Between an article and a noun, and no name of what it is."""
_PLACES = "lane exit route highway interstate mile gate number line unit at"
_MANY = (
    "a few",
    "few",
    "several",
    "some",
    "a bunch of",
    "a lot of",
    "lots of",
    "a lot",
    "lots",
    "a bunch",
    "many",
    "too many",
)
_LISTED = frozenset("me us mine and plus".split())


STRUCK = (
    "hit|hits|struck|shunted|clipped|tapped|bumped|pushed|shoved|smashed|rammed|nudged|scraped|sideswiped|rear ended"
    "|ran into|crashed into|backed into|slid into|bumped into|smashed into|plowed into|went into|knocked"
)
"""What one of those that are counted does to another, in a list of them."""
WHO = "guy|bloke|chap|dude|driver|person|lady|man|woman|fellow|fella|gentleman|party|gal|gent|kid|lad|girl|trucker"
"""Who came in one, in such a list."""


@lru_cache(maxsize=32)
def counted(choices: tuple[Choice, ...]) -> Grammar:
    """Finds what is counted; the values of its mentions are one ``Item`` each."""
    things = [choice for choice in choices if choice.value is not None and choice.offered]
    nouns = {word: number == 0 for number, one in reversed([*enumerate(things)]) for word in _plain(one.words)}
    own = {word: 1 for choice in choices if choice.value is None for word in _plain(choice.words)}
    classes: dict[str, WordClass] = {
        "noun": class_of(nouns),
        "own": class_of(own | {"my own": 1, "myself": 1}),
        "number": counting_number_at,
        "stray": class_of(dict.fromkeys(_TIMES.split(), 1)),
        "ordinal": ordinal_at,
        "single": class_of({"a": 1, "an": 1, "another": 1}),
        "few": class_of({"a couple": 2, "a couple of": 2, "couple of": 2} | dict.fromkeys(_MANY, 0)),
        "any": class_of(dict.fromkeys((two for one in _DESCRIBES for two in (one, f"big {one}", f"white {one}")), 0)),
        "sort": lambda words, at: (1, at + 1) if _may_name_a_sort(words, at, nouns) else None,
        "owner": _owner,
        "them": _them,
        "beside": class_of(dict.fromkeys(_BESIDE, 1)),
        "did": class_of(dict.fromkeys(_DID, 1)),
        "where": class_of({place: place.endswith((" me", " us", " mine")) for place in _WHERE}),
    }
    return Grammar(classes, _RULES)


def _plain(words: Sequence[str]) -> list[str]:
    return [word.lower() for word in words if word.replace(" ", "").replace("'", "").isalnum()]


def _may_name_a_sort(words: Sequence[str], at: int, nouns: Mapping[str, bool]) -> bool:
    """ "A transit van", "the u-haul truck": a word of which nothing else is known."""
    word = words[at]
    known = word in nouns or word in _NO_SORT or any(word in words for words in (PEOPLE, NOT_NAMES, EITHER, FILLERS))
    return word.isalpha() and len(word) > 1 and not known and number_at(words, at) is None and not is_ordinal(words, at)


def _owner(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """ "My wife's", "somebody's"."""
    return (1, at + 1) if words[at].endswith("'s") else None


def _them(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """ "Him and the truck", "me him and her"; not in "he hit her and she hit me"."""
    before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
    goes_on = words[at + 2 : at + 3] and words[at + 2] in ("he", "she", "they", "then")
    listed = before in _LISTED or (after in _LISTED and not goes_on)
    return (1, at + 1) if words[at] in ("him", "her", "them") and listed else None


_RULES: Sequence[tuple[str, Meaning]] = (
    (
        f"""{{number}} {{any}}? {{noun}}
        {{single}} {{any}}? {{noun}}
        {{single}} {{sort}} {{noun}}
        a|some|another {_PEOPLE} on|in|with|driving a|an|his|her {{any}}? {{noun}}
        my|the|his|her|their? {{owner}} {{any}}? {{noun}}
        his|her|their {{any}}? {{noun}}
        and|plus the|this|that {{any}}? {{noun}}
        the {{any}}? {{noun}} and|plus
        and|plus the {{sort}} {{noun}}
        the {{sort}} {{noun}} and|plus
        a|the {CALLED_OUT} {{noun}} that|which|who? got|was {{did}} too?""",
        meaning_of("named"),
    ),
    (
        f"""{{number}} more|others|extra|additional {{noun}}?
        {{number}} other {{any}}? {{noun}}
        {{number}} other {_PEOPLE}
        another {_PEOPLE}
        the|one|some? other {_PEOPLE}
        theirs|his|hers|yours
        the|a|some {_PEOPLE} who|that
        {{them}} and
        {{them}}
        a|an|one|another {{any}}? {{noun}} {{did}} me|us|mine
        a|an|one|another {{any}}? {{noun}} {{did}} my {{noun}}
        the? other {{any}}? {{noun}}
        one|another other|more {{noun}}?
        {{number}} more|other|others|extra? {{any}}? {{noun}}? {{beside}} {{own}}
        whoever|whichever {{did}} me|us|mine|my {{noun}}?
        the|one|a {_PEOPLE} {{did}} me|us|mine
        {{number}} {{any}}? {{noun}}? {{where}}
        a|the {{any}}? {{noun}} {{where}}
        a|the {_PEOPLE} {{where}}
        a|the {_PEOPLE} behind {{any}}? the {{noun}}
        a|the {{any}}? {{noun}} behind the {{any}}? {{noun}}
        a|the {{any}}? {{noun}} in front of the {{any}}? {{noun}}
        somebody|someone else""",
        meaning_of("more"),
    ),
    (
        """{number}
        {number} {any}? {noun}? altogether|total|overall
        {number} {any}? {noun}? in all|total
        {number} {any}? {noun}? all together|told
        {number} {any}? {noun}? including|counting|with {own}
        {number} {any}? {noun}? including|counting mine|me|us
        altogether|total {number}
        a? total of {number} {noun}?
        {ordinal} of|in|out {number} {noun}?
        {ordinal} in|out of|line? of {number} {noun}?
        {ordinal} in line out of {number} {noun}?
        i|we was|were|am|are the middle|back|front|last|lead|rear one of|in|out {number} {noun}?
        i|we was|were|am|are the middle|back|front|last|lead|rear {noun} of|in|out {number} {noun}?
        i|we was|were|am|are in? the middle of {number} {noun}?
        we were|was|are|re {number} {any}? {noun}
        us {number}
        {number} of us|them""",
        meaning_of("total"),
    ),
    ("both of? my|our? {noun}?\nboth of us|them", meaning_of("total", 2)),
    (
        """{few} {any}? {noun}?
        like {number} {any}? {noun}?
        at least|most {number} {any}? {noun}?
        more|less|fewer than {number} {any}? {noun}?
        up to {number} {any}? {noun}?""",
        meaning_of("vague"),
    ),
    ("{own}\nmy|our {any}? {noun}", meaning_of("own")),
    (
        f"""{{number}} {{stray}}
        {_PLACES.replace(" ", "|")} {{number}}
        {{number}} by {{number}}
        {{number}} wheeler|wheelers|wheel|door|seater
        {{number}} {_SOMEBODY}
        he|she is {{number}}
        {{number}} other? {_SOMEBODY} in|inside|on my|the|our|his|her|their|that|it {{noun}}?
        {{number}} of us|them in|inside|on my|the|our|his|her|their|that|it {{noun}}?
        {{number}} in|inside|on my|the|our|his|her|their|that|it|each {{noun}}?
        one of them|us|those|these
        {{number}} of my|our|the|his|her|their {{any}}? {{noun}}
        the? {{ordinal}} {{noun}}?
        {{noun}} number {{number}}
        how many
        let me""",
        meaning_of("stray"),
    ),
    (
        f"""only|just {{own}}
        nobody|none else
        no one else
        no other {{noun}}
        no other {_PEOPLE}
        no others|more
        not another|any {{noun}}
        by myself|ourselves
        none
        alone
        single {{noun}}""",
        meaning_of("alone"),
    ),
)
