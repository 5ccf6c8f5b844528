"""A place in Spanish as it was told, without what is told around it: the time, the day, where they live."""

import re

__all__ = ["numbered_anew", "put_plainly", "signs_first"]

_HOUR = r"(?:\d{1,2}(?::\d\d)?|un[ao]|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)"
_MORE = r"(?: (?:y|con|menos) (?:media|cuarto|\w+(?: minutos)?))"
_HALF = r"(?: (?:de|por|en) la (?:mañana|tarde|noche|madrugada))"
_WEEKDAY = r"(?:lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo)"
_MONTH = r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre)"
_TO_THE_PLACE = r",? (?=(?:en|por|sobre|cerca|frente) )"
_WHEN = re.compile(
    rf"\b(?:como )?a las? {_HOUR}{_MORE}?{_HALF}?\b,?\s*"
    rf"|(?<!\bcon )(?<!\by )\b(?:eran |son |como )*las? {_HOUR}{_MORE}?{_HALF}?{_TO_THE_PLACE}"
    rf"|\b(?:al? |faltaban? |faltando )?(?:un )?(?:cuarto|diez|cinco|veinte|\d\d?)(?: minutos)? para las? "
    rf"{_HOUR}{_HALF}?{_TO_THE_PLACE}"
    rf"|\b{_HOUR}(?: (?:y|menos) (?:media|cuarto){_HALF}?|{_HALF}){_TO_THE_PLACE}"
    rf"|(?<!en )\b(?:fue |pasó )?el (?:{_WEEKDAY},? )?\w+(?: y \w+)? de {_MONTH}{_TO_THE_PLACE}"
    rf"|\bel {_WEEKDAY} \w+{_TO_THE_PLACE}",
    re.IGNORECASE,
)
"""A time of day, or a day, beside the place; not "calle cinco de mayo", nor a corner: "la 8 con la 27 en miami"."""
_AT_HOME = (
    r"\b(?:vivo|soy|vengo|venía|trabajo|estoy"
    r"|mi (?:casa|direcci[óo]n|domicilio|trabajo|oficina|negocio|tienda|escuela) (?:est[áa]|es|queda))\b"
)
_ELSEWHERE = re.compile(
    r"^.*\bno .+? sino (?:que )?(?:fue )?(?=en |la |el |por )"
    rf"|^.*{_AT_HOME}.*?(?:,| pero| y)(?: (?:eso|esto|el \w+))? (?:fue|pas[óo]|ocurri[óo]|sucedi[óo]|me \w+) (?=\w)",
    re.IGNORECASE,
)
"""Where they live, before where it was."""
_AT_THE_END = re.compile(
    r"^(?P<before>.+),\s*(?P<new>[^,]+?),?\s+"
    r"(?P<sign>digo|perd[óo]n|perdone|disculpe|quise decir|quiero decir|mejor dicho|m[áa]s bien)\W*$",
    re.IGNORECASE,
)
_LAST_NUMBER = re.compile(r"\d+(?= *$)")


def put_plainly(words: str) -> str:
    """The words of the place itself."""
    return _ELSEWHERE.sub("", _WHEN.sub("", words))


def signs_first(words: str) -> str:
    """With the sign of a correction before what is right: "calle serrano 14, 41 digo"."""
    return _AT_THE_END.sub(r"\g<before>, \g<sign> \g<new>", words)


def numbered_anew(first: dict[str, str], put_right: dict[str, str]) -> dict[str, str]:
    """A place with the number that the number of its street was put right to."""
    street = first.get("street", "")
    if not _LAST_NUMBER.search(street):
        return put_right
    return {**first, **put_right, "street": _LAST_NUMBER.sub(put_right["street"], street)}
