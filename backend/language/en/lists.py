"""Lists that no business owns, for the signs of a store: ``@person``, ``@danger``, ``@greeting``."""

__all__ = ["LISTS"]

_TALK = "talk|speak|talking|speaking|put me through|connect me|transfer me|get me|give me|reach"
_HUMAN = (
    "person|human|human being|somebody|someone|agent|representative|rep|operator|real person|live person|colleague"
    "|colleagues|agents|manager|supervisor|customer service|adviser|advisor|live one|receptionist|people|staff member"
)

LISTS: dict[str, str] = {
    "talk": _TALK,
    "human": _HUMAN,
    "danger": (
        "bleed*|can't breathe|cannot breathe|can not breathe|not breathing|isn't breathing|unconscious|passed out"
        "|trapped|on fire"
        "|flame*|burning|smoke|heart attack|chest pain*|seizure|choking|drowning|not respond*"
        "|isn't respond*|unresponsive|won't wake|not waking|doesn't wake|stopped breathing|call an ambulance"
        "|need an ambulance|need paramedics|send help|call 911|dying|pinned|in labor|gas leak|smell gas|gun|stabbed"
        "|badly hurt|seriously hurt|can't get out|cannot get out|can't feel|can't stop the bleeding|shot|having a"
        " stroke"
        "|emergency"
    ),
    "greeting": "hello|hi|hey|good morning|good afternoon|good evening|good day",
}
"""Alternatives, as in a sign."""

VAGUE = frozenset(
    "hello hi hey good morning afternoon evening day how are you um uh er yes yeah okay ok well so please thanks thank "
    "can could help me i need some a an the have question it it's is about something with this to and there anybody "
    "anyone my sir ma'am miss doing today what that i'm i'd like would want calling call for matter just".split()
)
"""Words that say nothing of what somebody calls for."""
