"""Cars as callers name them: year, make, model."""

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from backend.domain.spoken.names import sound_of
from backend.domain.spoken.numbers import read_year
from backend.domain.spoken.tokens import words

__all__ = ["SpokenVehicle", "is_only_a_year", "read_vehicle"]

_MAKES = (
    "Acura Audi BMW Buick Cadillac Chevrolet Chrysler Dodge Fiat Ford Genesis GMC Honda Hyundai Infiniti Jaguar Jeep "
    "Kia Lexus Lincoln Mazda Mercedes Mini Mitsubishi Nissan Porsche Ram Rivian Saturn Subaru Suzuki Tesla Toyota "
    "Volkswagen Volvo"
).split()
_ALIASES = {"chevy": "Chevrolet", "vw": "Volkswagen", "benz": "Mercedes", "beamer": "BMW", "test": "Tesla"}
_NOISE = frozenset(
    "a an the it it's its is my i was drive driving have had own year model make car vehicle truck two thousand and "
    "nineteen twenty eighteen seventeen sixteen fifteen fourteen thirteen twelve eleven ten oh one three four five six "
    "seven eight nine to too for of that's that in uh um this".split()
)


@dataclass(frozen=True, slots=True)
class SpokenVehicle:
    """What of a vehicle was understood; ``None`` or empty where it was not."""

    year: int | None = None
    make: str = ""
    model: str = ""


def read_vehicle(text: str) -> SpokenVehicle:
    """``"a two thousand nineteen honda civic"`` is a 2019 Honda Civic. Makes may be misheard a little."""
    tokens = words(text)
    year = read_year(text)
    place, make = _make(tokens)
    if not make:
        return SpokenVehicle(year)
    model = [t for t in tokens[place + 1 : place + 4] if t not in {"and", "i", "it", "year", "from", "that"}]
    while model and model[-1] in _NOISE - {"three", "five", "six", "one", "model"}:
        model.pop()
    return SpokenVehicle(year, make, " ".join(part.capitalize() for part in model[:2]))


def is_only_a_year(text: str) -> bool:
    """Does a caller who describes his vehicle have its year only, so far? ``"it is a two thousand nineteen"``."""
    return read_year(text) is not None and all(token in _NOISE or token.isdecimal() for token in words(text))


def _make(tokens: list[str]) -> tuple[int, str]:
    for index, token in enumerate(tokens):
        if token in _ALIASES and token != "test":
            return index, _ALIASES[token]
        exact = next((make for make in _MAKES if make.lower() == token), None)
        if exact and not (exact in {"Mini", "Ram"} and index + 1 == len(tokens)):
            return index, exact
    best: tuple[float, int, str] = (0.0, -1, "")
    for index, token in enumerate(tokens):
        if len(token) < 4 or token in _NOISE:
            continue
        found = process.extractOne(token, [make.lower() for make in _MAKES], scorer=fuzz.ratio)
        score = max(found[1], fuzz.ratio(sound_of(token), sound_of(found[0])) - 4) if found else 0
        if found and score > best[0]:
            best = (score, index, _MAKES[found[2]])
    return (best[1], best[2]) if best[0] >= 80 else (-1, "")
