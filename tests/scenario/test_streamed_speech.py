"""Text streaming: clauses that share one synthesis, on virtual time. Words last 300 ms."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from answering import Answers
from streams import FIRST, REST, STORY, Stumbles, heard_words, keep_fillers, remembered, streaming

from backend.domain.audio import FRAME_MS
from backend.domain.speech import Voice, WordBoundary
from backend.domain.tool import Directive
from backend.engine.speaking.phrase_cache import PhraseCache
from backend.engine.speaking.playout import Playout
from backend.engine.speaking.speaking import Answer, SpeechOutput
from backend.engine.turn.turn import SpokenSegment, Turn
from backend.testing.link import FakeLink
from backend.testing.stage import Stage, agent_spec
from backend.testing.virtual_time import run_virtual
from backend.testing.voice import ScriptedVoice


def test_the_clauses_after_the_first_share_one_synthesis() -> None:
    async def story() -> None:
        stage = Stage(Answers(STORY, token_s=0.02), voice=streaming(first_audio_s=0.12))
        stage.caller.says("tell me a story", at=2)
        await stage.play(30)
        assert stage.heard == f"Hello there. {STORY}"
        assert stage.dialogue[-1] == f"helper: {STORY}"
        assert stage.voice.said[0] == "Hello there."
        (first,) = stage.voice.said[1:]
        (streamed,) = stage.voice.streamed
        assert f"{first} {streamed.strip()}" == STORY
        assert stage.voice.open == 0

    run_virtual(story())


def test_the_clause_that_the_caller_waits_for_is_as_quick_as_without() -> None:
    async def first_frame(*, on: bool) -> float | None:
        voice = ScriptedVoice(first_audio_s=0.12, streaming=on)
        stage = Stage(Answers(STORY, token_s=0.02), voice=voice)
        stage.caller.says("tell me a story", at=2)
        await stage.play(30)
        return stage.turns[1].latencies.first_frame_ms

    assert run_virtual(first_frame(on=True)) == run_virtual(first_frame(on=False)) is not None


def test_the_stream_sounds_before_its_text_is_written_to_the_end() -> None:
    async def story() -> None:
        stage = Stage(Answers(STORY, token_s=0.25), voice=streaming(first_audio_s=0.12))
        stage.caller.says("tell me a story", at=2)
        await stage.play(12)
        assert "red light" in stage.heard
        assert "bumper" not in stage.voice.streamed[0]

    run_virtual(story())


@pytest.mark.parametrize("after", [1.0, 2.6, 3.7, 4.4, 5.9, 7.3, 8.8, 10.1, 10.7])
@pytest.mark.parametrize("hears", [True, False])
def test_an_interruption_in_mid_stream_leaves_the_words_that_were_heard(after: float, hears: bool) -> None:
    async def story() -> None:
        stage = Stage(Answers(STORY, "Sure."), voice=streaming(first_audio_s=0.12), hears_voice=hears)
        end = stage.caller.says("tell me a story", at=2)
        stage.caller.says("wait stop please", at=end + after)
        await stage.play(25)
        assert stage.turns[1].interrupted or after < 1.2
        assert remembered(stage)[:-1] == heard_words(stage)[:-1]
        assert stage.dialogue[-1] == "helper: Sure."
        assert stage.voice.open == 0
        assert len(stage.link.stops) == 1

    run_virtual(story())


def test_an_interruption_closes_the_stream_at_once() -> None:
    async def story() -> None:
        stage = Stage(Answers(STORY, token_s=0.3), voice=streaming(), hears_voice=False)
        end = stage.caller.says("tell me a story", at=2)
        stage.caller.says("wait", at=end + 9)
        running = await stage.raise_curtain()
        while not stage.link.stops:
            before = stage.voice.open
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.001)
        assert (before, stage.voice.open, stage.voice.cancelled) == (1, 0, 1)
        fed = stage.voice.streamed[0]
        await asyncio.sleep(3)
        assert stage.voice.streamed[0] == fed
        await stage.drop_curtain(running)

    run_virtual(story())


def test_a_cough_in_mid_stream_holds_the_voice_and_no_word_is_lost_or_repeated() -> None:
    async def story() -> None:
        stage = Stage(Answers(STORY, token_s=0.02), voice=streaming(first_audio_s=0.12))
        end = stage.caller.says("tell me a story", at=2)
        for at in (4.1, 6.0, 9.5):
            stage.caller.coughs(at=end + at)
        await stage.play(30)
        assert stage.heard == f"Hello there. {STORY}"
        assert stage.dialogue[-1] == f"helper: {STORY}"
        assert len(stage.link.stops) == 3

    run_virtual(story())


class HandsOver(Answers):
    """Says a story, then another agent goes on in another voice."""

    second = Voice("en-GB-RyanNeural", "en-GB")

    async def _respond(self, turn: Turn, answer: Answer) -> Directive | None:
        await super()._respond(turn, answer)
        answer.voice = self.second
        answer.begin(turn.passage("other"))
        answer.write(" ".join(REST))
        answer.end_passage()
        return None


def test_another_voice_has_a_stream_of_its_own() -> None:
    async def story() -> None:
        stage = Stage(HandsOver(STORY), voice=streaming(first_audio_s=0.12))
        stage.caller.says("tell me a story", at=2)
        await stage.play(40)
        assert stage.dialogue[-2:] == [f"helper: {STORY}", f"other: {' '.join(REST)}"]
        assert stage.heard == f"Hello there. {STORY} {' '.join(REST)}"
        assert len(stage.voice.streamed) == 2
        assert [voice.name for voice in stage.voice.voices[1:]] == [Voice().name] * 2 + ["en-GB-RyanNeural"] * 2

    run_virtual(story())


class SaysALine(Answers):
    """A fixed line between two stretches of the agent's own words."""

    async def _respond(self, turn: Turn, answer: Answer) -> Directive | None:
        await super()._respond(turn, answer)
        answer.phrase(turn.passage(self.agent.name), "Hello there.")
        await super()._respond(turn, answer)
        return None


