"""Callers who speak for somebody else: a wife, a carer, an executor, in words that name the other one.

Who is taken for one by mistake can still leave a report or come to a person; who is not would be let into a record that
is not theirs. So what is in doubt counts.
"""

import re

from backend.language.en.third_parties import is_a_third_party
from backend.language.tokens import words

__all__ = ["ROLE", "denies_to_be", "speaks_for_another"]

_GRAND = r"grand(?:son|daughter|mother|father|ma|pa|mom|dad|child|kid|parents?)"
_KIN = (
    r"(?:wife|husband|spouse|partner|girlfriend|boyfriend|fianc\w+|(?:step)?(?:son|daughter|mother|father|mom|mum|dad)"
    rf"|parents?|{_GRAND}|boss|client|employer|hubby|missus|ex|(?:better|other) half)"
)
ROLE = (
    r"(?:wife|husband|spouse|partner|girlfriend|boyfriend|fianc\w+|(?:step)?(?:son|daughter|mother|father|mom|mum|dad)"
    rf"|brother|sister|parents?|{_GRAND}|nephew|niece|uncle|aunt|cousin|in-law|neighbou?r|friend|roommate|colleague"
    rf"|boss"
    r"|employee|employer|broker|agent|attorney|lawyer|assistant|secretary|carer|caregiver|caretaker|guardian|landlord"
    r"|mechanic|hubby|missus|ex|widow|widower|executor|trustee|accountant|bookkeeper|nurse|representative"
    r"|mommy|mummy|daddy|mama|nana|nan|gran|granny|gramps|auntie|stepparent"
    r"|(?:better|other) half|translator|interpreter|paralegal|butler|valet|bodyguard|(?:social|case|support) worker"
    r"|(?:personal|virtual) assistant|power of attorney)"
)
"""What somebody may be to the one whose record it is."""
_I_AM = r"(?:i'?m|i am|this is|it'?s|it is|speaking as|you're speaking (?:to|with)|you are speaking (?:to|with))"
_ACTS = r"(?! (?:was|were|is|has|had|drove|hit|ran|who|and|myself|by (?:trade|profession|training))\b)"
"""Behind a role: somebody who did something and is not the caller, or what a caller is to nobody in particular."""
_NOT_A_NAME = (
    r"(?!(?:my|with|and|was|were|at|in|on|calling|not|here|hit|to|for|by|of|is|about|asked|told|the driver)\b)"
)
_TITLE = r"(?:mr|mister|mrs|missus|ms|miss|dr|doctor)\b"
_PRONOUN = r"(?:him|her|them)"
_DETAILS = r"(?:details|info|information|numbers?|name|zip|social|account|contract|record)"

_FIRM = r"(?:agency|agencies|brokers?|brokerage|law (?:firm|office|group)|attorneys?|assurance|underwriters|dealership)"
_TRADE = (
    r"(?:tow(?:ing)?(?: truck)? (?:driver|operator|guy|man)|tower|repairman|repair guy|body man|locksmith|estimator"
    r"|appraiser|adjuster|investigator|landlord|paramedic|mechanic)"
)
"""Who has to do with what happened, and is not the one whom it happened to."""
_STATE = (
    r"(?:not|very|so|really|too|in|on|at|with|here|hurt|fine|okay|ok|bleeding|scared|upset|crying|pregnant|home|gone"
    r"|dead|the"
    r"|a|an|my|his|her|your|going|coming|driving|out|of|to|and|all|just|still|also|always|months|years|badly|sick"
    r"|right|outside)"
)
"""Behind "is": how somebody is, and no name."""
_I_NAME = (
    r"(?:i'm|i am|it's)(?! (?:calling|covered|\w{4,}ed|here|at|on|in|a|an|the|not|just|still|stuck|from|with|having"
    r"|so)\b)"
)

