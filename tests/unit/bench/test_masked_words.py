"""Words of callers beside records in which secrets are hidden."""

import pytest

from bench.masked_words import holds_the_beginning, holds_the_whole, is_all_hidden


@pytest.mark.parametrize(
    ("kept", "said", "whole"),
    [
        ("Four eight two one", "four eight two one", True),
        ("[hidden]", "four eight two one", True),
        ("my zip code is [hidden]", "my zip code is six zero six zero one", True),
        ("[hidden] is my zip", "six oh six double zero is my zip", True),
        ("[hidden] and [hidden]", "six zero six and zero one", True),
        ("[hidden]", "my zip code is six zero six zero one", False),  # where are the other words
        ("[hidden]", "yes that is correct", False),  # nothing in it is a secret
        ("my zip code is [hidden]", "my zip code is", False),
        ("my zip [hidden]", "my zip code is six", False),
        ("a (new) car.", "a (new) car.", True),
        ("yes", "yes that is correct", False),
        ("yes that is correct", "yes", False),
        ("", "yes", False),
    ],
)
def test_whole_words(kept: str, said: str, whole: bool) -> None:
    assert holds_the_whole(kept, said) is whole


@pytest.mark.parametrize(
    ("kept", "said", "beginning"),
    [
        ("yes", "yes that is correct", True),
        ("[hidden]", "six zero six zero one", True),
        ("my zip code is [hidden]", "my zip code is six zero six zero one", True),
        ("my zip code is", "my zip code is six zero six zero one", True),
        ("yes that is correct", "yes that is correct", False),
        ("that is correct", "yes that is correct", False),
        ("yes no", "yes", False),
        ("on", "one", False),
        ("", "yes", False),
    ],
)
def test_first_words(kept: str, said: str, beginning: bool) -> None:
    assert holds_the_beginning(kept, said) is beginning


def test_what_is_hidden_altogether() -> None:
    assert [is_all_hidden(kept) for kept in ("[hidden]", "[hidden] [hidden]", "is [hidden]", "")] == [
        True, True, False, False,
    ]  # fmt: skip
