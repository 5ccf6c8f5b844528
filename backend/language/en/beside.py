"""What callers say beside the matter: "why do you ask", "hold on", "slower", "what happens if I say yes"."""

import re

from backend.language.talk import Beside
from backend.language.tokens import words

__all__ = ["is_back", "is_present", "read_beside"]

_MOST_WORDS = 14
_FILLER = (
    r"(?:(?:um|uh|er|erm|oh|ah|hmm|hm|well|so|and|but|okay|ok|yes|yeah|please|sorry|i'm sorry|excuse me|wait|hey|hello"
    r"|hi|now|then|thanks|thank you|sir|ma'am|miss|there) )*"
)
_TAIL = r"(?: (?:please|sorry|now|then|again|thanks|thank you|sir|ma'am|miss|there|for me|to me|you know))*"
_TIME = r"(?:moment|second|sec|minute|min|bit|tick)"
_SEEK = (
    r"(?:just |still |quickly )?(?:look|looking|see|check|checking|find"
    r"|get|getting|grab|fetch|think|go get|go find|search|searching|ask my (?:wife|husband|son|daughter|mother|father))"
    r"(?: (?:it|that|this|for|up|at|in|out|over|here|about|quickly|my|the|a|an|one|second|moment|now|papers?|glasses"
    r"|card|wallet|purse|bag|car|policy|phone|documents?|letter|pen|pencil|registration|id|number))*"
)
_LOOK = rf"(?:let me|i need to|i have to|i'll|i'm|i am) {_SEEK}"
_MEANWHILE = rf"(?: (?:(?:while )?{_LOOK}|while (?:i|we) {_SEEK}))"
_MACHINE = (
    r"(?:robot|bot|machine|computer|recording|a i|ai|artificial intelligence|automated system|automatic system"
    r"|voice assistant|chatbot|chat bot|computer voice|voice bot|answering machine)"
)
_TALK = r"(?:speak|talk|go|say (?:it|that)|do (?:it|that)|read (?:it|that))"
_PERSON = r"(?:person|human|human being|live person|living person|real person|somebody|someone)"
_SOMEBODY = rf"(?:(?:real|actual|live|living) )?(?:{_MACHINE}|{_PERSON}|real|human|alive)"
_AGREE = (
    r"i (?:say|said|tell you|press|do|don't|do not|agree|answer|confirm)(?: (?:say|yes|no|that|it|to that|to this|so"
    r"|one|1))*"
)
_NEXT = (
    rf"(?:if {_AGREE}|when {_AGREE}|after {_AGREE}|now|next|then|after that|after this|afterwards|with (?:it|that"
    rf"|this))"
)
_A_QUESTION = (
    r"(?:something|a question|one thing|a quick question|one question|a few questions|some questions|you something)"
)
_ASKED_FIRST = (
    r"(?:first|before (?:that|this|you (?:do|file|send) (?:it|that|this|anything)|i (?:say yes|agree|answer|do that"
    r"|decide))"
    r"|real quick|quickly|please|though|about (?:it|that|this))"
)
_WISH_TO_ASK = (
    r"(?:i )?(?:just |only |really )?(?:want|wanted|need|have|got|would like|wanna|gotta|i'd like)"
    rf"(?: to)?(?: just)?(?: first)? (?:ask|know|check|{_A_QUESTION})(?: (?:you|{_A_QUESTION}))*"
    rf"|(?:can|could|may) i (?:just |please |first )*ask(?: (?:you|{_A_QUESTION}))*"
    rf"|let me (?:just |first )*ask(?: (?:you|{_A_QUESTION}))*|(?:one|just one|a) (?:quick )?question"
    rf"|i(?:'ve| have) (?:just )?(?:got )?{_A_QUESTION}|i'd like to ask(?: (?:you|{_A_QUESTION}))*"
)

_US = r"(?:the call|this call|calls|by (?:you|somebody|anybody)|or (?:what|something|anything|not))"

