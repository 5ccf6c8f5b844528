"""Who speaks a language that the line does not have is told so in all that it has, and comes to a person."""

import asyncio
from datetime import UTC, datetime

from shipped_store import shipped_store

from backend.domain.session import CallerSaid, CallSession
from backend.engine.conversation.text_answer import TextAnswer
from backend.engine.thinking.cast import Cast
from backend.engine.thinking.spoken_language import OtherLanguage, SpokenLanguage
from backend.engine.turn.turn import Turn
from backend.engine.turn.words import Taken
from backend.tool_store.built_in_tools import tool_names

NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


def scene() -> tuple[CallSession, Cast, SpokenLanguage]:
    store = shipped_store(tool_names())
    session = CallSession(call_id="c1", line="insurance", active_agent="auth")
    cast = Cast(session, store.lines["insurance"], store, lambda: NOON, "voice", "0")
    return session, cast, SpokenLanguage(cast)


def test_a_language_of_the_line_is_gone_on_in_and_another_is_none_of_it() -> None:
    _, _, language = scene()
    assert language.other("i had an accident") is None
    assert language.other("tuve un choque con mi carro") == OtherLanguage("es-US")
    assert language.other("ich habe einen unfall gehabt") == OtherLanguage()
    assert language.other("hilfe feuer") == OtherLanguage(danger=True)


def test_a_word_is_certain_where_the_words_before_were_in_that_language_too() -> None:
    session, _, language = scene()
    assert language.other("oui") is None
    session.history.append(CallerSaid("bonjour", 1))
    assert language.other("oui") == OtherLanguage()


def test_who_goes_over_to_a_language_of_the_line_is_not_brought_back_by_the_words_before() -> None:
    session, _, language = scene()
    session.history.append(CallerSaid("hi i had an accident", 1))
    session.language = "es-US"
    assert language.other("perdón, ¿puede ser en español?") is None


def test_the_offer_is_made_in_each_language_of_the_line_the_one_that_is_spoken_first() -> None:
    session, cast, language = scene()
    turn = Turn(1, "auth", Taken("ich habe einen unfall"), certain=True, at=NOON)
    answer = TextAnswer(cast.agent.voice.voice(), lambda _: None)
    directive = asyncio.run(language.to_a_person(turn, answer))
    said = " ".join(passage.text for passage in turn.passages())
    assert said == "I speak English, and a person will help you now. Hablo español, y ahora le ayudará una persona."
    assert not directive.emergency and "language" in directive.reason
    session.language = "es-US"
    again = Turn(2, "auth", Taken("ich habe einen unfall"), certain=True, at=NOON)
    asyncio.run(language.to_a_person(again, TextAnswer(cast.agent.voice.voice(), lambda _: None)))
    assert " ".join(passage.text for passage in again.passages()).startswith("Hablo español")


def test_a_line_of_one_language_keeps_callers_whose_everyday_words_it_understands() -> None:
    session, cast, _ = scene()
    line = cast.line.model_copy(update={"languages": ("en-US",)})
    store = shipped_store(tool_names())
    language = SpokenLanguage(Cast(session, line, store, lambda: NOON, "voice", "0"))
    session.history.append(CallerSaid("ayer", 1))
    assert language.other("no nadie") is None
    assert language.other("perdí mi tarjeta y no sé qué hacer") == OtherLanguage()