_SIGNS = (
    # "john smith's wife", "i'm john smiths wife", "wife of john smith", "his wife"
    rf"(?<!my )\b(?!(?:my|{ROLE})\b)(?!{ROLE}'s)[\w-]+'s {ROLE}\b{_ACTS}",
    rf"\b{_I_AM} (?:{_NOT_A_NAME}[\w'-]+ ){{1,3}}{ROLE}\b{_ACTS}",
    rf"\b{ROLE} of (?!(?:mine|ours|my|the)\b)",
    rf"^(?:(?:yes|no|well|i'?m|it'?s|this is) )*(?:his|her|their) {ROLE}\b{_ACTS}",
    # "john smith is my husband", "she's my wife", "karen miller my wife", "married to john smith"
    r"(?<!driver)(?<!passenger)(?<!witness)(?<!other)(?<!one)(?<!guy)(?<!man)(?<!woman)(?:'s| is| was)"
    rf" my {_KIN}\b(?!'s)",
    rf"^(?:{_NOT_A_NAME}[\w'-]+ ){{2,4}}my {_KIN}$",
    r"\bmarried to (?!my\b)",
    # "i have power of attorney", "on john's behalf", "i take care of john", "she can't come to the phone"
    r"\bpower of attorney\b|\bon (?:his|her|their|[\w-]+(?: [\w-]+)?'s) behalf\b",
    r"\bpassed away\b|\b(?:is|was) deceased\b",
    r"\b(?:he|she) asked me to (?:call|phone|ring|report)(?! (?:my|the|a|an)\b)",
    r"\b(?:take care of|look after|caring for) (?!(?:my|it|this|that|the|myself|everything|business)\b)",
    rf"\bi work for (?:{_TITLE}|{_PRONOUN}\b|(?!(?:a|an|the|my|our|myself)\b)[\w'-]+ [\w'-]+)",
    r"\b(?:he|she|they) (?:can't|cannot|can not|couldn't|isn't able to|is not able to|is unable to|is too \w+ to)"
    r" (?:talk|speak|come to the phone|call)\b",
    rf"\b(?:speaking|calling|call) for (?:{_TITLE}|{_PRONOUN}\b)|\bspeaking for (?!(?:a|an|the|me|myself)\b)",
    r"\bcalling for (?!(?:a|an|the|my|our|some|more|me|myself|this|that|it|what|help|roadside|information)\b)"
    r"[\w'-]+(?: (?!(?:assistance|service|help|support|repairs?|damage)\b)[\w'-]+)?$",
    # "i'm not him", "with my wife's details"
    rf"\bi(?:'m| am) not {_PRONOUN}\b|\bi(?:'m| am) not [\w'-]+(?: [\w'-]+)? but i (?:have|know|got)\b",
    rf"\bmy {_KIN}'?s {_DETAILS}\b",
    # "my roommate's card", "what he pays", "the address you have for karen miller"
    rf"\b(?:my|a|the) {ROLE}'?s (?:[\w'-]+ )?(?:card|paperwork|statement|coverage|deductible|premium|balance|wallet)\b"
    r"(?!.*\b(?:hit|damaged|stole|found in my)\b)",
    r"\bwhat (?:he|she|they) (?:pays?|owes?|has on file|have on file|is paying|are paying|gets charged)\b",
    # "this is pat from wells agency", "i have john smith on the line", "my client", "i'm tim, my mom is ann lee"
    rf"\b(?:this is|my name is|{_I_NAME}) (?:[\w'-]+ ){{1,2}}(?:from|at|with|of"
    rf"|over at) (?:the )?(?:(?!your\b)[\w&'-]+ ){{0,4}}"
    rf"{_FIRM}\b",
    rf"\b(?:i'm|i am|we're|calling) (?:here )?(?:with|from|at) (?:the )?(?!(?:your|my|a|an|this"
    rf"|that)\b)(?:[\w&'-]+ ){{0,3}}{_FIRM}\b",
    r"\b(?:i have|i've got|i got|got) (?!(?:my|a|an|the|another|some|no|your|somebody|someone"
    r"|you)\b)[\w'-]+(?: [\w'-]+)? (?:right |here )*"
    r"(?:on (?:the other line|the line|hold|the phone)|here with me|sitting here)\b",
    r"\b(?:my|our) clients?(?:'s)?\b",
    r"\b(?:we|i) (?:(?:now|here|also|am|are) )*(?:represent|representing|act for|acting for)"
    r" (?!(?:myself|ourselves|me|us)\b)[\w'-]+",
    r"\b(?:this is|you're speaking (?:to|with)|on behalf of) (?:the )?"
    r"(?!(?:about|for|my|not|a|an|because|after|regarding|to|in|at)\b)"
    rf"(?:[\w&'-]+ ){{0,3}}?{_FIRM}\b",
    # "i'm the tow truck driver", "it's the bank that holds the loan", "i got john smith's things here"
    rf"\b(?:i'm|i am|this is|it's) the (?:[\w'-]+ ){{0,2}}?{_TRADE}(?!'s)\b{_ACTS}(?! (?:hit|told|said|door|lot)\b)",
    r"\b(?:this is|it's) the (?:[\w'-]+ )?(?:bank|lender|hospital|clinic|impound lot|shop|garage|\w+ company)"
    r"(?=$| (?:calling|speaking|here|that (?:holds|has|did|does)|which)\b)",
    r"\b(?:i|we)(?:'ve)? (?:got|have|am holding|are holding) "
    r"(?!(?:my|our|the|a|an|this|that|her|his|your)\b)[\w-]+ [\w-]+'s [\w-]+"
    r" (?:(?:right|over) )?(?:here|in|on|at|with)\b",
    rf"\b(?:this is|my name is"
    rf"|{_I_NAME}) (?:[\w'-]+ ){{1,2}}(?:and )?my {_KIN}(?:'s name)? is (?!{_STATE}\b)[\w'-]+ (?!{_STATE}\b)[\w'-]+$",
)
_OFFICE = (
    r"(?:officer|detective|sergeant|lieutenant|deputy|trooper|sheriff|constable|inspector|investigator|special agent"
    r"|paramedic|nurse|attorney|counselor)"
)
_INSIDE = r"(?:department|desk|office|team|side|division|unit|center|staff)"
_HOUSE = (
    r"(?:pharmacy|drugstore|hospital|clinic|hospice|police(?: department)?|sheriff's (?:office|department)|fire"
    r" department"
    r"|(?:body|repair) shop|towing|bank|credit union|collections|school|court|(?!the\b)[\w'-]+ (?:center|group|office)"
    r"|chiropractic|(?:physical )?therapy|rentals|property management|logistics|associates|incorporated|inc|llc)"
)
"""Ends the name of a house whose people call about others."""
_SMALL = (
    r"(?!(?:a|an|the|my|our|your|his|her|their|this|that|it|about|for|in|at|on|by|to|of|from|near|where|what|how|when"
    r"|because|after|regarding|not|is|was|and|just|i|we)\b)"
)
_BRANCH = (
    r"(?:(?:tech|technical|customer|it) support|security|compliance|fraud(?: prevention)?|accounting|billing"
    r"|collections|corporate|headquarters|head office|audit|human resources|hr|customer (?:care|service)|it|i t)"
)
_NAMED = r"(?!(?:just|also|then|already|never|even|has|is|was|and|or|who|to|had|really|actually|kindly)\b)[\w'-]+"
_OFFICIAL = (
    # "i'm translating for my grandmother", "my boss john smith asked me to report it", "my husband john smith died"
    r"\b(?:translat\w+|interpret\w+)(?: [\w']+){0,2}? for (?!(?:you|me|myself|us)\b)[\w'-]+",
    rf"\b(?:i'm|i am) (?:here )?(?:helping|assisting) (?:my|an?|our|the|out my) {ROLE}\b(?! (?:move|pack|park|look)\b)",
    rf"\bmy {ROLE} (?:{_NAMED} ){{1,2}}(?:asked|told|wants|wanted|needs|sent) me\b",
    r"\basked me to (?:call|phone|ring|report|file|tell) [\w' ]*\b(?:his|her|their)\b",
    rf"\bmy {_KIN} (?:{_NAMED} ){{1,2}}(?:died|was killed|got killed|is dead|has died|passed)\b",
    # "this is officer daniels", "it's jim from your claims department", "i work here", "pull up karen miller for me"
    rf"\b(?:this is|i'm|i am|it's|my name is) {_OFFICE} (?!(?:and|who|at|in|on|or|but|i|with|for|by)\b)[\w'-]+",
    rf"\b(?:from|with|in|at) your (?:own )?(?:[\w'-]+ ){{0,2}}?{_INSIDE}\b"
    r"(?! (?:told|said|called|that|wrote|sent|who|about)\b)",
    r"\bi work (?:for you|with you|here|in your [\w']+)\b",
    r"(?<!on an )(?<!on a )\b(?:internal|staff|employee|intercompany) (?:call|access|override|transfer)\b",
    r"\b(?:i'm|i am|this is) (?:an? |the |your )?(?:(?:system|network|database|your) (?:admin|administrator|developer"
    r"|technician)|admin|administrator)\b|\b(?:i'm|i am|this is) (?:an? |the |your )?(?:supervisor|employee|auditor"
    r"|adjuster|staff member|colleague)(?=$| (?:here|calling|with you|at your|of yours|override)\b)",
    # "officer daniels here", "this is the fraud team", "this is main street pharmacy", "kevin from it"
    rf"^(?:(?:hi|hello|hey|yes|good|morning|afternoon|evening) )*{_OFFICE} [\w'-]+(?: [\w'-]+)? (?:here|speaking"
    rf"|calling)\b",
    r"\b(?:this is|it's|you're speaking (?:to|with)) the (?!fire\b)(?:[\w'-]+ ){1,2}?(?:department|team)\b"
    r"(?! (?:that|who|which|of|where|hit|ran|came|said|told)\b)",
    rf"\b(?:this is|you're speaking (?:to|with)) (?:{_SMALL}[\w&'-]+ ){{1,3}}?{_HOUSE}\b",
    rf"\b(?:this is|my name is|it's) (?!(?:far|apart|away|different|aside|not|back|all|only|just|still)\b)[\w'-]+"
    rf"(?: [\w'-]+)? (?:from|with|at|over at|in) (?:the )?{_BRANCH}\b(?! (?:just|only|when|hit|ran|was|happened)\b)",
    r"\b(?:i|we) (?:just )?(?:found|recovered|picked up) (?!(?:my|our|the|a|an|this|that|her|his|your)\b)[\w-]+"
    r" [\w-]+'s\b",
    r"\b(?:pull|bring|look|open)(?: me)? up (?!(?:my|our|the|a|an|your|this|that|it|to|and|at|in|on|behind|beside|next"
    r"|here|there|for|if|what|how|something|anything)\b)[\w'-]+ [\w'-]+(?: for (?:me|us))\b",
)
"""Who calls in an office, or says to be one of the house, is not the one whose record it is."""
_SPEAKS = re.compile("|".join((*_SIGNS, *_OFFICIAL)))


