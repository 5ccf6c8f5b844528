"""Answers to the question who is calling that give somebody else's details, in English: "his name is John Smith".

Who is asked who they are says "my" and "I". A detail that is another one's, that another one told, or that stands on
somebody's letter is no answer of a holder's. Who is taken for a stranger by mistake can still leave a report or come to
a person; who is not would be let into a record that is not theirs. So what is in doubt counts.
"""

import re
from collections.abc import Collection

from backend.language.en.spokesman import ROLE
from backend.language.standing import one_of

__all__ = ["answers_for_another", "answers_in_the_business"]

_PART = (
    r"(?:(?:full |first |legal |whole |own |last )?name|zip|zipcode|postal|postcode|social|ssn|last (?:four|4|name)"
    r"|digits|numbers?|code|id|pin|date of birth|birthday|birth date|dob)"
)
_DIGIT = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|double|triple|\w+teen|\w+ty|\d[\d/.:-]*)"
_STATE = (
    r"(?:not|very|so|really|too|in|on|at|with|here|hurt|fine|okay|ok|bleeding|scared|upset|crying|pregnant|home|gone"
    r"|dead|the|a|an|my|his|her|your|going|out|of|to|and|all|just|still|also|always|months|years|badly|sick|right"
    r"|outside|\w+ing|calm|shaken|alright|injured|hit|from|the one)"
)
"""Behind "is": how somebody is, and no name."""
_STORY = (
    r"(?:was|were|is|are|has|had|hit|ran|drove|and|who|did|came|got|backed|scraped|stopped|took|borrowed|phone"
    r"|cell|house|place|office|fault|birthday party|family|side)"
)
"""Behind a role: what the one did, or a thing of theirs that tells nothing of who is calling."""
_PARENT = r"(?:mom|mommy|mum|mummy|mama|dad|daddy|grandma|grandpa|nana|gran|granny)"
_MINE = rf"(?:my|our) (?:late |ex |own |elderly |old |dear )?{ROLE}"
_SOMEBODY = rf"(?:he|she|{_PARENT}|{_MINE})"
_THIS_IS = (
    r"(?:it's|it is|that's|that is|this is|those are|these are|they're|they are|that would be|that'd be|that was"
    r"|would be|are)"
)
_PAPER = (
    r"(?:card|letter|bill|envelope|papers?|statement|screen|label|sticker|invoice|form|file|certificate|licen[sc]e"
    r"|book|note|e-?mail|registration|title|sheet|bottle|passport|document|mail)"
)
_OTHERWISE = r"(?!me\b|my\b|mine\b|myself\b|i\b|us\b|both\b|you\b|so\b|that\b|the\b|here\b|to\b)"

