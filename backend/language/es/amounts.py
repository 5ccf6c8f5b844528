"""Money in Spanish: "mil quinientos dólares", "quinientos pesos", "$95"."""

import re

from backend.language.asked import Asked
from backend.language.es.doubt import Found, settled
from backend.language.es.words import said
from backend.language.reading import Reading, doubtful

__all__ = ["read_money"]

_CURRENCIES = {
    "dolar": "USD", "dolares": "USD", "usd": "USD", "peso": "MXN", "pesos": "MXN", "mxn": "MXN", "varos": "MXN",
    "euros": "EUR",
    "euro": "EUR", "libras": "GBP",
}  # fmt: skip
_OWN = {"MX": "MXN", "US": "USD", "ES": "EUR", "GB": "GBP"}
_NAMES = "|".join(_CURRENCIES)
_AMOUNT = re.compile(
    rf"(?P<sign>[$€£])?(?<![\w/:-])(?P<whole>\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.(?P<cents>\d{{1,2}}))?(?![\w/:-])"
    rf"(?: (?:de )?(?P<currency>{_NAMES})\b)?(?: (?:americanos|mexicanos|m n))?"
    rf"(?: (?:con|y) (?P<more>\d{{1,2}})(?: (?:centavos|centimos))?\b(?! mil))?(?P<some> y (?:pico|tantos|algo))?"
    rf"(?: (?:de )?(?P<after>{_NAMES})\b)?"
)
_NOTHING = re.compile(r"\b(?:no (?:pague|me cobraron|pagamos|costo) nada|nada|gratis|sin costo)\b")
_UNSURE = re.compile(
    r"\b(?:entre|mas de|menos de|casi|arriba de|minimo|maximo|hasta|por lo menos|al menos|o mas"
    r"|o menos(?<!mas o menos))\b"
)
_COUNTED = re.compile(r"^ (?:dias?|veces|meses|semanas?|carros?|personas?|por ciento)\b")


def read_money(words: str, asked: Asked) -> Reading:
    """An amount with its currency: the one that was named, or that of the caller's region."""
    answer = said(words.replace("$ ", "$"))
    plain = _SPAN.sub(r"\1\4 \2 \3\4", answer.plain)
    found = [_amount(match, asked) for match in _AMOUNT.finditer(plain) if not _COUNTED.match(plain[match.end() :])]
    if not found and _NOTHING.search(plain) and "nadie" not in plain:
        found = [Found({"amount": 0, "currency": _OWN.get(asked.region, "USD")}, 0, len(plain))]
    reading = settled(_same_currency(found), answer)
    unsure = _UNSURE.search(plain)
    if reading.outcome == "value" and unsure:
        return doubtful("more or less than an amount", reading.value, against=(unsure[0],))
    return reading


def _amount(match: re.Match[str], asked: Asked) -> Found:
    amount: int | float = int(match["whole"].replace(",", ""))
    cents = match["cents"] or match["more"]
    if cents:
        amount = round(amount + int(cents.ljust(2, "0") if match["cents"] else cents) / 100, 2)
    signs = {"€": "EUR", "£": "GBP"}
    named = _CURRENCIES.get(match["currency"] or match["after"] or "") or signs.get(match["sign"] or "")
    why = "about" if match["some"] else ""
    return Found({"amount": amount, "currency": named or _OWN.get(asked.region, "USD")}, *match.span(), why)


def _same_currency(found: list[Found]) -> list[Found]:
    """ "Quinientos o seiscientos pesos": the currency that is said once holds for both."""
    named = {one.value["currency"] for one in found}
    if len(found) < 2 or len(named) == 1:
        return found
    last = found[-1].value["currency"]
    return [Found({**one.value, "currency": last}, one.start, one.end, one.why) for one in found]


_SPAN = re.compile(r"\b(\d{1,3}) (y|o|a) (\d{1,3})(000(?:000)?)\b")
"""The thousands that are said once hold for both: "entre tres y cuatro mil"."""
