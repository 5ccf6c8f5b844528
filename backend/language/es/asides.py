"""What callers say in Spanish instead of an answer: they do not know, ask for time, ask back, want a person."""

import re

from backend.language.es.words import Said, said
from backend.language.reading import Nothing

__all__ = ["KNOW", "aside", "leading_aside", "spanish_aside"]

KNOW = r"(?:sé|se(?=$| (?:si|bien|que|cual|cuando|exactamente|donde|quien|como|cuanto|decirle|la verdad|pero|senor)\b))"
"""The "sé" of "no sé", also where it lost its accent; not the "se" of "no se puede"."""
_OPENING = (
    r"^(?:(?:ay|eh|este|esto|pues|bueno|mire|mira|oiga|ah|si|no|perdon|perdone|disculpe|y|pero|ok|okay|a ver|hola"
    r"|por favor|senor|senora|senorita|la verdad) )*"
)
_A_MOMENT = r"(?:(?:un|unos|1|2|otro|nada mas un|nomas un) )?(?:moment|segund|minut|ratit|instant|chancecit)\w*"
_WAIT = re.compile(
    _OPENING + rf"(?:{_A_MOMENT}\b(?! (?:antes|despues|mas tarde))|esper[ae]\w*|aguard[ae]\w*|aguant[ae]\w*"
    rf"|permita(?:me|nos)|permiteme|de(?:me|nos) (?:{_A_MOMENT}|chance|tiempo|tantito)"
    r"|deje(?:me|nos) \w+|deje (?:ver|que|buscar|lo|la|checar|revis|pens|preg|consult|acord|recordar|reviso"
    r"|busco|checo|veo)\w*"
    r"|dejame \w+|ahorita (?:le|lo|la|se|veo|busco|checo|regreso)\b.*|voy (?:a|por) \w+|(?:tengo|tendria) que \w+"
    r"|(?:lo|la|estoy|ando) (?:busc|checa|checo|revis|viendo)\w*|a ver(?: a ver)*(?: si .*)?$|tantito|no cuelgue"
    r"|perame|pereme|perate)"
)
_QUESTION = re.compile(
    _OPENING + r"(?:por que(?: motivo| razon)? (?!se|me|no|iba)|por que$|para que|cual|a cual|a que se refiere"
    r"|como (?:dice|dijo|asi)"
    r"|(?:quiere|necesita|ocupa|desea|le doy|le digo|se lo doy)(?: usted)? (?:tambien|el|la|los|mi|que)\b"
    r"|mande|que (?:numero|cosa|fecha|dia|quiere|significa|dijo|dice|es eso|necesita|direccion|codigo|tipo|datos)"
    r"|de (?:cual|que|quien)|con quien|quien (?:habla|es usted)|donde (?:viene|esta|encuentro|lo|la|dice|aparece)"
    r"|(?:me )?(?:lo |la )?(?:puede|podria|puedes|podrias)(?: usted)? (?:repet|decir|explic|volver)\w*"
    r"|me (?:lo |la )?repite"
    r"|repit[ae]\w*|otra vez|se refiere|(?:eso |esto )?es (?:necesario|importante|obligatorio|usted|forzos)\w*"
    r"|(?:eso )?importa"
    r"|no (?:le |lo |la )?(?:entend|entiendo|escuch|oi|oigo)\w*|no (?:lo )?puede ver|usted (?:es|no) )"
)
_ACCENTED = re.compile(
    r"^\W*(?:(?:y|pero|perdón|disculpe|oiga|eh|este|pues|a|de|en|por|para|con) )*(?:qué|cuál|cuáles|quién|cuándo|dónde"
    r"|adónde|cómo|cuánto|cuánta|cuántos|cuántas)\b(?! (?:no|se llama))"
)
_UNKNOWN = re.compile(
    rf"\b(?:no (?:lo |la |le |me |se lo )?(?:{KNOW}|recuerdo|acuerdo|fije|sabria|sabemos|supe|vi|conozco"
    rf"|podria decir\w*"
    r"|puedo decir\w*|tengo (?:ni )?(?:idea|eso|ese|esa|correo|email|uno|una|la menor|el dato|a la mano)|tengo)"
    r"|no (?:estoy|estaba) segur[oa]|no me di cuenta|(?:ni|la menor|ninguna) idea|quien sabe|sepa|vaya usted a saber"
    r"|no me (?:dijeron|han dicho|avisaron|lo dijeron)|nadie me (?:dijo|ha dicho|lo dijo|aviso)|(?:se me|me) "
    r"(?:olvido|fue)|desconozco|lo ignoro|no cuento con"
    r"|que se yo|ni me acuerdo|no hay manera de saber)\b"
)
_PEOPLE = (
    r"(?:persona|agente|human[oa]|operador\w*|representante|alguien|asesor\w*|ejecutiv[oa]|supervisor\w*|encargad[oa]"
    r"|ser humano|licenciad[oa]|gerente)"
)
_PERSON = re.compile(
    rf"\b(?:(?:hablar|hable|comun\w+|pas[ae]\w*|pong[ae]\w*|conect\w+|transf\w+|quiero|quisiera|prefiero|necesito|deme"
    rf"|mejor|atienda)(?: \w+){{0,4}} {_PEOPLE}(?! (?:que iba|herid)\w*)|(?:una|un) {_PEOPLE}"
    rf" (?:real|de verdad|por favor|viv[oa]|human[oa])"
    rf"|{_PEOPLE} por favor|servicio al cliente|atencion al cliente|^{_PEOPLE}$)"
)


def leading_aside(words: Said) -> Nothing:
    """What an answer *begins* as, instead of an answer; ``other`` where it may be one."""
    if _PERSON.search(words.plain):
        return "person"
    if _WAIT.match(words.plain):
        return "wait"
    if _QUESTION.match(words.plain) or (_ACCENTED.match(words.written.lower()) and "qué sé yo" not in words.written):
        return "question"
    return "other"


def aside(words: Said) -> Nothing:
    """What the words are that hold no answer."""
    if _UNKNOWN.search(words.plain) and not _PERSON.search(words.plain):
        return "unknown"
    leading = leading_aside(words)
    return "question" if leading == "other" and words.asks else leading


def spanish_aside(words: str) -> Nothing:
    """What words are that answer nothing, as ``ReaderLanguage`` asks for it."""
    found = aside(said(words))
    return "" if found == "other" else found
