"""What keeps callers from being verified, in their words."""

import pytest

from backend.language.standing import Obstacle, StandingWords, obstacle

POLICY = StandingWords(
    ("policyholder", "policy holder", "insured"),
    ("policy", "insurance", "own policy"),
    ("car", "claim", "accident", "quote"),
    ("zip", "social", "ssn"),
)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("i'm his wife", "not_the_holder"),
        ("this is his wife anna", "not_the_holder"),
        ("i am calling for my mother", "not_the_holder"),
        ("i'm the broker", "not_the_holder"),
        ("i'm her insurance agent", "not_the_holder"),
        ("it's my husband's policy", "not_the_holder"),
        ("i'm not the policyholder", "not_the_holder"),
        ("the policy is in my wife's name", "not_the_holder"),
        ("my dad has the policy", "not_the_holder"),
        ("calling on behalf of my neighbor", "not_the_holder"),
        ("i'm the policyholder's son", "not_the_holder"),
        ("i'm just a friend of his", "not_the_holder"),
        ("it's not my policy", "not_the_holder"),
        ("it's under my husband david brown", "not_the_holder"),
        ("i don't have a policy with you", "not_the_holder"),
        ("i'm not insured with you", "not_the_holder"),
        ("i'm not one of your customers", "not_the_holder"),
        ("i have another insurance", "not_the_holder"),
        ("i'm with a different company", "not_the_holder"),
        ("i'm the other driver", "not_the_holder"),
        ("i'm not with you guys", "not_the_holder"),
        ("the other guy has a different policy", ""),
        ("the other driver was insured", ""),
        ("it's the other way round", ""),
        ("i'm not giving you that", "refuses"),
        ("no i'm not hurt", ""),
        ("i don't know my social", "does_not_know"),
        ("i forgot", "does_not_know"),
        ("no idea", "does_not_know"),
        ("i can't remember those four numbers", "does_not_know"),
        ("i don't have it with me", "does_not_know"),
        ("i lost my card", "does_not_know"),
        ("i do not want to tell you my name", "refuses"),
        ("none of your business", "refuses"),
        ("i'd rather not say", "refuses"),
        ("i'm not comfortable giving that", "refuses"),
        ("that's private", "refuses"),
        ("i ain't in the habit of handing that out to computers", "refuses"),
        ("that's between me and the government", "refuses"),
        ("i don't hand that out over the phone", "refuses"),
        ("i'm not about to tell a machine my social", "refuses"),
        ("i keep that to myself", "refuses"),
        ("you don't need that", "refuses"),
        ("no business of yours", "refuses"),
        ("it happened between me and a truck", ""),
        ("i am not happy with this", ""),
        ("you don't need it to be exact do you", ""),
        ("john smith", ""),
        ("my name is john smith", ""),
        ("four eight two one", ""),
        ("no", ""),
        ("uh", ""),
        ("i am calling about my car", ""),
        ("i'm calling for a claim", ""),
        ("why do you ask", ""),
        ("i'm the driver", ""),
        ("it was my wife's car that got hit", ""),
        ("my zip is six oh six oh one", ""),
        ("are you a robot", ""),
        ("i do not know my wife's social security number", "not_the_holder"),
        ("i don't have mom's numbers with me", "does_not_know"),
        ("i don't know that number", "does_not_know"),
        ("i am her husband", "not_the_holder"),
        ("i won't tell you my number", "refuses"),
        ("four eight two one", ""),
        ("my wife's car is a kia", ""),
        ("my wife's car got hit and i have the policy", ""),
        ("i want a policy for my son", ""),
        ("it's for the insurance of my wife's car", ""),
    ],
)
def test_an_obstacle_is_heard(said: str, why: Obstacle) -> None:
    assert obstacle("en-US", said, POLICY) == why


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("i'm her husband", "not_the_holder"),
        ("i'm not the patient", "not_the_holder"),
        ("i'm the patient's mother", "not_the_holder"),
        ("i forgot my card number", "does_not_know"),
        ("calling for an appointment", ""),
        ("calling for my appointment", ""),
        ("i had a filling", ""),
        ("when is my daughter's next visit", "not_the_holder"),
        ("i want to move my son's cleaning visit", "not_the_holder"),
        ("when is the visit of my wife", "not_the_holder"),
        ("the visit for my kid", "not_the_holder"),
        ("my daughter has a visit and i forgot when", "not_the_holder"),
        ("when is my kid's visit", "not_the_holder"),
        ("when is my next visit", ""),
        ("my daughter drives me to the visit", ""),
        ("can i bring my son to my visit", ""),
    ],
)
def test_the_words_are_those_of_the_business(said: str, why: Obstacle) -> None:
    dental = StandingWords(("patient",), ("chart", "visit"), ("appointment", "checkup"), ("birthday",))
    assert obstacle("en-US", said, dental) == why


def test_a_language_without_a_reader_hears_no_obstacle() -> None:
    assert obstacle("xx-XX", "i'm his wife", POLICY) == ""