_GRAMMAR: dict[Beside, str] = {
    "why": (
        r"why|why's that|why is that|what for|how come|why (?:would|do|did|should|are|must) (?:you|i|we|they)"
        r"(?: (?:ask|asking|need|want|have to|need to|want to|know|no|say|tell|give|be|all|even|really|so|possibly|me"
        r"|you|it|that|this|to|for|my|the|information|details|number|numbers|address|zip|code|name|date|digits|security"
        r"|social))*|what (?:do|would|did) you (?:need|want) (?:that|this|it|to know that|(?:my|the)(?: \w+){1,8}?) for"
        r"|(?:and )?what (?:is|'s) (?:that|this|it) for|what's (?:that|this|it) for|why does (?:that|it|this) matter"
        r"|what does (?:that|it|this) matter|is that (?:really )?necessary|do you really need (?:that|this|it|to know)"
    ),
    "wait": (
        rf"(?:hold|hang) on(?: (?:for )?(?:just )?(?:a|one) {_TIME})?{_MEANWHILE}?"
        r"|(?:just |wait |give me |i need |can i have |could you wait |can you wait |hold on )*(?:just )?"
        rf"(?:a|one|another) (?:little |quick |short )?{_TIME}{_MEANWHILE}?"
        rf"|{_LOOK}|bear with me(?: (?:a|one) {_TIME})?{_MEANWHILE}?|wait|wait wait"
        r"|(?:(?:wait|hold on|hang on|one sec|one second|just a second) )*(?:my [\w']+|someone|somebody|the kids?"
        r"|the baby"
        r"|there)(?:'s| is| are)(?: [\w']+)? (?:calling(?: me)?|talking to me|at the door|on the other line|crying)"
    ),
    "again": (
        r"what|what was that|what's that|what did you (?:just )?(?:say|ask)(?: to me)?|what was (?:that|the question)"
        r"|pardon(?: me)?|i beg your pardon|beg pardon|beg your pardon|sorry|sorry what|come again|huh|excuse me"
        r"|(?:can|could|would|will) you (?:please )?(?:say|repeat|ask|tell me)"
        r" (?:that|it|the question|this|what you said)?"
        r"(?: ?(?:again|once more|one more time|please))*"
        r"|(?:please )?(?:say|repeat|ask) (?:that|it|the question|this|me)(?: (?:again|once more|one more time))*"
        r"|(?:(?:can|could|would|will) you )?(?:please )?(?:speak|talk) (?:up|louder)(?: a (?:bit|little))?"
        r"|(?:a (?:bit|little) )?louder"
        r"|(?:say|repeat) again|repeat|once more|one more time|again"
        r"|i (?:didn't|did not|couldn't|could not|can't|don't) (?:quite |really )?(?:hear|catch|get|understand|follow)"
        r"(?: (?:that|you|it|what you said|the question|a word|any of (?:that|it)|the last part|all of (?:that|it)"
        r"|all that|it all|everything))*"
    ),
    "slower": (
        r"(?:a (?:little|bit) )?(?:slower|more slowly|slow down|slowly)(?: a (?:little|bit))?"
        rf"|(?:can|could|would|will) you (?:please )?(?:slow down|be|{_TALK})"
        r"(?: (?:please|a|little|bit|more|much|slower|slowly|down|again|it|that))*"
        rf"|{_TALK}(?: (?:a|little|bit|more|much|again|it|that))* (?:slower|slowly)"
        r"|not so fast|(?:that|it|this) (?:was|is) too (?:fast|quick)|that's too (?:fast|quick)|too (?:fast|quick)"
        r"|you're (?:talking|speaking|going) (?:way |much )?too (?:fast|quickly)"
        r"|you (?:talk|speak) (?:way |much )?too (?:fast|quickly)"
    ),
    "recorded": (
        rf"(?:is|are|am|was) (?:this|the|that|it|i|we|you|my)(?: (?:call|phone call|conversation|line|voice))?"
        rf"(?: all| being| getting)* (?:recorded|recording|taped|taping)(?: {_US})?"
        r"|(?:do|are|will) you (?:guys )?(?:record|recording|tape|taping|keep a recording of)"
        rf"(?: (?:this|these|it|me|the|calls?|everything))*(?: {_US})?"
    ),
    "machine": (
        rf"are you (?:just |really |actually )?(?:a |an |some (?:kind|sort) of )?{_SOMEBODY}"
        rf"(?: or (?:a |an )?{_SOMEBODY})?"
        rf"|(?:am i|are we|i am|i'm) (?:now )?(?:talking|speaking) (?:to|with) (?:a |an )?{_SOMEBODY}"
        rf"(?: or (?:a |an )?{_SOMEBODY})?"
        rf"|is (?:this|that|it) (?:a |an )?{_SOMEBODY}(?: or (?:a |an )?{_SOMEBODY})?(?: (?:talking|speaking))?"
        rf"|(?:you're|you are|this is) (?:a|an|just a) {_MACHINE}(?: aren't you| right| isn't it)?"
        r"|who am i (?:talking|speaking) (?:to|with)"
    ),
    "hearing": (
        r"(?:can|could|do) you (?:still )?(?:hear|understand) me(?: (?:now|okay|all right|alright|well|at all))*"
        r"|are you (?:still )?(?:there|on the line|listening|with me)|(?:is )?any(?:one|body) there|hello are you there"
        r"|you there|did you (?:hear|get|catch|understand) (?:that|me|it|what i said)"
    ),
    "if_yes": (
        r"(?:what|so what) (?:happens|is going to happen|will happen|would happen|do you do|are you going to do"
        r"|will you do"
        rf"|am i (?:agreeing|saying yes) to|does (?:that|it) mean)(?: {_NEXT})?"
        rf"|what(?:'s| is| comes) next|(?:and )?what if {_AGREE}|and if {_AGREE}|(?:what happens )?(?:after"
        rf"|when) {_AGREE}"
        r"|what am i (?:agreeing|saying yes|consenting) to"
    ),
    "how_long": (
        r"how (?:long|much longer|much more time)(?: (?:is|will|does|would|do|am) (?:this|it|that|all this|all of this"
        r"|we|i|you)(?: (?:going to|gonna|need to|have to))?"
        r"(?: (?:take|be|last|go on|usually take|normally take))?(?: (?:here|on the phone))?)?"
        r"|(?:is|will|does|is this) (?:this|it|all this|going)(?: (?:going to|gonna|to))? (?:take|be)"
        r" (?:very |too )?long"
        r"|(?:how many|many) (?:more )?(?:questions|minutes)(?: (?:are there|is it|is this|will (?:this|it) take|left"
        r"|do you have|more|is this going to take|are left))*"
    ),
    "may_ask": (
        r"(?:(?:wait|hold on|hang on|first|before (?:that|this|we do that|i (?:say|answer|do) (?:yes|that"
        r"|anything))) )*"
        rf"(?:{_WISH_TO_ASK})(?: {_ASKED_FIRST})*"
    ),
}
_PATTERNS: dict[Beside, re.Pattern[str]] = {
    kind: re.compile(f"^{_FILLER}(?:{grammar}){_TAIL}$") for kind, grammar in _GRAMMAR.items()
}
_HERE = re.compile(
    rf"^{_FILLER}(?:yes|yeah|yep|yup|sure|of course|hello|here|present|(?:yes |yeah )?(?:i'm|i am)(?: still)?"
    rf"(?: (?:here|on|there|on the line|on the phone|with you|listening))?|still here|(?:yes |yeah )?you can){_TAIL}$"
)
_BACK = re.compile(
    rf"^{_FILLER}(?:(?:i'm|i am|we're) (?:back|ready|here|good)(?: now)?|(?:i )?(?:have |'ve )?(?:found|got|have) "
    rf"(?:it|them|that|my \w+)(?: now| here| right here| in front of me)*|here (?:it is|they are|we go|i am)|ready|back"
    rf"|all set){_TAIL}$"
)
_SLOW = re.compile(r"\b(?:slow|slower|slowly|fast|quick|quickly)\b")


def is_present(text: str) -> bool:
    """Does the whole of ``text`` say no more than that somebody is there? The answer to "are you still there?"."""
    return bool(_HERE.match(" ".join(words(text))))


def is_back(text: str) -> bool:
    """Does the whole of ``text`` say that they are there again, and have what they looked for?"""
    return bool(_BACK.match(" ".join(words(text))))


def read_beside(text: str) -> Beside | None:
    """What the *whole* of ``text`` says beside the matter; ``None`` when there is more in it, or something else."""
    said = words(text)
    if not said or len(said) > _MOST_WORDS:
        return None
    plain = " ".join(said)
    found: Beside | None = next((kind for kind, grammar in _PATTERNS.items() if grammar.match(plain)), None)
    if found == "slower" and not _SLOW.search(plain):
        return "again"
    return found
