"""English words that give a day, a time, a sum or a number to something else than what was asked for."""

import re

from backend.language.attribution import Attribution

__all__ = ["ATTRIBUTION"]

_COMING = r"(?:came|come|comes|got|gets|gets?|arrived|showed|pulled|turned|left|leaves|took|finished|finally)"
_OTHERS = r"(?:police|cops?|officers?|ambulance|paramedics?|firemen|firefighters|tow|help|the guys)"
_HELPERS = rf"\b{_OTHERS} (?:\w+ ){{0,3}}?{_COMING}\b"
_LATER = (
    r"\b(?:i|we|she|he|they) (?:had |just |only |first |finally )*(?:noticed|discovered|found (?:it|out|this|that)"
    r"|saw (?:it|that|this|the)|got (?:the|a|an|my|your|this) (?!call|hit)\w+|received|bought|sold"
    r"|picked (?:it|them) up|moved|realized)\b"
)
_WISH = r"\b(?:call me|can you|could you|(?:i|we) (?:have|need|got|want) (?:to|it|this)|supposed to|due|by)\b"
_COMING_AND_GOING = (
    r"\b(?:i|we|she|he) (?:had |just |only )*(?:left|leave|got (?:home|up|off|out|there|back|here)|get off|woke|start"
    r"|started|begin|finish|finished|called|clock|ordered|texted|reported)\b"
)
_HOURS = (
    r"\b(?:my|our|the|his|her) \w+ (?:starts?|started|begins?|began|opens?|opened|closes?|closed|ends?|ended|leaves"
    r"|departs|expires?|expired|renews?|renewed)\b|\b(?:starts|begins|opens|closes|ends)\b"
)
_COSTS = (
    r"\b(?:worth|salary|rent|fine|ticket|premium|deposit|deductible|excess|down payment)\b"
    r"|\boffer(?:ed|ing|s)?\b"
    r"|\b(?:i|we|he|she|they) (?:bought|sold|make|earn|owe|owed)\b|\bpaid\b.* for\b"
)
_OTHER_NUMBERS = (
    r"\b(?:claim|order|account|case|confirmation|reference|social|credit|debit|member|membership|customer|ticket|report"
    r"|invoice|serial|routing|phone|cell|fax|badge|unit|gate|room|zip|area|policy|card|pin|license|licence|plate)"
    r"(?= (?:number|no|code|id|card)\b)|\b(?:ssn|social security|vin|pin|cvv|expires?|expired|expiration|expiry)\b"
    r"|\bon the back\b|\bfirst (?:few|two|three|four|five|six)\b"
)
"""Numbers by name, of which only one was asked for."""
_IT = "thing things event incident accident one ones whole call"

ATTRIBUTION = Attribution(
    links=frozenset("is was are were".split()),
    openers=frozenset("my our his her their your the a an".split()),
    joints=frozenset(
        "and but so because cause when while since though although then who which where if until till after before"
        " as".split()
    ),
    subjects=frozenset("i we it he she they that".split()),
    again=frozenset("is was happened hit".split()),
    own={
        "date": frozenset(f"{_IT} date day night morning afternoon evening weekend answer last first".split()),
        "time": frozenset(f"{_IT} time hour clock answer last first sun moon".split()),
        "money": frozenset(
            f"{_IT} damage damages total amount cost price figure estimate estimates quote bill sum answer repair"
            " repairs".split()
        ),
        "digits": frozenset(f"{_IT} number numbers digits digit last final four ending answer id".split()),
        "code": frozenset(
            f"{_IT} number numbers code id answer reg registration plate plates policy card tag license licence"
            " reference prefix letters letter digits beginning start end ending rest".split()
        ),
        "postal_code": frozenset(f"{_IT} code zip number postcode postal answer new current".split()),
    },
    acts={
        "date": re.compile(f"{_HELPERS}|{_LATER}|{_WISH}|{_HOURS}"),
        "time": re.compile(f"{_HELPERS}|{_LATER}|{_WISH}|{_COMING_AND_GOING}|{_HOURS}"),
        "money": re.compile(_COSTS),
    },
    names=dict.fromkeys(("digits", "code", "postal_code"), re.compile(_OTHER_NUMBERS)),
)
"""The rule of whose value it is, in English."""
