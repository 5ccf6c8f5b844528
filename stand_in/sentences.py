"""The few sentences that are the stand-in's own, in the language that the call is held in."""

from dataclasses import dataclass

from stand_in.hearing.spanish import is_spanish
from stand_in.situation import Situation

__all__ = ["ENGLISH", "SPANISH", "Sentences", "sentences_of"]


@dataclass(frozen=True, slots=True)
class Sentences:
    """In one language."""

    else_: str
    help: str
    what_more: str
    goodbye: str
    thanks: str
    not_understood: str
    not_here: str
    again: str
    not_either: str
    else_again: str
    else_plain: str
    what_about: str
    which_part: str
    cannot_now: str
    did_not_work: str
    unknown: str
    sympathy: str

    @property
    def marks(self) -> tuple[str, ...]:
        """Those that say that something was not understood."""
        return self.not_understood, self.not_here, self.again, self.not_either, self.else_plain


ENGLISH = Sentences(
    else_="Is there anything else I can help you with?",
    help="How can I help you today?",
    what_more="What can I do for you?",
    goodbye="Thank you for calling. Goodbye.",
    thanks="Thank you",
    not_understood="I'm sorry, I didn't get that.",
    not_here="I'm sorry, I can't tell you that.",
    again="I'm sorry, I still don't follow. Please say in a few words what you are calling about.",
    not_either="I don't know that either, I'm afraid. What else can I do for you?",
    else_again="What else can I do for you?",
    else_plain=(
        "I'm sorry, I still don't follow. Is there anything else? Please say yes or no, or press 1 for yes, 2 for no."
    ),
    what_about="What are you calling about?",
    which_part="I'm sorry, which part should I change? For example the date, the place, or what happened.",
    cannot_now="I'm sorry, I can't do that now.",
    did_not_work="I'm sorry, that didn't work.",
    unknown="I'm sorry, I don't know that.",
    sympathy="I'm sorry to hear that. I'll help you with it. ",
)
SPANISH = Sentences(
    else_="¿Hay algo más en lo que le pueda ayudar?",
    help="¿En qué le puedo ayudar?",
    what_more="¿Qué puedo hacer por usted?",
    goodbye="Gracias por llamar. Hasta luego.",
    thanks="Gracias",
    not_understood="Disculpe, no le entendí.",
    not_here="Disculpe, eso no se lo puedo decir.",
    again="Disculpe, todavía no le entiendo. Dígame por favor en pocas palabras por qué llama.",
    not_either="Eso tampoco lo sé. ¿Qué más puedo hacer por usted?",
    else_again="¿Qué más puedo hacer por usted?",
    else_plain=(
        "Disculpe, todavía no le entiendo. ¿Hay algo más? Diga por favor sí o no, u oprima 1 para sí, 2 para no."
    ),
    what_about="¿Por qué motivo llama?",
    which_part="Disculpe, ¿qué parte debo cambiar? Por ejemplo la fecha, el lugar o lo que pasó.",
    cannot_now="Disculpe, ahora no puedo hacer eso.",
    did_not_work="Disculpe, eso no funcionó.",
    unknown="Disculpe, eso no lo sé.",
    sympathy="Lo siento mucho. Le ayudo con eso. ",
)


def sentences_of(situation: Situation) -> Sentences:
    """Those of the language that the caller speaks; where they said too little to tell, that of the last question."""
    said = next((text for text in reversed(situation.heard) if is_spanish(text) is not None), situation.said)
    return SPANISH if is_spanish(said) else ENGLISH
