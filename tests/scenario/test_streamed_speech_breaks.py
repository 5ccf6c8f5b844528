"""Streams that break, before their first audio and later: nothing is lost and nothing heard twice."""

import pytest
from answering import Answers
from streams import FIRST, REST, STORY, Stumbles, heard_words, keep_fillers, remembered, streaming

from backend.errors import PoolExhausted, RateLimited
from backend.testing.stage import Stage
from backend.testing.virtual_time import run_virtual
from backend.testing.voice import ScriptedVoice


def test_a_stream_that_breaks_before_its_first_audio_goes_back_to_clauses() -> None:
    async def story() -> None:
        stage = Stage(Answers(STORY, STORY), voice=streaming(first_audio_s=0.12))
        stage.voice.breaks = [0]
        stage.caller.says("tell me a story", at=2)
        stage.caller.says("once more please", at=20)
        await stage.play(40)
        assert stage.heard == f"Hello there. {STORY} {STORY}"
        assert stage.voice.said == ["Hello there.", *stage.voice.said[1:-1], stage.voice.said[1]]
        assert " ".join(stage.voice.said[1:-1]) == STORY
        assert len(stage.voice.streamed) == 2  # the next answer tries again
        assert [turn.heard for turn in stage.turns[1:]] == [STORY, STORY]

    run_virtual(story())


@pytest.mark.parametrize("words", range(1, 28))
def test_a_stream_that_breaks_later_says_again_only_what_was_not_whole(words: int) -> None:
    async def story() -> None:
        stage = Stage(Answers(STORY), voice=streaming(first_audio_s=0.12))
        stage.voice.breaks = [words]
        stage.caller.says("tell me a story", at=2)
        await stage.play(40)
        rest = " ".join(REST).split()
        missing = next(number for number in range(3) if len(" ".join(REST[: number + 1]).split()) > words)
        again = " ".join(REST[missing:]).split()
        assert stage.heard.split() == f"Hello there. {FIRST}".split() + rest[:words] + again
        assert stage.dialogue[-1] == f"helper: {STORY}"
        assert stage.voice.said[2:] == REST[missing:]

    run_virtual(story())


def test_a_stream_that_is_given_up_while_the_model_pauses_has_said_all_it_had() -> None:
    """Azure's SDK gives a synthesis up that is silent for 3 s (1.53.0), whatever it waits for."""

    async def story() -> None:
        stage = Stage(Stumbles(), voice=streaming(first_audio_s=0.12))
        stage.voice.patience_s = 0.5
        await keep_fillers(stage)
        stage.caller.says("tell me a story", at=2)
        await stage.play(30)
        filler = stage.responder.phrases.fillers[0]
        assert stage.heard == f"Hello there. {FIRST} {REST[0]} {filler} {' '.join(REST[1:])}"
        assert remembered(stage) == heard_words(stage)

    run_virtual(story())


@pytest.mark.parametrize("after", [4.9, 5.5, 6.1, 6.7, 7.3, 8.5])
def test_what_was_heard_of_a_clause_said_twice_is_its_longest_part(after: float) -> None:
    async def story() -> None:
        stage = Stage(Answers(STORY, "Sure."), voice=streaming(), hears_voice=False)
        stage.voice.breaks = [8]  # in the middle of the first streamed clause
        end = stage.caller.says("tell me a story", at=2)
        stage.caller.says("wait stop please", at=end + after)
        await stage.play(25)
        told = stage.turns[1].heard.split()
        first = len(FIRST.split())
        heard = len(heard_words(stage)) - len("Hello there. Sure.".split())
        expected = heard if heard <= first + 8 else first + max(8, heard - first - 8)
        assert told == STORY.split()[:expected]

    run_virtual(story())


@pytest.mark.parametrize("error", [PoolExhausted("synthesizers"), RateLimited("speech", "429")])
def test_a_service_that_has_no_stream_to_give_speaks_clause_by_clause(error: Exception) -> None:
    class Refusing(ScriptedVoice):
        async def speak_stream(self, *_: object, **__: object):  # type: ignore[no-untyped-def,override]
            raise error
            yield

    async def story() -> None:
        stage = Stage(Answers(STORY), voice=Refusing(streaming=True))
        stage.caller.says("tell me a story", at=2)
        await stage.play(30)
        assert stage.heard == f"Hello there. {STORY}"
        assert stage.dialogue[-1] == f"helper: {STORY}"

    run_virtual(story())


def test_a_clause_that_broke_is_said_again_once_and_then_the_line_has_trouble() -> None:
    async def story() -> None:
        stage = Stage(Answers(STORY), voice=streaming(first_audio_s=0.12))
        stage.voice.breaks = [3]
        stage.voice.breaks_off[REST[0]] = 2
        stage.caller.says("tell me a story", at=2)
        await stage.play(30)
        assert stage.voice.said.count(REST[0]) == 1
        assert "trouble on my side" in stage.heard
        assert stage.turns[1].heard.startswith(f"{FIRST} It stood at I'm sorry")

    run_virtual(story())


@pytest.mark.parametrize("after", [1.8, 2.4, 3.0])
def test_a_clause_that_broke_in_its_middle_is_reckoned_from_where_it_is_said_again(after: float) -> None:
    """Without streaming too: its words lie where the second attempt put them."""
    text = "The car stood there for a whole day."

    async def story() -> None:
        stage = Stage(Answers(text, "Sure."), hears_voice=False)
        stage.voice.breaks_off[text] = 4
        end = stage.caller.says("tell me a story", at=2)
        stage.caller.says("wait stop please", at=end + after)
        await stage.play(20)
        heard = len(heard_words(stage)) - len("Hello there. Sure.".split())
        assert 4 <= heard < 12
        assert stage.turns[1].heard.split() == text.split()[: max(4, heard - 4)]

    run_virtual(story())
