"""What English callers say of people who are hurt, and of where they are."""

import re

from backend.language.en.bereavement import may_have_died
from backend.language.en.despair import despairs
from backend.language.en.elsewhere import ELSEWHERE, GOES_ON, GOT_OUT, LED_BY_NO, OVER
from backend.language.en.peril import needs_help_now
from backend.language.safety_reader import SafetyReader, SafetyWords
from backend.language.tokens import words

__all__ = ["read_safety"]

_CLAUSE = re.compile(r"[.;!?]+|,|\b(?:but|though|although|however|except|only|and|because|so)\b")
_PART = (
    r"(?:neck|back|head|arm|leg|knee|shoulder|wrist|chest|hand|foot|ankle|rib|face|nose|finger|hip|elbow|stomach|jaw)s?"
)
_ON_A_PART = rf" (?:on|to|across|above|over|in|along) (?:my|his|her|our|their|one|the) (?:[\w']+ )?{_PART}\b"
_KIN = (
    r"(?:wife|husband|spouse|partner|son|daughter|mother|father|mom|dad|brother|sister|friend|kid|kids|child|children"
    r"|baby|grand\w+|uncle|aunt|cousin|nephew|niece|neighbor|girlfriend|boyfriend|passenger)"
)
_HURT = re.compile(
    rf"\b(?:hurt\w*|injur\w*|pain(?:s|ful|fully)?|sore(?:s|ness|r)?|ach(?:e|es|ing|y)|bleed\w*|whiplash"
    rf"|bruis\w*|concuss\w*|dizzy|woozy|blurry|lightheaded|light-headed|light headed|nauseous|disoriented|queasy"
    rf"|seeing (?:double|stars)|throwing up|fractur\w*|headache|wounded|sprain\w*|limping|in shock)\b"
    rf"|\b(?:broken?|hit|banged|bumped|cut|scratched|twisted|stiff|burned|burnt|scraped|grazed|skinned|jammed|strained"
    rf"|pulled|dislocated|smashed|cracked)\b (?:[\w']+ ){{0,2}}?{_PART}\b"
    rf"|\b{_PART} (?:is|are|feels?|was) (?:[\w']+ )?(?:broken|stiff|numb|swollen|cut|bad|burnt|burned)\b"
    rf"|\b(?:scratch|scrape|graze|bump|knock|cut|burn|blister|nick)(?:es|s)?{_ON_A_PART}"
    rf"|\bnot (?:feeling )?(?:okay|ok|well|fine|all right|alright)\b"
)
_URGENT = re.compile(
    r"\b(?:bleed\w*|trapped|unconscious|passed out|knocked out|heart attack|chest pain\w*|seizure"
    r"|pinned(?! (?:my|our|his|her|the) (?:car|truck|van)\b)"
    r"|choking|drowning(?! in (?:paper\w*|debt|bills|work|calls|forms)\b)"
    r"|on fire|caught fire|burning|smoke"
    r"|emergency(?! (?:lights?|brak(?:e|es|ing)|flashers?|blinkers?|exits?|lanes?|contacts?|numbers?"
    r"|kit|road\w*)\b| stop(?=$| (?:and|because|when|for|on|in|at)\b)))\b"
    rf"|\b{_PART}(?:'s|'re)? (?:(?:is|are|got|gets) )?(?:[\w']+ )?(?:stuck|caught|crushed|wedged)\b"
    r"|\bstuck (?:in|inside|under)\b(?! (?:[\w']+ )?(?:traffic|ditch|mud|snow|sand))|\b(?:badly|seriously|severely"
    r"|critically) (?:hurt|injured|burned|burnt)\b"
    r"|\b(?:needs?|send|get|call|want) (?:[\w']+ )?(?:ambulance|paramedics?|911|9-1-1)\b"
    r"|\bthere(?:'s| is) (?:a )?fire\b"
    r"|\b(?:he|she|they|driver|passenger|somebody|someone|person|man|woman|kid|child|baby)\b (?:[\w']+ ){0,2}?"
    r"(?:dead|dying|died)\b"
)
_HELPLESS = re.compile(
    r"\b(?:not|isn't|aren't|can't|cannot|can not|won't|doesn't|stopped|hardly|barely) (?:even |really |properly )?"
    r"(?:breath\w*|feel (?:my|his|her|their)|mov(?:e|ing)\b(?! (?:the|my|our) (?:car|truck))|respond\w*"
    r"|wak(?:e|ing)"
    rf"|(?:get|pull|free) (?:(?:me|us|him|her|them|myself|(?:my|his|her|their|the|our) (?:[\w']+ )?"
    rf"(?:{_PART}|{_KIN}|driver|man|woman|guy|lady)) )?(?:out|free|loose))\b"
)
"""Says its own "not"."""
_NOT = re.compile(
    r"\b(?:no|not|nobody|none|never|without|nothing|neither|nor|hardly|no-one|isn't|aren't|wasn't|weren't|don't|doesn't"
    r"|didn't|hasn't|haven't|can't)\b"
)
_WELL_WORD = r"(?:fine|okay|ok|good|well|all right|alright)"
_WELL = re.compile(
    r"\b(?:unharmed|unhurt|uninjured|unscathed)\b"
    r"|\b(?:i'm|i am|i feel|we're|we are|we feel|everyone(?:'s| is)?"
    r"|everybody(?:'s| is)?|all of us|both of us|he's|he is"
    rf"|she's|she is|they're|they are|all are) (?:[\w']+ ){{0,2}}?{_WELL_WORD}\b"
    r"(?! (?:morning|afternoon|evening|place))"
    rf"|\b(?:we|they|y'all) (?:all |both |just )?{_WELL_WORD}\b"
    rf"|(?<!not )\bjust (?:the|my|our|a) (?:car|cars|bumper|dent|scratch|damage)\b(?!{_ON_A_PART})"
)
_WELL_ANSWER = re.compile(
    rf"^(?:uh |um |oh |no |nope |nah |yes |yeah |all |just |quite |very |totally |perfectly )*{_WELL_WORD}"
    r"(?: (?:thanks|thank you|ta|cheers|here|indoors|inside|at home|now|so far|everyone|everybody|mate|love|yes|no))*$"
)
_EVERYBODY = re.compile(r"\b(?:everyone|everybody|we|we're|all of us|both of us|all)\b")
"""Who is fine may still have somebody beside them who is not."""
_NOBODY_HURT = re.compile(
    r"\b(?:nobody|no one|none of us|neither of us)(?:'s)? (?!else)(?:[\w']+ ){0,3}?(?:hurt|injured|harmed)\b"
    r"|\bnothing wrong with (?:anybody|anyone|any of us|us)\b"
    rf"|\b(?:we|everyone|everybody|all of us)(?:'re|'s| are| is)? (?!else)(?:[\w']+ ){{0,2}}?{_WELL_WORD}\b"
)
_NOBODY = re.compile(
    r"^(?:(?:uh|um|oh|no|nope|nah|well|not|luckily|thankfully|honestly|really) )*"
    r"(?:nobody|no one|noone|none|not a soul|neither|not anyone|not anybody)"
    r"(?: (?:at all|is|was|of us|of them|thank\w*|god|you|goodness|sir|ma'am|no|nobody|no one|none|fortunately|luckily"
    r"|whatsoever|here))*$"
)
_RELIEVED = re.compile(
    r"\b(?:luckily|thankfully|fortunately|thank god|thank goodness|thank heavens) (?:no|not|nobody|no one|none)\b"
    r"|\b(?:no|nope|not|nobody|no one|none) (?:luckily|thankfully|fortunately|thank god|thank goodness|thank heavens)\b"
)
_PARTS_OF_CARS = (
    r"(?:car|cars|truck|van|bumper|dent|dents|scratch|scratches|damage|door|doors|fender|mirror|hood|trunk"
    r"|windshield|window|windows|glass|paint|tire|tires|wheel|metal|light|lights|headlight|taillight)"
)
_ANIMAL = (
    r"(?:deer|dog|puppy|cat|kitten|cow|calf|bull|horse|pony|raccoon|squirrel|bird|goose|turkey|moose|elk|coyote|fox"
    r"|rabbit|possum|opossum|skunk|pig|hog|boar|sheep|goat|animal|pet)s?"
)
_UNHARMED = re.compile(
    r"\b(?:not a|without a) (?:single )?scratch\b|\bno harm\b"
    r"|(?<!not )\b(?:just|only|nothing but|except) (?:for )?(?:my|his|her|our) (?:[\w']+ )?(?:pride|ego|feelings"
    r"|wallet|dignity|nerves|day|mood|weekend|credit score)\b"
    rf"|(?<!not )\b(?:just|only) (?:(?:the|my|our|a|some|his|her) )?(?:[\w']+ )?(?:{_PARTS_OF_CARS}|{_ANIMAL})\b"
    rf"(?!{_ON_A_PART})"
    r"|\b(?:everyone|everybody|we|they|i|all of us|both of us|you all) (?:[\w']+ ){0,2}?"
    r"(?:walked away|(?:got|came) out (?:of it )?(?:fine|okay|ok|safe|safely|all right|alright|well))\b"
)
"""Says that people came to no harm, without a word for being hurt."""
_ONLY_SCARED = re.compile(
    r"\b(?:no|nope|nah|just|only|but)\b.*\b(?:shaken|shook|scared|startled|frightened|upset|angry|mad|pissed|furious"
    r"|annoyed|livid|fed up|ticked off|frustrated|a (?:big )?(?:scare|fright))\b"
)
_OF_AN_ANIMAL = re.compile(rf"\b(?:the|a|an|our|my|his|her|their|that|this|poor) (?:[\w']+ )?{_ANIMAL}(?:'s)?\b")
_OTHERS = re.compile(rf"\b(?:{_KIN}|driver|rider|cyclist|man|woman|guy|lady|boy|girl|people|person)\b")
_PERSON = re.compile(
    rf"\b(?:i|i'm|me|we|we're|us|myself|somebody|someone|everybody|everyone|nobody|no one)\b|\bmy {_PART}\b"
)
_NONE_OF_US = re.compile(r"^(?:(?:uh|um|oh|no|nope|well) )*not (?:me|us|any of us|either of us)(?: no)?$")
_UNSURE = re.compile(
    r"\b(?:don't|do not) (?:think|believe) (?:so|that|anyone|anybody|any of us|we|i'm|i am)\b|\bprobably not\b"
    r"|\bnot (?:that|as far as) (?:i|we) (?:know|can tell|can see|could see|saw)\b|\bi hope not\b|\bi guess not\b"
    r"|\bi think not\b"
)
_DRIVING = re.compile(
    r"\b(?:i'm|i am|we're|we are|am) (?:(?:still|just|actually|right now|currently|on the [\w']+) )*driving\b"
    r"(?! (?:home )?(?:when|a|an|the|my|our|his|her|for|down|along|through|up|around|past)\b)"
    r"|\bstill driving\b|\bdriving (?:right now|at the moment|as we speak|while (?:i|we) (?:talk|speak))\b"
    r"|\b(?:i'm|i am) (?:still )?(?:behind|at) the wheel\b|\bcan't pull over\b"
    r"|\b(?:i'm|i am|we're|we are) (?:(?:still|just|only|about|like|probably|already) )*(?:doing|going|cruising"
    r"|moving)(?: (?:at|about|like|around|over))* (?:\d+|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)\b(?! (?:in a|when|and (?:he|she|they|this|a|some)))"
    r"|\b(?:i'm|i am|we're|we are) (?:(?:still|just) )?on the (?:[\w']+ )?(?:highway|freeway|interstate|motorway|road)"
    r" (?:right now|heading|headed|going|on my way|at (?:\d|[\w-]+ty)\b)|\bkeep(?:ing)? (?:on )?driving\b"
    r"|\b(?:one hand|hands?) on the wheel\b|\bwhile (?:i'm|i am|i) driv(?:e|ing)\b(?! (?:home|down|along|to|on|in))"
    r"|\b(?:i've got|i have|you're|you are) (?:you )?on (?:speaker|hands free|handsfree|bluetooth)"
    r"(?: (?:phone|in (?:the|my) \w+))?(?: (?:i'm|while|and|because) .*\b(?:driving|road|highway))"
)
"""Not how it came to the crash: "I'm driving down Main and he hits me"."""
_WHO = re.compile(
    r"^(?:(?:uh|um|yes|yeah|yep|well|just|only|and|it's|it is) )*"
    rf"(?:me|my (?:\w+ )?{_PART}|(?:my|our) {_KIN}(?: [\w']+)?(?: (?:is|was|a bit|a little))?"
    r"|(?:the|a|my) (?:other )?(?:driver|passenger)(?: is| was)?)$"
)
"""Answers with who is hurt, or where."""
_ALL_BUT = re.compile(
    r"\b(?:nobody|no one|none|everyone|everybody|all of us)\b(?: [\w']+){0,3} "
    r"(?:but|except|besides|apart from|other than)"
    rf" (?:for )?(?:me|him|her|(?:my|our|his|her|the|one) (?:[\w']+ )?(?:{_KIN}|driver|{_PART}))(?: [\w']+)?$"
)
""" "Nobody but my wife"."""
_EMPTY = re.compile(
    r"\b(?:was|were|is|it's) (?:[\w']+ )?(?:parked|empty)\b|\bmy parked\b"
    r"|\b(?:no one|nobody|none of us) (?:was |is |were |sat )?(?:even |actually )?(?:in|inside|there|around|nearby)\b"
    r"|\bi was (?:asleep|sleeping|in bed)\b(?! in (?:the|my))"
    r"|\b(?:i|we) (?:was not|wasn't|weren't) even (?:there|in|inside|around|home|near)\b"
    r"|\b(?:i|we) (?:wasn't|weren't|was not|were not) (?:there|in it|in the car|inside)\b"
)
_CARED = re.compile(
    r"\b(?:ambulance|paramedics?|hospital|doctor|medics?|emergency room|e\.?r|treated|checked (?:out|over)"
    r"|looked after|taken care of|first aid)\b"
)
_AMBULANCE_HIT = re.compile(
    r"\b(?:an?|the|that|this|some) (?:parked |moving )?ambulance (?=(?:(?:just|then|that|who|which|actually) )*(?:hit"
    r"|backed"
    r"|ran|drove|scraped|clipped|sideswiped|rear|bumped|crashed|smashed|pulled|reversed|turned|swerved|slid|knocked)\b)"
)
_HIT_AN_AMBULANCE = re.compile(
    r"\b((?:hit(?: by)?|behind|into|past|scraped|clipped|bumped|struck(?: by)?|rear[- ]ended(?: by)?|crashed into) )"
    r"(?:an?|the|that|some) (?:parked |moving )?ambulance\b"
)
"""One that was in the accident cares for nobody."""
_MINOR = re.compile(
    r"\b(?:sore(?:ness)?|bruis\w*|scratch\w*|little|bit|slight\w*|minor|scraped|grazed|skinned|stiff|ach(?:e|es|ing"
    r"|y)|headache|mild)\b"
)
_SAFE = re.compile(
    r"\b(?:safe|safely|off the road|(?<!driving )(?<!going )(?<!heading )(?<!way )home|office|at work|inside"
    r"|indoors|parking lot|driveway|garage|sidewalk|pulled over"
    r"|side street|gas station|side of the road|rest area|behind the (?:guard ?)?(?:rail|barrier|guardrail))\b"
)
_UNSAFE = re.compile(
    r"\bunsafe\b|\bnot (?:\w+ )?safe\b|\b(?:on|in) the (?:\w+ )?(?:motorway|highway|freeway|interstate|expressway"
    r"|bridge|tracks|tunnel|lane|road|intersection)\b|\bmiddle of\b|\bin (?:the )?traffic\b|\bblocking\b"
    r"|\bon the shoulder\b|\bthreaten\w*"
)
_THIRD = re.compile(r"^(?:he|she|they)(?:'s|'re)?\b")
_NOT_WELL = re.compile(r"\b(?:not|isn't|aren't|don't feel|doesn't feel) (?:[\w']+ )?$")
_LEADING_NO = re.compile(
    r"^(?:uh |um |well |oh )*(?:no |nope |nah )+"
    r"(?=(?:i|i'm|we|we're|everyone|everybody|all|he|she|they|thank|thanks|it|just|only|my|the|our|both)\b)"
)
"""A no to the question, and what follows says something of its own: "no we're all fine"."""
_YES_NO = re.compile(r"^(?:uh |um |well )*(?:no|nope)\b.*\b(?:yes|yeah|yep)\b")


