"""Callers who report nothing: they only ask, suppose something, fear something, complain, or were written to."""

import re

from backend.language.tokens import words

__all__ = ["only_asks"]

_LEAD = r"(?:(?:hello|hi|hey|um|uh|so|well|okay|yes|no|and|but|i was wondering|quick question|question|a question) )*"
_ONE = r"(?:i|we|you|he|she|they|somebody|someone|my [\w']+)"
_SUPPOSES = re.compile(
    rf"^{_LEAD}(?:suppose|supposing|imagine|hypothetically|theoretically|in theory|what if|what would happen if"
    rf"|what happens if|(?:let's )?say {_ONE})\b|\b(?:hypothetically|hypothetical)\b"
)
""" "Suppose somebody hit me": nobody did."""
_ONLY_ASKS = re.compile(
    r"\b(?:i'm|i am|we're|we are) not (?:(?:actually|really|here|calling|trying|looking|wanting|to) )*"
    r"(?:report|reporting|file|filing|claim|claiming|making|putting in)\b"
    r"|\b(?:i'm|i am|we're) (?:only|just) (?:asking|wondering|curious|inquiring|shopping around)\b"
    r"|\b(?:only|just) (?:want|wanted|need|needed|would like) to (?:know|ask|find out|understand)\b"
    rf"|\b(?:would|will|does|do|could|can|am i|is (?:it|that)|how (?:much|does)|what does)\b.*\bif {_ONE}\b"
    r"|\b(?:rates?|premiums?|prices?|costs?|bill|payments?) (?:would |will )?(?:go|goes|going) up (?:if|when|because)\b"
    r"|\b(?:file|make|lodge|register|submit|have|got|raise) (?:an? |my |this |another )?(?:formal |official |serious )?"
    r"complaint\b|\bwant to complain\b|\bcomplain(?:ing)? (?:about|to)\b"
    r"|\b(?:claim|case)(?: [\w']+){0,3} against (?:me|us|my|our)\b|\b(?:suing|sued|sues) (?:me|us)\b|\blawsuit\b"
    r"|\bcourt papers\b|\bsubpoena\b|\b(?:got|received) (?:a|this|your|another|some) (?:[\w']+ )?(?:letter|notice"
    r"|email)\b"
    r"|\bbefore (?:it|the [\w']+) (?:hits|comes|starts|happens)\b|\b(?:hasn't|has not) happened yet\b"
    r"|\bnothing(?:'s| has| is)? (?:actually |really )?happened\b"
)
_HAPPENED = re.compile(
    r"\b(?:yesterday|last (?:night|week|month|\w+day)|this (?:morning|afternoon|evening)|earlier|just now|ago)\b"
    r"|\b(?:he|she|they|it|guy|man|woman|lady|somebody|someone) (?:just |has |have )?(?:hit|rammed|backed|ran|scratched"
    r"|damaged|stole|struck|smashed) (?:me|us|my|our|into)\b|\bi (?:just )?(?:hit|had|got|was) (?:an?(?! (?:[\w']+ "
    r")?(?:letter|notice|email|question))|in|into|hit)\b"
)
"""Something did happen, whatever is asked about it."""


def only_asks(text: str) -> bool:
    """Do the words report nothing, though they name what is reported: "will my rate go up if I file a claim"?"""
    said = " ".join(words(text))
    if _SUPPOSES.search(said):
        return True
    return bool(_ONLY_ASKS.search(said)) and not _HAPPENED.search(said)
