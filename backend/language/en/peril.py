"""Somebody who needs help this very moment, in English, whatever was asked."""

import re
from collections.abc import Sequence

from backend.language.en.assault import ASSAULT, LONG_AGO
from backend.language.en.bereavement import A_DEATH, death_in, tells_of_death
from backend.language.en.bygone import is_bygone
from backend.language.en.canonical import canonical
from backend.language.en.collapse import FAILING, SILENT
from backend.language.en.figures_of_speech import without_figures
from backend.language.en.hazard import HAZARD, RISING, SHUT_IN
from backend.language.en.menace import MENACED, STILL_HERE
from backend.language.en.plight import BODY, POISONED, STRUCK, WELL_AFTER
from backend.language.en.straits import AROUND, ATTACKED, WITHIN
from backend.language.en.wreck import IN_A_WRECK, NO_SIGN_OF_LIFE, STILL_INSIDE
from backend.language.hinted import Hinted, any_of, hinted, part
from backend.language.tokens import words

__all__ = ["needs_help_now"]

_CLAUSE = re.compile(r"[.;!?]+|,|\b(?:but|though|although|however|except|and|because|so)\b")
_PART = (
    r"(?:neck|back|head|arm|leg|knee|shoulder|wrist|chest|hand|foot|feet|toe|finger|ankle|hip|body)s?"
    r"(?: or (?:[\w']+ )?[\w']+)?"
)
_KIN = (
    r"(?:wife|husband|spouse|partner|son|daughter|mother|father|mom|mama|mum|dad|papa|brother|sister|friend|kid|child"
    r"|baby|boy|girl|grand\w+|uncle|aunt|cousin|nephew|niece|neighbor|girlfriend|boyfriend|cyclist"
    r"|biker|rider|man|woman|guy|lady|person|somebody|someone)"
)
_IS = rf"(?:i'm|i am|we're|we are|he's|he is|she's|she is|they're|they are|{_KIN}(?:'s| is))"
_STILL = r"(?:(?:still|just|really|badly|all|now|like|kind of|sort of|starting to|right here|in here) )*"
_BREATHE = r"breath(?:e|ing)\b(?! (?:easy|easier|a sigh))"
_SMELL = r"(?:gas|gasoline|petrol|fuel|propane|smoke)"

