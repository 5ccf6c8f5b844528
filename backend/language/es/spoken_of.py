"""Callers who spoke of somebody by name before they gave that name as their own, in Spanish."""

import re

from backend.language.es.words import said as plainly

__all__ = ["speaks_of"]

_TITLE = r"(?:senor|senora|senorita|don|dona|doctor|doctora|licenciad[oa]) "
_BEFORE = (
    r"(?:\b(?:para|por|de parte de(?:l| la)?|sobre|acerca de(?:l)?|represento a|representamos a|ayudo a|ayudando a"
    r"|atiendo a|(?:a nombre|en nombre) de|trabajo (?:para|con)|buscar a|de(?:l| la)?|a(?:l| la)?)"
    r"|\b(?:mi|mis|nuestr[oa]|su|un|una|el|la) (?!nombre\b|nombre es\b|apellido\b)\w+)"
)
"""Said of somebody else: "mi inquilina ana torres", "trabajo para juan pérez"."""
_AFTER = (
    r" (?:tiene|tenia|tuvo|quiere|necesita|me (?:pidio|dijo|dio|dejo)|esta (?!hablando|llamando)|vive|paga|debe"
    r"|choco)\b"
)
"""Said of somebody who is not the speaker: "juan pérez quiere saber"."""
_MAY_BE_BEFORE, _MAY_BE_AFTER = re.compile(f"{_BEFORE} "), re.compile(_AFTER)
"""Looked for first: a pattern with the name in it takes milliseconds to make, and is kept beyond the call."""
_INTRODUCED = re.compile(r"\b(?:soy|habla|le habla|me llamo|mi nombre es|es|a nombre de|servidor|servidora) (?:yo )?$")


def speaks_of(text: str, name: str) -> bool:
    """Do the words speak of ``name`` as of somebody who is not the caller?

    Args:
        text: the caller's words.
        name: a first and a last name.
    """
    own, said = [re.escape(word) for word in plainly(name).plain.split()], plainly(text).plain
    if len(own) < 2 or own[-1] not in said:
        return False
    before, after = _MAY_BE_BEFORE.search(said), _MAY_BE_AFTER.search(said)
    return (before is not None and _is_before(own, said)) or (after is not None and _is_after(own, said))


def _is_before(own: list[str], said: str) -> bool:
    whole = rf"(?:{_TITLE}|(?:{_TITLE})?{own[0]} (?:\w+ )?){own[-1]}\b"
    for found in re.finditer(rf"{_BEFORE} {whole}", said):
        called = re.search(whole + "$", found.group())
        if called and not _INTRODUCED.search(said[: found.start() + called.start()]):
            return True
    return False


def _is_after(own: list[str], said: str) -> bool:
    return any(
        not _INTRODUCED.search(said[: found.start()])
        for found in re.finditer(rf"\b{own[0]} (?:\w+ )?{own[-1]}{_AFTER}", said)
    )
