"""The very same object is looked at once; its like is not taken for it."""

import gc

from backend.language.asked import Choice
from backend.language.same_once import same_once
from backend.language.store_words import hints_of

SEEN: list[tuple[str, ...]] = []


@same_once
def sizes(words: tuple[str, ...], _more: tuple[str, ...] = ()) -> tuple[int, ...]:
    SEEN.append(words)
    return tuple(map(len, words))


def made(*words: str) -> tuple[str, ...]:
    """Another tuple each time."""
    return (*words,)


def test_the_same_object_is_looked_at_once_and_its_like_again() -> None:
    SEEN.clear()
    one, other = made("a", "bb"), made("a", "bb")
    assert one is not other
    assert [sizes(one), sizes(one), sizes(other), sizes(one, other)] == [(1, 2)] * 4
    assert len(SEEN) == 3


def test_what_is_gone_is_not_taken_for_what_has_its_place_in_memory() -> None:
    """However many there were: those of which something is kept are there still."""
    for count in range(600):
        words = made(*("x" * count, "y"))
        assert sizes(words) == (count, 1)
        del words
    gc.collect()


def test_hints_of_the_same_choices_with_other_lists_are_others() -> None:
    choices, no_lists, lists = (Choice(True, ("@yes",)),), dict[str, str](), {"yes": "sure|certainly"}
    assert hints_of(choices, no_lists) != hints_of(choices, lists)
    assert hints_of([*choices], lists) == hints_of(choices, lists)
    assert hints_of(choices, lists) is hints_of(choices, lists)
