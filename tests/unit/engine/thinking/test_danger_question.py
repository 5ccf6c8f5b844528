"""What answers to "is anybody in danger?" say: any yes counts, and a no only where nothing else may be danger."""

import pytest

from backend.engine.thinking.danger_question import DangerQuestion
from backend.language.phrases import standard_phrases


@pytest.mark.parametrize(
    ("tag", "text", "danger", "none"),
    [
        ("en-US", "yes", True, False),
        ("en-US", "yes i smell gas i'm at home", True, False),
        ("en-US", "no", False, True),
        ("en-US", "nobody is hurt", False, True),
        ("en-US", "no but i'm in the middle of the highway", True, False),
        ("en-US", "no everybody's fine, i just need a tow", False, True),
        ("en-US", "no, the car is just smoking", False, False),
        ("en-US", "no, there's a wire on the hood", False, False),
        ("en-US", "no one is hurt, i'm pregnant though", False, False),
        ("en-US", "it is a blue one", False, False),
        ("es-US", "sí", True, False),
        ("es-US", "no, nadie está herido", False, True),
        ("es-US", "es azul", False, False),
    ],
)
def test_an_answer(tag: str, text: str, danger: bool, none: bool) -> None:
    question = DangerQuestion(tag, standard_phrases(tag).of_call("Ringmaster", "0"))
    found = question.is_danger(text, asked=True, need=False)
    assert (found, not found and question.is_no_danger(text)) == (danger, none)


def test_it_is_put_in_other_words_and_then_with_keys() -> None:
    phrases = standard_phrases("en-US").of_call("Ringmaster", "0")
    question = DangerQuestion("en-US", phrases)
    assert phrases.in_danger_again in question.again(1)
    assert phrases.in_danger in question.again(2)
