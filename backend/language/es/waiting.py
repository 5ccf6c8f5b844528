"""What people say in Spanish about waiting: that they need a moment, or that they will wait no longer."""

import re

from backend.language.es.words import said

__all__ = ["asks_for_time", "calls_off", "is_hesitation"]

_TIME = r"(?:moment|segund|minut|ratit|instant)\w*"
_ASKS = re.compile(
    r"\b(?:esper(?:e|ese|eme|enme|en|a|ame|ate|arme)|aguard[ae]\w*|aguant[ae]\w*|permita(?:me|nos)|permiteme|perame"
    r"|pereme)\b"
    rf"|\b(?:un|1|2|otro|unos|deme|dame|nada mas|nomas|solo) (?:un |unos )?{_TIME}"
    rf"|^(?:un |1 )?{_TIME}|\b(?:deme|dame|me da) (?:chance|tiempo|tantito)\b"
    r"|\b(?:deje|dejeme|deja|dejame) (?:lo |la |me )?(?:busc|chec|revis|ver|veo|pens|pregunt|consult|acord|encontr"
    r"|sac|agarr|tra[ei]|voy|ir)\w*"
    r"|\b(?:voy a|tengo que|ahorita) (?:lo |la )?(?:busc|chec|revis|ver\b|veo|pregunt|consult|traer|sacar|agarrar)\w*"
    r"|\b(?:estoy|ando) (?:busc|checan|revisan|viendo)\w*|\bno cuelgue\b|\btantito\b"
)
_PAST = re.compile(
    rf"\b(?:hace|hacia|despues de|antes de|a los|a las|por) (?:un |unos |unas |2 |\d+ )?{_TIME}"
    rf"|\b{_TIME} (?:antes|despues|mas tarde|de camino|a pie)\b|\b(?:estaba|estabamos|me quede) esper"
)
_NO_MORE = re.compile(
    r"\b(?:ya no|cancel[ae]\w*|olvide(?:lo|se)?|olvidalo|dejelo(?: asi)?|dejalo|no hace falta|no es necesario"
    r"|cambie de (?:opinion|idea)|mejor no|no se moleste|no me (?:comunique|pase|conecte|transfiera)"
    r"|(?:mejor|prefiero) (?:sigo|seguir|seguimos|continuo|continuar|hablar|sigamos)(?: hablando)? (?:con usted"
    r"|aqui|contigo)"
    r"|(?:sigo|seguimos|sigamos|continuamos) con usted|regrese(?:mos)?|no (?:puedo|voy a|quiero) esperar(?: mas)?"
    r"|pare|alto|deten(?:ga)?se)\b"
)
_HESITATIONS = frozenset(
    "eh este esto ah mm mmm em um hm oh ay pues bueno a ver y donde esta el la mi lo deje ok okay asi que".split()
)
_LONGEST = 16


def asks_for_time(text: str) -> bool:
    """Does the speaker ask to be waited for? A long utterance is a story, and a "moment" in one is no plea."""
    plain = said(text).plain
    if not plain or len(plain.split()) > _LONGEST:
        return False
    return bool(_ASKS.search(plain)) and not _PAST.search(plain)


def calls_off(text: str) -> bool:
    """Does somebody who is being connected want to be connected no longer ("ya no", "mejor sigo con usted")?"""
    return bool(_NO_MORE.search(said(text).plain))


def is_hesitation(text: str) -> bool:
    """Is it only the mumbling of somebody who is looking for something?"""
    return all(word in _HESITATIONS for word in said(text).plain.split())
