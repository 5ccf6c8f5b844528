"""Days with names, as Spanish speakers of Mexico and of the United States call them."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

__all__ = ["holidays"]

_FIXED = {
    r"nochebuena|noche buena": (12, 24),
    r"(?:dia de )?navidad": (12, 25),
    r"nochevieja|noche vieja|ano viejo|fin de ano": (12, 31),
    r"ano nuevo": (1, 1),
    r"(?:dia de (?:los )?)?reyes(?: magos)?": (1, 6),
    r"(?:dia de )?la candelaria": (2, 2),
    r"san valentin|dia (?:del amor(?: y la amistad)?|de los enamorados)": (2, 14),
    r"halloween|noche de brujas": (10, 31),
    r"(?:dia de )?todos (?:los )?santos": (11, 1),
    r"dia de (?:los )?muertos": (11, 2),
    r"(?:dia de )?(?:los )?santos inocentes": (12, 28),
    r"dia (?:del nino|de los ninos)": (4, 30),
    r"dia de la virgen(?: de guadalupe)?": (12, 12),
}
_OF_MEXICO = {
    r"dia del trabajo": (5, 1),
    r"(?:noche del|dia del) grito": (9, 15),
    r"dia de la independencia": (9, 16),
    r"dia de (?:las? madres?|la mama|las mamas)": (5, 10),
    r"dia de la revolucion": (11, 20),
}
_OF_US = {r"dia de la independencia": (7, 4)}
_NAMED = {
    region: {re.compile(rf"\b(?:{name})\b"): day for name, day in (_FIXED | own).items()}
    for region, own in (("MX", _OF_MEXICO), ("US", _OF_US))
}
_THANKSGIVING = re.compile(r"\b(?:(?:dia de )?accion de gracias|thanksgiving|sangiving)\b")
_BLACK_FRIDAY = re.compile(r"\b(?:viernes negro|black friday)\b")


def holidays(plain: str, region: str, years: Sequence[int]) -> Iterator[tuple[date, int, int]]:
    """The named days of an answer in each of these years, and where each stands."""
    for pattern, (month, day) in _NAMED["MX" if region == "MX" else "US"].items():
        for match in pattern.finditer(plain):
            yield from ((date(year, month, day), match.start(), match.end()) for year in years)
    for pattern, behind in ((_THANKSGIVING, 0), (_BLACK_FRIDAY, 1)):
        for match in pattern.finditer(plain):
            for year in years:
                yield _fourth_thursday(year) + timedelta(days=behind), match.start(), match.end()


def _fourth_thursday(year: int) -> date:
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 21)
