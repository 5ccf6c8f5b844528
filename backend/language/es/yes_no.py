"""Yes and no in Spanish: what is agreed to, and facts that are told in other words ("se lo llevó la grúa")."""

import re
from dataclasses import replace
from functools import partial

from backend.language.asked import Asked, Choice
from backend.language.es.agreeing import Agreement, agreement
from backend.language.es.asides import aside, leading_aside
from backend.language.es.clauses import clauses_of, denied_before, leaves_out
from backend.language.es.doubt import hedged
from backend.language.es.echo import ECHO
from backend.language.es.lists import LISTS
from backend.language.es.no_refusal import denies_a_denial, speaks_elsewhere, was_not_heard
from backend.language.es.refusal import refuses_plainly
from backend.language.es.words import Said, folded, said
from backend.language.reading import Reading, doubtful, nothing, sure
from backend.language.same_once import same_once
from backend.language.store_words import Hint, find, hints_of, sole_sign

__all__ = ["plain_hints", "read_yes_no"]

_BUT = re.compile(
    r"\b(?:pero|excepto|menos|salvo|aunque|solo que|nomas que|nada mas que|falt[ao]|cambi\w+|corrij\w+"
    r"|corrig\w+|antes|primero"
    r"|en (?:vez|lugar) de|sin|quite|quitele|agregue|ponga|espere|espera|momento|equivoc\w+|mal|incorrect\w+"
    r"|error|no)\b"
)
_HALF = re.compile(
    r"\b(?:si (?:usted|ustedes|ud|asi|es que|lo) (?:lo |asi )?(?:dice|dicen|cree|creen|quiere|tiene)\w*"
    r"|mas o menos|no que yo sepa|que yo sepa|eso creo|creo|depende|segun|ni si ni no)\b"
)
_MAYBE = re.compile(
    r"\b(?:puede ser|pudo|quizas?|tal vez|talvez|a lo mejor|ojala|supongo|probablemente|posiblemente|espero"
    r"|mas o menos)\b"
)
_LIMITED = re.compile(r"\b(?:pero|aunque)\b(?! (?:si|no|ya|todavia|bien|es|nada|solo|gracias))")
"""A "but" behind what is so: "camina pero hace mucho ruido"."""
_MUCH = 3
"""Words beside a yes or no that nobody understood."""
_DENIED_LAST = re.compile(
    r"(?<=\w )(?:nadie|ningun[oa])(?: de nosotros)? (?!mas\b)(?:\w+ ){0,3}?(?:herid|lastim|golpead)\w+(?: \w+){0,3}$"
    r"|(?<=\w )(?<!demas )(?<!otros )(?<!otras )(?:estamos|salimos|todos) (?:\w+ ){0,2}?bien(?: \w+){0,3}$"
)
""" "... pero nadie salió herido": what was told before was of another day, or of somebody who is well."""
_OF_OTHERS = re.compile(
    r"\bno (?:sé|se|sabria)(?: nada)? (?:de|del|como (?:esta|estan|siguen?|quedo)) (?:el|la"
    r"|los|las|otr\w+|senor\w*|l[oa]s)\b"
)
_ONE_MORE = re.compile(r"\b(?:mi|el|la|los|mis|un|una) (?:\w+ ){1,3}si\b")
_ONLY_ONE = re.compile(
    r"^(?:(?:pues|eh|este|nomas|solo|nada mas|solamente) )*(?:mi|el|la|los|mis|un|una) (?:\w+ ){1,3}si$"
)
_NOT_HE = re.compile(r"\bbien,? (?:pero )?(?:(?:mi|el|la) )?(?:\w+ )?(?:el|ella|ellos|ellas|otr[oa]s?|\w+) no$")
""" "Yo estoy bien, él no": the verb of what was said before, and somebody else."""
_FEARED = re.compile(
    r"\b(?:pens(?:e|aba|amos|abamos)|cre(?:i|ia|imos|iamos)|temi(?:a|amos)?|pareci(?:a|o)|imagine)(?: \w+)? que\b"
)
"""What was only feared."""
_EARLIER = re.compile(
    r"\b(?:de antes|desde antes|desde hace|hace (?:\w+ )?anos?|el ano pasado|la otra vez|otro accidente)\b"
)
"""Said of another time."""
_NOT_BAD = re.compile(r"^(?:pues |y )*por que no$|^(?:no )*(?:no|nada) esta (?:\w+ )?mal\b|\bno hay nada mal\b")
"""A denial of a fault: "no está mal" may also be a no with a fault behind it."""
_OF_ANOTHER = re.compile(
    r"\b(?:el|la) (?:de (?:ella|el|ellos|ellas|otro|otra|la otra|del otro)|del otro|otro|otra)\b"
    r"(?!.*\b(?:mi|mio|mia|nuestr\w+)\b)"
)
"""Said of something that is not the caller's."""
_DENIES_A_VERB = re.compile(
    r"(?:pues |eh |este )*no (?:se|me|nos|le|les|hubo|hay|habia|resulto|salio|quedo|fue|paso)\b"
)
"""The "no" of a verb, which answers nothing by itself: "no se lastimó nadie"."""
_OF_A_THING = re.compile(
    r"^(?:(?:no|pues|eh|este|ay|es que|solo|nomas|nada mas) )*"
    r"no (?:hay|tengo|tenemos|tiene|tienen|veo|vemos|llega|llego|viene|sirve|prende|prenden|puedo|podemos)"
    r" (?!problemas?\b|inconveniente|duda|pendiente|cuidado)(?P<rest>.+)"
)
"""The "no" of a verb that has its own thing with it: "no hay luz"."""
_DENIALS = frozenset("nada nadie ningun ninguno ninguna no ni nunca tampoco".split())
_STEM = 4
"""Letters that a word has in common with one of the question, at least: "heridas" and "herido"."""
_PHRASE = 3
"""Words of a sign that is a clause by itself: a "no" before it is the answer, not a denial of it."""
_NUMBER_OR_DAY = re.compile(
    r"\d|\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|ayer|antier|enero|febrero|marzo|abril|mayo"
    r"|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|manana|tarde|noche)\b"
)


