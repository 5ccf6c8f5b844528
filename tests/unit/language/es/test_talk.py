"""How people talk in Spanish: waiting, leaving, asking back, answering a phone."""

from collections.abc import Callable

import pytest

from backend.language.named import language_named

TALK = language_named("es-MX").talk
TURNS = language_named("es-MX").turns
Question = Callable[[str], bool]

YES: list[tuple[Question, list[str]]] = [
    (TALK.asks_for_time, [
        "un momento", "permítame", "espéreme tantito", "déjeme buscar mis papeles", "ahorita lo busco",
        "sí, deme un minuto por favor", "voy a buscar la tarjeta", "no cuelgue", "estoy buscando el número",
    ]),
    (TALK.is_hesitation, ["este", "eh a ver", "pues", ""]),
    (TALK.calls_off, [
        "ya no", "mejor sigo con usted", "olvídelo", "cancele por favor", "no hace falta", "no quiero esperar más",
        "prefiero seguir con usted", "cambié de opinión",
    ]),
    (TALK.does_not_know, [
        "no sé", "no lo sé", "la verdad no sé", "no me acuerdo", "no recuerdo exactamente", "ni idea", "quién sabe",
        "se me olvidó", "no tengo idea", "no lo tengo a la mano", "no estoy seguro", "sepa", "no sabría decirle",
    ]),
    (TALK.says_goodbye, [
        "adiós", "bueno gracias hasta luego", "no gracias adiós", "eso es todo gracias hasta luego",
        "me tengo que ir", "bueno ya me voy gracias", "tengo que colgar",
    ]),
    (TALK.has_goodbye, ["no, ya me voy, adiós"]),
    (TALK.asks_back, [
        "¿a qué se refiere?", "¿cuál número?", "¿para qué?", "¿qué quiere decir?", "¿todavía se puede manejar?",
        "qué fecha es hoy", "cuánto falta para que vuelva la luz", "y cuánto tarda en llegar el ajustador",
    ]),
    (TALK.nothing_to_change, ["nada", "no, nada, todo está bien", "así está bien", "nada que cambiar gracias"]),
    (TALK.is_greeting, ["bueno", "hola buenas tardes", "¿quién habla?", "diga", ""]),
    (TALK.sounds_like_machine, [
        "deje su mensaje después del tono", "ha llamado al buzón de voz de",
        "se ha comunicado con la familia Torres por el momento no podemos atender su llamada",
        "grabe su mensaje al escuchar la señal",
        "no estoy disponible le llamaré tan pronto como sea posible",
    ]),
    (TALK.sounds_like_person, [
        "tienda la esquina buenas tardes en qué le puedo ayudar", "¿de parte de quién?", "¿quiere dejar un recado?",
    ]),
]  # fmt: skip
NO: list[tuple[Question, list[str]]] = [
    (TALK.asks_for_time, [
        "fue hace un momento", "un minuto después llegó la policía", "estaba esperando en el semáforo",
        "mi número es cuatro cinco seis", "",
    ]),
    (TALK.is_hesitation, ["mi nombre es Ana", "no"]),
    (TALK.calls_off, ["sí, gracias", "está bien, espero", "¿bueno?", "me urge hablar con alguien"]),
    (TALK.does_not_know, ["no sé, unos cinco", "no", "no sé si fue el lunes", "no tengo placas", "sí lo sé"]),
    (TALK.says_goodbye, ["tengo que ir al hospital", "el adiós fue ayer", "gracias", "no", "hasta luego me pegó otro"]),
    (TALK.has_goodbye, ["sí, gracias"]),
    (TALK.asks_back, ["quien manejaba era mi hijo", "a las cinco", "está bien, ¿no?", "no", "porque me frenó", "¿sí?"]),
    (TALK.nothing_to_change, ["nada más la fecha", "cambie la fecha", "no está bien", "todo está mal", ""]),
    (TALK.is_greeting, ["hola, tuve un accidente", "sí, necesito ayuda"]),
    (TALK.sounds_like_machine, ["bueno", "no está, ¿quiere dejar un mensaje?", "¿quién habla?", "mi esposo no está"]),
    (TALK.sounds_like_person, ["deje su mensaje"]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "text"), [(question, text) for question, texts in YES for text in texts])
def test_it_is_said(question: Question, text: str) -> None:
    assert question(text)


@pytest.mark.parametrize(("question", "text"), [(question, text) for question, texts in NO for text in texts])
def test_it_is_not_said(question: Question, text: str) -> None:
    assert not question(text)


@pytest.mark.parametrize(
    ("tag", "text", "unknown"),
    [("fr-FR", "je ne sais pas", True), ("fr-FR", "c'était lundi", False), ("de-DE", "ich weiß nicht", False)],
)
def test_a_language_that_cannot_tell_says_no(tag: str, text: str, unknown: bool) -> None:
    talk = language_named(tag).talk
    assert talk.does_not_know(text) is unknown
    assert talk.beside(text) is None
    assert not talk.says_goodbye(text)
    assert talk.safety(text, True).injured is None


def test_how_turns_end() -> None:
    assert TURNS.digits("ochenta doscientos dos") == "80202"
    assert TURNS.ends_in_place("fue en la avenida colfax en denver colorado")
    assert TURNS.ends_in_place("en la ciudad de méxico")
    assert not TURNS.ends_in_place("fue en la avenida colfax")
    assert TURNS.is_only_a_year("un dos mil dieciocho")
    assert not TURNS.is_only_a_year("un malibu dos mil dieciocho")
    assert list(TURNS.in_figures(["ochenta", "dólares", "ciento", "dos"])) == ["80", "dolares", "102"]