_HELPLESS = (
    rf"\b(?:can't|cannot|can not|not|isn't|barely|hardly|stopped)(?: (?:even|really|properly))? {_BREATHE}"
    r"|\bcan't (?:get|catch) (?:my|any|his|her) (?:breath|air)\b"
    r"|\b(?:can't|cannot|can not|hardly|barely)(?: (?:even|really))? swallow\b(?! (?:that|this|the|how|it when|your)\b)"
    r"|\b(?:won't|doesn't|not|isn't|can't(?: get (?:him|her) to)?|can't seem to) wak(?:e|ing)(?! me\b)\b"
    rf"|\b(?:he|she|he's|she's|{_KIN}|{_KIN}'s) (?:is )?(?:not|isn't|won't|doesn't) "
    r"(?:even |really )?(?:respond\w*|react\w*|mov(?:e|ing))\b"
    r"(?! (?:(?:to |on |on to )?(?:my|his|her|the|their|our|any)|over)\b)"
    rf"|\b(?:can't|cannot|can not) (?:really |even )?(?:feel|move) (?:my|his|her|their|either) (?:[\w']+ )?{_PART}\b"
    r"|\b(?:i|he|she|we) (?:can't|cannot|can not) (?:really |even )?move$"
    r"|\b(?:can't|cannot|can not) (?:get|pull|cut) (?:myself |us |him |her |them |me )?(?:out|loose|free)"
    r"(?=$| of (?:here$|it$|(?:the|my|this|our) (?!parking|lot|driveway|street|garage|ditch|mud|snow|house"
    r"|deal)[\w']+))"
    rf"|\b(?:can't|cannot|can not) (?:get|pull|cut) (?:my|his|her|our|the) (?:[\w']+ )?(?:{_PART}|{_KIN}) "
    r"(?:out|loose|free)\b"
    r"|\b(?:can't|cannot|can not|won't|doesn't|not) stop(?:ping)?(?: the| his| her| my)? (?:bleed|bleeding|blood)\b"
)
"""Says its own "not"."""
_IS_SO = (
    rf"\b{_IS} {_STILL}(?:bleeding(?! gums?)|losing (?:a lot of )?blood|trapped|unconscious|unresponsive|choking"
    r"|pinned(?! (?:it|this|that|everything|the blame)\b)"
    r"|drowning(?! in (?:paper\w*|debt|bills|work|calls|forms)\b)|convulsing|seizing|passing out|blacking out|on fire"
    r"|in labor|having contractions|out cold|knocked out"
    r"|having (?:a|an) (?:heart attack|seizure|stroke|asthma attack|allergic reaction))\b"
    rf"|\b{_IS} {_STILL}dying\b(?! (?:to|for|of|over|here)\b)"
    rf"|\b{_IS} {_STILL}(?:stuck|caught|wedged|locked) (?:in|inside|under|between)\b"
    r"(?! (?:(?:the|my|this|some|a) )?(?:[\w']+ )?(?:traffic|ditch|mud|snow|sand|house|bathroom|office|elevator|middle"
    r"|line|parking|garage|town|meeting|jam)\b)"
    rf"|\b(?:{_IS} {_STILL}(?:going to|gonna|about to)|(?:i|he|she) (?:might|may)|i think i'll|feel like i'll) "
    r"(?:pass out|faint|black out)\b"
    r"|\b(?:my|his|her) chest (?:(?!isn't|not|doesn't|was|felt|got)[\w']+ ){0,2}?(?:hurts|hurting|tight|heavy|pounding"
    r"|killing)\b"
    r"|\b(?:arms?|legs?)(?:'s| is| are| has| have| feels?| goes| went) "
    r"(?:(?:gone|going|all|kind of|kinda|sort of|a bit|a little|completely|totally|really|just|now) )*numb\b"
    r"|\b(?:face is drooping|speech is (?:slurred|slurring)|throat is (?:closing|swelling))\b"
    rf"|\b(?:(?:i|we|still|can) smell|smells) (?:(?:of|like|strong|some|a lot of|really strong|the) )*{_SMELL}\b"
    rf"|\b{_SMELL} is (?:still )?(?:leaking|pouring|dripping|spilling|running|coming)\b"
    r"|\bthere(?:'s| is) (?:(?!no\b|nothing\b)[\w']+ ){0,2}?(?:fire|flames|smoke|blood everywhere|gas leak"
    r"|(?:burning|gas) smell)\b(?! (?:department|station|hydrant|escape|damage|alarm|detector|extinguisher))"
    r"|\b(?:is|[a-z]+'s) (?:still |now |really )?(?:on fire|in flames|burning up"
    r"|smoking)\b"
    r"|\b(?:has|he's got|she's got|they've got|guy's got|holding|waving|pulling out|pointing) (?:a|an|his|her) "
    r"(?:[\w']+ )?(?:gun|pistol|knife|bat|weapon|machete|crowbar)\b"
    rf"|\b(?:is|are|he's|she's|they're|guy's|somebody's|someone's|keeps) (?:still |now )?(?:threatening to|shooting"
    rf"|(?:threatening|attacking|punching|choking|chasing) (?:me|us|him|her|people|everyone|my {_KIN}))\b"
    r"|^(?!.*\b(?:the other|another) \w+ (?:he|she|it)\b).*\b(?:is|are|he's|she's|they're|guy's|somebody's|someone's"
    rf"|keeps) (?:still |now )?hitting (?:me|us|him|her|people|everyone|my {_KIN})\b"
    r"|\b(?:[a-z]+s|traffic|people|everybody)(?:'re| are| is) (?:[\w']+ )?(?:flying|zooming|speeding|racing"
    r"|swerving"
    r"|whipping|rushing) (?:by|past|around)\b|\b(?:i'm|we're|[a-z]+'s|is|stuck|stalled) (?:[\w']+ )?(?:on"
    r"|across) the"
    r" (?:train|railroad|rail)\w* tracks\b|\bthere's a train coming\b"
    r"|\b(?:oxygen|ventilator|concentrator|breathing machine|life support)(?: (?:tank|machine|battery"
    r"|supply))? (?:is |has )?"
    r"(?:(?:about to|going to|almost|running|nearly) )*(?:run out|run|out|stopped|stopping|empty|off|die|dying|dead"
    r"|died|low|gone"
    r"|not working)\b|\brunning out of (?:oxygen"
    r"|air)\b"
    r"|\b(?:battery|power|charge|tank|air|supply) (?:on|in|of|for|to) (?:my|his|her|their|the"
    r"|our) (?:[\w']+ ){0,1}?(?:oxygen|ventilator"
    r"|respirator|concentrator|breathing machine|life support|pacemaker|insulin pump|nebulizer)(?: (?:tank|machine"
    r"|concentrator))?"
    r" (?:is |has |has almost |is almost |'s )?(?:(?:about to|going to|gonna|almost|nearly|running) )*(?:run|ran|die"
    r"|dying|dead|died|out"
    r"|low|empty|gone|off|stopped|go out|give out|quit)\b"
    rf"|\b(?:he's|she's|they're|he is|she is|{_KIN}(?:'s| is)) (?:really |just |all of a sudden |suddenly "
    rf"|starting to )*"
    r"(?:(?:not|isn't) making (?:any |much )?sense|slurring|turning (?:blue|gray|grey))\b"
    rf"|\b(?:isn't|not) making (?:any |much )?sense (?:right )?now\b"
    r"|\b(?:my|her|the) waters? (?:just |has |have |has just |have just )*(?:broke|broken|burst)\b(?! down| pipe| main)"
    rf"|\b{_KIN}'s waters? (?:just |has |have |has just |have just )*(?:broke|broken|burst)\b(?! down| pipe| main)"
    r"|\b(?:this is|it's|it is|i have|we have) (?:an |a )?(?:[\w']+ )?emergency\b(?! (?:stop|exit|contact|brake|kit"
    r"|crew|\w+ (?:that|which|who)|number|room|light|road\w*|lane|plan))"
)
"""Says that it is so now."""
_SAID = (
    r"\b(?:trouble|hard time|difficulty|hard to|struggling to|fighting to) (?:with )?"
    rf"{_BREATHE}|\bgasping for\b|\bturning blue\b"
    r"|\b(?:chest pains?|(?:pains?|pressure|tightness|tight feeling) (?:in|on|across) (?:my|his|her) chest)\b"
    r"|\bcoughing up blood\b|\bblood everywhere\b|\bburning smell\b|\bgas leak\b"
    rf"|\bsmell(?:ing)? (?:of )?{_SMELL}\b|\b(?:leaking|pouring|dripping|spilling) (?:gas|gasoline|petrol|fuel)\b"
    r"|\bsmoke (?:coming|pouring|billowing|everywhere)\b|\bsparks (?:coming|flying|everywhere|all over)\b"
    r"|\b(?:banging|pounding|kicking|beating) (?:on|at|in) my (?:window|windows|door|doors)\b"
    r"|\btrying to (?:kill|attack|hurt|rob|get at|drag) (?:me|us|him|her)\b"
    r"|\b(?:need|needs|send|call|get|want) (?:(?:me|us|him|her|them|for|somebody) )?(?:(?:an |a )?(?:ambulance"
    r"|paramedics?|fire engine|medics?)|(?:the )?(?:9-?1-?1|nine one one|fire department|ambulance))\b"
    r"(?! (?:bill|bills|cost|costs|ride|fee|paid|covered|report|charge|dispatch)\b)"
)
"""Says it without its time."""
_CRY = part(
    r"\b(?:help|help me|help us)(?: (?:please|somebody|someone|oh|god|my|lord|now|me|us|i need))* help\b"
    r"(?! (?:with|you|out|to|my|him|her|them|on|in|getting|filing)\b)"
    r"|^(?:(?:oh|god|my|please) )*(?:somebody|someone|anybody) (?:please )?help(?: (?:me|us|him|her|please|now))*$"
    r"|\bfire fire\b|\b(?:so much|tons of|a lot of|lots of|too much|all this|full of) blood\b"
    r"(?! (?:pressure|work|tests?|sugar|thinners?|drive|bank|donat\w+))|\bblood (?:all over|all around)\b",
    "help|fire|blood",
)
"""What is cried out, in the whole of the words."""
_POWER_OUT = re.compile(
    r"\b(?:power|electricity|lights?|current)(?:'s| is| are| has been| have been| went| has gone| just went| has| have)"
    r" (?:(?:still|just|been|all) )*(?:out|off|gone|down|cut)\b|\b(?:no|without|lost(?: our| the| my)?) (?:power"
    r"|electricity|current)\b"
    r"|\b(?:power|electricity) (?:outage|cut|failure)\b"
)
_LIVES_BY_IT = hinted(
    r"\b(?:on|uses?|using|needs?|breathes? with|depends? on) (?:(?:a|an|the|his|her|my|home) )*(?:oxygen|ventilator"
    r"|concentrator"
    r"|breathing machine|life support|dialysis)\b",
    "oxygen|ventilator|concentrator|breathing machine|life support|dialysis",
)
"""With the power out, whoever lives by a machine needs help now."""
_HELD_FAST = hinted(
    _HELPLESS,
    "breath|can|feel|mov|react|respond|stop|swallow|wak",
)
_SO = hinted(
    _IS_SO,
    "attacking|bat|black out|blacking out|bleeding|breathing machine|burning up|caught|chasing|chest|"
    "choking|coming|convulsing|crowbar|dripping|drowning|dying|emergency|face is drooping|faint|flying|gun|"
    "having a|having contractions|hitting|in flames|in labor|knife|knocked out|leaking|numb|life support|"
    "locked|losing|machete|on fire|out cold|oxygen|pass out|passing out|pinned|pistol|pouring|punching|"
    "racing|running|rushing|seizing|shooting|smell|smoking|speech is slurr|speeding|spilling|stuck|swerving|"
    "there|threatening|throat is|tracks|trapped|unconscious|unresponsive|ventilator|weapon|wedged|whipping|"
    "zooming|respirator|concentrator|pacemaker|insulin pump|nebulizer|sense|slurring|turning|water",
)
_TOLD = hinted(
    _SAID,
    "banging|beating|billowing|call|chest|coming|coughing up blood|difficulty|dripping|everywhere|"
    "fighting to|gas leak|gasping for|get|hard time|hard to|kicking|leaking|need|pounding|pouring|send|smell|"
    "sparks|spilling|struggling to|trouble|trying to|turning blue|want",
)
_ARMED = any_of(ASSAULT)
_DANGER = any_of(MENACED, FAILING, HAZARD, IN_A_WRECK)
_WHOLE = any_of(SHUT_IN, STILL_INSIDE, STILL_HERE, RISING, SILENT, _CRY)
_STATE = any_of(AROUND, BODY, STRUCK)
_DONE = any_of(ATTACKED, POISONED)
_WITHIN = any_of(WITHIN)
_WELL_AFTER = re.compile(WELL_AFTER)
_SUPPOSED = re.compile(
    r"\b(?:if|unless|(?:don't|do not|doesn't|does not|didn't) (?:think|believe|look like|seem like))(?: [\w']+){0,1}$"
    r"|\bnothing$|\b(?:since|after|until|before)$|\bwhat (?:happens )?(?:if|when)\b"
)
_DENIED = re.compile(
    r"\b(?:no|without|any)$|\b(?:don't|do not|didn't) (?:think|believe)(?: [\w']+){0,3}$"
    r"|\b(?:not|nobody|no one|none|never|neither|isn't|aren't|don't|doesn't|didn't|if|unless|wouldn't)"
    r"(?: (?!i\b)[\w']+){0,3}$"
)
_WAS = re.compile(r"\b(?:was|were|had|been|did|used to|wanted to|said)(?: [\w']+){0,3}$")
""" "There was smoke coming out", "they had to call an ambulance"."""


