"""A caller is listened to by as many recognizers as it takes, and no word of his is lost."""

import asyncio
from collections.abc import Callable

import pytest

from backend.adapters.speech.recognition import CallerRecognition
from backend.domain.speech import Final, Partial, RecognitionEvent, RecognitionFailed, RecognitionOptions, SpeechStarted
from backend.errors import PoolExhausted, ProviderRejected, RateLimited, RingmasterError, TimedOut, Unavailable
from backend.testing.virtual_time import run_virtual

LOUD = b"\x00\x20" * 320
QUIET = bytes(640)
DOWN = Unavailable("speech", "down")


def level(value: int) -> bytes:
    return value.to_bytes(2, "little", signed=True) * 320


class Clerk:
    """A recognizer that a test speaks for."""

    def __init__(self, base_ms: float, listener: Callable[[RecognitionEvent], None]) -> None:
        self.base_ms = base_ms
        self.say = listener
        self.audio = b""
        self.within_ms: list[int] = []
        self.gone = False

    def write(self, pcm: bytes, *, within_ms: int) -> None:
        self.audio += pcm
        self.within_ms += [within_ms] * (len(pcm) // 640)

    def breaks(self) -> None:
        self.say(RecognitionFailed(DOWN))


class Office:
    """Where recognizers come from; ``refusals`` are met first."""

    def __init__(self) -> None:
        self.clerks: list[Clerk] = []
        self.refusals: list[RingmasterError] = []
        self.delay = 0.1
        self.replacements = 0

    async def obtain(self, options: object, base_ms: float, listener: Callable[..., None], limit_s: float) -> Clerk:
        await asyncio.sleep(self.delay)
        if self.refusals:
            raise self.refusals.pop(0)
        self.clerks.append(Clerk(base_ms, listener))
        return self.clerks[-1]

    def let_go(self, clerk: Clerk) -> None:
        clerk.gone = True

    def replaced(self) -> None:
        self.replacements += 1


class Call:
    """One caller."""

    def __init__(self) -> None:
        self.office = Office()
        self.events: list[RecognitionEvent] = []
        self.recognition = CallerRecognition(self.office, RecognitionOptions(), self.events.append, 5.0)

    async def speaks(self, seconds: float, frame: bytes = LOUD) -> None:
        for _ in range(round(seconds * 50)):
            self.recognition.write(frame)
            await asyncio.sleep(0.02)

    @property
    def clerk(self) -> Clerk:
        return self.office.clerks[-1]

    @property
    def failures(self) -> list[RecognitionFailed]:
        return [event for event in self.events if isinstance(event, RecognitionFailed)]


def play(story: Callable[[Call], object]) -> Call:
    async def run() -> Call:
        call = Call()
        await call.recognition.begin(5.0)
        await story(call)
        await call.recognition.close()
        assert all(clerk.gone for clerk in call.office.clerks)
        return call

    return run_virtual(run())


def test_events_pass_through() -> None:
    said = [SpeechStarted(0), Partial("one", 0, 300), Final("one two", 0, 600)]

    async def story(call: Call) -> None:
        await call.speaks(0.6)
        for event in said:
            call.clerk.say(event)

    assert play(story).events == said


def test_what_somebody_waits_for_is_sent_soon_and_the_rest_gathered() -> None:
    async def story(call: Call) -> None:
        await call.speaks(0.1, QUIET)
        await call.speaks(0.1)
        await call.speaks(0.6, QUIET)
        call.clerk.say(Final("one", 100, 100))
        await call.speaks(1, QUIET)
        silence, words, end, after = (call.clerk.within_ms[at:to] for at, to in ((0, 5), (5, 10), (32, 40), (41, 90)))
        assert (set(silence), set(words), set(end), set(after)) == ({200}, {40}, {40}, {200})

    play(story)


def test_a_caller_whose_words_only_the_service_hears_is_not_made_to_wait() -> None:
    async def story(call: Call) -> None:
        await call.speaks(4, QUIET)
        call.clerk.say(Partial("one", 3000, 300))
        await call.speaks(1, QUIET)
        assert (set(call.clerk.within_ms[:200]), set(call.clerk.within_ms[200:])) == ({200}, {40})

    play(story)


def test_a_broken_recognizer_is_replaced_and_the_unanswered_speech_is_said_again() -> None:
    async def story(call: Call) -> None:
        await call.speaks(1, QUIET)
        await call.speaks(1)
        call.clerk.say(Final("first", 1000, 1000))
        await call.speaks(1, QUIET)
        await call.speaks(1)
        call.clerk.say(Partial("sec", 3000, 500))
        call.clerk.breaks()
        await call.speaks(0.5)
        assert len(call.office.clerks) == 2
        successor = call.clerk
        assert successor.base_ms == 2600  # 400 ms before the speech
        assert successor.audio == QUIET * 20 + LOUD * 75
        successor.say(Final("second", 3000, 1500))

    call = play(story)
    assert [event.text for event in call.events if not isinstance(event, SpeechStarted)] == ["first", "sec", "second"]
    assert call.office.replacements == 1


def test_speech_is_reported_to_have_started_once() -> None:
    async def story(call: Call) -> None:
        await call.speaks(0.2)
        call.clerk.say(SpeechStarted(0))
        call.clerk.breaks()
        await call.speaks(0.2)
        call.clerk.say(SpeechStarted(0))
        call.clerk.say(Final("hello", 0, 400))
        call.clerk.say(SpeechStarted(900))

    assert play(story).events == [SpeechStarted(0), Final("hello", 0, 400), SpeechStarted(900)]


def test_speech_starts_with_the_first_partial_when_the_service_does_not_say_so() -> None:
    async def story(call: Call) -> None:
        await call.speaks(0.2)
        call.clerk.say(Partial("hello", 100, 50))
        call.clerk.say(Partial("hello there", 100, 90))

    assert [type(event) for event in play(story).events] == [SpeechStarted, Partial, Partial]


def test_what_the_broken_one_says_late_is_not_heard() -> None:
    async def story(call: Call) -> None:
        broken = call.clerk
        broken.breaks()
        broken.say(Final("ghost", 0, 1))
        await call.speaks(0.2)
        broken.say(Final("ghost", 0, 1))
        broken.breaks()

    call = play(story)
    assert call.events == [] and len(call.office.clerks) == 2


def test_a_successor_that_breaks_before_it_understood_anything_is_the_end() -> None:
    async def story(call: Call) -> None:
        call.clerk.breaks()
        await call.speaks(0.2)
        call.clerk.breaks()
        await call.speaks(0.2)

    call = play(story)
    assert call.events == [RecognitionFailed(DOWN)]
    assert len(call.office.clerks) == 2


def test_a_successor_that_understood_something_may_break_too() -> None:
    async def story(call: Call) -> None:
        for _ in range(4):
            call.clerk.breaks()
            await call.speaks(0.2)
            call.clerk.say(Final("word", call.clerk.base_ms, 100))

    call = play(story)
    assert len(call.office.clerks) == 5 and not call.failures


@pytest.mark.parametrize(
    ("refusal", "error"),
    [
        (ProviderRejected("speech", "401"), ProviderRejected),
        (RateLimited("speech", "429"), RateLimited),
        (PoolExhausted("full"), Unavailable),
    ],
)
def test_no_successor_is_the_end(refusal: RingmasterError, error: type[Exception]) -> None:
    async def story(call: Call) -> None:
        call.office.refusals.append(refusal)
        call.clerk.breaks()
        await call.speaks(0.3)

    call = play(story)
    assert [type(event.error) for event in call.failures] == [error]
    assert call.events == call.failures


def test_unanswered_speech_gets_another_hearing_after_half_the_limit_and_fails_at_the_limit() -> None:
    async def story(call: Call) -> None:
        await call.speaks(2.4)
        assert len(call.office.clerks) == 1
        await call.speaks(0.3)
        assert len(call.office.clerks) == 2 and not call.failures
        await call.speaks(2.1)
        assert not call.failures
        await call.speaks(0.3)
        assert [type(event.error) for event in call.failures] == [TimedOut]

    play(story)


def test_a_caller_who_waits_for_an_answer_is_noticed_too() -> None:
    async def story(call: Call) -> None:
        await call.speaks(1)
        await call.speaks(1.7, QUIET)
        assert len(call.office.clerks) == 2
        assert call.clerk.audio.count(LOUD) == 50

    play(story)


def test_silence_is_no_reason_to_doubt() -> None:
    async def story(call: Call) -> None:
        await call.speaks(60, QUIET)

    assert len(play(story).office.clerks) == 1


def test_partials_are_an_answer() -> None:
    async def story(call: Call) -> None:
        for second in range(20):
            await call.speaks(1)
            call.clerk.say(Partial("on and on", 0, second * 1000))

    assert len(play(story).office.clerks) == 1


def test_nothing_arrives_after_close() -> None:
    async def story(call: Call) -> None:
        await call.recognition.close()
        call.clerk.say(Final("late", 0, 1))
        call.clerk.breaks()
        call.recognition.write(LOUD)

    call = play(story)
    assert call.events == [] and call.clerk.audio == b""


def test_closing_while_a_successor_is_sought_leaves_nothing_behind() -> None:
    async def story(call: Call) -> None:
        call.office.delay = 1.0
        call.clerk.breaks()
        await call.speaks(0.2)
        await call.recognition.close()
        await asyncio.sleep(2)
        assert len(asyncio.all_tasks()) == 1

    play(story)


def test_nothing_that_listens_is_an_error_at_the_beginning() -> None:
    async def story() -> None:
        call = Call()
        call.office.refusals.append(DOWN)
        with pytest.raises(Unavailable):
            await call.recognition.begin(5.0)

    run_virtual(story())


def test_silence_that_nothing_is_owed_for_is_handed_over_in_steps_and_before_the_sound_that_ends_it() -> None:
    async def story(call: Call) -> None:
        frames = [level(number) for number in range(1, 14)]
        for number, frame in enumerate(frames, 1):
            call.recognition.write(frame)
            assert call.clerk.audio == b"".join(frames[: number // 5 * 5])
        call.recognition.write(LOUD)
        assert call.clerk.audio == b"".join([*frames, LOUD])

    play(story)


def test_silence_that_waits_is_said_again_to_another_recognizer() -> None:
    async def story(call: Call) -> None:
        frames = [level(number % 100) for number in range(260)]
        for frame in frames[:253]:
            call.recognition.write(frame)
        call.clerk.breaks()
        for frame in frames[253:257]:
            call.recognition.write(frame)
        await asyncio.sleep(1)
        for frame in frames[257:]:
            call.recognition.write(frame)
        call.recognition.write(LOUD)
        assert call.clerk.audio == b"".join([*frames[253 - 100 :], LOUD])

    play(story)
