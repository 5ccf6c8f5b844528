"""Examples of a store are learned from, judged by what others taught, and written to be read again."""

import pytest

from backend.agents.teaching import Example, examples_in, teach, written
from backend.errors import ConfigError
from backend.language.learned import Learned, read_learned
from backend.language.reading import Reading, nothing

WORDS = ("house", "garden", "kitchen", "cellar", "garage", "attic", "porch", "shed", "stairs", "roof")
EXAMPLES = "# a heading\n\n" + "\n".join(
    f"{mark} {said} the {word} {time}"
    for time in ("today", "again", "still", "now")
    for mark, said in (("+", "rain fell in"), ("-", "sun shone on"), ("?", "wind may be over"))
    for word in WORDS
)


def read(words: str, learned: Learned | None) -> Reading:
    return nothing() if learned is None else learned.weigh(words, nothing())


def test_examples_are_read_with_what_they_mean() -> None:
    found = examples_in(EXAMPLES)
    assert len(found) == 120
    assert found[0] == Example("rain fell in the house today", True)
    assert {one.means for one in found} == {True, False, None}


@pytest.mark.parametrize(
    ("text", "told"), [("+ rain\nsun", "line 2"), ("+ rain", "100 examples or more, got 1"), ("", "got 0"),
     ("- sun\n" * 200, r"20 examples or more with '\+ ', got 0"), ("+ rain\n" * 200 + "- sun", "'- ', got 1")],
)  # fmt: skip
def test_what_is_no_file_of_examples_is_told(text: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        examples_in(text)


def test_what_examples_have_in_common_is_learned_and_kept() -> None:
    taught = teach(EXAMPLES, read)
    assert taught.settled == 80
    assert (taught.wrong, taught.mended, taught.needless) == ((), 0, 0)
    kept = read_learned(written(taught.learned))
    assert kept == taught.learned
    assert [kept.says(f"{said} the barn") for said in ("rain fell in", "sun shone on", "wind may be over")] == [
        True,
        False,
        None,
    ]