_CONFESSES = (
    r"(?:actually|really|honestly|in fact|to be honest|(?:the )?truth|i lied|i (?:should|must|have to) (?:say|admit)"
    r"|full disclosure|between us|look|listen)"
)
"""Before "I'm his brother": it is not what was said before."""


def speaks_for_another(said: str) -> bool:
    """Do the words say that the record is another one's? ``said`` is in lower case, without marks."""
    return _SPEAKS.search(said) is not None or is_a_third_party(said)


def denies_to_be(text: str, name: str) -> bool:
    """Does a caller who passed for ``name`` now say to be somebody else: "i'm actually his wife", "i'm not John"?

    "I'm his mother" alone does not: a holder says so of somebody of theirs.
    """
    said, names = " ".join(words(text)), words(name)
    if not names:
        return False
    own = rf"(?:{'|'.join(map(re.escape, names))})"
    whose = rf"(?:(?:actually|really|in fact) (?:his|her)|(?:{own} )?{own}'?s)"
    role = (
        rf"\b(?:i'm|i am|this is|speaking) (?:(?:actually|really) )?{whose} {ROLE}\b{_ACTS}"
        rf"|\b{_CONFESSES} (?:that |is )?(?:i'm|i am|this is) (?:(?:only|just) )?(?:his|her) {ROLE}\b{_ACTS}"
    )
    denied = rf"\bi(?:'m| am) (?:(?:actually|really) )?not (?:{own}|him|her|(?:the )?(?:\w+ )?\w*holder)\b"
    return re.search(f"{role}|{denied}", said) is not None
