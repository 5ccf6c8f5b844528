"""What a prompt tells an agent to do, found in its words."""

import re

from hypothesis import given
from hypothesis import strategies as st

from backend.agents.template_trial import _TOOL

_SLOW = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")


@given(st.text(alphabet="ab_ A1-é\n", max_size=60))
def test_names_of_tools_are_found_as_by_looking_at_every_letter_again(text: str) -> None:
    assert _TOOL.findall(text) == _SLOW.findall(text)
