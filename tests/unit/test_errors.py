"""The tree of errors is drawn as it is, and each of them has a code of its own."""

import re

from backend import errors
from backend.errors import RingmasterError

_ROW = re.compile(r"^    ([│ ]*)[├└]── (\w+) +(\S+) +\S")
_STEP = 4


def drawn() -> dict[str, tuple[str, str]]:
    """What the page of errors shows: of each its parent and its code."""
    found: dict[str, tuple[str, str]] = {}
    parents = ["RingmasterError"]
    for line in (errors.__doc__ or "").splitlines():
        if (row := _ROW.match(line)) is None:
            continue
        depth = len(row[1]) // _STEP
        parents[depth + 1 :] = [row[2]]
        found[row[2]] = (parents[depth], row[3])
    return found


def there(kind: type[RingmasterError] = RingmasterError) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for one in kind.__subclasses__():
        if one.__module__ == errors.__name__:
            found[one.__name__] = (kind.__name__, one.code)
            found |= there(one)
    return found


def test_the_drawing_shows_every_error_at_its_place_with_its_code() -> None:
    assert drawn() == there()


def test_no_two_share_a_code() -> None:
    codes = [code for _, code in there().values()]
    assert len(codes) == len(set(codes))


def test_all_can_be_imported_by_name() -> None:
    assert set(there()) <= set(errors.__all__)
