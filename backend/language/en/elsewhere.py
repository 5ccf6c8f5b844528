"""Harm that is over, or could not reach them, in English: of another day, or to what nobody was in."""

import re

from backend.language.en.kin import KIN
from backend.language.shut_in import ShutIn

__all__ = ["ELSEWHERE", "GOES_ON", "GOT_OUT", "LED_BY_NO", "OVER"]

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_PLACE = (
    r"(?:house|apartment|store|shop|office|building|bank|restaurant|church|mall|hotel|kitchen|bedroom|gym|movies?|work"
    r"|school|home|bed)"
)
OVER = re.compile(
    r"^(?!.*\b(?:still|now|is|are|am|has|have|keeps?|since|been|dead|died|dying|killed|[a-z]+'(?:s|m|re|ve)"
    r"|can't|cannot|help|got (?:trapped|stuck|pinned|wedged|caught))\b)"
    r"(?=.*\b(?:caught|was|were|got|had|went|passed|knocked)\b)"
    rf".*\b(?:yesterday|the other (?:day|night)|last (?:night|week|weekend|month|year|{_DAY})|on {_DAY}"
    r"|[\w-]+ (?:days?|nights?|weeks?|months?|years?) ago)\b"
)
"""Said of the past alone: "caught fire last night", not "she's been unconscious since yesterday"."""
GOES_ON = re.compile(
    r"\b(?:still|now|help|woken|(?:has|have|is|are|does|was|ca|wo|did)n't|cannot|keeps?|he's|she's|they're|it's)\b"
)
"""Beside it, in the same breath: "passed out last night and hasn't woken up"."""
ELSEWHERE = re.compile(
    r"^(?!.*\b(?:know|sure|idea|clue|think|maybe|wait|but|someone|somebody)\b)"
    r".*\b(?:it was (?:just )?(?:sitting|standing) (?:there|outside|in|on)\b"
    r"|(?:i|we|they|everyone|everybody|all of us|both of us) (?:was|were|had been) (?:(?:all|both|just|still|safe) )*"
    rf"(?:(?:inside|in|at) (?:(?:the|my|our|a|his|her) )?{_PLACE}|home|indoors|upstairs)\b)"
)
"""Who was there is not said to be well: something may have come into the house."""
LED_BY_NO = re.compile(r"\W*(?:(?:oh|uh|um|well)\W+)?(?:no|nope|nah)\b(?! (?:one|way)\b)")
"""The words as they were said, in small letters: "no, we were inside the house"."""
_AT_LAST = r"(?:(?:finally|then|just|both|all|eventually|managed to|was able to|were able to) )*"
_FREED = r"(?:got|get|pulled|cut|dragged|lifted|let|helped|took|carried|pried)"


def _out(whom: str, who: str, was: str) -> re.Pattern[str]:
    """Somebody is out: as whom others got them, as who did it, and with which verb it was done to them."""
    return re.compile(
        rf"\b{_FREED} {whom} (?:all |both )?(?:out|free|loose)\b|\b(?:freed|rescued) {whom}\b"
        rf"|\b{who} {_AT_LAST}(?:got|get|climbed|climb|crawled|crawl|came|{was} {_AT_LAST}(?:pulled|cut|let|taken"
        rf"|lifted)) (?:myself |ourselves )?(?:out|free|loose)\b|\b{who} {was} {_AT_LAST}(?:freed|rescued)\b"
    )


GOT_OUT = ShutIn(
    held=re.compile(r"trapped|pinned|stuck (?:in|inside|under)"),
    own=re.compile(r"\b(?:i|we|me|us|myself|both of us|all of us)\b"),
    others=re.compile(
        rf"\b(?:he|she|they|him|her|them|(?:my|our|his|her) (?:{'|'.join(sorted(KIN))})"
        r"|(?:the|an?|this|that|some) (?:[\w'-]+ )?(?:man|men|woman|women|guys?|lady|ladies|boy|girl|kids?|child"
        r"|children|people|person|family|one))\b"
    ),
    own_out=_out(r"(?:me|us|(?:all|both) of us|everyone|everybody)", "(?:i|we)", "(?:was|were)"),
    others_out=_out("(?:him|her|them)", "(?:he|she|they)", "(?:was|were)"),
    lasts=re.compile(
        r"\b(?:still|can't|cannot|won't|isn't|aren't|help|hurry)\b"
        r"|\b(?:is|are)\b(?! (?:all |both |just )?(?:fine|okay|ok|good|alright|all right|safe|home|well)\b)"
    ),
)
"""Was somebody only held fast, and is out: "trapped for an hour but they got me out"?"""
