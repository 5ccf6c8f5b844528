"""A yes or a no that was learned from example answers: a witness beside the words that a store lists.

No list of words is whole: "only thing hurting is my wallet" has none that a store would think of. What was learned is
of signs (``backend.language.distress``), so that a sentence need not have been met. It never takes the place of a
reading: where one is in doubt it may settle it, and where one is sure of the contrary, it is asked.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from backend.language.distress import signs
from backend.language.reading import Reading, doubtful, sure

__all__ = ["LEAST_SURE", "UNLIKELY", "Learned", "read_learned"]

LEAST_SURE = 2.5
"""Log odds; by fewer no answer is taken for anything, whatever a file says."""
UNLIKELY = "what such answers mostly mean speaks against it"
"""Why such a reading is in doubt."""
_CONTRARY = 0.5
"""How sure it must be that the other answer is not meant, as a part of how sure it must be of its own."""
_UNLIKELY = 0.4
"""How much must speak against a value that was read, as a part of the same, for it to be asked."""
_VERY = 1.5
"""As many times as sure it must be where the answer turns, or the words that are known hint at the other one alone."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned of one question in one language.

    Args:
        weights: of each sign, in log odds of a yes and of a no; an answer may be neither.
        sure: log odds from which an answer is taken for that: the fewer are meant otherwise, the higher.
        made_from: what the examples were told apart by when it was made from them.
    """

    weights: Mapping[str, Sequence[float]] = field(repr=False)
    sure: float
    made_from: str = ""

    def odds(self, text: str) -> tuple[float, float]:
        """Log odds that this is a yes, and that it is a no."""
        found = [self.weights[sign] for sign in signs(text) if sign in self.weights]
        return sum(one[0] for one in found), sum(one[1] for one in found)

    def says(self, text: str, times: float = 1.0) -> bool | None:
        """The answer that it is sure of, or that many times as sure as it has to be; ``None`` where it is of none."""
        (yes, no), least = self.odds(text), self.sure * times
        if yes >= least and no <= -_CONTRARY * least:
            return True
        return False if no >= least and yes <= -_CONTRARY * least else None

    def doubts(self, text: str, value: bool) -> bool:
        """Do such answers mostly not mean this, and more of them the contrary than not?"""
        yes, no = self.odds(text)
        own, other = (yes, no) if value else (no, yes)
        return own <= -_UNLIKELY * self.sure and other > 0

    def weigh(
        self,
        text: str,
        reading: Reading,
        plainly: bool | None = None,
        *,
        turned: bool = False,
        prevails: bool | None = None,
    ) -> Reading:
        """The reading, beside what was learned: a doubt that it settles, or a doubt about what it contradicts.

        Args:
            text: the answer.
            reading: what the words that are known come to.
            plainly: what the plain yes or no means that the answer begins with; ``None`` where it begins with none.
                Nothing is taken against that.
            turned: has it a word that takes back, limits or supposes: "but", "maybe"? Then it has to be very sure.
            prevails: the answer for which one word is enough. To doubt that nothing of it was said it need not be very
                sure; any other value that was read stands against less ("it doesn't need a tow").
        """
        if reading.outcome == "none" and reading.nothing not in ("", "other"):
            return reading
        said = self.says(text)
        if said is None or (reading.outcome == "value" and reading.value is said):
            return reading
        if reading.outcome == "value":
            if said is not prevails and self.says(text, _VERY) is None:
                return reading
            return doubtful(UNLIKELY, reading.value, rests_on=reading.rests_on, against=reading.against)
        if turned or (reading.candidates and said not in reading.candidates):
            said = self.says(text, _VERY)
        return reading if said is None or plainly is (not said) else sure(said, (text,))


def read_learned(text: str) -> Learned:
    """What a file says.

    Raises:
        ValueError: it is none of these.
    """
    try:
        content = json.loads(text)
        weights = {str(sign): (float(yes), float(no)) for sign, (yes, no) in content["weights"].items()}
        found = Learned(weights, float(content["sure"]), str(content["made_from"]))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("it is not what ringmaster learn writes") from error
    odds = sum(map(sum, weights.values()), found.sure)  # of all of them: one that is not finite makes that of the sum
    if not math.isfinite(odds) or found.sure < LEAST_SURE:  # nearly every answer would be a yes
        raise ValueError("its numbers are none that ringmaster learn writes")
    return found
