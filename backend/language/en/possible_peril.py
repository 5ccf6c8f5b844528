"""Words of peril in English: somebody may need help now, though nothing says so surely.

What is over, usual, denied, feared or asked of money is left out, and so is every account by which nobody is hurt.
"""

import re

from backend.language.en.bereavement import A_DEATH, death_in, tells_of_death
from backend.language.en.bygone import is_bygone
from backend.language.en.figures_of_speech import without_figures
from backend.language.en.safety import read_safety
from backend.language.hinted import any_of, part
from backend.language.tokens import words

__all__ = ["may_need_help"]

_CLAUSE = re.compile(r"[.;!?]+|,|\b(?:but|though|although|however|except|and|because|so)\b")
_WHO = (
    r"(?:i|we|he|she|they|him|her|them|me|us|mom|mum|mama|dad|papa|nan|gran\w*|grand\w+|wife|husband|partner|sons?"
    r"|daughters?|mother|father|brother|sister|bab(?:y|ies)|kids?|child|children|toddler|girl|boy|friend|uncle|aunt"
    r"|cousin|neighbor|rider|biker|man|woman|guy|lady|person|somebody|someone|people|fella)"
)
_IS = rf"\b{_WHO}(?:'s|'m|'re|'ve| is| am| are| has| have| got| looks| just| went)?(?: [\w']+){{0,2}}?"
_FIRE = part(
    r"\b(?:fire(?! (?:tr\w+k|engine|department|dept|station|hydrant|lane|escape|alarm|drill|pit|place|sale|marshal"
    r"|chief|extinguisher|away|damage|code|door|red))|flames?(?! red)|smok(?:e|ing|y)(?! (?:detector|alarm|free|break"
    r"|shop|damage|a|cigar\w*|test|gr[ae]y))|burn(?:ing|s)(?! (?:oil|gas|question|rubber))|fumes|explo(?:de|ding)"
    r"|sparks?(?! plugs?)|sparking)\b"
    r"|\b(?:smell\w*|stink\w*|leak\w*|hiss\w*)(?: [\w']+){0,4} (?:gas|gasoline|petrol|fuel|propane)\b"
    r"|\b(?:gas|gasoline|petrol|fuel|propane) (?:[\w']+ ){0,2}?(?:smell\w*|leak\w*|hiss\w*|pouring|everywhere)\b",
    "fire|flame|smok|burn|fume|explo|spark|smell|stink|leak|hiss|gas|petrol|fuel|propane",
)
_WATER = part(
    r"\b(?:water|river|creek|tide|flood\w*|lake|canal|sea)(?:'s| is| has| are| keeps)? (?:[\w']+ )?(?:com(?:ing|es)"
    r"|ris(?:ing|es)|pouring|rushing|filling|up to (?!code|date)|over (?:the|my|our)|above)\b"
    r"|\b(?:in|into|off in|under) (?:the|a) (?:[\w']+ )?(?:water|river|creek|lake|pond|canal|ocean|sea|reservoir)\b"
    r"(?! (?:street|road|avenue|lane|drive|pump))"
    r"|\b(?:sinking|submerged|drown\w*|underwater|swept away)\b(?! in (?:paper\w*|debt|bills|work))",
    "water|river|creek|tide|flood|lake|canal|sea|pond|ocean|reservoir|sink|submerg|drown|swept",
)
_WIRE = part(
    r"\b(?:pylon|(?:power|electric\w*|overhead|high voltage|live) (?:lines?|wires?|cables?)|wires?|cables?|transformer)"
    r" (?:(?!was\b|were\b)[\w']+ ){0,2}?(?:down|fell|fallen|on|across"
    r"|over|hanging|lying|touching|draped|live|buzzing)\b"
    r"|\belectrocut\w+\b",
    "pylon|line|wire|cable|transformer|electrocut",
)
_BODY = part(
    r"\b(?:bleed(?:s|ing)?(?! (?:the|gums?|brakes?))|blood(?! (?:pressure|work|tests?|sugar|thinners?|drive|bank|type"
    r"|donat\w+))|breath(?:e|es|ing)(?! (?:easy|easier|a sigh|test))|gasping|unconscious|unresponsive"
    r"|chok(?:es|ing)|convuls\w+|seiz(?:ures?|ing)|strokes?(?! (?:of|engine))|heart attack|cardiac|anaphyla\w+|epipen"
    r"|inhaler|asthma|faint(?:s|ed|ing)?|floppy|clammy|collapsed|passed out|passing out|blacked out|out cold)\b"
    rf"|{_IS} (?:limp|dead|dying|dies|died|unwell|blue|gr[ae]y|purple|delirious|fitting|slumped)\b"
    r"(?! (?:in traffic|of|for|to|end|battery)\b)"
    r"|\b(?:having|taking) (?:[\w']+ ){0,3}?fit\b(?! (?:of|for))|\b(?:lips|face|hands|skin)(?:'s| is| are|'ve| have)?"
    r" (?:[\w']+ ){0,2}?(?:blue|gr[ae]y|white|purple|drooping|swollen|swelling)\b"
    r"|\b(?:blue|gr[ae]y|purple) (?:lips|face|in the face|around the (?:lips|mouth))\b"
    r"|\b(?:my|his|her|their|the) chest\b(?! of)|\bchest (?:pains?|hurts|is|feels)\b"
    r"|\b(?:won't|not|isn't|stopped|can't get (?:him|her) to) (?:[\w']+ )?(?:wake|waking|respond\w*|answering me"
    r"|talking (?:to me)?|moving)\b(?= up|$| at all| anymore| any more| to me)"
    r"|\beyes (?:[\w']+ ){0,2}?(?:roll\w*|glass\w*)\b",
    "bleed|blood|breath|gasp|unconsc|unrespons|chok|convuls|seiz|stroke|heart|cardiac|anaphyl|epipen|inhaler|asthma"
    "|faint|flopp|clammy|collaps|pass|black|out cold|limp|dead|dying|dies|died|unwell|blue|gray|grey|purple|delirious"
    "|fit|slump|lips|face|hands|skin|chest|wake|waking|respond|answering|talking|moving|eyes",
)
_HELD = part(
    rf"{_IS} (?:trapped|pinned|crushed|wedged|stuck (?:in|inside|under|between|behind))\b"
    r"(?! (?:it|this|that|everything|with|(?:(?:the|my|this|some|a|rush hour|heavy) )?(?:[\w']+ )?(?:traffic|ditch|mud"
    r"|snow|sand|house|office|elevator|middle|line|parking|garage|town|jam|meeting|drive thru|loop|airport)))"
    r"|\b(?:trapped|pinned) (?:in|inside|under|against|between)\b"
    r"|\b(?:legs?|foot|feet|arms?|hands?|body|head)(?:'s| is| are)? (?:[\w']+ )?(?:stuck|trapped|pinned|crushed"
    r"|under)\b"
    rf"|{_IS} (?:under|beneath|underneath) (?:the|it|a|my|there|that)\b"
    r"(?! (?:[\w']+ )?(?:bridge|overpass|impression|weather|limit|policy|name|plan|assumption|carport|tree|speed))"
    rf"|{_IS} locked (?:in|inside)\b|\b(?:hanging|dangling|teetering) (?:off|over|on|from)\b"
    r"|\btrain (?:is |'s )?coming\b",
    "trapped|pinned|crushed|wedged|stuck|under|beneath|locked|hanging|dangling|teetering|train",
)
_MENACE = part(
    r"\b(?:(?<!nail )(?<!glue )(?<!heat )(?<!the )guns?(?! (?:shop|safe|show|range|metal))|pistol|rifle"
    r"|(?<!putty )(?<!pocket )(?:knife|knives)|machete|weapons?|stabbed|gunshots?|shooting|got shot|been shot)\b"
    r"|(?:\b(?:is|are|been|keeps?|started)|'s|'re) (?:still |now )?(?:hitting|beating|punching|kicking|choking"
    r"|following|chasing|stalking|attacking|threatening"
    r"|coming (?:at|after)) (?:me|us|him|her|my (?:wife|son|daughter|mom|dad|kid|husband))\b"
    r"|\bthreat(?:en\w*)? to (?:kill|hurt|shoot|stab)\b|\b(?:breaking|kicking) (?:in|down) (?:my|our|the) doors?\b",
    "gun|pistol|rifle|knife|knives|machete|weapon|stab|shoot|shot|hitting|beating|punching|kicking|choking|following"
    "|chasing|stalking|attacking|threat|coming|breaking",
)
_TAKEN = part(
    r"\b(?:overdos\w+|poison(?:ed|ing)?(?! ivy)|swallowed(?! (?:up|my pride))|too many (?:[\w']+ )?(?:pills?|tablets?)"
    r"|(?:load|loads|bunch|lots?|bottle|handful|all) (?:of )?(?:(?:my|his|her|the|those|them) )*(?:[\w']+ )?"
    r"(?:pills|tablets)|(?:drank|drunk|ate|swallowed) (?:[\w']+ ){0,2}?(?:bleach|antifreeze))\b"
    r"|\b(?:in labor|contractions|giving birth|bab(?:y|ies)(?:'s| is| are) (?:[\w']+ )?coming)\b(?! home)"
    r"|\bwaters? (?:just )?broke\b(?! down)",
    "overdos|poison|swallow|pills|tablet|bleach|antifreeze|pill|labor|contraction|birth|bab|broke",
)
_FRAIL = part(
    rf"{_IS} pregnant\b|\b(?:hypo|insulin|allergic reaction|epilep\w+|chok\w+|puffy|delusional|talking nonsense"
    r"|going into shock|can't think|can't see(?! (?:why|how|what|any|the (?:other|claim)|my (?:claim|policy))))\b"
    r"|\b(?:can't|cannot|can not|don't|doesn't) feel (?:anything|nothing|(?:my|his|her|their) \w+)\b"
    r"|\b(?:in and out)\b(?= of|$)(?! of (?:the|my|a|traffic|lanes?))"
    rf"|\b(?:bab(?:y|ies)|{_WHO})(?:'s| is)? (?:not|isn't|stopped) (?:crying|making (?:any )?(?:sense|sound|noise))\b"
    r"|\b(?:metal|glass|pole|rod|branch|stick|knife|something) (?:is )?(?:stuck |sticking )?(?:in|through|out of)"
    r" (?:my|his|her|their) (?:[\w']+ )?(?:stomach|belly|gut|chest|neck|throat|legs?|thigh|arms?|eyes?|head|face|mouth"
    r"|side|back|foot|hand|shoulder|hip)\b",
    "hypo|insulin|allerg|epilep|pregnant|chok|puffy|delusion|nonsense|shock|can't think|can't see|feel"
    "|in and out|crying|making|metal|glass|pole|rod|branch|stick|knife|something",
)
_SPOT = part(
    r"\b(?:on|across|over) the (?:train |railroad |railway |rail )?(?:tracks|level crossing)\b(?! (?:last|years))"
    r"|\b(?:getting|really|so|too) hot in (?:here|there)\b|\b(?:kid|child|baby|dog|toddler|girl|boy)\b"
    r"(?: [\w']+){0,9} (?:getting|so|too|boiling) hot\b|\bglowing\b"
    r"|\b(?:can't|cannot|can not) (?:get|undo|unbuckle) (?:[\w']+ )?(?:belt|seat ?belt|buckle)\b"
    r"|\b(?:belt|buckle)s? (?:won't|doesn't|will not) (?:let go|budge)\b",
    "tracks|crossing|hot|glowing|belt|buckle",
)
_CRIED = part(
    r"^(?:(?:oh|god|my|please|no|somebody|someone) )*(?:help|hurry)(?: (?:me|us|please|now|up|god|oh|somebody|quick"
    r"|someone))*$|\b(?:please|just) (?:come|hurry)(?: (?:now|quick\w*|fast|here|please|up))*$|\bsend help\b"
    r"|\b(?:ambulance|paramedics?|9-?1-?1|nine one one)\b(?! (?:bill|bills|cost|costs|ride|fee|paid|report|charge"
    r"|o|oh|zero|one|two|three|four|five|six|seven|eight|nine"
    r"|\d))",
    "help|hurry|come|ambulance|paramedic|911|9-1-1|nine one one",
)
_WORDS = any_of(_FIRE, _WATER, _WIRE, _BODY, _HELD, _MENACE, _TAKEN, _FRAIL, _SPOT, _CRIED, A_DEATH)
_HARMLESS = re.compile(
    r"\b(?:air ?bags?|tail ?pipe|cigar\w*|screen|dust)(?: [\w']+)? (?:smoke|smoky|fumes)\b"
    r"|\b(?:smoke|powder) (?:from|of) (?:the )?air ?bags?\b|\b(?:heart|chest|cough|cold) (?:medicine|meds|rate)\b"
    r"|\b(?:lungs|breath) (?:of fresh air)\b|\bcaught (?:my|his|her) breath\b|\bout of breath\b"
    r"|\b(?:take|took|catch) (?:a |my )?(?:deep )?breath\b|\bunder fire\b|\bpanic attack\b"
)
_TAKEN_BACK = re.compile(
    r"\b(?:no|not|nobody|no one|none|never|neither|nor|without|nothing|isn't|aren't|wasn't|weren't|don't|doesn't|didn't"
    r"|if|unless|wouldn't|hasn't|haven't|what if|was|were|had|used to|wanted to|said|thought|almost|nearly)"
    r"(?: [\w']+){0,3}$"
)
_PAST_CARE = re.compile(
    r"\b(?:was|were|been|had|got|went|came|took|looked|checked"
    r"|refused|backed|treated|hospital|stopped|went out|put (?:it )?out|gone now|safe now)\b"
)
"""With these a clause tells how it went, and its ambulance has come."""
_CALLED_OFF = re.compile(
    r"\b(?:is|are|was|were|it's|he's|she's|we're|everyone's) (?:[\w']+ )?(?:fine|okay|ok|safe)\b"
    r"|\b(?:nobody|no one|none of us|nobody's) (?:(?:was|is|were) )?(?:[\w']+ )?(?:in|inside|hurt|home|around|near)\b"
)
_ASKS_MONEY = re.compile(
    r"\b(?:cover(?:s|ed|age|ing)?|deductible|premium|quote|reimburs\w*|how much|what happens|what if|worth)\b"
)


