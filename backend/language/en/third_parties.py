"""Callers of another house, who saw it, who interpret, and children: in English, by what they say of themselves.

Who is taken for one by mistake can still leave a report or come to a person; who is not would be let into a record that
is not theirs. So what is in doubt counts.
"""

import re

__all__ = ["is_a_third_party"]

_HELLO = r"^(?:(?:hi|hello|hey|yes|yeah|good|morning|afternoon|evening|this is|it's|you've got|you have) )*"
_RANK = (
    r"(?:officer|detective|sergeant|sgt|lieutenant|deputy|trooper|sheriff|constable|inspector|investigator|corporal"
    r"|captain|special agent|marshal|ranger|pc|wpc|nurse|paramedic|attorney|counselor|firefighter)"
)
_DID = (
    r"(?:was|were|is|are|came|comes|took|told|said|says|wrote|gave|got|gets|hit|ran|showed|arrived|has|had|stopped"
    r"|pulled|saw|asked|did|and|will|would|can|who|at|on|in|never|just|already|backed|let|made|took)"
)
_NOT_A_NAME = (
    r"(?!(?:i|he|she|they|we|it|that|the|a|an|my|me|mine|our|your|this|there|here|where|what|so|and|to|no|not|nothing"
    r"|otherwise|how|when|who|all|in|on|at|of|for|or|but|is|was)\b)"
)
_TITLE = r"(?:mr|mister|mrs|missus|ms|miss|dr|doctor|mister)"
_THEIRS = r"(?:his|her|their|somebody's|someone's|(?:the|my|our|a) neighbou?r'?s?|a parked|(?!it's\b|that's\b)\w+'s)"
_DAMAGES = (
    r"(?:hit|hits|hitting|scrap(?:e|ed|ing)|back(?:ed|ing)? into|r[ua]n into|smash\w*|clipp?\w*|side ?swip\w*|bump\w*"
    r"|dent\w*|key(?:ed|ing)|break\w*|broke|damag\w*|driv\w+ into|drove into|crunch\w*|ding\w*)"
)
_AGE = (
    r"(?:five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|[5-9]|1[0-5])(?: and a half)?"
    r"(?= (?:years? old|and my|my|but my|mommy|daddy|mom|mum|mama|dad)\b|$)"
)
_THIRD_PARTY = re.compile(
    # "sergeant doyle houston p d i've got": not "officer doyle came and wrote it down"
    rf"{_HELLO}{_RANK} (?!{_DID}\b){_NOT_A_NAME}[\w'-]+(?=$| )(?! {_DID}\b)"
    # "i'm with rapid towing", "i've got one on the hook", "the papers say karen miller"
    r"|\b(?:i'm|i am|we're|we are) with (?!(?:the|a|an|my|our|your|this|that|him|her|them|some|you)\b)"
    r"(?:[\w&'-]+ ){1,3}?(?:towing|recovery|roadside|salvage|rentals?|auto body|body shop|storage"
    r"|solutions|services|adjusters|police|sheriffs?|pd|p d|hospital|clinic|health|mutual|group|associates|law)\b"
    r"|\b(?:i|we)(?:'ve| have)? ?(?:got|have|picked up|hooked|towed|holding) (?:a|an|this|the|your|one|somebody's"
    r"|someone's)\b(?: [\w'-]+){0,5}? (?:on (?:the|my|our) (?:hook|flatbed|rollback|lift|wrecker)"
    r"|in (?:our (?:yard|lot|shop|garage)|(?:my|our) (?:impound|bay)))\b"
    r"|(?<!my )\b(?:papers?|paperwork|registration|plates?|tags?|file|chart)(?: all| here| just)? (?:says?"
    rf"|com(?:e|es|ing) back (?:to|as)|lists?|reads?|is (?:registered )?(?:to|under)) {_NOT_A_NAME}[a-z'-]+\b"
    # "interpreter four four seven", "i will interpret for her", "i have mrs miller with me"
    r"|\binterpreter (?:number |id |badge |code )*(?:\d|zero|oh|one|two|three|four|five|six|seven|eight|nine)"
    r"|\binterpreter (?:here|speaking|calling)\b"
    r"|\b(?:language|interpretation|translation) (?:line|service)s? (?:here|interpreter|calling|speaking)\b"
    r"|\bi(?:'ll| will| am going to|'m going to|'m gonna|'m|'m here to) (?:be )?(?:interpret|translat|speak|talk|answer"
    r"|doing the talking)(?:e|ing|)?(?: \w+)? for (?:him|her|them|this|mr|mrs|ms|my|the|both)\b"
    rf"|\b(?:i have|i've got|i got|here with|sitting with|i'm with) {_TITLE} (?!who\b)[\w'-]+"
    # "i live next door to john smith", "i'm a witness", "i saw a van hit his car"
    r"|\b(?:i|we) live (?:right |just )?(?:next door|across(?: the (?:street|road|way|hall))?"
    r"|opposite|above|below|upstairs|downstairs|beside|behind|two doors)(?: down)?(?: (?:to|from|of))? "
    rf"{_NOT_A_NAME}[\w'-]+ [\w'-]+"
    r"|\b(?:i'm|i am) (?:just |only )?(?:a|an|the|one of the) (?:eye ?)?(?:witness(?:es)?|bystander|passer ?by)\b"
    r"|\b(?:i|we) (?:just |actually |also )?(?:saw|watched|witnessed) (?:[\w'-]+ ){1,6}?"
    rf"{_DAMAGES} (?:into )?{_THEIRS} [\w'-]+(?!.*\b(?:and|then|before|into) (?:mine|me|us|ours|my|our)\b)"
    # "i'm emma i'm eight my mom says i should call"
    rf"|\b(?:i'm|i am)(?: (?:only|just|almost|nearly))? {_AGE}"
)


def is_a_third_party(said: str) -> bool:
    """Do the words come from somebody who only has to do with it? ``said`` is in lower case, without marks."""
    return _THIRD_PARTY.search(said) is not None
