"""The parts of one conversation, by name."""

from collections.abc import Callable
from dataclasses import dataclass

from backend.domain.agent import AgentSpec
from backend.domain.floor_moment import FloorMoment
from backend.domain.session import CallSession
from backend.engine.conversation.answering import Answering
from backend.engine.conversation.barge_in import BargeIn
from backend.engine.conversation.departure import Departure
from backend.engine.conversation.floor import Floor
from backend.engine.conversation.initiative import Initiative
from backend.engine.conversation.keypad import Keypad
from backend.engine.conversation.mouth import Mouth
from backend.engine.conversation.notice import Notice
from backend.engine.conversation.opening import Opening
from backend.engine.conversation.responder import Responder
from backend.engine.conversation.silence import Silence
from backend.engine.conversation.stepping_aside import SteppingAside
from backend.engine.conversation.tasks import Tasks
from backend.engine.conversation.waiting import IdleWatch
from backend.engine.listening.end_of_turn import EndOfTurn
from backend.engine.listening.listening import Listener
from backend.engine.listening.unheard import Unheard
from backend.engine.speaking.playout import Playout
from backend.engine.turn.words import CallerWords

__all__ = ["ConversationParts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationParts:
    """What those who decide who has the floor work with."""

    responder: Responder
    session: CallSession
    playout: Playout
    ear: Listener
    words: CallerWords
    floor: Floor
    held: BargeIn
    idle: IdleWatch
    unheard: Unheard
    end_of_turn: EndOfTurn
    keypad: Keypad
    mouth: Mouth
    initiative: Initiative
    notice: Notice
    departure: Departure
    stepping_aside: SteppingAside
    silence: Silence
    opening: Opening
    answering: Answering
    tasks: Tasks
    on_moment: Callable[[FloorMoment], None]

    @property
    def agent(self) -> AgentSpec:
        """Who speaks with the caller now."""
        return self.responder.agent
