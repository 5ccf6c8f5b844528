"""Arms, shots and intruders, and what arms have done, in English."""

import re

from backend.language.hinted import part

__all__ = ["ASSAULT", "LONG_AGO"]

_KIN = (
    r"(?:wife|husband|partner|son|daughter|mother|father|mom|mum|dad|brother|sister|friend|mate|kid|boyfriend"
    r"|girlfriend|neighbor|neighbour|boss|colleague)"
)
_DEADLY = r"(?:guns?|pistols?|rifles?|shotguns?|knife|knives|machetes?|blades?|weapons?)"
_HIM = r"(?:me|us|him|her|them|people|everyone|my (?:\w+ )?" + _KIN + ")"
ASSAULT = part(
    r"\b(?:he's|she's|they're|he is|she is|they are|guy's|man's) armed\b|\barmed (?:men|man|robbers?|people"
    r"|guys?|gang)\b"
    rf"|\b(?:they've|they have|they|he's|she's|lads|men|guys|kids|robbers) (?:all )?(?:got|have|has|with|carrying) "
    rf"(?:a |an )?{_DEADLY}\b(?! (?:shops?|stores?|range|safes?|block|rack|licen[sc]e|permit|for sale))"
    rf"|\b(?:bloke|lads?|man|men|guy|guys|woman|kid|kids|person|someone|somebody) (?:(?:here|there|outside"
    rf"|inside|right) )*"
    rf"with (?:an? )?(?:[\w']+ )?{_DEADLY}\b"
    r"|\b(?:someone's|somebody's|someone is|somebody is|he's|they're|people are) (?:(?:just|trying|still|to|now) )*"
    r"(?:breaking in|break in)\b"
    # "there's somebody in the house" lets a technician in; "somebody in my house", and no more, is afraid
    r"|\bthere's (?:an intruder|a burglar|a stranger|(?:somebody|someone)(?= (?:in|inside) my [a-z]+$)) "
    r"(?:(?:still|right|down|up) )*(?:in|inside) (?:my|the|our) (?:house|flat|home|apartment|bedroom|kitchen)\b"
    r"|\b(?:hear|hearing) (?:\w+ )?(?:gunshots|gunfire|shots|shooting)\b"
    rf"|\b(?:i've|he's|she's|we've|they've|somebody's|someone's|my (?:\w+ )?{_KIN}'s|i have|i just|he just|she just)"
    r" (?:just )?(?:been|got|gotten) (?:stabbed|shot|knifed|slashed)\b(?! (?:at|in the foot by|down))"
    rf"|\b{_KIN}(?:'s| is| keeps) (?:hitting|beating|strangling|punching|choking) {_HIM}\b(?! up\b)"
    r"|\b(?:i've |i |he's |she's )?(?:just )?(?:cut|slit|slashed) (?:my|his|her) wrists\b"
    r"|\b(?:swallowed|drank|drunk) (?:some |the )?(?:bleach|antifreeze|poison|drain cleaner|weed ?killer|batteries"
    r"|a battery)\b",
    "armed|gun|pistol|rifle|knife|kniv|machete|blade|weapon|breaking|break in|house|flat|apartment|home|bedroom|kitchen"
    "|shot|stabbed|knifed|slashed|hitting|beating|strangling|punching|choking|wrists|bleach|antifreeze|poison|cleaner"
    "|killer|batter|shooting",
)
"""Said in one clause; told as over (:data:`LONG_AGO`) it is none."""
LONG_AGO = re.compile(r"\b(?:yesterday|ago|last (?:year|month|week|night)|years?|once|when i was|movie|film)\b")
