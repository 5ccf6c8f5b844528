"""How another language is asked for in Spanish: "¿habla inglés?", "¿podemos hacerlo en inglés?"."""

from backend.language.asking_language import AskingLanguage
from backend.language.es.words import folded

__all__ = ["asks_for_language"]

_MAY = (
    r"(?:(?:me |nos |le |lo |la |no )*(?:puede|podria|pueden|podrian|puedo|podemos|podriamos|podra|podran|quiero"
    r"|quisiera|prefiero|preferiria|necesito|me gustaria|vamos a|se puede|se podria|es posible|seria posible"
    r"|hay (?:forma|manera|modo) de|hay alguien|alguien|sera)"
    r"(?: (?:usted|ustedes|que|de|me|lo|la|ahi|alli|aqui|puede))*)"
)
_SPEAK = (
    r"(?:(?:habl(?:a|as|an|ar|e|es|en|amos|emos|ando|aba|arme|eme|ame|arle|arlo|o)|hac(?:er|emos|erlo|erla)|hagamos"
    r"|hagamoslo|continu(?:ar|emos)|segu(?:ir|imos)|sigamos|siga|cambi(?:ar|e|emos|amos|arle|arlo|ele)|explic(?:ar|arme"
    r"|armelo|a|e|eme|ame)|entiend(?:e|es|en)|contest(?:ar|arme|e)|atend(?:er|erme)|atienda(?:n|me)?|dec(?:ir|irme"
    r"|irmelo|irlo)|dig(?:a|ame|amelo)|tener(?:lo)?|ser|comunicar(?:me|nos)|platicar|pasar(?:me)?|sea)"
    r"(?: (?:usted|ustedes|esto|eso|todo|la llamada|conmigo|la conversacion|se|lo|me))*(?: (?:en|a|al|el))?)"
)

asks_for_language = AskingLanguage(
    code="es",
    plain=folded,
    filler=(
        r"(?:(?:eh|este|ah|ay|mm|pues|bueno|y|pero|si|no|ok|okay|oiga|oye|mire|mira|perdon|perdone|disculpe|disculpa"
        r"|hola|buenas|buenos dias|buenas (?:tardes|noches)|por favor|a ver|entonces|senor|senora|senorita|joven) )*"
    ),
    not_well=(
        r"(?:(?:yo )?no (?:hablo|entiendo|se)(?: (?:mucho|muy bien|bien|casi|nada|de|el|tanto))* NAME"
        r"(?: (?:muy bien|bien|mucho|tanto))*|mi NAME no es(?: (?:muy|tan))? buen[oa])"
        r"(?: (?:asi que|pero|y|entonces|solo|por favor|perdon))*"
    ),
    wish=rf"(?:(?:{_MAY} )?{_SPEAK} |{_MAY} (?:(?:en|el|al) )?|en |el )?",
    tail=(
        r"(?: (?:por favor|porfa|perdon|disculpe|gracias|mejor|usted|ustedes|conmigo|ahi|aqui|si se puede|si puede"
        r"|ahora|o no|senor|senora|senorita|joven|verdad|de casualidad|nada mas|nomas))*"
    ),
)
"""The code of the language that the whole of the words asks for; empty where they ask for none."""
