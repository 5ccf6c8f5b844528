"""People and places that nobody has: what stands in for those of a call."""

from typing import Literal

__all__ = ["MADE_UP", "Kind", "kind_of"]

Kind = Literal["person", "street", "town", "state"]

MADE_UP: dict[Kind, tuple[str, ...]] = {
    "person": tuple(
        "taylor morgan casey jordan riley avery quinn parker rowan hayden emerson reese finley harper sawyer dakota "
        "skyler jamie devon robin".split()
    ),
    "street": tuple("maple cedar willow juniper magnolia sycamore hawthorn aspen linden laurel".split()),
    "town": tuple(
        "springfield fairview riverton greenville ashland clayton milford burlington kingston newport".split()
    ),
    "state": tuple("ohio oregon nevada kansas iowa utah maine vermont".split()),
}
_STATES = frozenset(
    "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois "
    "indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri "
    "montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington "
    "wisconsin wyoming".split()
)
ROADS = frozenset(
    "street st avenue ave road rd drive lane boulevard blvd highway court place way parkway terrace plaza square "
    "calle avenida carretera paseo camino".split()
)
"""A word beside one of them names it."""
_BEFORE_ROADS = frozenset("calle avenida carretera paseo camino".split())
_BEFORE_TOWNS = frozenset("in near to from at around outside toward towards of en a de desde hacia cerca".split())


def kind_of(word: str, before: str, after: str) -> Kind:
    """What a word that names something may name, by those beside it."""
    if word in _STATES:
        return "state"
    if after in ROADS or before in _BEFORE_ROADS:
        return "street"
    return "town" if before in _BEFORE_TOWNS else "person"
