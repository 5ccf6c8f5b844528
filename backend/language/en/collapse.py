"""Somebody who gives no sign, or whose body fails them now, in English, in the words of a frightened caller."""

from backend.language.hinted import part

__all__ = ["FAILING", "SILENT"]

_KIN = (
    r"(?:wife|husband|spouse|partner|son|daughter|mother|father|mom|mommy|mama|mum|mummy|dad|daddy|papa|grandma|grandpa"
    r"|nan|nana|granny|brother|sister|friend|kid|child|baby|toddler|boy|girl|grand\w+|uncle|aunt|auntie|cousin"
    r"|nephew|niece"
    r"|neighbor|girlfriend|boyfriend|cyclist|bicyclist|biker|rider|pedestrian|jogger|man|woman|guy|lady|person"
    r"|somebody|someone)"
)
_WHO = rf"(?:he|she|they|{_KIN}|(?:the|an?|my|other) [\w']+er)"
_IS = rf"(?:(?:he|she|{_KIN})(?:'s| is)|they're|they are)"
_NOW = r"(?:(?:just|still|now|all|kind of|sort of|really|like|suddenly|half) )*"
_MEDICINE = (
    r"(?:insulin|inhaler|epi ?pen|heart (?:pills?|medicine|medication)|nitro\w*|oxygen|rescue inhaler|seizure meds?)"
)
_ROAD = (
    r"(?:road|street|ground|floor|pavement|ditch|highway|freeway|sidewalk|grass|snow|middle|lane|curb|shoulder|asphalt"
    r"|crosswalk|intersection|mud|gutter|blood)"
)
FAILING = part(
    # "my daddy isn't talking", "she's not answering": the telephone and a quarrel are none
    rf"\b(?:{_WHO} (?:just )?(?:isn't|is not|not|won't|doesn't|does not|stopped|can't|ain't|hasn't)|{_IS} not)"
    r" (?:even |really )?(?:talking|talk|speaking|speak|answering|answer|saying anything|making (?:a|any) sounds?"
    r"|crying"
    r" any ?more)(?: (?:any ?more|me|us|back|at all))*$"
    r"|\b(?:blood|red stuff) (?:(?:is|all|just|keeps|still) )*(?:on|over|coming|pouring|running|everywhere|dripping"
    r"|gushing|spurting|squirting) (?:(?!the (?:news|screen)\b)[\w']+ )*?(?:his|her|my|from|out|of|down|everywhere|him"
    r"|them|me|head|face|mouth|ear|ears|nose)\b"
    rf"|\b(?:{_IS}|{_KIN}|there's|there is)(?: [\w']+){{0,4}}? (?:lying|laying|laid out|sprawled|face down|down)"
    rf" (?:there|(?:out )?(?:in|on|by|under|across|at) (?:the|a|my|his|her) (?:[\w']+ )?{_ROAD})\b"
    rf"|\b{_IS} {_NOW}(?:slumped|lifeless|limp|motionless|gone limp|stiff as|face down|(?:gone )?(?:floppy|blue|purple"
    rf"|gray|grey)|delirious"
    r"|hallucinating|foaming|having convulsions|having a fit|fitting|convulsing|shaking (?:all over|uncontrollably"
    r"|violently|and (?:won't|can't))|jerking|twitching|fading|going limp|going cold|losing consciousness)\b"
    rf"|\b(?:eyes?|his eyes|her eyes) (?:(?:are|keep|have|just|is) )*(?:rolling|rolled|rolls?) "
    r"(?:back|up|over|in (?:his|her))"
    rf"|\bfoaming at the mouth\b|\b{_WHO} (?:just |has |'s )?(?:went limp|stopped breathing)\b"
    rf"|\b{_WHO} (?:was |were |got |flew |went )?(?:thrown|ejected|flung) (?:out|from|through|clear)\b"
    rf"|\b{_WHO} (?:did not|didn't) make it$|\b{_WHO} (?:[\w']+ ){{0,3}}?(?:was|were|got|has been) killed\b"
    rf"|\b(?:my|the|our|his|her) {_KIN} (?:[\w']+ ){{0,2}}?(?:died|is dead|passed away)(?= (?:in|at|last night|today"
    r"|this|an?|just|instantly|on the|here|right)\b|$)"
    r"|\b(?:i|we) think (?:he|she|they)(?:'s|'re| is| are| might be| may be) (?:dead|gone|dying)\b"
    r"|\b(?:haven't|hasn't|have not|can't|cannot|don't|not) (?:really )?(?:felt|feel|feeling) (?:the|my|our|her) baby\b"
    r"|\b(?:the|my|our|her) baby(?:'s| is| has)? ?(?:not|n't|isn't|hasn't|stopped)(?: been)? (?:moved|moving|kicked"
    r"|kicking)\b"
    rf"|\b(?:keeps?|kept) (?:passing|blacking|drifting|dozing|nodding|falling|going|zoning|throwing|vomiting)(?: up)? ?"
    r"(?:in and out|out|off|asleep|up)\b|\b(?:in and out of consciousness)\b"
    r"|\bcan't (?:keep (?:my|his|her) eyes open|stay awake|see (?:straight|out of (?:my|his|her|one|either)|anything "
    r"any"
    r" ?more))\b|\bcan't remember (?:anything|my (?:own )?name|who i am|what happened)(?: at all| any ?more| since| "
    r"now)?$"
    r"|\bdon't (?:know|remember) (?:who|where) i am$|\bdon't (?:know|remember) my own name\b"
    r"|\b(?:everything's|everything is|room's|room is|it's all) (?:(?:just|all|starting to|going|getting) )*(?:spinning"
    r"|spin|black|dark)\b|\b(?:going|gone) blind\b|\blost (?:my|his|her) (?:sight|vision)\b"
    rf"|\b(?:needs?|out of|without|haven't had|hasn't had|missed|ran out of|can't (?:find|reach|get to)|don't have)"
    rf" (?:(?:my|his|her|any|the) )?{_MEDICINE}\b"
    rf"|\b{_IS} {_NOW}on the (?:floor|ground)$|\b(?:can|could) see (?:the|his|her|my) bone\b(?! (?:in|on) )|\bbone(?:'s"
    rf"| is)? (?:sticking|poking) "
    rf"(?:out|through)\b|\b{_WHO} (?:just )?(?:jumped|fell) (?:off|from) (?:the|a) (?:bridge|roof|balcony"
    rf"|overpass|building)\b(?! of (?:his|her|the|my|an?)\b)(?!.*\b(?:ago|last|yesterday|once)\b)"
    rf"|\b(?:was|got|been) electrocuted\b(?! (?:in|last|when|once))"
    r"|\b(?:the|my|her) baby(?:'s| is) coming(?: now| out| early| here)?$"
    r"|\boverdos\w+\b|\btook (?:too many|(?:a (?:load|bunch|handful|ton)|loads|handfuls) of|(?:a"
    r"|the) whole bottle(?: of)?|all (?:of )?(?:my|the|his|her)) (?:[\w']+ )?"
    r"(?:pills?|tablets?|medication|medicine|meds)\b",
    "floppy|baby|bone|jumped|fell|electrocut|on the floor|on the ground|gray|grey|"
    "talk|speak|answer|saying|sound|crying|blood|red stuff|lying|laying|laid out|sprawled|face down|down|slump"
    "|lifeless|"
    "limp|motionless|stiff|blue|purple|delirious|hallucinat|foam|fit|convuls|shak|jerk|twitch|fading|going|losing|"
    "eye|stopped|thrown|ejected|flung|make it|killed|died|dead|passed|dying|gone|baby|keep|kept|in "
    "and out|awake|"
    "see|remember|who i am|where i am|everything|room|it's all|blind|sight|vision|insulin|inhaler|epi|pills|medic|"
    "nitro|oxygen|meds|overdos|tablets|"
    "passing|blacking|drifting|dozing|nodding|falling|zoning|throwing|vomiting| i am|own name|sulin|haler|rescue"
    "|seizure|pill|tablet|heart",
)
"""Said as it is now; a death in the event counts, too."""
_NO_ANSWER = r"(?:won't|isn't|doesn't|is not|does not|will not|not) (?:talk|talking|answer|answering|wake up|waking up)"
_BY_A_CHILD = r"(?:mommy|mama|mummy|daddy|papa|nana|granny)"
_HAPPENED = (
    r"(?<!me )(?:just )?(?!called|yelled|stopped|pushed|finished|wished)\w+(?:shed|pped|lled)(?: \w+)?"
    r"(?= (?:and|but)\b| into (?!my\b|me\b|mine\b))"
)
"""What somebody did against their will and to nothing of the caller's, "flipped and", "smashed into a tree"; done to a
thing of the caller's it is a quarrel about it."""
_PARENT = r"(?:mom|mum|dad|grandma|grandpa)"
SILENT = part(
    r"^(?!.*\b(?:because|since|mad|angry|upset|me about|me any ?more)\b)"
    rf"(?=.*\b{_BY_A_CHILD}\b|(?=.*\b{_PARENT}\b).*\b(?:accident|flipped|rolled|hit (?:a|the|us|something)"
    rf"|{_HAPPENED})\b)"
    rf".*\b(?:he|she|and|but|{_BY_A_CHILD}|{_PARENT}|he's|she's) (?:(?:just|is) )?"
    rf"{_NO_ANSWER}(?: (?:(?:to|at) )?me\b|$)",
    "won't|isn't|doesn't|not",
)
"""In the whole of the words, which are a child's: one who grew up tells of a quarrel so."""
