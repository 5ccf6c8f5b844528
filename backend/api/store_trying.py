"""Operations: trying what a draft would do before it goes live: how words are understood, and how a voice sounds."""

import asyncio
import io
import wave
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from backend.agents.understanding import Question, Understanding, read
from backend.api.access import Live, Person, Services
from backend.api.audited import Noted, admitted
from backend.api.faults import fault_of
from backend.api.parameters import known_parameters
from backend.api.store_drafts import store_of
from backend.api.store_views import DraftedFiles
from backend.api.written import check_year
from backend.domain.agent import VoiceSpec
from backend.domain.audio import PCM_24K
from backend.domain.spec import LanguageTag
from backend.domain.speech import SpeechAudio
from backend.errors import CallRefused, ConfigError, NotInStore, ProviderRejected, TimedOut
from backend.language.named import language_named
from backend.language.reading import Nothing, Reading

__all__ = ["router"]

_LONGEST_S = 15
"""Time in which a sample has to be spoken."""
_MOST_BYTES = PCM_24K.bytes_per_ms * 30_000
"""Half a minute of speech."""
_HEARD: dict[int | str, dict[str, Any]] = {200: {"description": "the sample", "content": {"audio/wav": {}}}}

router = APIRouter(
    prefix="/api/v1/store",
    tags=["store"],
    dependencies=[admitted, Depends(known_parameters)],
    responses={
        401: fault_of("no key, or the wrong one"),
        404: fault_of("there is no such form, field or language, or no such version"),
        409: fault_of("no name of a file of the store, or the speech service refuses, or is not there"),
        422: fault_of("the store would not pass the check"),
        503: fault_of("the speech service did not speak"),
    },
)


class AskUnderstood(DraftedFiles):
    """Words of a caller, and the field that they answer."""

    form: str = Field(min_length=1, max_length=64)
    field: str = Field(min_length=1, max_length=64)
    words: str = Field(min_length=1, max_length=1000, description="As speech recognition writes them.")
    language: LanguageTag = "en-US"
    now: Annotated[datetime, AfterValidator(check_year)] | None = Field(
        default=None, description="The caller's local date and time. Left out: the server's."
    )


class UnderstoodView(BaseModel):
    """What the readers make of the words; the model is not asked."""

    asked: str = Field(description="The question that is put to the caller.")
    outcome: Literal["value", "ask", "none"]
    value: Any = Field(description="What is kept, or with `ask` what would be read back.")
    others: list[Any] = Field(description="What else may have been meant.")
    why: str = Field(description="With `ask`: why, in a few words.")
    against: list[str] = Field(description="Words that speak against it.")
    nothing: Nothing = Field(description="With `none`: what the words were instead.")
    again: str = Field(description="What the caller is asked next where it is no value.")
    read_back: str = Field(description="How the value is said.")

    @classmethod
    def of(cls, question: Question, reading: Reading, language: str) -> "UnderstoodView":
        """From a reading."""
        texts = question.field.texts_in(language) if question.field is not None else None
        again = (texts.again or texts.ask) if texts is not None and reading.outcome != "value" else ""
        kind, value = question.asked.kind, reading.value
        return cls(
            asked=(texts.ask if texts is not None else "") or question.asked.question,
            outcome=reading.outcome,
            value=None if value is None else question.shaped(value),
            others=list(reading.candidates[1:]),
            why=reading.why,
            against=list(reading.against),
            nothing=reading.nothing,
            again=again or "",
            read_back="" if value is None else language_named(language).say(kind, value, question.asked),
        )


class VoiceSample(BaseModel):
    """A sentence, and the voice that is to say it."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=300)
    voice: VoiceSpec = VoiceSpec()


@router.post("/understand", summary="Say how words would be understood")
async def understand(wanted: AskUnderstood, live: Live, person: Person, note: Noted) -> UnderstoodView:
    """As the readers of the draft's forms take them: a value, a doubt, or nothing. No call is begun."""
    note.quiet = True  # the words are somebody's own, and nothing changes
    store = await store_of(live, wanted, person.who)
    now = (wanted.now or datetime.now()).replace(tzinfo=None, microsecond=0)

    def answer() -> UnderstoodView:
        there = Understanding(store)
        question = there.of_field(wanted.form, wanted.field, there.in_language(wanted.language), now)
        reading = read({"language": wanted.language, "words": wanted.words}, question)
        return UnderstoodView.of(question, reading, wanted.language)

    try:
        return await asyncio.to_thread(answer)
    except ConfigError as error:
        raise NotInStore(str(error)) from error


@router.post("/voice", summary="Hear a voice", response_model=None, responses=_HEARD)
async def voice(wanted: VoiceSample, found: Services, person: Person, request: Request) -> Response:
    """A sentence as callers would hear it: a WAV file of 24 kHz, half a minute at most."""
    if found.speech is None:
        raise CallRefused("this server has no speech service")
    request.app.state.request_limit.count(person.who)
    spoken = found.speech.speak(wanted.text, wanted.voice.voice(), PCM_24K)
    pcm = bytearray()
    try:
        async with asyncio.timeout(_LONGEST_S):
            async for event in spoken:
                if isinstance(event, SpeechAudio):
                    pcm += event.pcm
                if len(pcm) >= _MOST_BYTES:
                    break
    except TimeoutError as error:
        raise TimedOut("speech", "the voice did not speak in time") from error
    except ProviderRejected as error:
        raise CallRefused("the speech service refuses this voice, or these words") from error
    finally:
        await spoken.aclose()
    return Response(_wav(bytes(pcm)), media_type="audio/wav", headers={"Cache-Control": "no-store"})


def _wav(pcm: bytes) -> bytes:
    whole = io.BytesIO()
    with wave.open(whole, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(PCM_24K.sample_rate)
        file.writeframes(pcm)
    return whole.getvalue()
