"""Callers who speak for somebody else: a wife, a carer, an executor, in words that name the other one.

Who is taken for one by mistake can still leave a report or come to a person; who is not would be let into a record that
is not theirs. So what is in doubt counts.
"""

import re

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
    r"|(?:better|other) half)"
)
"""What somebody may be to the one whose record it is."""
_I_AM = r"(?:i'?m|i am|this is|it'?s|it is|speaking as|you're speaking (?:to|with)|you are speaking (?:to|with))"
_ACTS = r"(?! (?:was|were|is|has|had|drove|hit|ran|who|and)\b)"
"""Behind a role: somebody who did something, and is not the caller."""
_NOT_A_NAME = (
    r"(?!(?:my|with|and|was|were|at|in|on|calling|not|here|hit|to|for|by|of|is|about|asked|told|the driver)\b)"
)
_TITLE = r"(?:mr|mister|mrs|missus|ms|miss|dr|doctor)\b"
_PRONOUN = r"(?:him|her|them)"
_DETAILS = r"(?:details|info|information|numbers?|name|zip|social|account|contract|record)"

_FIRM = r"(?:agency|agencies|brokers?|brokerage|law (?:firm|office|group)|attorneys?|assurance|underwriters|dealership)"
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
    rf"\b(?:this is|my name is"
    rf"|{_I_NAME}) (?:[\w'-]+ ){{1,2}}(?:and )?my {_KIN}(?:'s name)? is (?!{_STATE}\b)[\w'-]+ (?!{_STATE}\b)[\w'-]+$",
)
_SPEAKS = re.compile("|".join(_SIGNS))


def speaks_for_another(said: str) -> bool:
    """Do the words say that the record is another one's? ``said`` is in lower case, without marks."""
    return _SPEAKS.search(said) is not None


def denies_to_be(text: str, name: str) -> bool:
    """Does a caller who passed for ``name`` now say to be somebody else: "i'm actually his wife", "i'm not John"?

    "I'm his mother" alone does not: a holder says so of somebody of theirs.
    """
    said, names = " ".join(words(text)), words(name)
    if not names:
        return False
    own = rf"(?:{'|'.join(map(re.escape, names))})"
    whose = rf"(?:(?:actually|really|in fact) (?:his|her)|(?:{own} )?{own}'?s)"
    role = rf"\b(?:i'm|i am|this is|speaking) (?:(?:actually|really) )?{whose} {ROLE}\b{_ACTS}"
    denied = rf"\bi(?:'m| am) (?:(?:actually|really) )?not (?:{own}|him|her|(?:the )?(?:\w+ )?\w*holder)\b"
    return re.search(f"{role}|{denied}", said) is not None
