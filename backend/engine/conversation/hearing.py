"""Hearing: what comes of the caller, frame by frame and word by word, and what it means for the floor."""

import asyncio

from backend.domain.speech import Final, Partial, RecognitionEvent
from backend.engine.conversation.parts import ConversationParts
from backend.engine.conversation.responder import HearsLanguages
from backend.engine.conversation.turn_taking import TurnTaking
from backend.engine.turn.turn import Aside, Turn

__all__ = ["Hearing"]


class Hearing:
    """Where a link and a recognizer deliver what the caller does. Plain functions; nothing here waits.

    Args:
        turns: told when the caller may have finished, and when they take the floor.
    """

    parts: ConversationParts
    """Given once all of them are there."""

    def __init__(self, turns: TurnTaking) -> None:
        self.turns = turns

    def on_audio(self, pcm: bytes) -> None:
        """One frame of the caller's voice."""
        begins = self.parts.ear.hear(pcm)
        self.parts.opening.hear(pcm)
        if begins:
            self._on_onset()
        elif self.parts.end_of_turn.undecided:
            self.turns.consider_end()
        self.parts.unheard.frame()

    def on_tone(self, tone: str) -> None:
        """A key was pressed. It silences the agent, as speech does."""
        self.parts.idle.heard()
        if self.parts.floor.audible and self.parts.floor.interruptible:
            self.turns.interrupt()
        elif self.parts.floor.turn is not None and not self.parts.floor.answering:
            self.parts.answering.take_back(self.parts.floor.turn)
        self.parts.keypad.press(tone)
        if not self.parts.keypad.collecting:
            self.wait_for_words()

    def on_text(self, text: str) -> None:
        """The caller has written something. It counts as said, is complete, and takes the floor as speech does."""
        floor = self.parts.floor
        self.parts.idle.heard()
        if floor.answering and floor.may_be_taken:
            self.turns.interrupt()
        elif floor.turn is not None and not floor.answering:
            self.parts.answering.take_back(floor.turn)
        self.parts.words.press(text, asyncio.get_running_loop().time())
        if floor.turn is None and not floor.leaving:
            self.turns.begin(certain=True)

    def _on_onset(self) -> None:
        self.parts.unheard.voice_began()
        turn, answer = self.parts.floor.turn, self.parts.floor.answer
        self.parts.end_of_turn.voice_began(
            goes_on=bool(self.parts.words.text) or (turn is not None and bool(turn.caller_text)),
            mistaken=answer is not None and answer.may_be_heard,
        )
        self.wait_for_words()
        if self.parts.floor.own_voice.comes_back and self.parts.floor.audible:
            return  # it may be the agent's own; words will tell
        if self.parts.floor.answering and self.parts.floor.may_be_taken:
            self.parts.held.hold()

    def on_recognition(self, event: RecognitionEvent) -> None:
        """The recognizer has something to say."""
        if isinstance(event, Partial):
            self._on_partial(event)
            self.wait_for_words()
        elif isinstance(event, Final):
            self._on_final(event.text.strip(), event.language or "")
            self.wait_for_words()

    def wait_for_words(self) -> None:
        """The caller made a sound. If nothing comes of it, as of a cough or of words that were lost, they are asked."""
        if not self.parts.floor.answering and not self.parts.floor.leaving:
            self.parts.idle.wait(self.parts.agent.turns)

    def _on_partial(self, event: Partial) -> None:
        self.parts.opening.recognized(event.text, final=False)
        heard = self.parts.floor.own_voice.tell_apart(event.text, final=False)
        if event.text and (heard.undecided or not heard.own):
            self.parts.held.go_on()
        if heard.own:
            self.parts.idle.heard()
        self.parts.unheard.moved()
        self.parts.silence.deaf = False
        self.parts.end_of_turn.recognized()
        goes_on, held = bool(self.parts.words.text), self.parts.floor.turn
        unanswered = goes_on or (held is not None and bool(held.caller_text))
        self.parts.end_of_turn.reached(event.offset_ms, event.duration_ms, goes_on=unanswered)
        self.parts.words.hear_partial(heard.own, event.offset_ms)
        if not self.parts.words.in_flux:
            return
        turn = self.parts.floor.turn
        if turn is None:
            self.parts.end_of_turn.undecided = True
            if goes_on:
                self.parts.end_of_turn.went_on()
        elif not turn.certain.is_set():
            self.parts.answering.take_back(turn)
        elif not heard.undecided and self.turns.confirms(self.parts.words.text, partial=True):
            self.turns.interrupt()

    def _on_final(self, text: str, language: str) -> None:
        self.parts.opening.recognized(text, final=True)
        began_ms = self.parts.floor.own_voice.heard_ms
        own = self.parts.floor.own_voice.tell_apart(text, final=True).own
        self.parts.floor.own_voice.utterance_over()
        self.parts.unheard.answered(understood=bool(own))
        if text and not own:
            self._pass_over_echo()
            return
        text, turn = own, self.parts.floor.turn
        if not text:
            if not self.parts.words.text:
                self.parts.held.go_on_unless_spoken_to()
            return
        if language and isinstance(self.parts.responder, HearsLanguages):
            self.parts.responder.hear_language(language, text)
        self.parts.idle.heard()
        self.parts.silence.deaf = False
        self.parts.end_of_turn.recognized()
        self.parts.end_of_turn.trust.compared(self.parts.words.compared(text))
        if turn and self.parts.words.awaiting_final and self.parts.answering.may_correct(turn):
            self.parts.answering.correct(turn, text)
            return
        awaited = self.parts.words.awaiting_final
        new = self.parts.words.hear_final(text)
        if turn and awaited:
            turn.reread("" if new else text)
        if not new:
            self.parts.held.go_on_unless_spoken_to()
            return
        if turn and turn.certain.is_set():
            self._on_words_during(turn, new, began_ms)
        else:
            self.turns.consider_end()

    def _pass_over_echo(self) -> None:
        """The agent's own words came back; what was begun on them is forgotten."""
        turn = self.parts.floor.turn
        if turn is not None and not turn.certain.is_set():
            self.parts.answering.take_back(turn)
        self.parts.words.forget_utterance()
        self.parts.held.go_on()

    def _on_words_during(self, turn: Turn, new: str, began_ms: float) -> None:
        """A final while a turn is under way: it takes the floor, or is a listening noise, or waits."""
        if self.turns.confirms(new):
            self.turns.interrupt()
        elif self.parts.floor.may_be_taken:
            turn.asides.append(Aside(asyncio.get_running_loop().time(), began_ms, self.parts.words.take().text))
            self.parts.held.go_on()
