"""People come first: of callers who report something it is asked whether anybody is hurt, before who they are.

What is known stands in the session's facts as ``safety``: ``{"injured": bool, "details": str, "safe": bool | None}``.
"""

from dataclasses import replace
from typing import Any

from backend.domain.form_spec import FirstTexts
from backend.domain.question import Question
from backend.domain.session import CallerSaid, CallSession
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.forms.form import Form
from backend.forms.topic import names_topic
from backend.language.consent import Consent, consent_in
from backend.language.named import language_named
from backend.language.safety import Safety
from backend.tool_store.context import ToolContext
from backend.tool_store.emergency import emergency, to_a_person_now
from backend.tool_store.repair import OPEN_QUESTION, keys_offered, left_open, put, repair, understood

__all__ = ["PeopleFirst", "hurt_unanswered", "is_reported", "may_use", "people_first", "was_asked", "was_left_open"]

_FACT = "safety"
_STATE = "_safety"
_LONGEST_DETAILS = 300


def may_use(ctx: ToolContext, name: str) -> bool:
    """Has this agent the tool?"""
    return any(use.name == name and name not in use.disabled for use in ctx.agent.uses())


def people_first(ctx: ToolContext) -> "PeopleFirst | None":
    """The form of this call that asks first whether anybody is hurt."""
    spec = next((spec for spec in ctx.forms if spec.first is not None), None)
    return PeopleFirst(ctx, Form(spec, ctx.language)) if spec is not None else None


def is_reported(ctx: ToolContext) -> bool:
    """Has the caller reported something in this call that a form is there for?"""
    first = people_first(ctx)
    return first is not None and first.is_reported()


def was_asked(session: CallSession) -> bool:
    """Was it asked in this call whether anybody is hurt? Then the caller has had a kind word."""
    return bool(session.facts.get(_STATE, {}).get("stage")) or _FACT in session.facts


def was_left_open(session: CallSession) -> bool:
    """Was it asked in vain?"""
    return bool(session.facts.get(_STATE, {}).get("open"))


def hurt_unanswered(session: CallSession) -> TransferToPerson | None:
    """Who was asked whether anybody is hurt and falls silent comes to a person as an emergency, once in a call.

    ``None`` where that is not what was asked last.
    """
    state: dict[str, Any] = session.facts.get(_STATE, {})
    asked = state.get("stage") and not state.get("open") and _FACT not in session.facts
    if not asked or state.get("turn") != session.facts.get(OPEN_QUESTION, {}).get("turn"):
        return None
    state["open"] = True
    return to_a_person_now(session, "fell silent when asked whether anybody is hurt")


