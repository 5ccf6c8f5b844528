"""Who speaks of what they have reported already is asked whether it is something new; the old one is a person's."""

import pytest
from fnol_form import ABOUT

from backend.forms.reported import told_anew


def test_words_of_an_earlier_report_tell_nothing_of_a_new_one() -> None:
    said = ["i filed a claim two weeks ago", "a truck hit me", "i reported it last monday"]
    assert told_anew(said, ABOUT) == ["a truck hit me"]


@pytest.mark.parametrize("text", ["i filed a police report", "i told the police already"])
def test_what_others_were_told_counts(text: str) -> None:
    assert told_anew([text], ABOUT) == [text]
