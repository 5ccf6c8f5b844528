"""A place that is about to harm somebody, in English: water that rises, a live wire, a drop, a child shut in."""

from backend.language.hinted import part

__all__ = ["HAZARD", "RISING", "SHUT_IN"]

_CHILD = (
    r"(?:baby|babies|toddler|infant|newborn|kid|kids|child|children|son|daughter|grandson|granddaughter|grandbaby|twins"
    r"|little (?:one|boy|girl)|boy|girl|two year old|three year old|one year old|grandma|grandmother|mother)"
)
_GROWN = r"(?:he|she|they|somebody|someone|people|wife|husband|partner|man|woman|friend|dad|mom|father)"
_WIRE = r"(?:(?:live|electric|electrical|power|downed|high voltage|utility) )?(?:wires?|cables?)"
_LINE = r"(?:live|electric|electrical|power|downed|high voltage|utility) (?:wires?|cables?|lines?)"
HAZARD = part(
    r"\b(?:ceiling|roof|tree|wall|pole|ladder|shelf|bookcase|beam|scaffolding) (?:(?:has|just|all"
    r"|is) )*(?:came|come|fell"
    rf"|fallen|collapsed|lying) (?:down )?(?:right )?on (?:top of )?(?:me|us|him|her|them"
    rf"|my (?:{_CHILD}|{_GROWN}|mum))\b(?!'s)(?! .*\b(?:ago|last|yesterday)\b)|"
    r"\b(?:water|river|creek|lake|flood|tide|stream)(?: level)?(?:'s| is| keeps)? (?:(?:still|now|slowly|fast|really"
    r"|just"
    r"|already) )*(?:rising|coming (?:up|in|inside|through|higher)|getting (?:higher|in|deeper|inside)|pouring (?:in"
    r"|through)|rushing (?:in|past)|filling|up to (?:my|our|the (?:doors?|seats?|windows?|dash\w*)))"
    r"(?! .*\b(?:when(?:ever)?|every time|each time) (?:it|i|we)\b)"
    r"|\b(?:i'm|we're|it's|i am|we are|\w+ is|\w+'s) (?:(?:still|now|slowly|just) )*(?:sinking|going under|under ?water"
    r"|floating away|filling (?:up )?with (?:water|smoke)|being swept|getting swept|submerged)\b"
    rf"|\b(?:{_WIRE}|{_LINE}|transformer)(?: [\w']+){{0,3}}? (?:sparking|arcing|sparks|buzzing|smoking|on fire)\b"
    rf"|\b(?:there's|there is|there are|is|are|'s) (?:an? |some |the )?(?:[\w']+ )?{_LINE} (?:[\w']+ ){{0,3}}?(?:on"
    rf"|across"
    rf"|over|touching|against|under|wrapped) (?:(?:top of|around) )?(?:me|us|my|our|it)\b"
    rf"|\b{_LINE} (?:is|are|'s) (?:(?:still|lying|right|down|hanging) )*(?:on|across|over|touching|against) (?:(?:top "
    rf"of)"
    r" )?(?:me|us|my|our)\b"
    r"|\b(?:hanging|dangling|teetering|tipping|balanc\w+|rocking|slipping|sliding|about to (?:fall|tip|roll|go|slide"
    r"|drop))"
    r" (?:(?:right|half|way) )*(?:off|over|on|from|down|into) (?:(?:the|an?) )?(?:(?:edge|side) of )?(?:(?:the|an?) )?"
    r"(?:[\w']+ )?(?:edge|cliff|bridge|guard ?rail|embankment|ravine|ledge|drop|overpass|ramp|canal|river|lake|water"
    r"|hillside|slope)\b"
    r"|\b(?:stuck|stalled|stopped|sitting|stranded) (?:right )?on (?:the|some|a) (?:level )?(?:tracks|rails|crossing"
    r"|railway)\b"
    r"|\bflames (?:(?:are|is|just|now) )*(?:coming|shooting|licking|spreading|everywhere|getting|under|from|out)\b"
    r"|\b(?:just|it's|now|has) (?:caught|catching|bursting into|burst into) (?:fire|flames)\b"
    r"|\bsmells? (?:(?:something|a lot|really|of|like|strong|the) )*(?:burning|chemicals?|burnt plastic|burning "
    r"rubber)\b"
    r"|\b(?:i'm|we're|i am|we are) (?:(?:still|just|now|all) )*(?:upside down|hanging upside down|buried|snowed in"
    r"|freezing to death)\b(?! (?:on|in|with|under) (?:[\w']+ ){0,3}?(?:loan|note|mortgage|lease|payments?|snow|work"
    r"|paperwork|calls|bills)\b)"
    r"|\b(?:roof|wall|tree|branch|building|bridge|ceiling)(?:'s| is) (?:(?:still|now) )*"
    r"(?:collapsing|coming down|falling on|giving way|(?:about to|going to|gonna) "
    r"(?:fall on|come down|collapse|give way))\b",
    "ceiling|roof|tree|wall|pole|ladder|shelf|bookcase|beam|scaffold|"
    "water|river|creek|lake|flood|tide|stream|sinking|under|float|swept|submerged|smoke|spark|arcing|buzzing|smoking|"
    "on fire|wire|cable|line|hanging|dangling|teetering|tipping|balanc|rocking|slipping|sliding|about to|tracks|rails|"
    "crossing|railway|flame|fire|smell|upside|buried|snowed|freezing|collaps|coming down|falling|fall on|come down"
    "|give way|giving way|"
    "caught|catching|burst",
)
"""Said as it is now, in one clause."""
SHUT_IN = part(
    r"\b(?:took|stole|taking|stealing|hijacked|carjacked|(?:drove|driving|took|taken) off (?:with|in)) my\b.*"
    rf"\b{_CHILD}(?:'s| is| are)? (?:(?:still|right|sitting|asleep) )*(?:inside|in (?:it|there|the back(?: ?seat)?))\b"
    r"(?! (?:yard|room|office))|"
    rf"\b{_CHILD}(?:'s| is| are)? (?:(?:still|all|accidentally|got|stuck|and) )*(?:locked|shut|trapped) (?:up )?(?:in"
    rf"|inside)"
    r"\b(?! (?:(?:the|my|her|his) )?(?:keys?|room|school|house|bathroom))"
    rf"|\b(?:(?:keys?|it|doors?|we|i)(?: [\w']+){{0,4}} locked|locked (?:itself|automatically|up))\b.*\b{_CHILD}(?:'s"
    rf"| is| are)? (?:(?:still|right"
    rf"|sitting"
    r"|asleep|crying|stuck) )*(?:in|inside)\b"
    rf"|\b{_CHILD}(?:'s| is| are) (?:(?:still|sitting|asleep|crying|strapped|stuck) )*(?:in|inside)\b.*\b(?:locked|so "
    rf"hot"
    r"|hundred degrees|ninety degrees|heat|overheating|smoke|smoking|water|fire)\b"
    rf"|\b{_LINE}\b.*\b(?:on|onto|across|over|against|touching|around) (?:top of )?(?:me|us|my|our|the|his|her|it)\b.*"
    rf"\b(?:i'm|i am|we're|we are|(?:{_CHILD}|{_GROWN})(?:'s| is| are|'re)) "
    r"(?:(?:still|right|sitting|all|stuck|trapped) )*(?:inside|in (?:it|there))\b(?! (?:once|twice|every|now and)\b)",
    "line|wire|cable|"
    "baby|babies|toddler|infant|newborn|kid|child|son|daughter|twins|little|boy|girl|year old|grandm|mother",
)
"""In the whole of the words: a child in a locked or hot place, or in what somebody has just taken; anybody in what a
wire has come down on."""
RISING = part(
    r"\b(?:water|river|creek|flood)\b.*\b(?:it|that|and)(?:'s| is)? (?:(?:still|now|just|really|already|keeps|all) )*"
    r"(?:(?:coming|rising|creeping|climbing) (?:up|in (?:through|under|over))|rising|getting (?:higher|deeper)"
    r"|(?:up )?(?:to|over|past) (?:my|our|the) (?:knees?|waist|chest|neck|seats?|doors?|windows?|dash\w*))",
    "water|river|creek|flood",
)
"""In the whole of the words: water that rises, which is named before."""
