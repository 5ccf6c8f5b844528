"""The words that people agree and refuse with."""

from itertools import product

from backend.language.en.no_objection import NO_MISTAKE, NO_OBJECTION
from backend.language.en.phrase_sets import joined, phrases

__all__ = ["CHANGING", "HEDGED", "NOTHING", "NUMBERS", "REFUSALS", "REFUSING", "RIGHT", "UNCHANGED", "YES"]

_IT = tuple(("that|it|this|everything|all|all of it|all of that|all of this|everything there|the rest").split("|"))
_SHORT = tuple(
    (
        "that's|it's|everything's|all that's|sounds|looks|you are|you're|you have it|you've got it|you got it|"
        "you've got that|you got that|you have that"
    ).split("|")
)
_WHO = (*(f"{one} {verb}" for one, verb in product(_IT, ("is", "was", "sounds", "looks"))), *_SHORT)
_HOW = tuple(
    (
        "|all|exactly|absolutely|quite|perfectly|completely|totally|just|very|entirely|pretty|"
        "one hundred percent|a hundred percent|100 percent"
    ).split("|")
)
_GOOD = tuple(
    (
        "right|correct|fine|good|true|perfect|great|okay|ok|accurate|all right|alright|in order|lovely|wonderful|"
        "a yes|as it should be|how it was|what happened"
    ).split("|")
)
_SAME = tuple(("the one|what i said|what i told you|how it happened|it|them|the way it was|me").split("|"))
_ACT = tuple(
    (
        "file it|send it|send it in|submit it|do it|do that|book it|go on|go ahead|continue|proceed|text me|"
        "text it|text it to me|send me the text|send it over|put it through|put it in|send the text|take it|"
        "record it|set it up|register it|make it so|lodge it|send her in|send that in|submit that|file that"
    ).split("|")
)
_WORKS = tuple(
    (
        "works|is fine|would be fine|would be great|would be good|would be perfect|would be nice|would be lovely"
        "|would work|"
        "will be fine|will do|will work|suits me|is good|is okay|is great|sounds good|sounds great|sounds fine|"
        "sounds perfect|is perfect|sounds right|sounds like a plan"
    ).split("|")
)

_AGREED = phrases(
    "if you don't mind|if you wouldn't mind|"
    "yes indeed|yes indeedy|yessir|yes siree|bang on|dead on|right on|to a t|to a tee|crack on|fire away"
    "|spot on|all set|all good|nailed it|bingo|tickety boo|all tickety boo|looking good|good to go"
    "|that about covers it"
    "|you nailed it|couldn't be more right|hundred percent|one hundred percent"
    "|yes|yeah|yep|yup|yea|ya|yah|aye|uh huh|mm hmm|mm hm|mhm|mmhmm|uhhuh|sure|surely|sure thing|okay|ok|o k"
    "|okey dokey|go right ahead"
    "|alright|certainly|absolutely|definitely|indeed|affirmative|totally|of course|for sure|you bet|go ahead|go on"
    "|carry on|by all means|go for it|do it|do that|do so|please do|you can|you may|you can do that|i agree|agreed"
    "|i confirm|confirm|i do|i am|i would|i would like that|i'd like that|i'd love that|we do|we are|works for me"
    "|fine by me"
    "|fine with me|okay with me|okay by me|good with me|i'm happy with that|i'm fine with that|i'm okay with that"
    "|i'm good with that|i am happy with that|very good|very well|great|good|it is|it does|it was|so it is|all"
    " good|we're good"
    "|excellent|wonderful|lovely|brilliant|awesome|fantastic|super|cool|smashing|grand|roger|roger that|one"
    " hundred percent"
    "|a hundred percent|100 percent|hundred percent|why not|no problem|no problems|not a problem|no worries|no issue"
    "|no issues|no issues there|no objection|no objections|no objections here|no complaints|no doubt|no doubt"
    " about it|without a doubt|be my guest"
    "|no changes|no corrections|nothing to add|nothing to change|nothing to correct|nothing else|let's do it"
    "|let's do that|let's go"
    "|let's go ahead|sounds like a plan|please go ahead|i'd appreciate that|i would appreciate that|that'd be great"
    "|that'd be fine|that'll do|that'll be fine|that'll be great|that's fine by me|that's okay with me|that's"
    " fine with me"
    "|i can do that|i can make it|i'll be there|you have my permission|you have my okay|you have my ok|i'd be happy"
    " with that|i would be happy with that|i'd be okay with that|i'd be fine with that|okay go|yes go|go|i don't"
    " see why not|don't see why not|i don't mind|i wouldn't mind|can't hurt|couldn't hurt|wouldn't hurt|couldn't"
    " agree more|i couldn't agree more|i have no problem with that|i have no objection|i have no objections|i've no"
    " objection|i've got no problem with that|no problem with that|no reason not to|i can't argue with that|can't"
    " argue with that|no argument here|i don't see a problem|i don't see any problem|i have nothing against it|i"
    " have nothing against that|bingo|amen"
    "|it did|it sure did|it sure is|it sure was|it sure does|right you are|got it in one|that's affirmative|that it"
    " is|that it was|connect me|right on"
    "|might as well|may as well|righto|feel free|knock yourself out|sure can|you sure can|sure may|sure could"
    "|if you would|if you could|if you'd be so kind|if you would be so kind|i would prefer that|i'd prefer that"
    "|suits me|suits me fine|suits me just fine|suits me down to the ground|suits us|suits us fine"
    "|i'll be there with bells on|with my blessing"
    "|too right|yes indeed|ready|i'm ready|thumbs up|i'm sure|i am sure|i'm positive|positive|nothing"
    " wrong with that|nothing wrong|you do that"
)
_BE = (
    "be good",
    "be great",
    "be fine",
    "be lovely",
    "be perfect",
    "be nice",
    "be okay",
    "be wonderful",
    "be all right",
    "be grand",
    "be brilliant",
    "be super",
    "be ideal",
    "be excellent",
    "be awesome",
    "be amazing",
    "be fantastic",
    "be very kind",
    "be helpful",
    "be a help",
    "be a big help",
    "be a great help",
    "be a huge help",
    "work",
    "do",
)
_MAY = ("", "please", "just", "you can", "you may", "go ahead and", "let's", "i want you to", "i'd like you to")
YES = (
    _AGREED
    | NO_OBJECTION
    | joined(("that", "it", "this", "that time"), _WORKS, ("", "for me", "with me", "to me"))
    | joined(("that'd", "that'll", "it'd", "it'll", "that would", "that will", "it would"), _BE)
    | joined(_MAY, _ACT)
    | joined(("you have", "you've got"), ("my",), ("blessing", "permission", "okay", "ok"))
    | joined(("no",), ("changes", "corrections"), ("on", "from"), ("my", "our"), ("end", "side"))
)