def test_a_fixed_line_ends_the_stream_and_comes_from_the_cache() -> None:
    async def story() -> None:
        stage = Stage(SaysALine(STORY), voice=streaming(first_audio_s=0.12))
        stage.caller.says("tell me a story", at=2)
        await stage.play(45)
        assert stage.heard == f"Hello there. {STORY} Hello there. {STORY}"
        assert stage.voice.said.count("Hello there.") == 1
        assert len(stage.voice.streamed) == 2
        assert remembered(stage) == heard_words(stage)

    run_virtual(story())


def test_a_filler_ends_the_stream_and_the_answer_goes_on_after_it() -> None:
    async def story() -> None:
        stage = Stage(Stumbles(), voice=streaming(first_audio_s=0.12))
        await keep_fillers(stage)
        stage.caller.says("tell me a story", at=2)
        await stage.play(30)
        filler = stage.responder.phrases.fillers[0]
        assert stage.heard == f"Hello there. {FIRST} {REST[0]} {filler} {' '.join(REST[1:])}"
        assert remembered(stage) == heard_words(stage)
        assert len(stage.voice.streamed) == 2
        assert REST[1] in stage.voice.said  # the caller waits for it again

    run_virtual(story())


@pytest.mark.parametrize("style", [{"style": "chat"}, {"rate": "+5%"}])
def test_a_voice_that_does_not_stream_is_synthesised_clause_by_clause(style: dict[str, str]) -> None:
    async def story() -> None:
        agent = agent_spec(greeting="Hello there.", voice=style)
        stage = Stage(Answers(STORY, agent=agent), voice=streaming())
        stage.caller.says("tell me a story", at=2)
        await stage.play(30)
        assert stage.heard == f"Hello there. {STORY}"
        assert stage.voice.streamed == []

    run_virtual(story())


def test_a_voice_that_names_no_words_is_synthesised_clause_by_clause() -> None:
    async def story() -> None:
        voice = ScriptedVoice(streaming=True, boundaries=False)
        stage = Stage(Answers(STORY), voice=voice)
        stage.caller.says("tell me a story", at=2)
        await stage.play(30)
        assert stage.heard == f"Hello there. {STORY}"
        assert voice.streamed == []

    run_virtual(story())


# -- early thinking, and speech made ahead ------------------------------------------------


def test_an_early_answer_that_is_thrown_away_has_opened_no_stream() -> None:
    async def story() -> None:
        agent = agent_spec(greeting="Hello there.", turns={"early_thinking": True})
        responder = Answers(STORY, "Whole answer.", agent=agent, every_ask=True)
        stage = Stage(responder, voice=streaming())
        stage.caller.tells(["i want to report a crash", "that happened this morning"], [350], at=2)
        await stage.play(15)
        assert stage.moments.count("early_wasted") == 1
        assert stage.heard == "Hello there. Whole answer."
        assert stage.voice.streamed == [] and stage.voice.open == 0

    run_virtual(story())


def test_an_early_answer_that_is_used_is_streamed_from_then_on() -> None:
    async def story() -> None:
        agent = agent_spec(greeting="Hello there.", turns={"early_thinking": True})
        stage = Stage(Answers(STORY, agent=agent), voice=streaming())
        stage.caller.says("tell me a story", at=2)
        await stage.play(25)
        assert "early_used" in stage.moments
        assert stage.heard == f"Hello there. {STORY}"
        assert len(stage.voice.streamed) == 1

    run_virtual(story())


class Telling:
    """One answer, outside of a conversation."""

    def __init__(self, voice: ScriptedVoice) -> None:
        self.link = FakeLink()
        self.playout = Playout(self.link, 100)
        self.playout.start()
        self.voice = voice
        box = SpeechOutput(voice, PhraseCache(voice), self.playout, self.link.audio)
        self.answer = Answer(box, Voice())
        self.answer.open()
        self.passage = SpokenSegment("helper")
        self.answer.begin(self.passage)

    async def until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            await asyncio.sleep(FRAME_MS / 1000)


LONG = " ".join(f"This is sentence number {number} of a very long answer." for number in range(30))


