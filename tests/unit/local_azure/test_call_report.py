"""What the server understood stands beside the words that it understood."""

from local_azure.call_report import summarize


def turns(phone: list[tuple[str, str]], server: list[tuple[str, str]]) -> list[tuple[str, str]]:
    report = {"turns": [{"caller": caller, "said": said} for caller, said in phone], "ended_by": "agent"}
    call = {
        "outcome": "transferred",
        "turns": [{"caller_text": text, "heard": heard, "agent": "auth"} for text, heard in server],
    }
    return [(turn["caller"], turn["heard"]) for turn in summarize(report, call).turns]


def test_each_turn_has_what_was_understood_of_it() -> None:
    phone = [("", "How can I help?"), ("i had an accident", "Is anyone hurt?"), ("no", "What is your name?")]
    server = [("", "How can I help?"), ("i had an accident", "Is anyone hurt?"), ("no", "What is your name?")]
    assert turns(phone, server) == [("", ""), ("i had an accident", "i had an accident"), ("no", "no")]


def test_a_wish_that_was_acted_on_before_its_last_word_stands_beside_its_own_words() -> None:
    phone = [
        ("", "Thank you for calling Meridian Mutual. How can I help you today?"),
        ("look i have no time for this get me a human right now", ""),
    ]
    server = [("", "Thank you for calling Meridian Mutual. How can I help you today?"), ("human right now", "")]
    assert turns(phone, server)[-1][1] == "human right now"


def test_words_that_are_like_none_stay_with_the_turn_before() -> None:
    phone = [("", "Hello."), ("i had an accident", "Is anyone hurt?"), ("nobody", "Thank you.")]
    server = [("", "Hello."), ("i had an accident", "Is anyone hurt?"), ("kshh", ""), ("nobody", "Thank you.")]
    assert turns(phone, server) == [("", ""), ("i had an accident", "i had an accident kshh"), ("nobody", "nobody")]