def read_yes_no(words: str, asked: Asked) -> Reading:
    """Whether the answer is a yes. What is asked for a consent (``asked.confirms``) is read more strictly."""
    answer = said(words)
    if asked.confirms or not asked.choices:
        return _consent(answer, agreement(answer.plain), asked)
    if (echoed := _echoed(answer, asked)) is not None:
        return echoed
    return _fact(answer, agreement(answer.plain, of_a_fact=True), asked)


@same_once
def plain_hints(choices: tuple[Choice, ...]) -> tuple[Hint, ...]:
    """The store's words in the plain spelling, ready to be looked for."""
    return hints_of([replace(one, words=tuple(folded(word) for word in one.words)) for one in choices], LISTS)


def _consent(answer: Said, heard: Agreement, asked: Asked) -> Reading:
    if was_not_heard(answer.plain) or speaks_elsewhere(answer.plain):
        return nothing("question" if was_not_heard(answer.plain) else "other")
    if _NOT_BAD.search(answer.plain) or (heard.no and denies_a_denial(answer.plain)):
        return doubtful("nothing is wrong, it may be", True)
    if not heard.yes and not heard.no and _MAYBE.search(answer.plain):
        return doubtful("no plain yes", True)
    if (not heard.yes and not heard.no) or (leading_aside(answer) in ("person", "question", "wait") and not heard.yes):
        return nothing(aside(answer))
    if hedged(answer) or _HALF.search(answer.plain):
        return doubtful("no plain yes", *((False,) if heard.no and not heard.yes else (True,)))
    if heard.yes and heard.no:
        return doubtful("a yes and a no", heard.opens_with == "yes")
    if heard.no:
        plainly = not asked.confirms or refuses_plainly(answer.plain, asked.question)
        return sure(False, (answer.plain,)) if plainly else doubtful("no plain no", False, True)
    but = _BUT.search(" ".join(heard.rest))
    if but:
        return Reading("value", False, rests_on=(answer.plain,), unread=heard.rest)
    known = set(said(asked.question).plain.split())
    more = [word for word in heard.rest if word not in known]
    if asked.confirms and more:
        changed = _NUMBER_OR_DAY.search(" ".join(more))
        return doubtful("a yes with something else" if changed else "more than a yes", True)
    return doubtful("asked, not said", True) if answer.asks else sure(True, (answer.plain,))


def _echoed(answer: Said, asked: Asked) -> Reading | None:
    """The answer behind words of the question that are said again: "¿heridos? no", "manejable sí, bonito no"."""
    hints, words = plain_hints(asked.choices), folded(answer.written)
    sign = partial(sole_sign, hints)
    if (again := ECHO.asked_again(words, sign)) is not None:
        return read_yes_no(again.answer, replace(asked, question=again.question))
    in_turn = ECHO.in_turn(words, folded(asked.question), sign, means=_meaning_of_yes(asked, hints))
    return in_turn


