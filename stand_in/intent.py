"""Which tool do these words call for? Overlap of word stems, rarer ones counting more."""

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from stand_in.hearing.plain import words
from stand_in.situation import Tool

__all__ = [
    "asks",
    "best_parameter",
    "best_tool",
    "is_emergency",
    "is_farewell",
    "is_kind",
    "most_wanted",
    "reports_loss",
    "stems",
    "wants_call_back",
    "wants_person",
]

_KINDS = {
    "emergency": re.compile(r"emergenc|ambulance|in danger", re.IGNORECASE),
    "person": re.compile(r"transfer_to_person|\bhuman\b|to a person|representative|talk_to", re.IGNORECASE),
    "end": re.compile(r"^(end|hang|finish|close|stop)_?(up|call|conversation)?", re.IGNORECASE),
    "verify": re.compile(r"verif|authenticat|identif", re.IGNORECASE),
    "call_back": re.compile(r"call_?back|called back", re.IGNORECASE),
    "safety": re.compile(r"\bsafe\b|\bsafety\b|_safety", re.IGNORECASE),
}
_WHO = re.compile(r"^(?:verify|check|establish|find out|confirm|make sure) who\b", re.IGNORECASE)
"""Begins the description of a tool that verifies, whatever its name is."""
_SYNONYMS = (
    "accident crash collision wreck hit bumper fender rear-ended rearended totaled damage damaged smashed stolen theft "
    "scrape scraped dent dented scratch scratched keyed vandalized vandalism flood flooded hail storm tree branch deer "
    "pole fence ditch guardrail curb skid skidded slid ice rolled broke broken burned burglary towed windshield "
    "clipped dinged bumped bump prang pranged missing mishap pothole ditch flipped slid slammed landed wrecked "
    "pileup jackknifed overturned sideswiped swiped t-boned tboned hijacked carjacked dinged "
    "accidente choque choqué chocó chocaron chocamos pegó pegaron siniestro golpe golpearon robaron robo rayaron "
    "abollaron percance volqué derrapé",
    "claim report loss fnol incident reclamo reporte reportar siniestros",
    "coverage cover covered covers insured insurance policy deductible premium rental cubre cobertura póliza seguro "
    "deducible prima",
    "appointment visit slot booking book schedule scheduled reservation checkup cleaning",
    "cancel cancelled cancellation call-off",
    "reschedule move change postpone",
    "price cost fee charge much pay",
    "hours open opening closed close",
    "address location where directions parking",
    "doctor dentist hygienist",
    "tooth teeth toothache filling crown gum",
    "outage power luz apagón corriente electricidad",
)
_GROUP = {word: f"#{number}" for number, group in enumerate(_SYNONYMS) for word in group.split()}
_LOSS = frozenset({_GROUP["accident"], _GROUP["claim"]})
_STOP = frozenset(
    "a an the i i'm im you he she it we they my your his her its our their is are was were be been am do does did have "
    "has had will would can could should may might to of in on at for from with about and or but so if when that this "
    "what which who how there here please want need like get got hello hi hey yes no not just me us them as by up out "
    "caller his him call tell say said ask line any other another one use used name number".split()
)
_CUT_OFF = re.compile(
    r"\b(?:got|was|were) (?:cut off|disconnected)\b|\b(?:call|line) (?:got |was )?(?:dropped|cut off)\b"
    r"|\bse (?:me )?cort[oó]\b|\bse (?:cayó|cayo) la llamada\b"
)
"""Somebody who calls again because an earlier call broke off; on a line that takes reports, in the middle of one."""
_BEFALLEN = re.compile(
    r"\b(?:my|our) (?:[\w'-]+ ){1,3}?(?:is|was|got|has been|were|are) (?:gone|taken|lost|ruined|keyed|hanging|bent)\b"
    r"|\b(?:caught|on) fire\b|\brear[- ]ended\b|\b(?:fell|lying|landed|came down|sits|sitting|tree is) on(?:to)? my\b"
    r"|\b(?:backed|drove|ran|crashed|pulled|rolled) (?:[\w'-]+ ){0,3}?into\b|\b(?:messed|banged|busted|tore) up my\b"
    r"|\b(?:water|snow) (?:got|came) into\b|\boff the road\b|\bin front of (?:me|us)\b|\blost control\b"
    r"|\b(?:took|tore|ripped|knocked) (?:off|out|my|the)\b|\bin front (?:stopped|braked)\b"
    r"|\binto (?:my|another|a parked) (?:[\w'-]+ )?(?:car|truck|van|door|side)\b|\b(?:came|come) out of nowhere\b"
    r"|\bknocked (?:[\w'-]+ ){1,2}(?:off|over|down)\b|\bwent (?:up|into) (?:my|the|me)\b"
    r"|\b(?:tore|took|ripped|knocked) my [\w'-]+ (?:off|out)\b|\bme choc(?:aron|ó)\b|\bchoqué\b"
)
"""What befalls cars, in words that are common by themselves."""
_ONLY_ASKS = re.compile(
    r"^(?:(?:hi|hello|so|um|well) )*(?:suppose|supposing|imagine|hypothetically|what if|say i"
    r"|if (?:i|my|we|somebody|someone))\b|\bjust asking\b"
    r"|\bnot (?:reporting|filing|calling to (?:report|file))\b|\bcomplaint\b|\bcomplain(?:ing)?\b|\bagainst (?:me|us)\b"
    r"|\b(?:just|only) (?:want|wanted|need) to (?:know|ask)\b|\bbefore it (?:hits|comes|starts)\b|\bgo up (?:if|when)\b"
)
"""Speaks of a loss that was none, or of something else that is called like a claim."""
_ABOUT_A_CLAIM = re.compile(
    r"\b(?:existing|open|pending|last) claim\b|\bclaim (?:i filed|i made|status|number|check)\b|\babout my claim\b"
    r"|\b(?:no|not|never|haven't) (?:[\w']+ ){0,3}?(?:claim|accident)\b|^if\b"
    r"|\b(?:(?:to|you) know|wondering|ask) (?:if|whether)\b"
    r"|\balready (?:reported|filed|submitted|made)\b|\b(?:filed|reported|made|opened|submitted|put in) (?:a|my|the"
    r"|this|that|it)"
    r" (?:claim |report )?(?:\w+ ){0,3}?(?:ago|before|already|last|and (?:nobody|no one|nothing))\b"
    r"|\bya (?:hice|levanté|metí|puse|reporté|lo reporté)\b|\b(?:hice|levanté|metí) un (?:reporte|reclamo)\b"
    r"|\bquestion about\b|\bstatus\b|\b(?:mi|un) reclamo (?:anterior|que hice|pendiente)\b|\bpregunta sobre\b"
)
_STRONG = re.compile(
    r"\b(bleed\w*|trapped|unconscious|not breathing|can't breathe|dying|on fire|ambulance|heart attack|"
    r"seriously (?:hurt|injured)|badly (?:hurt|injured)|911|nine one one"
    r"|sangrando|sangra|atrapad[oa]s?|inconsciente|no (?:puede )?respirar?|incendi\w+|ambulancia|infarto|grave)\b"
)
_NOT_STRONG = re.compile(
    r"\b(?:nobody|no one|noone|none of us|not|isn't|aren't|wasn't)(?:'s)? (?:is |was |are |were |even |really )?"
    r"(?:bleeding|trapped|unconscious|dying)\b|\b(?:no|don't need an?|doesn't need an?) (?:ambulance|bleeding)\b"
    r"|\b(?:phone|cell|battery|engine|motor|car|truck|signal|line|plants?)(?:'s| is| was| keeps)? (?:[\w']+ "
    r"){0,2}?dying\b"
    r"|\bdying (?:to|of (?:laughter|boredom|shame|hunger|thirst))\b"
    r"|\b(?:an?|the|that|this|parked|moving) ambulance (?:[\w']+ ){0,2}?(?:hit|backed|ran|drove|driving|scraped|clipped"
    r"|sideswiped|rear|bumped|crashed|pulled|reversed|turned|swerved|came (?:out|through|around)|went)\b"
    r"|\b(?:hit(?: by)?|behind|into|past|drive|drives|driving|scraped|struck(?: by)?|for) an ambulance\b"
)
_HURT = re.compile(r"\b(injured|hurt|injuries|emergency|herid[oa]s?|lastimad[oa]s?|emergencia)\b")
_UNHURT = re.compile(
    r"\b(no|not|nobody|none|never|without|isn't|wasn't|aren't|weren't|no one|nothing|nadie|sin|ningún|ni)\b"
    r"[^.]{0,25}\b(injur\w*|hurt|emergency|herid\w*|lastimad\w*|emergencia|ambulancia)\b"
)
_CARED_FOR = re.compile(
    r"\b(?:doctor|hospital|nurse|paramedics?|treated|taken care|looked after|(?:fine|better|okay) now"
    r"|not (?:too )?bad|hospital|atendi\w+|nada grave)\b"
)
_QUESTION = re.compile(
    r"^(?:and |but |so |um |uh |actually |wait |sorry |first |never mind )*"
    r"(what|what's|how|is|are|do|does|did|can|could|will|would|am|when|where|who|which|why"
    r"|qué|cuál|cuánto|cuánta|cuándo|dónde|quién|por qué|puedo|podría|me puede|sabe)\b"
)
_PERSON = re.compile(
    r"\b(human|representative|real person|live person|a person(?! (?:who|that|is|was|in|on)\b)|somebody real"
    r"|someone real|(?<!relay )operator(?! of\b)|supervisor|"
    r"(?:talk|speak|connect|transfer)\w*\b.{0,20}\b(?:person|someone|somebody|agent|colleague|people|adjuster|manager)"
    r"|^(?:an? |the )(?:adjuster|manager)(?: please)?$"
    r"|una persona|operador[a]?|representante|(?:hablar|comuní?que\w*|páse\w*) .{0,20}\b(?:alguien|agente"
    r"|asesor[a]?)"
    r"|(?:file|make|have|lodge|want to|got) (?:an? |my )?(?:formal )?complain(?:t|ing)?|complain(?:ing)? (?:about|to)"
    r"|claim (?:\w+ )?against (?:me|us)|suing me|sued me|lawsuit|una queja|quejarme"
    r"|(?:don't|not|no) speak (?:much |good )?english|english is (?:no|not) (?:so )?good)\b"
)
_CALL_BACK = re.compile(
    r"\b(?:call|ring|phone) me (?:back|later|tomorrow)\b|\bbe called back\b|\ba call ?back\b"
    r"|\b(?:llámenme|llámeme|me (?:pueden|puede) llamar|que me (?:llamen|llame)|me llamen|devuélvanme la llamada)\b"
)
_FAREWELL = re.compile(
    r"\b(good ?bye|bye|that(?:'s| is| was| will be|'ll be) (?:all|it|everything)|nothing (?:else|more)"
    r"|no thank you|no thanks|adiós|hasta luego|no gracias|(?:eso )?es todo|nada más)\b"
)


