"""Who would rather speak another language, in English and in Spanish, and what only names one."""

import pytest

from backend.language.asking_language import names_a_language
from backend.language.named import language_named


@pytest.mark.parametrize(
    ("spoken", "said", "code"),
    [
        ("en", "can we do this in Spanish?", "es"),
        ("en", "do you speak spanish", "es"),
        ("en", "um sorry could we maybe continue in French please", "fr"),
        ("en", "I'd rather speak Vietnamese", "vi"),
        ("en", "in spanish please", "es"),
        ("en", "Spanish", "es"),
        ("en", "is there anybody who speaks Portuguese", "pt"),
        ("en", "I don't speak English very well, Spanish please", "es"),
        ("en", "my english is not so good can you talk in polish", "pl"),
        ("en", "can you switch to español", "es"),
        ("en", "do you speak English", "en"),
        ("en", "my wife speaks Spanish", ""),
        ("en", "he was a French guy", ""),
        ("en", "I don't speak Spanish", "en"),
        ("en", "I don't speak English", ""),
        ("en", "it was on spanish fort boulevard", ""),
        ("en", "Mary English", ""),
        ("en", "a polish truck hit me", ""),
        ("es", "¿habla inglés?", "en"),
        ("es", "¿podemos hacerlo en inglés, por favor?", "en"),
        ("es", "disculpe, ¿se puede en ingles?", "en"),
        ("es", "en español por favor", "es"),
        ("es", "prefiero hablar en francés", "fr"),
        ("es", "no hablo muy bien el español, ¿puede ser en inglés?", "en"),
        ("es", "no hablo inglés", "es"),
        ("es", "hay alguien que hable inglés", "en"),
        ("es", "el otro hablaba inglés", ""),
        ("es", "mi esposo habla inglés", ""),
        ("es", "chocó contra el taller inglés", ""),
    ],
)
def test_a_language_is_asked_for_by_the_whole_of_the_words(spoken: str, said: str, code: str) -> None:
    assert language_named(spoken).talk.asks_for_language(said, True) == code


@pytest.mark.parametrize(
    ("said", "code"), [("English", ""), ("it's english", ""), ("in English", "en"), ("english please", "")]
)
def test_where_it_may_be_a_name_more_than_that_is_a_wish(said: str, code: str) -> None:
    assert language_named("en").talk.asks_for_language(said, False) == code


def test_hardly_any_words_name_a_language() -> None:
    assert names_a_language("in Español, please")
    assert not names_a_language("i hit a pole on king street")


def test_french_asks_for_none_yet() -> None:
    assert language_named("fr").talk.asks_for_language("en anglais", True) == ""
