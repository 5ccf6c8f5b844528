"""What English answers are that answer nothing: they ask for time, ask back, do not know, or want a person."""

import re

from backend.language.en.said import said
from backend.language.reading import Nothing
from backend.language.turn_memory import remembered
from backend.language.words import MARKS

__all__ = ["read_aside"]

_TIME = r"(?:moment|second|minute|sec|min|bit(?! of (?:a|an|the|that|it|some|my)\b)|tick|mo|jiffy)s?"
_COUNT = r"(?:a|an|one|two|three|five|\d|another|half a|a couple of|a few|just a|just one)(?: (?:little|quick|short))?"
_LOOK = (
    r"(?:find|get|grab|fetch|check|look|see|think|pull|open|go|dig|search|ask|read|put|write|turn|take|consult|count"
    r"|remember|recall|figure|call)"
)
_WAIT = re.compile(
    rf"\b(?:hold|hang) on\b(?! to\b)|\bbear with me\b|\b{_COUNT} {_TIME}\b(?! (?:ago|later|after|before|earlier))"
    rf"|\blet (?:me|us) (?:just |quickly |go |try to )*{_LOOK}\b"
    rf"|\bi (?:will|would|have to|need to|must|got to|am going to|want to) (?:just |quickly |go |have to )*{_LOOK}\b"
    r"|\bi am (?:just |still )*(?:looking|searching|checking|getting|digging|thinking|trying to (?:find|remember))\b"
    r"|\b(?:stay|wait) (?:there|here|on the line|please|up)\b|\bdo not hang up\b|\bstill looking\b|^wait$|\bwait a\b"
    r"|\bi am not ready\b|\bgive me time\b|\bright back\b|\bneed (?:a|some) (?:time|moment)\b"
)
_PERSON = re.compile(
    r"\b(?:speak|talk|connect|transfer|put|pass|get|give|want|need|like|let)\b(?:(?! not\b).)*\b(?:person|human|people"
    r"|human being|representative|rep|operator|supervisor|manager|colleagues?|somebody|someone|advisor|adviser"
    r"|real (?:agent|one)|live agent|an agent|customer service)\b"
    r"|^(?:a |an |the |real |live |actual |human )*(?:person|human|operator|representative|agent|human being)"
    r"(?: please| now)*$|\b(?:real|live|actual) (?:person|human|agent)\b"
)
_UNKNOWN = re.compile(
    r"\b(?:do|did|would|could|can|will|have|has) (?:not|never) (?:(?:really|honestly|actually|even|quite|exactly)"
    r" )*(?:know|remember|recall|tell|say|have|see|got|notice|look|pay attention|think of|find|catch|check|own|use)\b"
    r"|\bhave not (?:got|a|the|any)\b|\b(?:no|not a|not the (?:faintest|slightest|foggiest)) (?:idea|clue|notion)\b"
    r"|\bhave no\b|\bgot none\b|\bnot (?:really )?(?:sure|certain)\b|\bunsure\b|\bdo not know\b|\bbeats me\b"
    r"|\b(?:i|have) (?:forgot|forget|forgotten)\b|\bforgot(?:ten)?\b|\b(?:who|god|heaven|goodness) knows\b"
    r"|\bhard to say\b|\bsearch me\b|\b(?:nobody|no one) (?:ever )?(?:told|said|gave|knows)\b|\bunknown\b"
    r"|\bno way of (?:knowing|telling)\b|\bslipped my mind\b|\blost track\b|\bnever (?:had|got|knew|been told|looked)\b"
    r"|\bdraw(?:ing)? a blank\b|\bgone (?:blank|out of my)\b|\bwas not (?:really |quite |even )?(?:told|looking"
    r"|paying|listening)\b|\bno memory\b"
)
_VERB = r"(?:is|was|are|were|am|does|did|do|can|could|will|would|should|has|have|had|may|might|must|shall)(?: not)?"
_QUESTION = re.compile(
    rf"^(?:(?:um|uh|er|well|oh|hm|hmm|so|and|sorry|okay|ok|but|wait|yes|no|hey|please|now|hang on|hold on) )*"
    r"(?!(?<=please )do i\b)"
    rf"(?:{_VERB} (?:it|that|this|there|anyone|anybody|you|they|he|she|i|we|the|my|your|all|every)\b"
    r"|why\b|what\b|which\b|who\b|whose\b|how\b|where\b|when (?:is|was|did|do|does|will|can|you|what)\b|when$"
    r"|pardon|come again|excuse me|huh$|sorry$|say (?:that|it) again|repeat|for what|the what|you mean\b|you want\b"
    r"|you need\b|do i\b|define\b)"
    r"|\bwhat do you mean\b|\bwhy (?:do|does|would|should|are|is) (?:you|that|it|this)\b|\bwhat for$|\bwhich one$"
    r"|\bthe one on\b.*\bor\b|\?$|\byou mean$|\bi (?:do|did|can|could) not (?:understand|follow|hear|catch)\b"
)


@remembered
def read_aside(text: str) -> Nothing:
    """What the words are when they do not answer; ``""`` for something else."""
    words = said(text)
    plain = " ".join(word for word in words if word not in MARKS)
    if words and words[-1] == "?":
        plain += " ?"
    why = re.search(r"\b(?:why|which|what for|what do you mean)\b", plain)
    if _PERSON.search(plain):
        return "person"
    if _WAIT.search(plain) and not why:
        return "wait"
    if _UNKNOWN.search(plain) and not _QUESTION.search(plain):
        return "unknown"
    return "question" if _QUESTION.search(plain) else ""