def needs_help_now(text: str) -> bool:
    """Does somebody need help this very moment? What was, what is denied, and what only might be is no need."""
    return _needs_help(text) and ((plain := without_figures(text)) == text or _needs_help(plain))


def _needs_help(text: str) -> bool:
    lower = text.lower().replace("’", "'")
    clauses = [" ".join(words(clause)) for clause in _CLAUSE.split(lower)]
    told = [clause for clause in clauses if not is_bygone(clause)]
    for hint in A_DEATH.hints:  # no call of a function: this is asked several times of all that callers say
        if hint in lower:
            if (death := death_in(told)) == "now":
                return True
            if death != "none":  # asked about at most
                told = [clause for clause in told if not tells_of_death(clause)]
            break
    if any(map(_is_held_fast, clauses)) or any(map(_presses, told)):
        return True
    said = " ".join(words(text)) if len(told) == len(clauses) else " ".join(told)
    if _POWER_OUT.search(said) and _stands(_LIVES_BY_IT, said, _DENIED, _WAS):
        return True
    if _WHOLE.may_stand_in(said) and _stands(_WHOLE, said, _SUPPOSED, _DENIED, _WAS):
        return True
    return _is_in_a_bad_way(said, told)


def _is_held_fast(clause: str) -> bool:
    return _HELD_FAST.search(clause) is not None or NO_SIGN_OF_LIFE.search(clause) is not None


