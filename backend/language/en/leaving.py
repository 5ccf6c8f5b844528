"""Goodbyes in English, and callers who cannot say."""

import re

from backend.language.tokens import words

__all__ = ["does_not_know", "has_goodbye", "says_goodbye", "withdraws"]

_MUST_GO = (
    r"(?:(?:i|we) (?:really |just )?(?:have to|need to|gotta|got to)"
    r"|(?:i've|i'd) (?:gotta|got to|better)|gotta) (?:go|run|leave|get going|hang up|get back to work)"
    r"(?: (?:now|right now|soon|already))*"
)
_BEFORE_BYE = (
    r"(?:(?:okay|ok|oh|well|no|all right|alright|so|thanks|thank you|that is all|that's all|have a good day|then"
    r"|never mind|nevermind|forget it|my mistake|my bad|sorry|i'm sorry|cheers|ta|hey|look|listen|anyway|but|and"
    r"|um|uh) )*"
)
_BYE = r"(?:goodbye|good bye|bye bye|bye|see you)"
_GOODBYE = re.compile(
    rf"^{_BEFORE_BYE}(?:{_BYE}|{_MUST_GO}(?: {_BEFORE_BYE}{_BYE})?)(?: (?:now|then|thanks|thank you|bye|sorry))*$"
)
_LEAD = r"(?:(?:um|uh|er|well|oh|sorry|honestly|actually|hmm|no|i'm sorry|to be honest|i'm afraid) )*"
_TAIL = (
    r"(?: (?:that|it|this|them|right now|now|at the moment|off ?hand|any ?more|sorry|exactly|really|for sure"
    r"|about that|with me|by heart|what that is|which one|either))*"
)
_CORE = (
    r"(?:(?:i )?(?:really |honestly |just )?(?:don't|do not|didn't|did not|wouldn't|would not)"
    r" (?:really |actually |even )?(?:know|remember|recall|have (?:it|that|one|them|a clue|any idea|the number))"
    r"|i (?:can't|cannot|can not|couldn't) (?:really |actually )?(?:say|tell(?: you)?|remember|recall)"
    r"|(?:i )?(?:have |have got |got )?no (?:idea|clue)|(?:i )?haven't (?:a clue|the faintest|got a clue|got it)"
    r"|(?:i'm |i am )?(?:really )?not (?:really )?(?:sure|certain)|(?:i'm |i am )unsure|(?:i )?dunno|beats me"
    r"|i (?:forgot|forget|have forgotten)|i've forgotten|unknown|who knows|god knows|hard to say|search me"
    r"|(?:can (?:we|you|i) |could (?:we|you) |let's |just |please |let me |i'll |i'd like to |i want to )*(?:skip"
    r"|pass on|leave"
    r"|leave out) (?:it|that|this|one|the question|that (?:one|question)|this (?:one|question)|that part)"
    r"(?: (?:out|blank|open|empty|please|for now|for later))*"
    r"|(?:can (?:we|you|i) |could (?:we|you) |let's |just |please |i'll )*(?:skip|pass|next(?: one| question)|move on"
    r"|next please)"
    r"(?: (?:please|question|one|to the next(?: one| question)?|for now|on that(?: one)?))*"
    r"|(?:can (?:we|you|i) |could (?:we|you) |let's |just |i'll )*(?:come|get|go) back to (?:it|that|this)(?: one| "
    r"question)?"
    r"(?: (?:later|at the end|in a (?:minute|second|bit)|please|after))*"
    r"|ask me (?:something else|another one|later|that later))"
)
_WHOLE = re.compile(f"^{_LEAD}{_CORE}{_TAIL}$")