def _lower(text: str) -> str:
    plain = text.lower().replace("’", "'")
    return _HIT_AN_AMBULANCE.sub(r"\1a van", _AMBULANCE_HIT.sub("a van ", plain)) if "ambulance" in plain else plain


def _plain(text: str) -> str:
    return " ".join(words(_lower(text)))


def _clauses(text: str) -> list[str]:
    return [" ".join(words(clause)) for clause in _CLAUSE.split(_lower(text))]


read_safety = SafetyReader(
    SafetyWords(
        plain=_plain,
        clauses=_clauses,
        hurt=_HURT,
        urgent=_URGENT,
        helpless=_HELPLESS,
        despairs=despairs,
        presses=needs_help_now,
        perished=may_have_died,
        denies=_NOT,
        well=_WELL,
        not_well=_NOT_WELL,
        well_answer=_WELL_ANSWER,
        everybody=_EVERYBODY,
        nobody=_NOBODY,
        none_of_us=_NONE_OF_US,
        nobody_hurt=_NOBODY_HURT,
        unharmed=(_RELIEVED, _UNHARMED, _ONLY_SCARED),
        empty=_EMPTY,
        all_but=_ALL_BUT,
        who=_WHO,
        unsure=_UNSURE,
        of_an_animal=_OF_AN_ANIMAL,
        of_others=_OTHERS,
        of_people=_PERSON,
        cared=_CARED,
        minor=_MINOR,
        safe=_SAFE,
        unsafe=_UNSAFE,
        driving=_DRIVING,
        leading_no=_LEADING_NO,
        yes_no=_YES_NO,
        third=_THIRD,
        long_ago=OVER,
        goes_on=GOES_ON,
        got_out=GOT_OUT,
        elsewhere=ELSEWHERE,
        led_by_no=LED_BY_NO,
    )
).read
"""Who is hurt, and where the caller is, by English words."""
