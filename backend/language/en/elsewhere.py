"""Harm that is over, or could not reach them, in English: of another day, or to what nobody was in."""

import re

__all__ = ["ELSEWHERE", "GOES_ON", "LED_BY_NO", "OVER"]

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