_ANSWERS = re.compile(
    # "his name is john smith", "hers is 77002", "my husband's is two two six four", "my mom is karen miller"
    rf"\b(?:his|her|their) (?:(?:full|first|legal|whole|own) )?{_PART}\b|\b(?:hers|theirs) (?:is|are|ends)\b|^his is\b"
    rf"|\b(?:my|our) {ROLE}(?:'s|s)? (?:{_PART} )?(?:is|ends)(?: in)? (?!{_STATE}\b)[\w'-]+"
    rf"|\bmy {ROLE}'s (?:is|ends)\b|\b{_MINE}(?:'s|s) {_PART}\b"
    # "he's in the shower", "he's john smith", "she can't hear well", "dad says four eight two one"
    r"|\b(?:he|she)(?:'s| is) (?:(?:just|still|right|standing|sitting|currently|actually) )*(?:in (?:the|his|her) "
    r"(?:shower|bath\w*|other|next|back|kitchen|garden|meeting|bed)|at (?:work|school|home)|out\b|asleep|sleeping|busy"
    r"|here|next to me|away|on the phone|not (?:here|home|available|able)|unavailable)"
    rf"|\b(?:he|she)(?:'s| is) (?!{_STATE}\b)[\w'-]+ (?!{_STATE}\b)[\w'-]+"
    rf"|\b{_SOMEBODY} (?:can't|cannot|can not|couldn't|doesn't|does not|won't) (?:\w+ )?(?:hear|speak|talk|come"
    r"|remember|know|like|have|use|call|phone|deal|read)\b"
    rf"|\b(?:{_PARENT}|{_MINE}) was born\b|\bfor a friend\b|\bdivorced\b"
    rf"|^{_MINE} (?!{_STORY}\b|{_STATE}\b)[\w'-]+ (?!{_STORY}\b|{_STATE}\b)[\w'-]+$"
    rf"|\b(?:he|she) lives\b|\b{_SOMEBODY}(?:'s| is| has)? (?:just |always |also |still )*(?:says|said|told me"
    r"|telling me|tells me|gave me|wrote|writes|written|let me have|texted|whisper\w*|nodding|handed"
    r"|spell\w*|sent me|saying)\b"
    r"(?! (?:to (?:call|phone|ring|report|wait|stay|contact|hit)|(?:that )?(?:he|she|i|they|we)\b|sorry\b))"
    # "four eight two one that's his", "it's my husband's", "this is for my grandson john smith"
    rf"|\b{_THIS_IS} (?:(?:for|from|of|all|actually|really) )*(?:hers|theirs"
    rf"|(?:his|him|her)(?=$| (?:{_DIGIT}|{_PART})\b))"
    rf"|\b{_MINE}'s {_DIGIT}\b"
    rf"|\b{_THIS_IS} [\w-]+ [\w-]+'s(?=$| {_PART}\b)"
    # "wait let me ask him", "john smith i speak for him", "i do his paperwork", "i manage john smith's accounts"
    r"|\b(?:ask|speak|speaking|talk|talking|act|acting|answer|answering|care|caring|reach|representing|represent) "
    rf"(?:(?:for|to|with|of|about|after) )*(?:him|her|{_MINE})\b(?!.*\b(?:my|mine)\b.*\b(?:{_PAPER}|{_PART})\b)"
    r"|\b(?:do|doing|handle|handling|manage|managing|run|running|pay|paying|have|got|hold|holding|read|reading|use"
    r"|using|take care of|off|from|on|keep|keeping) (?:all )?(?:his|her|their|(?:[\w-]+ )?[\w-]+'s) (?:paperwork"
    rf"|affairs|things|stuff|accounts?|bills?|policy|details|info\w*|finances|books|business|phone|wallet|tax\w*"
    rf"|{_PAPER})\b(?! plate)"
    # "it says john smith", "the card says john smith", "it's registered to john smith", "that's what's on the envelope"
    rf"|(?<!my )\b(?:it|(?:the|a|an|this|that|his|her) (?:\w+ )?{_PAPER}) (?:just |only )?says (?:(?:here|on it"
    rf"|on the \w+|at the \w+) )*(?!(?:\w+ ){{0,3}}{_DIGIT}\b){_OTHERWISE}[a-z'-]{{2,}}"
    rf"|^(?!.*\b{_DIGIT}\b).+ (?:it|the \w+) says(?: (?:here|at the \w+|on (?:it|top|the \w+|here|this \w+)))*$"
    rf"|\b(?:made out|registered|addressed|issued|listed|titled|billed|belongs) (?:to|under|for|in the name of) "
    rf"{_OTHERWISE}[\w'-]+ [\w'-]+"
    rf"|\b(?:what's|what is|there's|there is|that's the name|the name) on (?:it|this|(?:the|this|that) {_PAPER})\b"
    rf"|\bon (?:the|this|that|a) {_PAPER} (?:there's|there is|it's)\b"
    rf"|\bfound (?:the|a|this|his|her|somebody's|someone's|an) (?:\w+ )?(?:{_PAPER}|wallet|purse|phone)\b"
    rf"|\b(?:off|from) (?:a|an|the|this|that) (?:letter|envelope|bill)\b"
    # "that's not me", "john smith is who i'm calling about", "mine is different", "my late wife", "the new owner of"
    r"|\b(?:that's|that is|it's|but|is|i'm|i am) not me\b|\bisn't me\b|\bmine(?:'s| is) (?:different|another)\b"
    r"|\b(?:who|whom|one|person|man|woman|lady|guy) (?:that )?i(?:'m| am) (?:calling|phoning|asking|talking) "
    r"(?:about|for)\b|\b(?:senior|sr) i(?:'m| am) (?:the )?(?:junior|jr|his|her)\b"
    rf"|\b(?:my|our|the|his|her) late {ROLE}\b|\bthe deceased\b|\b(?:he|she|who) (?:has |just |sadly |recently )*"
    r"(?:passed|died)\b|\bi(?:'m| am) the (?:new )?owner of (?!my\b|a\b|the\b|this\b|that\b)[\w'-]+"
    r"|\bthe (?:\w+ )?(?:holder|owner|customer|patient)(?:'s name)? is "
    r"(?!(?:me|my|myself|calling|speaking|on)\b)[\w'-]+"
)


_THEY_DID = re.compile(
    r"\b(?:he|she)(?:'s| is| was| had| has)?(?: (?:just|then|suddenly|also|really|still|all|so|very))* (?:\w+ing|hit"
    r"|ran|drove|backed|came|pulled|stopped|did|went|got|left|took|cut|turned|called|fell|hurt|fine|okay|ok|upset|scared"
    r"|crying|pregnant|shaken|injured|with me|the one who|in the (?:back|front)|told me to|said (?:he|she|i|to)"
    r"|asked me to)\b"
    r"|\b(?:hit|behind|beside|with|into|past|saw|passed) (?:him|her|his|hers)\b|\b(?:she her|he him)\b"
    r"|\bi(?:'m| am) (?:his|her)\b"
)
"""What somebody did, or how they are, beside an answer of one's own: "and he hit me"."""
_OF_ANOTHER = re.compile(r"\b(?:he|she|him|her|his|hers|he's|she's)\b")


def answers_for_another(said: str) -> bool:
    """Asked who is calling: do the words give somebody else's details? ``said`` is in lower case, without marks.

    Whoever speaks of "him" or "her" there, and not of what they did, may read from a card that is not theirs.
    """
    return _ANSWERS.search(said) is not None or _OF_ANOTHER.search(_THEY_DID.sub(" ", said)) is not None


def answers_in_the_business(holder: Collection[str], reasons: Collection[str]) -> re.Pattern[str]:
    """The same in the words of one business: "the owner is john smith", "it's my husband's".

    Args:
        holder: what somebody who has a record is called, in lower case.
        reasons: what callers call about: "it's my wife's bike" tells nothing of who is calling.
    """
    called, story = one_of(*holder), rf"(?:{_STORY}|{one_of(*reasons)})" if reasons else _STORY
    return re.compile(
        rf"\b{called}(?:'s {_PART}|(?:'s)? (?:is|are|was|ends in|would be) "
        r"(?!(?:me|my|myself|mine|calling|speaking|on|i|here|the one|not)\b)[\w'-]+)"
        rf"|(?:\b{_THIS_IS}|\bunder|\bfor|\bfrom|\bof|\bper|^) (?:(?:for|from|of|actually|really) )*{_MINE}(?:'s|s')?"
        rf"(?=$| (?!{story}\b))(?!.* (?:my (?:own )?(?:{_PAPER}|{_PART})|mine(?: is|'s)?(?: {_DIGIT})+)\b)"
        rf"|^{_MINE}'s?(?=$| (?:{_DIGIT}|{_PART})\b)"
    )