RIGHT = (
    phrases(
        "that'll do nicely|that will do nicely|that'll do me|every word of it|every word|every bit of it"
        "|to the letter"
        "|right as rain|that's about the size of it|that about sums it up|to the best of my knowledge yes"
        "|you hit the nail on the head|you hit it on the head|hit the nail on the head"
        "|couldn't have said it better|couldn't have said it better myself|can't fault it|cannot fault it"
        "|can't fault that"
        "|nothing i'd change|there's nothing i'd change|nothing i would change|wouldn't change a thing"
        "|i wouldn't change a thing|i wouldn't change anything|you're not wrong|that's not wrong"
        "|nothing's wrong|nothing is wrong|there's nothing wrong|nothing wrong"
        " there|no mistakes|no errors|no mistakes there|i see no mistakes|no corrections needed|no changes needed"
        "|no change needed|nothing needs to change|you didn't miss anything|you didn't miss a thing|nothing's"
        " missing|nothing is missing|couldn't be better|couldn't be more right|right|correct|exactly|true|perfect"
        "|precisely|confirmed|spot on|all right|that's it|that is it|fine|that checks"
        "|it checks|all checks|that all checks|it all checks|everything checks|that checks out|it checks out"
        "|all checks out|that all checks out|it all checks out|everything checks out|all correct|all right|looks good"
        "|you've got it|you got it|you have it|you got that right|you've got that right|you got it right|you've"
        " got it right|nailed it|you nailed it|you got everything|you've got everything|you have everything|you got"
        " it all|you have it all|all of it|that matches|everything matches"
        "|that's spot on|it's spot on|bang on|that's bang on|it's bang on|dead right|that's dead right|all present and"
        " correct|couldn't have put it better|couldn't have put it better myself"
        "|everything fits|that's everything|there is nothing to add|there's nothing to add|there is nothing to change"
        "|there's nothing to change|i have nothing to add|i've nothing to add|nothing needs changing|it's a match"
    )
    | joined(
        ("nothing", "nothing's", "nothing is", "there's nothing", "there is nothing", "i see nothing"),
        ("wrong", "off", "missing", "incorrect"),
        ("", "there", "here", "at all", "with it", "with that", "with any of it", "with any of that"),
    )
    | phrases(
        "that's us|that is us|that's my number"
        "|that is my number|that's mine|that is mine|that's the number|that's my name|that's my address"
    )
    | joined(("no need to", "don't", "you don't need to"), ("change", "correct"), ("it", "that", "anything", "a thing"))
    | joined((*_WHO, "it is", "that is", "you are"), ("not",), ("wrong", "incorrect", "a mistake"))
    | NO_MISTAKE
    | joined(_WHO, _HOW, (*_GOOD, *_SAME))
    | joined(_HOW[1:], ("right", "correct", "fine", "good", "true", "accurate"))
)

