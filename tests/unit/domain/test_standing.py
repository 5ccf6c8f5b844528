"""What keeps callers from being verified, in their words."""

import pytest

from backend.domain.spoken.standing import Obstacle, obstacle


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
    ],
)
def test_an_obstacle_is_heard(said: str, why: Obstacle) -> None:
    assert obstacle(said) == why