def is_kind(tool: Tool, kind: str) -> bool:
    """Is this an ``emergency``, ``person``, ``end``, ``verify`` or ``safety`` tool, by its name or description?"""
    return _is_kind(tool.name, tool.description, kind)


@lru_cache(2048)  # of every tool of an agent each is asked, several times a turn
def _is_kind(name: str, description: str, kind: str) -> bool:
    if name.startswith("hand_off_to_") or (kind == "safety" and _is_kind(name, description, "emergency")):
        return False
    if kind == "verify" and _WHO.search(description):
        return True
    text = name if kind in {"end", "verify"} else f"{name} {description[:60]}"
    return bool(_KINDS[kind].search(text))


def is_emergency(text: str, *, asked_about_injuries: bool) -> bool:
    """Somebody needs help now. A plain "hurt" in answer to the question about injuries is only an answer."""
    said = " ".join(words(text))
    if _STRONG.search(_NOT_STRONG.sub(" ", said)):
        return True
    tells = bool(_HURT.search(said)) and not _UNHURT.search(said)
    return tells and not asked_about_injuries and not _CARED_FOR.search(said)


def wants_person(text: str) -> bool:
    """The caller asks for a person of flesh and blood."""
    return bool(_PERSON.search(" ".join(words(text))))


def wants_call_back(text: str) -> bool:
    """The caller asks to be called back."""
    return bool(_CALL_BACK.search(" ".join(words(text))))


