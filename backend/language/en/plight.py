"""Who is in a bad way now, in English: by who it is, what has become of them, and when.

All patterns are for the canonical spelling (:mod:`backend.language.en.canonical`), where an "is" may be a "has".
"""

from backend.language.en.wreck import DOER
from backend.language.hinted import part

__all__ = ["BODY", "POISONED", "STRUCK", "WELL_AFTER"]

_KIN = (
    r"(?:wife|husband|partner|spouse|son|daughter|mom|dad|mother|father|brother|sister|grandma|grandpa|grand\w+|nephew"
    r"|niece|uncle|aunt|auntie|cousin|friend|mate|buddy|kids?|child|children|baby|toddler|infant|boys?|girls?|man|men"
    r"|woman|women|guys?|lady|person|people|neighbou?r|colleague|boss|girlfriend|boyfriend|fiancee?|couple|somebody"
    r"|someone|cyclist|rider|biker|pedestrian|jogger|twin|old (?:man|lady|woman))"
)
_THEY = rf"(?:he|she|they|{_KIN}|{DOER})"
_WHO = rf"(?:i|we|{_THEY})"
_IS = r"(?:is|are|am)"
_HAS = r"(?:has|have|is|are|am)"
_NOW = (
    r"(?:(?:just|still|now|all|really|suddenly|completely|totally|kind of|sort of|like|already|half|starting to"
    r"|\w+ly) )*"
)
_LIMB = r"(?:arms?|legs?|foot|feet|hands?|fingers?|thumb|toes?|ear|nose|scalp|ankle|wrist|knee|elbow)"
BODY = part(
    # "my grandma is collapsed", "he has gone blue", "my boy blacked out"
    rf"\b{_THEY} (?:{_HAS} )?{_NOW}(?:collapsed|keeled over|fainted|passed out|blacked out"
    r"|dropped to the (?:floor|ground)|(?:gone|went|going|turned|turning) (?:all |completely |really |a bit |very )?"
    r"(?:limp|floppy|blue|gray|grey|purple|stiff|cold|unconscious|unresponsive|white as)"
    r"|stopped (?:breathing|moving|shivering|crying|responding|talking to me))\b"
    r"(?! (?:laughing|drunk|with laughter|on the (?:sofa|couch|bed)|with (?:anger|rage|envy)|feet|turkey))"
    # a fit, a stroke, a heart
    rf"|\b{_WHO} {_HAS} {_NOW}(?:having|had|going into|gone into|taking|taken)(?: an?| another| some (?:kind|sort) of)*"
    r" (?:\w+ )?(?:fit|seizure|stroke|heart attack|asthma attack|cardiac arrest|allergic reaction|anaphyla\w+|hypo"
    r"|miscarriage|aneurysm|convulsions?|labor|shock)\b(?! (?:when|that|at the (?:price|bill)|once|before))"
    rf"|\b{_IS} {_NOW}(?:clutching|holding|grabbing|gripping) (?:his|her|my|their) (?:chest|heart|left arm|throat"
    rf"|neck)\b"
    rf"|\b(?:face|mouth|eye|half of (?:his|her|my) face|one side) {_HAS} {_NOW}(?:dropped|drooped|drooping|fallen"
    r"|gone numb|sagging)\b"
    rf"|\b(?:throat|tongue|airway|windpipe|lips) {_HAS} {_NOW}(?:closing|closed|swelling|swollen|swelled|blocked)\b"
    rf"|\b(?:lips|face|hands|fingers|tongue|whole (?:side|body)) {_HAS} {_NOW}(?:gone|going) (?:all )?numb\b"
    rf"|\b(?!people\b){_THEY} {_IS} {_NOW}(?:staring(?=$| (?:into|at nothing|ahead|straight))|talking (?:gibberish"
    rf"|nonsense|rubbish"
    r"|funny)|not (?:making (?:any |a )?(?:noise|sound)|coming (?:round|around|to)))"
    rf"|\b{_THEY} (?:do|does) not (?:even )?know (?:who|where) (?:he|she|they) (?:is|are)\b"
    # wounds
    rf"|\b{_LIMB} {_IS} {_NOW}(?:jammed|wedged|pinned|crushed|trapped|stuck|caught) (?:under|in|between|behind)\b"
    rf"|\b{_THEY} {_HAS} {_NOW}(?:been |got |gotten )(?:shot|stabbed|knifed|run over|crushed|electrocuted|scalded)\b"
    r"(?! (?:down|at|by the (?:price|bill)))"
    rf"|\b{_THEY} (?:{_HAS} )?(?:went|gone|flew|flown|been thrown|was thrown|came|come) (?:right |straight "
    rf"|head first )*"
    r"through the (?:wind\w+|glass|window)\b"
    rf"|\b{_LIMB} {_HAS} {_NOW}(?:been )?(?:nearly |almost |partly |clean |hanging )*(?:cut|torn|ripped|sliced|come"
    r"|taken|hanging|chopped|blown) (?:clean )?off\b"
    rf"|\b{_LIMB} {_IS} {_NOW}(?:bent|twisted|pointing|facing|turned|on) (?:the )?(?:wrong way|backwards?|back to front"
    r"|sideways)"
    rf"|\b(?:head|skull|stomach|belly|neck|throat) {_HAS} {_NOW}(?:been )?(?:split|cracked|smashed|caved|cut|sliced"
    r"|ripped) (?:wide )?(?:open|in)\b"
    rf"|\b(?:he|she|i|{_KIN}) (?:{_HAS} )?{_NOW}lost (?:an?|his|her|my|two|three|some) (?:\w+ )?(?:fingers?|hand|arm"
    rf"|leg"
    r"|foot|toes?|eye)\b(?! of)|\bguts\b.{0,12}\b(?:out|hanging)\b"
    # "i think he is dead", "the other one is dead"
    rf"|\b(?:think|thinks|looks like|looks as if|pretty sure|afraid|sure) (?:that )?(?:he|she|they|(?:the|that|this|my"
    rf"|our|one of the|both) (?:\w+ ){{0,2}}?{_KIN}|{DOER}) (?:is|are|might be|may be|could be|must be) {_NOW}"
    r"(?:dead|dying|gone|not alive)(?=$| (?:now|already|i|he|she|please|oh|there|in))"
    rf"|\b(?:he|she|they|one of them|the (?:\w+ )?(?:man|woman|boy|girl|guy|lady|kid|child|rider|cyclist)"
    rf"|(?!\w+ \w*(?:holder|owner)\b){DOER}) (?:is|are) {_NOW}dead(?=$| (?:now|already|i|he|she|please|oh|there"
    rf"|in the|on the))"
    # many
    r"|\bpeople are (?:\w+ )?(?:hurt|injured|dead|dying|bleeding|screaming)\b.*\b(?:all over|everywhere|lots|badly)\b",
    "collapsed|keeled|fainted|passed out|blacked out|dropped to|limp|floppy|blue|gray|grey|purple|stiff|cold|unconsc"
    "|unresp|white as|stopped|fit|seizure|stroke|attack|arrest|reaction|anaphyla|hypo|miscarriage|aneurysm|convulsion"
    "|labor|shock|chest|heart|left arm|throat|neck|dropped|droop|fallen|gone numb|sagging|tongue|airway|windpipe|lips"
    "|off|wrong way|backward|back to front|sideways|split|cracked|smashed|caved|cut|sliced|ripped|lost|guts|dead|dying"
    "|gone|going|not alive|people are|staring|gibberish|nonsense|rubbish|funny|noise|sound|round|coming|know|jammed"
    "|wedged|pinned|crushed|trapped|stuck|caught|shot|stabbed|knifed|run over|electrocuted|scalded|through the",
)
"""Said in one clause, and not taken back by who is well after all."""
_PERSON = (
    r"(?:kids?|child|children|boys?|girls?|man|men|woman|women|guy|lady|person|people|pedestrians?|cyclists?|bicyclist"
    r"|jogger|toddler|baby|somebody|someone|old (?:man|lady|woman)|student|worker|neighbou?r|son|daughter|wife|husband"
    r"|dad|mom|mother|father|grandma|grandpa)"
)
_ON_FOOT = (
    r"(?:kids?|child|children|boys?|girls?|pedestrians?|cyclists?|bicyclist|jogger|toddler|baby|person"
    r"|old (?:man|lady|woman))"
)
STRUCK = part(
    rf"\b(?:ran|run|running|drove|driven|backed|rolled|reversed|driving) (?:right |straight )?over (?:an? |the |this "
    rf"|some "
    rf"|my |our |his |her )?(?:\w+ ){{0,2}}?{_PERSON}\b(?! is\b)"
    rf"|\b(?:ran|run|knocked|mowed) (?:an? |the |this |some |my )?(?:\w+ )?{_PERSON} (?:over|down)\b"
    rf"|\b(?:i|we|he|she|they) (?:(?:have|has|had|is|just|think i|think we|think i have) )*"
    rf"(?:hit|struck|knocked (?:over|down)) (?:an? |this |some |two |three )?(?:\w+ )?{_ON_FOOT}\b"
    r"(?! (?:is|and ran|and run|with a|at the light|from behind)\b)",
    "over|down|hit|struck|knocked",
)
"""Somebody on foot who was hit."""
_POISON = (
    r"(?:antifreeze|coolant|bleach|screen ?wash|(?:brake|washer|transmission) fluid|gas|lighter fluid|fluid|poison"
    r"|cleaner|(?:weed|rat|bug) ?killer|detergent|pods?|thinner|turpentine|acid|batter(?:y|ies)|magnets?|chemicals?"
    r"|hand sanitizer|mushrooms?|berries|pesticide|ammonia)"
)
_PILLS = (
    r"(?:pills?|medication|medicine|medicines|paracetamol|aspirin|tylenol|ibuprofen|antidepressants|insulin|painkillers"
    r"|sedatives|oxy\w*|valium|xanax|opioids|fentanyl)"
)
_MUCH = r"(?:all|whole|entire|too (?:many|much)|handfuls?|loads?|bunch|ton|tons|double|most|everything|full)"
POISONED = part(
    rf"\b{_WHO} (?:{_HAS} )?(?:just |accidentally |been and )*(?:drank|drunk|swallowed|ate|eaten|downed|drinking|been "
    rf"drinking|got(?:ten)? into|swallowing) (?:[\w']+ ){{0,4}}?{_POISON}\b(?! (?:out|off|from the shop)\b)"
    rf"|\b(?:took|taken|swallowed|had|ate|eaten|downed) (?:(?:an?|the|my|his"
    rf"|her) )?{_MUCH}(?: [\w']+){{0,4}}? {_PILLS}\b"
    rf"|\b(?:kids?|child|baby|toddler|boy|girl|son|daughter|grandson|granddaughter|(?:two|three|four) year old)"
    rf" (?:{_HAS} )?(?:just )?(?:swallowed|ate|eaten|got(?:ten)? into) (?:[\w']+ ){{0,3}}?{_PILLS}\b",
    "drank|drunk|swallow|ate|eaten|downed|drinking|into|took|taken|had",
)
"""What stays in somebody, whoever is well so far."""
WELL_AFTER = (
    r"\b(?:he|she|they|everyone|everybody|(?:the|my) (?:\w+ )?(?:kid|boy|girl|man|woman|lady|guy|child|cyclist))"
    r"(?: is| are| was| were)? (?:all |both |totally |perfectly |absolutely |actually |quite |just )*(?:fine|okay|ok"
    r"|all right|alright|unhurt|not hurt|good now|better now|safe|up and about|at home|came (?:round|around|to)"
    r"|rode (?:off|away)|walked (?:off|away)|ran off|got (?:right |back )*up|went home|will be (?:fine|okay))\b"
    r"|\bgot (?:me|us|him|her|them) out\b|\bfalse alarm\b|\bno (?:one|body) (?:is|was) hurt\b|\bnobody (?:is"
    r"|was) hurt\b"
)
"""In the whole of the words: they are well after all."""
