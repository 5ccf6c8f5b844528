"""Whether words name the topic that a form is for."""

from datetime import UTC, datetime

import pytest
from shipped_store import shipped_store

from backend.forms import topic as topics
from backend.forms.topic import names_topic
from backend.language.named import language_named
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


def test_the_same_words_are_read_once_and_kept_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    line = shipped_store(memory_tools().names).lines["insurance"]
    other = line.model_copy(update={"topics": {**line.topics, "more": line.topics["claim"]}})
    read = list[str]()

    def named(tag: str) -> object:
        read.append(tag)
        return language_named(tag)

    known = dict[int, bool]()
    monkeypatch.setattr(topics, "language_named", named)
    monkeypatch.setattr(topics, "_known", known)
    monkeypatch.setattr(topics, "_MOST", 3)
    said = "i was in a car accident near the mill"
    for _ in range(2):
        assert names_topic(said, "claim", line, "en-US", NOON)
        assert not names_topic(said + " or not", "policy", line, "en-US", NOON)
    assert len(read) == 2
    names_topic(said, "claim", other, "en-US", NOON)  # the line has other words now
    assert len(read) == 3
    names_topic("what are your opening hours", "claim", line, "en-US", NOON)
    assert len(read) == 4 and len(known) == 1  # no more are kept than three
