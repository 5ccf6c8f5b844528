"""Who only asks, supposes, fears or complains reports nothing; who asks about what happened does."""

import pytest

from backend.language.en.only_asking import only_asks

NOTHING = [
    "i'm not reporting anything i just want to know if my rates go up when i report an accident",
    "suppose i had an accident in a rental car would that be covered", "what if somebody hits my car",
    "let's say i hit a deer", "hypothetically if i crash my friend's car who pays", "say i scratch a rental",
    "i'm just asking about accidents", "would you pay if somebody broke my windshield",
    "how much does it cost if i have an accident", "does my premium go up if i file a claim",
    "i want to file a complaint about your adjuster", "i want to complain about how my claim was handled",
    "i got a letter that somebody filed a claim against me what do i do", "someone is suing me over a crash",
    "there's a hail storm coming and i want to put in a claim before it hits", "nothing happened i only had a question",
    "i just want to ask how a claim works",
]  # fmt: skip
SOMETHING = [
    "i had an accident", "somebody hit my car yesterday and i just want to know if that's covered",
    "i just want to report an accident", "would you pay if i tell you that a guy hit me this morning",
    "my car was stolen", "i'm just calling to report a crash", "what happens now somebody hit my car",
    "a tree fell on my car before the storm was over", "i got hit and i got a ticket", "no complaints just a dent",
    "i'm not hurt but my car is damaged", "i need to file a claim",
]  # fmt: skip


@pytest.mark.parametrize("said", NOTHING)
def test_who_reports_nothing(said: str) -> None:
    assert only_asks(said)


@pytest.mark.parametrize("said", SOMETHING)
def test_who_reports_something_whatever_they_ask(said: str) -> None:
    assert not only_asks(said)