_FILED = (
    r"(?:file|filing|report|reporting|submit|submitting|make|making|send|sending|open|opening|continue"
    r"|go (?:on|ahead|through)|do|proceed)"
)
_WITHDRAWS = re.compile(
    rf"\b(?:don't|do not|no longer|didn't|did not) (?:really |actually |even |think i )?(?:want|wish|care|need|wanna)"
    rf"(?: you)?(?: to)? {_FILED}(?: (?:a|an|the|this|that|it|any|with|my|anything|one|no more|any more|anymore))*"
    r"(?: (?:claim|report|case|thing))?(?: (?:any ?more|after all|now|today|right now|please|thanks|thank you))*$"
    r"|\b(?:i'd |i would )?rather not (?:file|report|do|go on|continue)\b"
    r"|\b(?:don't|do not) file (?:it|this|that|anything|the report|my report)(?: (?:please|thanks|then|after all))*$"
    r"|^(?:(?:you know what|well|no|just|oh|please|actually|okay|ok|so|nothing|let's|can you|can we|i want to"
    r"|i'd like to"
    r"|i changed my mind|sorry|then) )*(?:never ?mind|forget (?:it|this|that|about it|the whole thing)"
    r"|(?:cancel|drop|scrap|stop|call off|delete|withdraw) (?:it|this|that|everything|the (?:whole )?(?:report"
    r"|thing|call)"
    r"|my report)|call (?:it|the whole thing) off|i changed my mind|i've changed my mind)"
    r"(?: (?:please|thanks|thank you|then|now|already|altogether|all together|i'll call back(?: later)?|it's fine))*$"
)
_BEFORE_A_WISH = (
    r"(?:no|nope|nah|wait|well|oh|okay|ok|just|but|so|and|please|actually|honestly|sorry|stop|nothing|listen|look"
    r"|hey|you know what|you know"
    r"|then|yes|yeah|i mean|i said|hold on|hang on|um|uh|because|maybe|i think|let's see) "
)
_SOMETHING = (
    r"(?:it|this|that|anything|nothing|any of (?:it|this|that)|(?:a|an|the|any|my|this|that|no|our) (?:claim|report"
    r"|case|thing))"
)
_NOT_FOR_GOOD = (
    r"(?! (?:(?:just|quite) )?(?:yet|until|till|before|unless|without|as|under|for|with|wrong|like|so|too|to|on|if"
    r"|that way|again"
    r"|twice|in|at)\b)"
)
"""What comes behind words that only put something off, or say how it is not to be done."""
_HOLDS_BACK = re.compile(
    rf"^(?:{_BEFORE_A_WISH})*(?:don't|do not|you don't (?:have|need) to|no need to|needn't|you needn't) "
    r"(?:even |actually |bother |bother to |you dare )*(?:file|filing|submit|submitting|send|sending|register|report"
    r"|reporting"
    rf"|record|open|opening|go ahead with) {_SOMETHING}\b(?: in| through)?{_NOT_FOR_GOOD}"
    rf"|^(?:{_BEFORE_A_WISH})*(?:don't|do not) (?:do|start|put in|put through) {_SOMETHING}(?: (?:please|thanks"
    rf"|thank you|now"
    r"|after all|then|any ?more))*$"
    rf"|^(?:{_BEFORE_A_WISH})*let's (?:just |better |rather )?(?:not(?: (?:do|file|go on|go ahead|bother"
    rf"|continue)\b.*)?$"
    rf"|not do (?:it|this|that)\b|(?:drop|skip|scrap|forget|stop) (?:it|this|that|the (?:whole )?(?:thing|claim"
    rf"|report))\b)"
    rf"{_NOT_FOR_GOOD}"
    r"|\bso let's not(?: (?:do|file) (?:it|this|that))?$"
    rf"|^(?:{_BEFORE_A_WISH})*i (?:really |just |actually )?(?:don't|do not) (?:want|need) (?:a|any|the|this|that|no) "
    rf"(?:claim|report|case)\b(?! (?:number|to|that|form)\b){_NOT_FOR_GOOD}"
    rf"|^(?:{_BEFORE_A_WISH})*(?:i'd|i would) rather (?:not|leave it|drop it)(?: then| please| thanks| thank you"
    rf"| now)*$"
    r"|\b(?:we'll|we will|i'll|i will|we're going to|i'm going to|we're gonna|i'm gonna|we can|they'll"
    r"|let us) (?:just |rather )?"
    r"(?:handle|settle|sort|deal with|work|take care of|fix|pay for) (?:it|this|that)(?: out)?"
    r" (?:ourselves|myself|themselves|between (?:us|ourselves)|among ourselves|privately|in cash|with cash"
    r"|on our own|on my own"
    r"|out of (?:my |our )?(?:own )?pocket|without (?:the |any |your )?\w+)\b"
)
"""Says that what was begun is not to be done, in words of a whole sentence: "don't file anything, my husband pays"."""
_SOLVED = re.compile(
    r"\b(?:i|we|he|she|they|husband|wife|somebody|someone)(?:'ve|'s| have| has)? (?:just |already )?found (?:it"
    r"|them|him|her"
    r"|the|my|our)\b|\b(?:came|come|comes|is|it's|are|they're|went|switched) (?:just |right |all )?(?:back|on again)\b"
    r"|\b(?:turned|showed) up (?:again|after all|now)?\b|\bworking again\b|\b(?:fixed|solved|resolved"
    r"|sorted)(?: itself| out)?\b"
)
_LETS_GO = re.compile(
    r"\bnever ?mind\b(?! (?:the|my|that|what|about)\b)|\bforget (?:it|about it|the whole thing)\b|\bno need\b"
    r"|\b(?:don't|do not) (?:even |have to )?(?:bother|block|cancel|send|freeze|close|stop|come|file|report)\b"
    r"|\b(?:don't|do not) need (?:it|this|that|you|anything|anybody|anyone|a \w+|the \w+|any \w+)\b"
)
"""Both together: what they called about is no more ("oh, it just came back on, never mind", "I found it, don't block
it")."""
_QUOTED = re.compile(
    r"(?<!\bi )(?<!\bwe )\b(?:said|says|saying|told (?:me|us|him|her|them)|suggested|offered|insisted|promised"
    r"|wanted to|was like|goes)\b"
)
"""Before such words: somebody else's, as the story has them ("he said we'll settle this ourselves and drove off")."""
_NOT_MEANT = re.compile(
    r"^(?:oh |hi |hello |sorry |i'm sorry |no |i think |uh |um |my bad |excuse me )*"
    r"(?:(?:i |i've |i must |we |this is |it's |that's )?(?:must |have |got |dialed |called |reached |think "
    r"|i )*(?:a |the )?"
    r"wrong number|(?:i )?(?:must have )?misdialed)(?: (?:bye|goodbye|sorry|thanks|thank you|my bad|about that"
    r"|i guess))*$"
)


def withdraws(text: str) -> bool:
    """Does the caller want no more of what they came for: "forget it, I don't want to file that"?"""
    said = " ".join(words(text))
    held_back = _HOLDS_BACK.search(said)
    if _LETS_GO.search(said) and _SOLVED.search(said):
        return True
    return bool(_WITHDRAWS.search(said) or (held_back and not _QUOTED.search(said[: held_back.start()])))


def says_goodbye(text: str) -> bool:
    """Is all of this a goodbye, and no answer to anything? A wrong number is one, too."""
    said = " ".join(words(text))
    return bool(_GOODBYE.match(said) or _NOT_MEANT.match(said))


def has_goodbye(text: str) -> bool:
    """Is there a goodbye among these words?"""
    return bool({"bye", "goodbye", "good-bye"} & set(words(text)))


def does_not_know(text: str) -> bool:
    """Does the whole of ``text`` say that the caller does not know? "I don't know, about five" does not."""
    return bool(_WHOLE.match(" ".join(words(text))))