NOTHING = phrases(
    "um|uh|umm|er|erm|ah|oh|hm|well|so|then|and|please|thanks|thank you|thank you very much"
    "|thank you so much|sir|ma'am"
    "|madam|miss|dear|hi|hello|now|that|it|many thanks|cheers|my friend|love|honey|hon|darling"
    "|sweetie|sweetheart|god yes|to me|for me|with me"
    "|i say|i said|let's get it over with|let's get this over with|let's get it done|let's get this done"
    "|i just want this over with|i want this over with|i just want it over with|i want it over with|i just want to get"
    " it over with|i want to get it over with|i want to get this over with|i just want to get this over with|i just"
    " want it done|i want it done|i just want this done|i want this done|i just want to be done with it"
    "|let's get it over and done with|let's be done with it|let's get on with it|get it over with"
    "|for your help|for everything|for that|for asking|there|here|thanks a lot|dude|man|you know|already|great"
    " thanks|very much|as soon as"
    "|possible|i'm not saying no|i ain't saying no|i am not saying no|not saying no|i won't say no"
    "|this number's good|this number is good|this number's fine|this number is fine|this one's good|this one's fine"
    "|this phone's good|this phone is fine|on this number|to this number|at this number"
    "|what are you waiting for|what're you waiting for"
    "|right away|make it fast|make it quick|be quick|quickly|hurry|hurry up|quick|for god's sake"
)
"""Says nothing by itself."""

UNCHANGED = phrases(
    "nothing|nothing at all|nothing is wrong|nothing's wrong|nothing to change|no changes|no change|none|no|nope"
    "|leave it|leave it as it is|leave it like that|keep it|it stays|don't change anything|never mind|it was all fine"
    "|it was all right|it was all correct|it was fine|it was right|it was correct|everything was fine"
    "|everything was right"
)

REFUSING = frozenset(
    "no nope nah naw not never none nothing nobody neither nor without hardly barely almost nearly wrong incorrect "
    "nuh uncorrect untrue false stop cancel refuse disagree forget misunderstood mistake mistaken cannot negative"
    " inaccurate "
    "rubbish nonsense".split()
)
CHANGING = frozenset(
    "but except apart besides however although though unless if only instead rather change changed correction other "
    "otherwise until till wait actually mean meant should different off plus also too add and another twice aside "
    "once first before after".split()
)
NUMBERS = frozenset(
    "zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand second "
    "third fourth fifth sixth seventh eighth ninth tenth half quarter double triple "
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september "
    "october november december today tomorrow yesterday tonight noon midnight morning afternoon evening night "
    "o'clock am pm week month year".split()
)
"""And days: whoever names one puts something right."""
HEDGED = (
    "i think|i guess|guess so|i suppose|suppose so|maybe|perhaps|probably|possibly|whatever|depends|could be"
    "|might be|may be|i don't know"
    "|not sure|unsure|not certain|more or less|kind of|sort of|if you say so|i believe|i hope|hopefully|presumably"
    "|as far as i know|sounds about right|about right|pretty much|mostly|roughly|i'd say|should be|it should|seems so"
    "|it seems|i assume|i imagine|i reckon|dunno|no idea|can't say|hard to say|i believe so|let me think|up to you"
    "|good enough|close enough|fairly|pretty sure|pretty certain|would think|must have been|let's say|i'd guess|ish"
    "|you decide|don't care|either way|i'm not convinced|i doubt"
)
REFUSALS = frozenset(
    "i i'd i'm i'll it it's is that that's this do to so way the at all by means yet really quite right correct"
    " like want "
    "fine good okay please thanks thank you absolutely definitely certainly need be would prefer rather "
    "happy accurate "
    "true happened what said send text file book have any of course we them me my on in chance now ever entirely "
    "exactly completely doing done go ahead with sir ma'am miss sorry a was very kind offer as just for into proceed "
    "there hell life hold off continue submit even and agree agreed how i've been how".split()
)
"""Words that are still a bare no beside a refusing one."""
