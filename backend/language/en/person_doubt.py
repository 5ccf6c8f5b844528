"""English words that leave it open who it was."""

import re

from backend.language.en.kin import KIN
from backend.language.person_doubt import PersonDoubt

__all__ = ["PERSON_DOUBT"]

_ONE_OF_US = r"(?:me|us|my|our|into me|into us)"

PERSON_DOUBT = PersonDoubt(
    struck=re.compile(
        rf"\b(?:hit|rear ended|rear-ended|rearended|smashed|crashed|ran|backed|slammed|plowed|bumped|struck|sideswiped"
        rf"|cut)(?: into)?(?: off)? {_ONE_OF_US}\b(?! (?:car|truck|van)? ?(?:into|in to))"
        r"|\bdrove (?:right |straight )?into (?:me|us|my|our)\b"
    ),
    rode=re.compile(
        r"\b(?:rode|was riding|came|was|went|sat) with me\b(?! and)|\bdrove (?:me|us)\b"
        r"|\bin mine\b|\b(?:driving|drove|drives) (?:by|past|around|(?:my|his|her|their) other)\b"
        r"|\b(?:drove|driving) (?:the other\b|(?:behind|ahead of|in front of|next to) (?:me|us)\b)"
    ),
    stood=re.compile(
        r"\b(?:at|by|in front of) (?:a|the) (?:red |stop )?(?:light|lights|sign|stop)\b|\bin traffic\b"
        # "nobody, i was on my bike": who was on the way by other means had no empty thing standing there
        r"|^(?!.*\bparked\b).*\bi (?:was|am) (?:\w+ ){0,2}?(?:riding|cycling|biking|walking|crossing|on foot"
        r"|on (?:my|a|the) (?:\w+ )?(?:bike|bicycle|cycle|scooter|e-?bike|horse|skateboard|skates))\b"
    ),
    always=re.compile(r"\b(?:always|usually|normally|most of the time|mostly|last time|the other day)\b"),
    heard=re.compile(
        r"\b(?:they|he|she|people|police|cops?|officers?|report|somebody|someone)"
        r"(?: all| just| now)? (?:say|says|said|think|thinks|thought|claims?|claimed|told|wrote|tells)\b"
        rf"|\bmy (?:{'|'.join(sorted(KIN))}) (?:says?|said|claims?|claimed|thinks?|thought|told)\b"
    ),
    denied=re.compile(r"\bbut (?:it|i|he|she|that) (?:wasn't|was not|didn't|did not|isn't|weren't)(?: (?:me|true))?$"),
    turns=re.compile(
        r"\bi (?:drove|was driving)\b.*\btook over\b|\bi drove\b.*\b(?:he|she|they) drove\b|\bfirst half\b"
        r"|\b(?:took|taking) turns\b|\blet (?:him|her|them)\b"
        r"|\b(?:he|she|they|my \w+) (?:had |has |just )?(?:lent|loaned|lends|loans|gave|gives|handed|rented|sold)"
        r" (?:it|his|her|their|my|the|our|a|him|them)\b(?! ride| lift)"
    ),
    pair=re.compile(r"\band (?:his|her|their) (?!car|truck|license|name)\w+$"),
)
"""The rule of doubt for English people."""
