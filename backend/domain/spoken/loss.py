"""Does somebody report that something has happened: an accident, a theft, damage?"""

import re

from backend.domain.spoken.tokens import words

__all__ = ["reports_loss"]

_EVENT = (
    r"(?:accident|crash|collision|wreck|fender bender|hit and run|incident|theft|break ?in|burglary|vandalism|damage"
    r"|dent|fire|flood|hail|loss)"
)
_REPORT = re.compile(
    rf"\b(?:report|file|filing|make|making|open|start|submit|register|lodge|put in|tell you about|call(?:ing)? about)\b"
    rf" (?:[\w'-]+ ){{0,5}}?(?:{_EVENT}|claim)s?\b"
    rf"|\b(?:this|it|that)(?:'s| is| was) about (?:[\w'-]+ ){{0,3}}?{_EVENT}\b"
    rf"|\b{_EVENT} (?:that |which )?(?:i|we|he|she|they|my \w+) (?:just |have |has )?had\b"
    r"|\bnew claim\b|\bclaim to (?:report|file|make|open)\b|\breport (?:it|this|that|something)\b"
)
_THERE_WAS = re.compile(
    rf"\b(?:had|have had|having|got in(?:to)?|(?:was|been|were|am|are|we're|i'm) (?:just )?in(?:volved in)?|"
    rf"there(?:'s| is| was| has| were|'s been)|has been|just had)\b (?:[\w'-]+ ){{0,4}}?{_EVENT}s?\b"
)
_HAPPENED = re.compile(
    r"\b(?:hit|struck|rear-? ?ended|side-? ?swiped|t-? ?boned|crashed|smashed|totall?ed|wrecked|stole|stolen|scratched"
    r"|dented|vandali[sz]ed|keyed|broke into|broken into|ran into|run into|backed into|drove into|slammed into|bumped"
    r"|collided|damaged|rolled over|skidded|flooded|burned|burnt|scraped|shattered"
    r"|fell (?:on|onto|over|into)|fallen (?:on|onto|over)|ran over|came down on|came off"
    r"|landed on|blew (?:[\w']+ ){0,3}?(?:off|onto|into|over)|flew (?:into|onto)|cracked|slid|spun"
    r"|flipped|tipped over|broke(?! down)"
    r"|drove off|rolled (?:back|forward|into))\b"
)
_SOMEBODYS = frozenset(
    "i me my mine we us our car vehicle truck van suv someone somebody guy lady driver he she they bumper windshield "
    "another".split()
)
_CONDITION = re.compile(
    r"\b(?:if|in case|suppose|what happens when|whenever) (?:[\w']+ ){0,3}?"
    r"(?:had|have|hit|hits|get|gets|crash|crashes|steals|stole|damages|damaged|were|was|is|happens)\b"
)
_COVERAGE = re.compile(r"\b(?:cover(?:s|ed|age)?|deductible|premium|my policy|rental|insured for|pay for)\b")
_QUESTION = re.compile(r"^(?:what|is|are|does|do|can|could|how|when|where|who)\b|\bquestion\b|\bstatus\b")
_SHORT = 6


def reports_loss(text: str) -> bool:
    """Is a loss reported here? A question about coverage or about an earlier claim is no report."""
    said = " ".join(words(text))
    if _REPORT.search(said):
        return True
    if _CONDITION.search(said):
        return False
    if _THERE_WAS.search(said):
        return True
    if _COVERAGE.search(said):
        return False
    tokens = said.split()
    if _HAPPENED.search(said) and _SOMEBODYS & set(tokens):
        return True
    named = re.search(rf"\b{_EVENT}\b", said) and not _QUESTION.search(said) and "no" not in tokens
    return len(tokens) <= _SHORT and bool(named)