class PeopleFirst:
    """The question whether anybody is hurt, in one call.

    Args:
        ctx: the tool call.
        form: the form that wants it asked.
    """

    def __init__(self, ctx: ToolContext, form: Form) -> None:
        assert form.spec.first is not None
        self._ctx, self._spec = ctx, form.spec.first
        self._form = form
        self._talk = language_named(form.language).talk
        self._texts: FirstTexts = self._spec.texts_in(form.language) or next(iter(self._spec.texts.values()))

    @property
    def _state(self) -> dict[str, Any]:
        return self._ctx.session.facts.setdefault(_STATE, {})

    def _question(self, stage: str) -> Question:
        turn = {"first": self._texts.ask, "narrow": self._texts.narrow, "help": self._texts.help}[stage]
        return replace(self._form.turn(turn, self._spec.field), may_stay_open=True)

    def is_reported(self) -> bool:
        """Has the caller reported something, or did the model take it for that and ask about safety?"""
        if _FACT in self._ctx.session.facts or self._state.get("stage"):
            return True
        account = language_named(self._form.language).account
        told = (text for text in self._said() if not account.has_reported(text) and not account.only_asks(text))
        return any(map(self._is_topic, told))

    def _is_topic(self, text: str) -> bool:
        """Do the words name the line's topic that this form is for, be it beside another, such as danger?"""
        ctx = self._ctx
        return names_topic(text, self._spec.topic, ctx.line, ctx.language, ctx.now())

    def words(self) -> str | None:
        """What the caller has still to be told about it, once: a kind word, or to get to a safe place."""
        return self._state.pop("words", None) or None

    async def ask(self) -> ToolOutcome | None:
        """The question, where something is reported and nothing is known of it; else ``None``.

        Callers who told at once that somebody is hurt, or nobody, are not asked what they have said.
        """
        state = self._state
        if not may_use(self._ctx, self._spec.tool) or self._settled() or not self.is_reported():
            return None
        if stage := state.get("stage"):
            if state["turn"] == self._ctx.session.turn:
                return self._put(stage, None)
            return await self._weigh(self._ctx.caller_text)
        said = " . ".join(self._said())
        told = self._note_where(self._talk.safety(said, False))
        if told.urgent or told.injured is not None:
            return await self._follow(told, said)
        return self._put("first", " ".join(filter(None, (self._texts.sorry, self._stop_first()))))

    async def answer(self, given: str) -> ToolOutcome | None:
        """Take the caller's answer, or ask; ``None`` once nothing more is to be asked about it."""
        state, words = self._state, self._ctx.caller_text or given
        if self._settled():
            return None
        if not state.get("stage") and not given:
            return await self.ask() or (None if self._settled() else self._put("first", None))
        if state.get("turn") == self._ctx.session.turn:
            return self._put(state["stage"], None)
        return await self._weigh(words)

    async def _weigh(self, words: str) -> ToolOutcome | None:
        """What follows from an answer to the question that is open."""
        state, told = self._state, self._talk.safety(words, True)
        own = self._talk.in_own_words(words)
        if told == Safety() and own and own != words:  # "no gracias a dios nobody"
            words, told = own, self._talk.safety(own, True)
        stage = str(state.get("stage") or "first")
        question = self._question(stage)
        consent = consent_in(self._ctx.language, words, keys=keys_offered(self._ctx, question))
        told = self._note_where(told)
        if stage == "help" and not told.urgent:
            return self._weigh_help(told, consent, words)
        if told.urgent or (told.injured is not None and not self._talk.asks_back(words)):
            return await self._follow(told, words)
        if told.unsure and (stage == "narrow" or self._asked_alone()):  # it is read back as part of the whole
            return await self._follow(replace(told, injured=False), words)
        plain = consent in ("yes", "no")
        if plain and (stage == "narrow" or self._asked_alone()):
            return await self._follow(replace(told, injured=consent == "yes"), words)
        if stage == "first" and (plain or told.safe is not None):
            return self._put("narrow", self._where_to(safe=self._state.get("safe")) or None)
        return self._again(question)

    def _note_where(self, told: Safety) -> Safety:
        """Keep where the caller is; what was said of it before stands until they say something else."""
        safe = False if told.driving else told.safe
        state = self._state
        state["safe"] = state.get("safe") if safe is None else safe
        state["driving"] = told.driving or bool(state.get("driving") and safe is not True)
        return replace(told, safe=state["safe"])

    def _weigh_help(self, told: Safety, consent: Consent, words: str) -> ToolOutcome | None:
        """Is an ambulance needed? What sounds like a yes and is none is asked once more; then it counts as one."""
        state, question = self._state, self._question("help")
        hedged = consent in ("hedged", "unclear") and told.injured is not False and not told.unsure
        if hedged and not told.cared_for and not state.get("help_asked"):
            state["help_asked"] = True
            return self._again(replace(question, may_stay_open=False))
        if consent == "yes" or (hedged and consent == "hedged"):
            return self._emergency(state.get("details", ""))
        details = "; ".join(dict.fromkeys(filter(None, (state.get("details"), words))))
        return self._settle(injured=True, details=details, safe=told.safe)

    def _again(self, question: Question) -> ToolOutcome | None:
        tried = repair(self._ctx, question, "It is not clear whether anyone is hurt.", tool=self._spec.tool)
        if not left_open(tried):
            self._state["turn"] = self._ctx.session.turn
            return tried
        self._state["open"] = True
        where = self._where_to(safe=self._state.get("safe"))
        self._state["words"] = " ".join(filter(None, (tried.say, where)))
        return None

    def _asked_alone(self) -> bool:
        """Was it last asked whether anyone is hurt, and nothing beside it? Then a bare yes, no or key answers it."""
        first = self._question("first")
        return self._ctx.session.facts.get(OPEN_QUESTION, {}).get("ask") in (first.again, first.third)

    async def _follow(self, told: Safety, words: str) -> ToolOutcome | None:
        """Somebody is hurt, or nobody is."""
        if told.urgent:
            return self._emergency(words)
        if told.injured and not told.cared_for and not told.minor:
            understood(self._ctx, self._spec.field)
            self._state.update({"details": words[:_LONGEST_DETAILS], "safe": told.safe})
            return self._put("help", self._texts.sorry_for_them)
        return self._settle(injured=bool(told.injured), details=words if told.injured else "", safe=told.safe)

    def _emergency(self, what: str) -> ToolOutcome:
        return emergency(self._ctx, what.strip()[:100] or None)

    def _settle(self, *, injured: bool, details: str, safe: bool | None) -> None:
        understood(self._ctx, self._spec.field)
        known = {"injured": injured, "details": details.strip()[:_LONGEST_DETAILS], "safe": safe}
        self._ctx.session.facts[_FACT] = known
        told = self._state.get("stage") == "help"  # the kind word went before that question
        words = [self._texts.sorry_for_them] if injured and not told else []
        self._state["words"] = " ".join(filter(None, (*words, self._where_to(safe=safe))))

    def _where_to(self, *, safe: bool | None) -> str:
        """The one thing that a caller is to do now who is in no safe place, said once; who drives has to stop first."""
        if safe is not False:
            return ""
        if self._state.get("driving") and self._texts.pull_over:
            return self._stop_first()
        if self._state.get("told_where"):
            return ""
        self._state["told_where"] = True
        return self._texts.safe_place

    def _stop_first(self) -> str:
        """What a caller who drives while they speak is told before anything else, once."""
        if not self._state.get("driving") or self._state.get("told_to_stop"):
            return ""
        self._state["told_to_stop"] = True
        return self._texts.pull_over or ""

    def _put(self, stage: str, say: str | None) -> ToolOutcome:
        self._state.update({"stage": stage, "turn": self._ctx.session.turn})
        message = f"Something is reported: people come first. Pass the answer on to {self._spec.tool}."
        return put(self._ctx, self._question(stage), message, tool=self._spec.tool, say=say)

    def _settled(self) -> bool:
        return _FACT in self._ctx.session.facts or bool(self._state.get("open"))

    def _said(self) -> list[str]:
        """All that the caller has said in this call."""
        session = self._ctx.session
        before = [item.text for item in session.history if isinstance(item, CallerSaid) and item.turn != session.turn]
        return [text for text in (*before, self._ctx.caller_text) if text]