def asks(text: str) -> bool:
    """The caller asks something of their own."""
    return bool(_QUESTION.match(" ".join(words(text))))


def reports_loss(text: str) -> bool:
    """The caller tells of damage or wants to make a claim, and does not just ask about cover."""
    said = " ".join(words(text))
    if asks(text) or _ABOUT_A_CLAIM.search(said) or _ONLY_ASKS.search(said):
        return False
    return bool(stems(words(text)) & _LOSS) or bool(_BEFALLEN.search(said)) or bool(_CUT_OFF.search(said))


def is_farewell(text: str) -> bool:
    """The caller needs nothing more."""
    return bool(_FAREWELL.search(" ".join(words(text))))


def best_tool(text: str, tools: Sequence[Tool]) -> tuple[Tool | None, float]:
    """The tool that the words call for, and how surely. Emergency, person, end and verify tools are not weighed."""
    weighed = [tool for tool in tools if not any(is_kind(tool, kind) for kind in _KINDS)]
    documents = [_stems_of(_describe(tool)) for tool in weighed]
    spoken = _stems_of(text)
    if _ONLY_ASKS.search(" ".join(words(text))):
        spoken = spoken - _LOSS
    best: tuple[Tool | None, float] = (None, 0.0)
    for tool, document in zip(weighed, documents, strict=True):
        score = sum(_weight(stem, documents) for stem in spoken & document)
        if score > best[1]:
            best = (tool, score)
    return best