def _fact(answer: Said, heard: Agreement, asked: Asked) -> Reading:
    hints = plain_hints(asked.choices)
    means = _meaning_of_yes(asked, hints)
    if leading_aside(answer) == "person":
        return nothing("person")
    votes, doubted, signs = _votes(answer, hints, people=asked.prevails is not None)
    prevails = asked.prevails
    if prevails is not None and _is_of_one(answer.plain, heard, asks_for_it=prevails is means):
        return doubtful("not for sure", prevails) if hedged(answer) else sure(prevails, signs or (answer.plain,))
    if prevails is not None and prevails in votes and not hedged(answer):
        after_all = _DENIED_LAST.search(answer.plain)
        return doubtful("somebody, and then nobody", prevails) if after_all else sure(prevails, signs)
    opens = "" if _no_of_a_verb(answer.plain, asked, told=bool(votes)) else heard.opens_with
    bare = {"yes": means, "no": not means}.get(opens)
    if prevails is not None and (of_others := _OF_OTHERS.search(answer.plain) or _NOT_HE.search(answer.plain)):
        return doubtful("somebody else is not known of", *((prevails,) if of_others.re is _NOT_HE else ()))
    if leading_aside(answer) in ("wait", "question") and not votes:
        return nothing(aside(answer))
    values = list(dict.fromkeys(votes if votes else [] if bare is None else [bare]))
    if not values and (doubted or _MAYBE.search(answer.plain)):
        return doubtful("not for sure", *doubted)
    if not values:
        return nothing(aside(answer))
    if hedged(answer) or _HALF.search(answer.plain) or answer.asks:
        return doubtful("not for sure", *values)
    asked_of = set(said(asked.question).plain.split())
    unread = not votes and (
        len([word for word in heard.rest if word not in asked_of]) >= _MUCH
        or (prevails is not None and "todavia no" in answer.plain)
    )
    limited = prevails is None and votes and _LIMITED.search(answer.plain)
    if (
        len(values) > 1
        or doubted
        or limited
        or unread
        or (votes and bare is not None and bare not in votes and heard.yes != heard.no)
    ):
        return doubtful("a yes and a no", *values)
    rest = set(heard.rest)
    return sure(values[0], signs or tuple(word for word in answer.plain.split() if word not in rest))


def _is_of_one(plain: str, heard: Agreement, *, asks_for_it: bool) -> bool:
    """Is it said of one, whatever holds for the others: "nadie, mi hija sí"? "Mi esposa sí" alone is a yes."""
    if leaves_out(plain) or (heard.no and _ONE_MORE.search(plain)):
        return True
    return asks_for_it and _ONLY_ONE.match(plain) is not None


def _votes(answer: Said, hints: tuple[Hint, ...], *, people: bool) -> tuple[list[bool], list[bool], tuple[str, ...]]:
    """What the store's signs say, clause by clause; those whose denial may be the answer's own "no" are in doubt."""
    votes: list[bool] = []
    weak: list[bool] = []
    doubted: list[bool] = []
    signs: list[str] = []
    opening = True
    for clause in clauses_of(answer.written):
        signs_here = list(find(hints, clause))
        unsure = any(found.value is None for found in signs_here) or _EARLIER.search(clause) is not None
        unsure = unsure or _FEARED.search(clause) is not None
        unsure = unsure or (not people and _OF_ANOTHER.search(clause) is not None)
        for found in signs_here:
            start = _start_of(clause, found.last)
            phrase = len(found.words.split()) >= _PHRASE or clause[:start].strip() in ("no ya", "no")
            denied = denied_before(clause, start)
            if denied and opening and not found.value and clause.startswith("no "):
                (votes if phrase else doubted).append(found.value)
            elif isinstance(found.value, bool) and unsure:
                doubted.append(found.value is not denied)
            elif isinstance(found.value, bool):
                (weak if found.weak else votes).append(found.value is not denied)
            signs.append(found.words)
        opening = False
    return votes or weak, doubted, tuple(signs)


def _no_of_a_verb(plain: str, asked: Asked, *, told: bool) -> bool:
    """Does the "no" that an answer begins with deny a verb, and answer nothing by itself?

    "No hay luz" does not answer whether a cable is down; "no hay cables" does, and "no veo nada" sees nothing at all.
    """
    if told:
        return _DENIES_A_VERB.match(plain) is not None
    if (found := _OF_A_THING.match(plain)) is None:
        return False
    rest = found["rest"].split()
    if not _DENIALS.isdisjoint(rest):
        return " veo " in f" {plain} " or " vemos " in f" {plain} "
    known = {
        word[:_STEM]
        for one in (asked.question, *(w for c in asked.choices if c.value is not None for w in c.words))
        for word in re.findall(r"\w+", folded(one))
        if len(word) >= _STEM
    }
    return not any(word[:_STEM] in known for word in rest)


def _start_of(clause: str, word: int) -> int:
    """Where the word of that number begins."""
    return sum(len(token) + 1 for token in clause.split(" ")[:word])


def _meaning_of_yes(asked: Asked, hints: tuple[Hint, ...]) -> bool:
    """ "¿Están todos bien?" asks for the opposite of "¿Alguien salió lastimado?"."""
    found = [one.value for one in find(hints, said(asked.question).plain) if not one.weak]
    return found[0] if found and isinstance(found[0], bool) else True