def _is_in_a_bad_way(said: str, clauses: Sequence[str]) -> bool:
    """By who it is, what has become of them, and when; who is well after all is not."""
    plain = list(map(canonical, clauses))
    if any(_stands(_DONE, clause, _SUPPOSED, _DENIED) for clause in plain):
        return True
    whole = plain[0] if [said] == clauses else canonical(said)
    if _WELL_AFTER.search(whole):
        return False
    if any(_stands(_STATE, clause, _SUPPOSED, _DENIED) for clause in plain):
        return True
    return _stands(_WITHIN, whole, _SUPPOSED, _DENIED)


def _presses(clause: str) -> bool:
    if _stands(_SO, clause, _SUPPOSED) or _stands(_TOLD, clause, _DENIED, _WAS):
        return True
    if _ARMED.may_stand_in(clause) and _stands(_ARMED, clause, _SUPPOSED, _DENIED) and not LONG_AGO.search(clause):
        return True
    return _DANGER.may_stand_in(clause) and _stands(_DANGER, clause, _SUPPOSED, _DENIED)


def _stands(pattern: Hinted, clause: str, *taken_back: re.Pattern[str]) -> bool:
    """Is it said, and not taken back by what comes right before it?"""
    if not pattern.may_stand_in(clause):
        return False  # which is so of nearly all that callers say
    befores = (clause[: found.start()].rstrip() for found in pattern.finditer(clause))
    return any(not any(one.search(before) for one in taken_back) for before in befores)