def most_wanted(heard: Sequence[str], tools: Sequence[Tool], sure: float) -> tuple[Tool | None, str]:
    """The tool that any of these words call for most, more surely than ``sure``; and those words."""
    best: tuple[float, Tool | None, str] = (sure, None, "")
    for text in heard:
        tool, score = best_tool(text, tools)
        if tool and score > best[0]:
            best = (score, tool, text)
    return best[1:]


def best_parameter(text: str, tool: Tool) -> str | None:
    """The argument that the words are about: the one whose description shares most with them."""
    spoken = _stems_of(text)
    documents = [
        _stems_of(f"{name.replace('_', ' ')} {schema.get('description', '')}")
        for name, schema in tool.properties.items()
    ]
    best: tuple[str | None, float] = (None, 0.0)
    for name, document in zip(tool.properties, documents, strict=True):
        score = sum(_weight(stem, documents) for stem in spoken & document)
        if score > best[1]:
            best = (name, score)
    return best[0]


def _describe(tool: Tool) -> str:
    parameters = " ".join(tool.properties).replace("_", " ")
    return f"{tool.name.replace('_', ' ')} {tool.description} {parameters}"


def _weight(stem: str, documents: Iterable[frozenset[str]]) -> float:
    having = [stem in document for document in documents]
    return 0.3 + math.log(1 + len(having) / max(1, sum(having)))


@lru_cache(2048)  # the same tools are described on every turn
def _stems_of(text: str) -> frozenset[str]:
    return frozenset(stems(words(text)))


def stems(tokens: Iterable[str]) -> set[str]:
    """Words as they are compared: without endings, synonyms made one, small words left out."""
    found: set[str] = set()
    for token in tokens:
        if token in _STOP or len(token) < 3:
            continue
        found.add(_GROUP.get(token) or _GROUP.get(token.removesuffix("s")) or _GROUP.get(_stem(token)) or _stem(token))
    return found


@lru_cache(4096)
def _stem(token: str) -> str:
    for ending in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "ly", "s", "e"):
        if token.endswith(ending) and len(token) - len(ending) >= 3:
            return token[: -len(ending)]
    return token
