"""Who speaks of a report that was made already, and what only sounds like it."""

import pytest

from backend.language.en.account import ACCOUNT
from backend.language.en.reported import has_reported, means_the_old_one


@pytest.mark.parametrize(
    "text",
    [
        "hi i filed a claim two weeks ago and nobody has called me",
        "i already reported this what is happening with it",
        "any news on my claim", "i'm calling about my claim", "what's the status of my claim",
        "i reported it last monday", "we put in a claim before", "i'd like to check on the claim i filed",
        "it's about an existing claim", "my husband already filed a claim for this",
        "my last claim was in may", "what about my last claim",
    ],
)  # fmt: skip
def test_who_has_reported_it_before(text: str) -> None:
    assert has_reported(text)


@pytest.mark.parametrize(
    "text",
    [
        "i filed a police report", "i already reported it to the police", "i made a report with the store manager",
        "i want to file a claim", "i reported it to the other driver's insurance", "i need to make a claim",
        "i have already called 911", "a tree fell on my car yesterday", "i want to report an accident",
        "i filed a report with the police", "she already filed a report with the police",
        "we already submitted an accident report to the sheriff", "i had an accident last week",
        "i already filed a police report yesterday",
        "the first one", "the other one", "it was the last one",
        "i called last week about my bumper and now somebody hit me again", "my last claim was in 2019",
        "my last claim was like six years ago",
    ],
)  # fmt: skip
def test_who_reports_it_now(text: str) -> None:
    assert not has_reported(text)


@pytest.mark.parametrize(
    ("text", "new"),
    [("a new one", True), ("no it's something new", True), ("no it's not new", False), ("i had a new car", False)],
)
def test_something_new(text: str, new: bool) -> None:
    assert ACCOUNT.wants_a_new_one(text) is new


@pytest.mark.parametrize(
    ("text", "old"),
    [("the old one", True), ("no it's the one i filed", True), ("i reported it already last week", True), ("no", False),
     ("a new one", False), ("yes", False)],
)  # fmt: skip
def test_the_old_one(text: str, old: bool) -> None:
    assert means_the_old_one(text) is old