def may_need_help(text: str) -> bool:
    """Is there a word of peril in it that nothing takes back? Who surely needs help is found elsewhere."""
    return _speaks_of_need(text) and ((plain := without_figures(text)) == text or _speaks_of_need(plain))


def _speaks_of_need(text: str) -> bool:
    lower = text.lower().replace("’", "'")
    if not _WORDS.may_stand_in(lower):
        return False
    clauses = [" ".join(words(clause)) for clause in _CLAUSE.split(lower)]
    if (death := death_in([clause for clause in clauses if not is_bygone(clause)])) == "perhaps":
        return True
    if death == "mourned":
        clauses = [clause for clause in clauses if not tells_of_death(clause)]
    if not any(map(_speaks_of_peril, clauses)):
        return False
    if _CALLED_OFF.search(lower):
        return False
    return not any(read_safety(one, False).injured is False for one in (text, *clauses))


def _speaks_of_peril(clause: str) -> bool:
    if is_bygone(clause) or _ASKS_MONEY.search(clause):
        return False
    said = _HARMLESS.sub(" ", clause)
    for found in _WORDS.finditer(said):
        before = said[: found.start()].rstrip()
        if _TAKEN_BACK.search(before) or _PAST_CARE.search(said[found.end() :]):
            continue
        if found.group().startswith(("ambul", "paramed", "9", "nine")) and _PAST_CARE.search(before):
            continue
        return True
    return False
