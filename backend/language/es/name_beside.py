"""What is told with a name in Spanish and turns it into no other: what friends say, a remark, whose name it is."""

import re
from dataclasses import dataclass, field

__all__ = ["NameTold", "told_with_it"]

_OTHER_PLACE = re.compile(
    r"\b(?:(?:pero |aunque |y )?en (?:el|la|los|las|mi|mis|su) \w+(?: \w+)? (?:dice|aparece|sale|esta|estoy"
    r"|figura|viene|aparezco"
    r"|salgo|me tienen)(?: como)?|(?:pero )?(?:aparezco|aparece|estoy registrad[oa]|esta registrad[oa]) como) "
    r"(?P<name>.+)$"
)
_I_AM = re.compile(
    r"^(?:mi \w+|(?:el|la) (?:poliza|cuenta|contrato|tarjeta)|esta a nombre|el|ella)\b.*?"
    r" (?:pero |y |aunque )?(?:yo (?:soy|me llamo)|mi nombre es) (?P<name>[^\W\d]+(?: [^\W\d]+){1,4})$"
)
"""Somebody else, and behind them who speaks: "mi esposo se llama raúl, pero yo soy leticia montes"."""
_INTRODUCED = re.compile(
    r"^(?!.*\b(?:no|el|ella|su|sus|pero|llama|llamaba|creo|nombre de|mi (?!nombre))\b)"
    r".*\b(?:me llamo|mi nombre es|yo soy|le habla) (?P<name>[^\W\d]+(?: [^\W\d]+){1,4})$"
)
"""Behind talk: "es que estoy nerviosa, me llamo ..."."""
_CALLED = re.compile(
    r"^(?:(?:pues|bueno|todos|mis amigos|en mi casa) )*me (?:dicen|llaman|conocen como|conocen por) \w+(?: \w+)?"
    r" (?:pero|aunque) (?:en realidad )?(?:yo )?(?:soy|me llamo|mi nombre(?: completo)? es) "
    r"(?P<name>[^\W\d]+(?: [^\W\d]+){1,4})$"
)
"""What friends say, before the name: "me dicen pepe, pero soy josé lara"."""
_OF_KIN = re.compile(
    r"^(?:(?:pues|si|es|era|fue) )*mi (?!nombre\b)\w+ (?:que )?(?:se llama(?:ba)?|es)"
    r" (?P<name>[^\W\d]+(?: [^\W\d]+){1,4})$"
)
"""Who it is to the caller, before their name: "es mi sobrino, se llama iván castañeda"."""
_SERVANT = re.compile(r"^a sus ordenes (?P<name>(?!con\b|soy\b|habla\b)[^\W\d]+(?: [^\W\d]+){1,4})$")
_REMARK = re.compile(
    r" (?P<remark>(?:igual que|igualito que|como) (?:el|la) (?!letra\b|del?\b)\w{4,}(?: famos[oa])?"
    r"|(?:pero )?sin (?:ningun )?parentesco(?: .*)?|(?:y )?(?:(?:si quiere )?se lo deletreo"
    r"|perdon(?:e|ando)? (?:por )?mi (?:espanol|acento|pronunciacion))(?: si quiere)?)$"
)
"""A remark behind a name: "como el cantante", "sin parentesco", "se lo deletreo si quiere"."""
_SAID_AGAIN = re.compile(r"^(?P<name>(?P<first>\w{3,}) .+ (?:con|sin) .+) (?P=first)$")
"""The given name again, behind how it is written: "brayan soto con y griega, brayan"."""


@dataclass(frozen=True, slots=True)
class NameTold:
    """A name with its frame, and the words beside it that were understood."""

    name: str = field(repr=False)
    beside: tuple[str, ...] = field(repr=False, default=())


def told_with_it(plain: str, fold: str, *, own: bool) -> NameTold:
    """The name without what is told with it.

    Args:
        plain: the words in small letters, without marks.
        fold: the same without accents, letter for letter.
        own: was the caller's own name asked for?
    """
    beside: list[str] = []
    if remark := _REMARK.search(fold):
        beside.append(plain[remark.start() :].strip())
        plain, fold = plain[: remark.start()], fold[: remark.start()]
    if again := _SAID_AGAIN.match(fold):
        plain, fold = plain[: again.end("name")], fold[: again.end("name")]
    if other := _OTHER_PLACE.search(fold):
        return NameTold(plain[other.start("name") :], tuple(beside))
    patterns = (_I_AM, _CALLED, _INTRODUCED, _SERVANT) if own else (_OF_KIN,)
    if found := next((match for pattern in patterns if (match := pattern.match(fold))), None):
        beside.append(plain[: found.start("name")])
        plain = plain[found.start("name") :]
    return NameTold(plain, tuple(beside))
