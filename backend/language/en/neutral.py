"""English words that may stay unread beside a value, and those that turn one."""

import re

from backend.language.asked import Kind
from backend.language.coverage import Coverage
from backend.language.en.attribution import ATTRIBUTION
from backend.language.en.capitals import PARTICLES
from backend.language.en.day_words import MONTHS
from backend.language.en.kin import KIN, PEOPLE
from backend.language.en.not_names import EITHER
from backend.language.en.number_words import DIGITS, TEENS, TENS
from backend.language.en.said import said
from backend.language.words import MARKS

__all__ = ["COVERAGE"]


def _set(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


def _words(text: str) -> list[str]:
    """Short forms written out, without marks: "wasn't" is "was not", so that one list has them all."""
    return [word for word in said(text) if word not in MARKS]


_FILLERS = _set(
    "um uh er erm uhm hm hmm mm ah oh well so like you know okay ok right look listen honestly actually basically",
    "literally anyway anyways let me see think please sorry thanks thank sir ma'am miss mister god goodness lord",
    "hello hi hey good morning afternoon evening luckily thankfully fortunately unfortunately sadly obviously",
    "clearly afraid sure fine yes yeah yep yup ya no nope nah and then now just say said mean believe it or",
)
_JOINING = _set(
    "a an the this that these those here there i me my mine myself we us our ours you your yours it its itself he",
    "she him they them who which what when where why how all both each every everything some any one ones be am is",
    "are was were been being do does did done doing have has had having will would can could shall must may to of in",
    "on at by behind for with from into onto out off up down over under about around through near beside between",
    "within after before during as than because since while and or so but not also too very quite pretty really even",
    "still only already again exactly precisely simply more less much many lot bit little big get gets got getting",
    "go goes went going gone come came make made put take took give gave see saw happen happened happens happening",
    "remember know recall tell told call called calling be's thing things stuff time way part course total",
    "altogether overall in's is's",
)
_OTHERS = _set(
    "his her hers their theirs he's she's somebody someone everybody everyone nobody none nothing other others",
)
_DAY = _set(
    "today tonight morning afternoon evening night day days week noon midnight lunch lunchtime dinner breakfast",
    "early couldn't sleep asleep route late later earlier just right shortly soon past half quarter clock o'clock",
    "oclock p m a am pm hour hours minute minutes dark light sunset sunrise sun rain raining rainy snow snowing",
    "snowy ice icy wet foggy weather rush",
)
_WAY = _set(
    "hotel lake beach mall church party game class home house work school store shop office gym bank airport",
    "station road street lane corner light town city way trip back leaving left heading headed coming shopping",
    "park stopped turned pulled kids wife husband son daughter mother father mom dad brother sister friend",
    "friends family people guy lady man woman police officer cop policeman dog",
)
_FACTS = _set(
    "ever ok alright neither lucky luck ugly checked people worry worried check open shut close closed today",
    "tonight yesterday morning afternoon evening night day now yet anymore longer moment minute hour ago right",
    "cop cops police officer paramedic doctor nurse guy lady man woman men women everybody everyone nobody none",
    "nothing somebody someone anybody anyone others other else kid kids child children baby poor old young home",
    "house road street side ground bike back count counts great perfectly properly normally away somewhere inside",
    "outside along across together alone sitting stuck standing lying sit stay stayed walked walking looks looked",
    "look feels felt feel says took taken left crying broken destroyed ruined shaking scared shaken upset nerves",
    "nervous rattled afraid shook shaky jumpy shock badly bad minor major slight slightly",
)
_COUNTS = _set(
    "involved total counting including half dozen big small same plus kept",
)
_GROUP = _set(
    "work year new old brand used beat beloved plain regular family little wife husband mom dad son daughter",
    "mother father brother sister wait correction scratch sorry meant mean rather own owned bought",
)
_PERSON = _set(
    "better half passed permit road home work store house alone together sleeping asleep age years named name",
    "called let lent gave using used taking took with else himself herself personally actually unfortunately law",
    "old older oldest young younger youngest big little a b c d e f g h i j k l m n o p q r s t u v w x y z self",
    "teenage teenaged grown step picking picked mister missus time moment sitting next beside happened lad lass",
    "mr mrs ms miss dr doctor professor uncle uses ex company firm business office agency factory warehouse",
    "restaurant shift job errand errands works worked working lives lived living staying visiting visit college",
    "university student twin middle moved moving spare technically bless spin ride turn foster switched guys",
    "employees staff crew team department god help heaven license licence expired gosh turned asked",
)
_LETTERS = _set("a b c d e f g h i j k l m n o p q r s t u v w x y z letter letters capital dash hyphen double triple")
_NAME = _LETTERS | _set(
    "first last middle family given full maiden married name names named surname spelled spelling spell hyphenated",
    "space apostrophe accent junior senior third mr mrs ms miss mister missus doctor dr goes speaking",
    "legal whole complete under ready set ahead sounds way officer detective sergeant captain professor reverend nurse",
)
_PHONE = _set(
    "area code cell cellphone mobile phone home work office number best reach landline line day daytime evening",
    "evenings anytime text direct country plus zero double triple dash use",
)
_NUMBERS = frozenset({*DIGITS, *TEENS, *TENS, "hundred", "thousand", "grand", "dozen", "couple", "oh"})
_SILENT = _FILLERS | _JOINING | _NUMBERS
_DENIALS = _set("not never neither nor")
_CONTRASTS = _set("but though although except instead rather however unlike")
_CORRECTIONS = _set("no mean meant wait correction scratch sorry oops")
_AGAINST = _DENIALS | _CONTRASTS | _CORRECTIONS
_SHIFTS = _set("before after until till earlier later")
_TURNING: dict[Kind, frozenset[str]] = {
    "date": _AGAINST | _set("before until till says"),
    "time": _AGAINST | _SHIFTS | _set("early"),
    "money": _AGAINST | _set("before after"),
    "digits": _AGAINST,
    "code": _AGAINST,
    "postal_code": _AGAINST,
    "phone": _AGAINST,
    "email": _AGAINST,
    "name": _AGAINST,
    "address": _AGAINST | _set("live lives lived from"),
    "integer": _DENIALS | _CONTRASTS,
    "group": _CONTRASTS,
    "yes_no": _set("before earlier"),
}
_STRICT: dict[Kind, frozenset[str]] = {
    "yes_no": _FACTS | frozenset(KIN) | PEOPLE,
    "choice": _WAY | _DAY,
    "integer": _COUNTS | _OTHERS,
    "person": _PERSON | _WAY | _OTHERS | frozenset(KIN) | PEOPLE,
    "group": _GROUP,
    "name": _NAME | _OTHERS | frozenset(KIN) | PEOPLE,
    "phone": _PHONE | frozenset(KIN),
}
_TAG = (
    r"\b(?:was|is|did|does|were|have|had|has|would)(?:n't| not) (?:it|he|she|they|that|i|we)$"
    r"|\b(?:was|is) (?:it|that) not$"
)
""" "It was Monday, wasn't it": who asks so is not sure."""
_ORDINAL = (
    r"(?!month|north|south|both|earth)(?:\w*(?:first|second|third|th|1st|2nd|3rd)|\d{1,2}"
    + rf"|{'|'.join((*DIGITS, *TEENS, *TENS))})"
)
_DATED = rf"(?:{'|'.join(MONTHS)}) (?:the )?{_ORDINAL}\b|\bthe {_ORDINAL}\b"
"""A day by its date: "it was a Monday" beside it is no other one."""
_DOUBTS: dict[Kind, re.Pattern[str]] = {
    "date": re.compile(
        rf"\bnext (?:of|to|after) next\b|\bused to\b|{_TAG}"
        rf"|^(?!.*(?:{_DATED})).*\b(?:a|any|some) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
        r"|\b(?:one|week) before\b(?! last)|\b(?:first|second|third|\w+th) of the (?:first|second|third|\w+th)\b"
        r"|\b(?:first|second|third|fourth|last) (?:mon|tues|wednes|thurs|fri|satur|sun)day (?:of|in)\b"
        rf"|\b(?:ago|back) (?:maybe|perhaps|possibly|could be|or) (?:{'|'.join(DIGITS)})\b"
        rf"|\b(?:{'|'.join(DIGITS)}) (?:{'|'.join(DIGITS)}) (?:days|weeks|nights) (?:ago|back)\b"
        r"|\b(?:was|is|happened) (?:\w+ )?(?:before|after) (?:that|then)\b|\bgoing into\b"
        r"|\b(?:reported (?:it|this|that)|report was|called (?:you|it in|the police|my agent|in)) (?:\w+ )?on\b"
    ),
    "money": re.compile(
        rf"{_TAG}|"
        r"\b(?:each|apiece|per \w+|a (?:piece|door|wheel|side|day|week|month)|last (?:time|year)|years? ago)\b"
    ),
    "yes_no": re.compile(
        r"\blast (?:year|time)\b|\b(?:years?|months?) ago\b|\bthis time (?:nothing|nobody|none|no)\b|\b(?:was"
        r"|is) from before\b"
        r"|\bnothing new\b"
    ),
    "time": re.compile(
        rf"{_TAG}|\b(?:{'|'.join((*DIGITS, *TEENS, 'twenty', 'thirty', 'forty', 'fifty'))}) (?:something|odd)\b"
        r"|\b(?:clock|watch|phone|camera)\b.* (?:fast|slow|wrong|off|behind|ahead)\b"
        r"|\b(?:starts|begins|opens|closes|ends|i start|i finish|i get off|i clock in|i clock out) (?:\w+ )?at\b"
    ),
    "integer": re.compile(
        rf"{_TAG}|"
        r"\b(?:of us|people|kids)\b.* (?:in|inside)\b|\b(?:pulling|towing|hauling) (?:a|an|his|her|their|my)\b"
    ),
    "group": re.compile(
        r"\bi (?:hit|struck|bumped|clipped|scraped|sideswiped|ran into|backed into)"
        r" (?:a|an|the|his|her|their)\b"
        r"|\bhit by (?:a|an|the)\b"
        r"|\b(?:bought|got|purchased|leased|had) (?:it|her|this one)(?: \w+)? (?:in|since)\b"
    ),
    "address": re.compile(r"\bnow but\b|\bthen (?:\w+ )?turned\b"),
}

COVERAGE = Coverage(
    words=_words,
    silent=_SILENT,
    strict=_STRICT,
    of_people=_set("his her their except besides apart though other others but dead"),
    loose=frozenset({"date", "time", "money", "digits", "code", "postal_code"}),
    no_names=_set("comma hundred")
    | {*DIGITS, *TEENS, *TENS}
    | _JOINING - EITHER - PARTICLES - _set("a an will may can way part still little see even come bit dark am"),
    no_places=_JOINING
    - _set(
        "a an the this in on at by behind for with from into onto out off up down over under about around through",
        "near beside between within after before to of and one ones any some every way part course bit little big or",
        "come see still call take make may will can must well even right total each long am is us i lot m",
    ),
    supposes=_set(
        "former previous if unless supposed almost nearly used planned meant wish hoped instead anyway always",
        "usually normally without should whether pretend suppose define depends holiday joking kidding",
    ),
    answers=_set("yes yeah yep yup ya no nope nah absolutely definitely certainly"),
    fillers=_FILLERS - _set("yes yeah yep yup ya no nope nah"),
    turns=_set(
        "but though although however except besides apart unless until till if almost nearly barely hardly supposed",
        "another other his her hers their theirs once used maybe perhaps probably possibly might could should hope",
        "hopefully wish think guess suppose believe",
    ),
    stand_ins=_set(
        "test testing tests example sample something someone somebody anything whatever whatsoever nothing",
        "none nobody",
        "noone blah blahblah xxx abc asdf foo bar fake dummy placeholder",
    ),
    articles=frozenset({"the"}),
    doubts=_DOUBTS,
    turning=_TURNING,
    spelling=re.compile(r"\b[a-z] (?:as in|as|is for|for|stands for|like) [a-z]+\b"),
    whose=ATTRIBUTION,
)
"""The rule of what may stay unread in English."""
