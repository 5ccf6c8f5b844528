"""The clause splitter: early at the beginning, never inside a number, a name or an abbreviation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.engine.speaking.clauses import ClauseSplitter
from backend.language.named import language_named


def splitter_of(tag: str) -> ClauseSplitter:
    return ClauseSplitter(language_named(tag).clauses)


def split(text: str, tag: str = "en-US") -> list[tuple[int, str]]:
    """Each clause with the number of the token (word) that completed it."""
    splitter = splitter_of(tag)
    clauses: list[tuple[int, str]] = []
    tokens = text.split(" ")
    for number, token in enumerate(tokens, 1):
        clauses += [(number, clause) for clause in splitter.feed(token if number == 1 else " " + token)]
    return clauses + [(len(tokens) + 1, clause) for clause in splitter.finish()]


def clauses(text: str, tag: str = "en-US") -> list[str]:
    return [clause for _, clause in split(text, tag)]


def test_a_long_sentence_without_pauses_begins_to_sound_after_nine_tokens() -> None:
    first = split(
        "Your order number four five six left our warehouse this morning and should reach you before Friday."
    )[0]
    assert first == (9, "Your order number four five six")


def test_an_opening_word_is_not_held_back() -> None:
    assert split("Okay. Let me look at that for you now.")[0] == (2, "Okay.")


def test_words_that_many_answers_begin_with_leave_as_soon_as_their_comma_is_sure() -> None:
    assert split("All right, I have noted that down for you.") == [
        (3, "All right,"),
        (10, "I have noted that down for you."),
    ]


def test_behind_such_words_the_next_clause_leaves_as_early_as_a_first_one() -> None:
    text = "Okay. Your order number four five six left our warehouse this morning and should be there soon."
    assert split(text)[1] == (10, "Your order number four five six")


def test_they_leave_by_themselves_only_once_and_never_without_the_name_behind_them() -> None:
    assert clauses("Okay, sure, we can do that for you now.")[:2] == ["Okay,", "sure, we can do that for you now."]
    assert clauses("Thank you, John, that is all.")[0].startswith("Thank you, John")
    assert clauses("Well, that is all.") == ["Well, that is all."]


@pytest.mark.parametrize(
    "together",
    ["$1,250.50", "POL-A10001", "Dr. Lee", "3:45 p.m.", "www.example.com/claims", "1-800-555-0100", "Main Street",
     "4 8 2 1", "No. 12", "1,000 dollars", "e.g. a bumper", "11/21/2026"],
)  # fmt: skip
@pytest.mark.parametrize("frame", ["I have {} on my screen now and it is fine.", "It is {}, I believe. Is it?", "{}"])
def test_never_cut_inside(together: str, frame: str) -> None:
    assert any(together in clause for clause in clauses(frame.format(together)))


def test_sentences_are_cut() -> None:
    text = "Thank you, John. How can I help you today? I am here."
    assert clauses(text) == ["Thank you, John.", "How can I help you today?", "I am here."]


@given(st.text(alphabet="ab ,.;!?\n19$-'", max_size=300), st.integers(1, 7))
def test_no_word_is_lost_or_changed_however_it_is_fed(text: str, step: int) -> None:
    splitter = splitter_of("en-US")
    found: list[str] = []
    for start in range(0, len(text), step):
        found += splitter.feed(text[start : start + step])
    found += splitter.finish()
    assert " ".join(found).split() == text.split()


CHINESE = "您好，我已经收到了您的事故报告。请问事故是什么时候发生的？请告诉我日期和大概的时间。"


def test_a_script_without_spaces_is_spoken_sentence_by_sentence() -> None:
    splitter = splitter_of("zh-CN")
    early = [clause for at in range(0, len(CHINESE), 3) for clause in splitter.feed(CHINESE[at : at + 3])]
    assert early[0] == "您好，我已经收到了您的事故报告。"
    assert "".join([*early, *splitter.finish()]) == CHINESE


@pytest.mark.parametrize("together", ["el Sr. Peña", "setenta y cinco mil", "su número", "ochenta doscientos dos"])
def test_spanish_is_never_cut_inside(together: str) -> None:
    text = f"Entonces le confirmo que tengo aquí en el sistema {together} para el día de mañana por la tarde."
    assert any(together in clause for clause in clauses(text, "es-MX"))


@pytest.mark.parametrize(
    ("tag", "text", "first"),
    [
        ("es-MX", "Eso ya no. Le paso con alguien más.", "Eso ya no."),
        ("en-US", "It is filed under no. 12 here.", "It is filed under no. 12 here."),
        ("es-MX", "Le llamó la Srta. Peña hace un rato.", "Le llamó la Srta. Peña hace un rato."),
        ("fr-CA", "Bonjour Mme. Roy est absente aujourd'hui.", "Bonjour Mme. Roy est absente aujourd'hui."),
        ("de-DE", "Es ist an. Danke.", "Es ist an."),
    ],
)
def test_a_dot_ends_a_sentence_as_its_language_has_it(tag: str, text: str, first: str) -> None:
    assert clauses(text, tag)[0] == first


@pytest.mark.parametrize(
    ("tag", "first", "rest"),
    [
        ("en-US", "I have your report on the screen now", "and you can tell me more"),
        ("es-MX", "Ya tengo su reporte en la pantalla ahora", "y puede decirme más"),
        ("fr-FR", "J'ai votre dossier sur mon écran maintenant", "et je vous écoute"),
    ],
)
def test_a_breath_is_taken_where_its_language_takes_one(tag: str, first: str, rest: str) -> None:
    assert clauses(f"{first} {rest}", tag) == [first, rest]


def test_a_thing_is_not_cut_from_its_number() -> None:
    said = clauses("We finally found your very old paper contract 4821 this morning.")
    assert said == ["We finally found your very old paper", "contract 4821 this morning."]
