"""Words that random English answers are made of: numbers, days, times, letters, signs and chatter."""

WORDS = (
    "zero oh one two three four five six seven eight nine ten eleven twelve thirteen fifteen twenty thirty forty "
    "ninety hundred thousand million double triple first second third fourth thirtieth 1 7 12 19 31 60601 2026 1999 "
    "8.15 4:30 11/12 13/13/13 3rd 31st $95 £20 monday tuesday friday sunday january february november may march "
    "christmas easter yesterday today tomorrow ago last next this past week weeks month year day days night morning "
    "evening noon midnight half quarter past to of the a an in on at am pm oclock around about between before after "
    "not no wait sorry i mean maybe or and but actually like alpha bravo a b c l p s t z as in dot dash underscore "
    "at gmail com dollars cents quid grand car truck mine me my other another both only none nobody please hold on "
    "why what person human , . ... ? - plus "
).split()