def test_no_more_text_is_handed_over_than_the_limit_allows() -> None:
    async def story() -> None:
        telling = Telling(streaming(first_audio_s=0.12))
        telling.answer.write(LONG)
        telling.answer.end()
        worst = 0.0
        while not telling.voice.streamed or telling.voice.open:
            made = telling.playout.queued_ms
            worst = max(worst, made)
            await asyncio.sleep(0.02)
        sentence_ms = 10 * 300
        assert 4000 < worst < 6000 + 2 * sentence_ms
        await telling.answer.wait_heard()
        assert telling.voice.words == LONG.split()
        assert len(telling.voice.streamed) == 1
        await telling.playout.close()

    run_virtual(story())


def test_while_the_voice_is_held_no_text_is_handed_over() -> None:
    async def story() -> None:
        telling = Telling(streaming(first_audio_s=0.12))
        telling.answer.write(LONG)
        telling.answer.end()
        await telling.until(lambda: telling.playout.queued_ms > 5000)
        telling.playout.hold()
        await asyncio.sleep(2)
        handed = telling.voice.streamed[0]
        await asyncio.sleep(20)
        assert telling.voice.streamed[0] == handed
        telling.playout.resume()
        await telling.answer.wait_heard()
        assert telling.voice.words == LONG.split()
        await telling.playout.close()

    run_virtual(story())


def test_a_long_sentence_is_handed_over_whole_although_the_limit_is_reached() -> None:
    """The voice waits for its end; to wait for the voice would be to wait for ever."""

    async def story() -> None:
        telling = Telling(streaming())
        text = FIRST + " " + ", and then they went on for another mile or so, as one does" * 12 + "."
        telling.answer.write(text)
        telling.answer.end()
        await telling.answer.wait_heard()
        telling.answer.settle(telling.playout.heard_ms, interrupted=False)
        assert telling.passage.heard.split() == telling.voice.words
        await telling.playout.close()

    run_virtual(story())


class Wordless(ScriptedVoice):
    """Names words in a synthesis of its own, and none in a stream."""

    async def speak_stream(self, *args: object, **kwargs: object):  # type: ignore[no-untyped-def,override]
        self.boundaries = False
        async for event in super().speak_stream(*args, **kwargs):  # type: ignore[arg-type]
            yield event


def test_a_stream_without_words_is_reckoned_by_its_length() -> None:
    async def story() -> None:
        telling = Telling(Wordless(streaming=True))
        telling.answer.write(LONG)
        telling.answer.end()
        await telling.answer.wait_said()
        half = telling.playout.end_ms / 2
        telling.answer.settle(half, interrupted=True)
        share = len(telling.passage.heard) / len(LONG)
        assert 0.45 < share < 0.55
        telling.answer.settle(telling.playout.end_ms, interrupted=False)
        assert telling.passage.heard == LONG
        await telling.playout.close()

    run_virtual(story())


class ReadsOut(ScriptedVoice):
    """Says amounts in words that are not in the text."""

    async def speak_stream(self, *args: object, **kwargs: object):  # type: ignore[no-untyped-def,override]
        async for event in super().speak_stream(*args, **kwargs):  # type: ignore[arg-type]
            if isinstance(event, WordBoundary) and event.text.startswith("$"):
                event = replace(event, text="dollars", text_offset=-1)
            yield event


AMOUNTS = "That is what it costs: a little. $5. $1,250.50. And no more than that. $7. $8."


@pytest.mark.parametrize("breaks", [[], [5], [7]])
def test_figures_that_are_read_out_in_other_words_are_still_heard(breaks: list[int]) -> None:
    """They count once the next clause begins, and are not said again when it has begun."""

    async def story() -> None:
        telling = Telling(ReadsOut(streaming=True))
        telling.voice.breaks = breaks
        telling.answer.write(AMOUNTS)
        telling.answer.end()
        await telling.answer.wait_heard()
        telling.answer.settle(telling.playout.heard_ms, interrupted=False)
        assert telling.passage.heard == AMOUNTS
        assert telling.answer.sounded
        assert telling.voice.words.count("$5.") == telling.voice.words.count("$1,250.50.") == 1
        await telling.playout.close()

    run_virtual(story())


class NamesFirst(ScriptedVoice):
    """Names every word of a stream before there is any audio."""

    async def speak_stream(self, *args: object, **kwargs: object):  # type: ignore[no-untyped-def,override]
        events = [event async for event in super().speak_stream(*args, **kwargs)]  # type: ignore[arg-type]
        for event in sorted(events, key=lambda event: not isinstance(event, WordBoundary)):
            yield event


def test_words_that_are_named_before_the_audio_lie_where_they_sound() -> None:
    async def story() -> None:
        telling = Telling(NamesFirst(streaming=True))
        text = " ".join([FIRST, *REST[1:]])
        telling.answer.write(text)
        telling.answer.end()
        await telling.answer.wait_said()
        words = text.split()
        for count in range(len(words) + 1):
            telling.answer.settle(count * 300, interrupted=True)
            assert telling.passage.heard.split() == words[:count]
        await telling.playout.close()

    run_virtual(story())
