"""Reads sums of money in English."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from backend.language.asked import Asked
from backend.language.doubt import weigh
from backend.language.en.number_words import DIGITS, number_at
from backend.language.en.said import said
from backend.language.en.signs import BREAKS, SIGNS, signs_for, unread_numbers
from backend.language.grammar import Found, Grammar, WordClass, class_of
from backend.language.mention import Mention
from backend.language.reading import Reading

__all__ = ["CURRENCIES", "read_money"]

CURRENCIES = {"US": "USD", "GB": "GBP", "MX": "MXN"}
"""Of a sum without a currency, by where the caller is."""
_UNITS = {
    "dollar": "USD", "dollars": "USD", "buck": "USD", "bucks": "USD", "usd": "USD", "us dollars": "USD",
    "pound": "GBP", "pounds": "GBP", "quid": "GBP", "sterling": "GBP", "pounds sterling": "GBP", "gbp": "GBP",
    "euro": "EUR", "euros": "EUR", "peso": "MXN", "pesos": "MXN",
    "canadian": "CAD", "canadian dollars": "CAD", "australian dollars": "AUD",
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "grand": 1000, "k": 1000, "million": 1_000_000}
_FIGURES = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?")
_NO_SUM = frozenset(
    "percent % am pm oclock hours hour minutes minute days day weeks week months month years year times miles of th st "
    "people second seconds".split()
)
_GLUED = re.compile(r"(\d)(k|grand)\b")
_DASHED = re.compile(r"(?<=\d)\s*-\s*(?=[$£€]?\d)")
_TALKED_DOWN = re.compile(
    r"^.*\b(?:wanted|want|asked|asking|quoted|started|said|tried|was|were)\b.*\b(?:but|and|then|so)\b.*?"
    r"\b(?:(?:talked|got|knocked|haggled|brought|beat|negotiated|bargained) (?:\w+ ){0,3}?to"
    r"|settled (?:on|for|at)|ended up (?:paying|at|being|costing)) (?=\S)",
    re.IGNORECASE,
)
"""What somebody wanted at first, before what it came to: "they wanted 300 but I talked them down to 220"."""
_LARGE = 100
"""From here on a number says a sum, and no quantity of things."""
_SMALL = 20
"""Below it a number without a unit may leave out its thousands or its hundreds: "fifteen"."""
_Sum = tuple[float, str]


def read_money(text: str, asked: Asked) -> Reading:
    """The sum of an answer and its currency. "About" is good enough; a span, or "twelve fifty", is not."""
    if first := _TALKED_DOWN.match(text):
        reading = _sum_of(text[first.end() :], asked)
        if reading.outcome != "none":
            return replace(reading, against=(*reading.against, first[0]))
    return _sum_of(text, asked)


def _sum_of(text: str, asked: Asked) -> Reading:
    words = said(_GLUED.sub(r"\1 \2", _DASHED.sub(" to ", text.lower())))
    currency = CURRENCIES.get(asked.region, "USD")
    mentions = _GRAMMAR.find(words, currency)
    signs = signs_for(SIGNS.find(words), mentions, ())
    covered = [at for mention in mentions for at in range(mention.start, mention.end)]
    unread = [*unread_numbers(words, covered), *_sums_left(words, covered)]
    reading = weigh(words, mentions, signs, unread=unread, about_is_fine=True, breaks=BREAKS)
    candidates = tuple(map(_written, reading.candidates))
    return replace(reading, value=None if reading.value is None else _written(reading.value), candidates=candidates)


def _sums_left(words: Sequence[str], covered: Collection[int]) -> list[str]:
    """Numbers in the hundreds that are in no sum: "two thousand parts and five hundred labor" is neither."""
    left: list[str] = []
    at = 0
    while at < len(words):
        found = None if at in covered or words[at] in ("a", "an") else number_at(words, at)
        end = found[1] if found else at + 1
        if found and found[0] >= _LARGE and not _NO_SUM.intersection(words[end : end + 1]):
            left.append(" ".join(words[at:end]))
        at = end
    return left


def _written(total: _Sum) -> dict[str, object]:
    amount = round(total[0], 2)
    return {"amount": int(amount) if amount == int(amount) else amount, "currency": total[1]}


# --- words ------------------------------------------------------------------------------------------------------


def _amount(words: Sequence[str], at: int) -> tuple[float, int] | None:
    """ "1,500.50", "fifteen hundred", "one point five million", "two and a half thousand", "a thousand"."""
    figures = _FIGURES.fullmatch(words[at])
    whole = (float(words[at].replace(",", "")), at + 1) if figures else _number(words, at)
    if figures and not figures[2]:
        whole = number_at(words, at)
    if whole is None:
        return _digit_by_digit(words, at)
    value, end = whole
    if words[end : end + 1] == ["point"] and end + 1 < len(words) and words[end + 1] in DIGITS:
        value, end = value + DIGITS[words[end + 1]] / 10, end + 2
    elif words[end : end + 3] == ["and", "a", "half"]:
        value, end = value + _half_of_its_scale(value), end + 3
    elif words[end : end + 3] == ["and", "a", "quarter"]:
        value, end = value + _quarter_of_its_scale(value), end + 3
    elif words[end : end + 2] == ["and", "half"] and _half_of_its_scale(value) > 1:
        value, end = value + _half_of_its_scale(value), end + 2
    scale = _SCALES.get(words[end], 0) if end < len(words) else 0
    spelled = _digit_by_digit(words, at)
    return spelled or ((value * scale, end + 1) if scale else (float(value), end))


def _number(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """ "Hundred twenty" is as "a hundred twenty"."""
    if words[at] not in ("hundred", "thousand"):
        return number_at(words, at)
    found = None if at and number_at(words, at - 1) else number_at(["one", *words[at:]], 0)
    return (found[0], at + found[1] - 1) if found else None


def _half_of_its_scale(value: float) -> float:
    """ "Two and a half", "a grand and a half"."""
    return next((scale / 2 for scale in (1_000_000, 1000) if value >= scale and value % scale == 0), 0.5)


def _quarter_of_its_scale(value: float) -> float:
    """ "A hundred and a quarter", "two and a quarter"."""
    return next((scale / 4 for scale in (1_000_000, 1000, 100) if value >= scale and value % scale == 0), 0.25)


def _digit_by_digit(words: Sequence[str], at: int) -> tuple[float, int] | None:
    """ "One five zero zero": three digits and more."""
    end = at
    while end < len(words) and (words[end] in DIGITS or words[end] == "oh"):
        end += 1
    digits = "".join(str(DIGITS.get(word, 0)) for word in words[at:end])
    return (float(digits), end) if 3 <= len(digits) < 9 else None


def _bare(words: Sequence[str], at: int) -> tuple[float, int] | None:
    """A number with no currency behind it, and nothing that it counts."""
    found = _amount(words, at)
    after = words[found[1]] if found and found[1] < len(words) else ""
    before = words[at - 1] if at else ""
    counted = after in _NO_SUM or (after.endswith("s") and len(after) > 3)
    named = before in ("route", "number", "line", "highway", "exit")
    single = words[at] == "one" and found is not None and found[1] == at + 1 and len(words) > 1
    return None if counted or named or single else found


def _cents(words: Sequence[str], at: int) -> tuple[int, int] | None:
    found = number_at(words, at)
    after = words[found[1]] if found and found[1] < len(words) else ""
    counted = after in _NO_SUM or (after.endswith("s") and after != "cents")
    return found if found is not None and 1 <= found[0] <= 99 and not counted else None


# --- what they mean ---------------------------------------------------------------------------------------------


def _one(value: float, currency: str, why: str = "") -> Mention:
    return Mention(0, 0, ((value, currency),), why=why, doubtful=bool(why))


def _with_unit(_currency: str, found: Found) -> Mention:
    return _one(found["amount"] + found.get("cents", 0) / 100, found.get("unit") or found["sign"])


def _cents_alone(currency: str, found: Found) -> Mention:
    return _one(found["amount"] / 100, {"pence": "GBP", "p": "GBP"}.get(found["small"], currency))


def _bare_sum(currency: str, found: Found) -> Mention:
    why = "a small number without a unit" if 1 < found["bare"] < _SMALL else ""
    return _one(found["bare"], currency, why)


def _half(currency: str, found: Found) -> Mention:
    return _one(_SCALES[found["scale"]] / 2, found.get("unit", currency))


def _two_parts(currency: str, found: Found) -> Mention | None:
    """ "Twelve fifty": 1250, or 12.50."""
    first, second = found["whole"], found["part"]
    if not (1 <= first <= 99 and 10 <= second <= 99 and first == int(first)):
        return None
    unit = found.get("unit", currency)
    return Mention(0, 0, ((first * 100 + second, unit), (first + second / 100, unit)), why="hundreds, or cents")


def _span(currency: str, found: Found) -> Mention:
    """ "Five or six hundred": the scale counts for both."""
    first, last = found["first"], found["last"]
    scale = next((scale for scale in (1_000_000, 1000, 100) if last >= scale and last % scale == 0), 1)
    first = first * scale if first < 100 <= last and first * scale < last else first
    unit = found.get("unit", found.get("sign", currency))
    return Mention(0, 0, ((first, unit), (last, unit)), why="one of several", doubtful=True)


def _few(currency: str, found: Found) -> Mention:
    value = 2 * _SCALES.get(found.get("scale", ""), 1)
    unit = found.get("unit", currency)
    return Mention(0, 0, ((float(value), unit),) if found["few"] == 2 else (), why="no certain sum", doubtful=True)


def _limit(currency: str, found: Found) -> Mention:
    return _one(found["amount"], found.get("unit") or found.get("sign") or currency, "more or less than that")


_CLASSES: Mapping[str, WordClass] = {
    "amount": _amount,
    "bare": _bare,
    "cents": _cents,
    "unit": class_of(_UNITS),
    "sign": class_of({"$": "USD", "£": "GBP", "€": "EUR"}),
    "small": class_of({"cents": "cents", "cent": "cents", "pence": "pence", "p": "p"}),
    "few": class_of({"a couple": 2, "a couple of": 2, "couple": 2, "couple of": 2, "a few": 3, "few": 3, "several": 4}),
    "scale": class_of({name: name for name in ("hundred", "thousand", "grand", "million")}),
}
_LIMITS = "over|above|under|below|least|most|than|to|exceeding"
_GRAMMAR = Grammar(
    _CLASSES,
    (
        (
            """{sign} {amount}
            {amount} {unit}
            {amount} {unit} and? {cents} {small}?""",
            _with_unit,
        ),
        ("{amount} {small}", _cents_alone),
        ("a {unit} {cents}", lambda _, found: _one(1 + found["cents"] / 100, found["unit"])),
        ("{bare}", _bare_sum),
        ("half a {scale} {unit}?", _half),
        ("{whole:amount} {part:amount} {unit}?", _two_parts),
        (
            """{first:amount} {unit}? or|to {last:amount} {unit}?
            between|from {first:amount} {unit}? and|to {last:amount} {unit}?
            {sign} {first:amount} or|to {sign}? {last:amount}
            between|from {sign} {first:amount} and|to {sign}? {last:amount}""",
            _span,
        ),
        ("{few} {scale}? {unit}?\n{few} {scale}? of? {unit}", _few),
        (
            f"""more|less|at|up {_LIMITS} {{sign}}? {{amount}} {{unit}}?
            over|above|under|below {{sign}}? {{amount}} {{unit}}?""",
            _limit,
        ),
    ),
)
"""Finds sums, as pairs of amount and currency; the context is the caller's own currency."""
