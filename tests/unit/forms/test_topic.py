"""Whether words name the topic that a form is for."""

from datetime import UTC, datetime

import pytest
from shipped_store import shipped_store

from backend.forms.topic import names_topic
from backend.rehearsal.tools import memory_tools

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "topic", "names"),
    [
        ("i was in a car accident", "claim", True),
        ("there is smoke, i was in an accident", "claim", True),
        ("what are your opening hours", "claim", False),
        ("i was in a car accident", "no_such_topic", False),
    ],
)
def test_a_topic_is_named(said: str, topic: str, names: bool) -> None:
    line = shipped_store(memory_tools().names).lines["insurance"]
    assert names_topic(said, topic, line, "en-US", NOON) is names
