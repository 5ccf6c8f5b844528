"""Whole calls of recorded callers with an agent in small, at real time and therefore short."""

import asyncio
import base64
import io
import wave
from collections.abc import Sequence
from typing import Any

import aiohttp
import numpy as np
import pytest
from azure.communication.callautomation import PhoneNumberIdentifier
from kept_waiting import KeptWaiting

from local_azure.phone.caller import CallLimits, CallReport, PersonaCaller
from local_azure.phone.persona import Persona, Utterance

LINE = "+18005550100"
QUICK = CallLimits(
    call=60, connect=30, answer_after=0.3, perhaps_after=0.6, silence=0.5, give_up=1.5, after_goodbye=1, with_person=0.3
)


def noise(seed: int, milliseconds: int = 200) -> bytes:
    return np.random.default_rng(seed).normal(0, 3000, 16 * milliseconds).astype("<i2").tobytes()


def persona(**asked: str) -> Persona:
    """A caller whose utterances are named by their keywords."""
    return Persona(
        utterances=tuple(
            Utterance(id=name, text=name, when_asked=(keyword,), pcm=noise(index))
            for index, (name, keyword) in enumerate(asked.items())
        )
    )


ANN = persona(greeting="help", full_name="name", bye="goodbye")


async def agent(application: Any, socket: Any, lines: Sequence[str], *, pause: float = 0.0) -> None:
    """Say the lines, each after the caller has answered the one before."""
    for line in lines:
        await asyncio.sleep(pause)
        await socket.speak(await application.azure.azure.voices.speak(line, "agent", 16_000))
        asked = len(socket.messages)
        await socket.until(lambda one, asked=asked: any(_loud(message) for message in one.messages[asked:]))
        await socket.until(lambda one: not any(_loud(message) for message in one.messages[-10:]))


def _loud(message: dict[str, Any]) -> bool:
    return message["kind"] == "AudioData" and not message["audioData"]["silent"]


async def play(application: Any, who: Persona, limits: CallLimits = QUICK) -> tuple[CallReport, Any]:
    phone = application.azure.phones.dial(LINE)
    return await PersonaCaller(phone, who, limits).run(), phone


async def test_caller_answers_until_both_say_goodbye(application: Any) -> None:
    async def talk(socket: Any) -> None:
        await agent(application, socket, ["How can I help?", "Your name?", "Goodbye."], pause=0.1)
        connection = application.client.get_call_connection(socket.headers["x-ms-call-connection-id"])
        await connection.hang_up(is_for_everyone=True)

    application.on_socket = talk
    async with KeptWaiting() as kept:
        report, phone = await play(application, ANN)
    assert report.ended_by == "agent"
    assert report.unanswered == []
    assert [(turn["caller"], turn["said"]) for turn in report.turns] == [
        ("", "How can I help?"),
        ("greeting", "Your name?"),
        ("full_name", "Goodbye."),
        ("bye", ""),
    ]
    # The agent waits for 200 ms of silence and 100 ms more; frames and scheduling add to it.
    assert 250 <= report.turns[1]["response_ms"] <= 700 + 1000 * kept.late_s
    with wave.open(io.BytesIO(phone.recording())) as file:
        both = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").reshape(-1, 2)
    assert noise(1) in both[:, 0].tobytes()
    assert both[:, 1].any()


async def test_caller_hangs_up_when_the_agent_does_not_after_goodbye(application: Any) -> None:
    async def talk(socket: Any) -> None:
        await agent(application, socket, ["Bye."])

    application.on_socket = talk
    report, _ = await play(application, persona(bye="goodbye"))
    assert report.ended_by == "caller"


async def test_agent_that_says_nothing_is_given_up(application: Any) -> None:
    report, phone = await play(application, ANN)
    assert (report.ended_by, report.silences) == ("silence", 1)
    assert phone.state == "ended"


async def test_line_that_does_not_answer_is_given_up(application: Any) -> None:
    application.on_ring = None
    report, phone = await play(application, ANN, CallLimits(connect=0.2))
    assert report.ended_by == "not_connected"
    assert phone.state == "ended"


async def test_call_ends_at_its_limit_even_in_the_middle_of_a_word(application: Any) -> None:
    async def talk(socket: Any) -> None:
        await agent(application, socket, ["Help?"])

    application.on_socket = talk
    long_winded = Persona(utterances=(Utterance(id="a", text="a", when_asked=("help",), pcm=noise(1, 30_000)),))
    report, _ = await play(application, long_winded, CallLimits(call=1.5, answer_after=0.2))
    assert report.ended_by == "limit"


async def test_unknown_question_is_said_to_be_unknown_and_reported(application: Any) -> None:
    application.on_socket = lambda socket: agent(application, socket, ["Hat?", "Size?"])
    report, _ = await play(application, ANN)
    assert report.unanswered == ["Hat?", "Size?"]
    assert [turn["caller"] for turn in report.turns] == ["", "i don't know", "i don't know"]


async def test_greeting_without_a_question_is_answered_in_the_end(application: Any) -> None:
    application.on_socket = lambda socket: agent(application, socket, ["Hello."])
    report, _ = await play(application, ANN)
    assert [turn["caller"] for turn in report.turns] == ["", "greeting"]


async def test_transferred_caller_talks_to_the_person_and_goes(application: Any) -> None:
    async def talk(socket: Any) -> None:
        await agent(application, socket, ["Name?"])
        connection = application.client.get_call_connection(socket.headers["x-ms-call-connection-id"])
        await connection.transfer_call_to_participant(PhoneNumberIdentifier("+18005550199"))

    application.on_socket = talk
    report, _ = await play(application, ANN)
    assert (report.ended_by, report.transferred_to) == ("transferred", "+18005550199")


async def test_two_calls_hear_only_their_own_agent(application: Any) -> None:
    lines = iter(["Name? One.", "Name? Two."])
    application.on_socket = lambda socket: agent(application, socket, [next(lines)])
    first, second = await asyncio.gather(play(application, ANN), play(application, ANN))
    said = sorted(report.turns[0]["said"] for report, _ in (first, second))
    assert said == ["Name? One.", "Name? Two."]


async def test_caller_who_interrupts_is_marked(application: Any) -> None:
    phone = application.azure.phones.dial(LINE)
    await phone.until_connected()
    socket = await application.socket()
    await socket.speak(noise(9, 2000))
    await phone.until(lambda: phone.ear.last_sound_ms is not None, 25)
    await phone.say(noise(1), "stop")
    assert phone.turns[-1].interrupted
    assert phone.turns[-1].response_ms is None


async def session(azure: Any, message: dict[str, Any]) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    async with aiohttp.ClientSession() as web, web.ws_connect(f"{azure.ws_url}/emulator/phone") as socket:
        await socket.send_json(message)
        async for answer in socket:
            events.append(answer.json())
    return events


def wav(pcm: bytes) -> str:
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(pcm)
    return base64.b64encode(target.getvalue()).decode()


async def test_phone_socket_plays_a_persona_and_keeps_the_recording(application: Any) -> None:
    async def talk(socket: Any) -> None:
        await agent(application, socket, ["Name?"])
        connection = application.client.get_call_connection(socket.headers["x-ms-call-connection-id"])
        await connection.hang_up(is_for_everyone=True)

    application.on_socket = talk
    who = {"utterances": [{"id": "n", "text": "ann", "wav": "n.wav", "when_asked": ["name"]}]}
    events = await session(
        application.azure, {"op": "dial", "to": LINE, "persona": who, "wavs": {"n.wav": wav(noise(1))}}
    )
    assert [event["event"] for event in events] == [
        "connected",
        "agent_said",
        "caller_said",
        "ended",
        "report",
    ]
    report = events[-1]
    assert report["turns"][1]["caller"] == "ann"
    assert report["connection_id"]
    url = f"{application.azure.url}/emulator/phone/recordings/{report['recording']}"
    async with aiohttp.ClientSession() as web, web.get(url) as answer:
        assert (await answer.read()).startswith(b"RIFF")


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"op": "dial"},
        {"op": "dial", "to": LINE, "persona": {"name": "x"}},
        {"op": "dial", "to": LINE, "persona": {"utterances": [{"id": "a", "text": "a", "wav": "a"}]}},
        {"op": "dial", "to": LINE, "persona": {"utterances": [{"id": "a", "text": "a"}]}, "wavs": {"a": "!"}},
    ],
)
async def test_phone_socket_refuses_nonsense_with_a_message(azure: Any, message: dict[str, Any]) -> None:
    (event,) = await session(azure, message)
    assert event["event"] == "error"
    assert event["message"]


async def test_phone_socket_without_a_persona_obeys_its_client(application: Any) -> None:
    async with (
        aiohttp.ClientSession() as web,
        web.ws_connect(f"{application.azure.ws_url}/emulator/phone") as socket,
    ):
        await socket.send_json({"op": "dial", "to": LINE})
        assert (await socket.receive_json())["event"] == "connected"
        ours = await application.socket()
        await ours.until(lambda one: bool(one.messages))
        await socket.send_json({"op": "press", "tones": "5"})
        await ours.until(lambda one: one.keys() == ["5"])
        await socket.send_json({"op": "say", "text": "hi"})
        await ours.until(lambda one: any(_loud(message) for message in one.messages))
        await socket.send_json({"op": "hang_up"})
        events = [answer.json()["event"] async for answer in socket]
    assert events == ["tone", "caller_said", "ended", "report"]


async def test_keys_are_pressed_one_after_the_other_and_are_a_turn(application: Any) -> None:
    pressed: list[str] = []

    async def talk(socket: Any) -> None:
        await socket.speak(await application.azure.azure.voices.speak("Please key in your zip code.", "agent", 16_000))
        await socket.until(lambda one: sum("DtmfData" in str(m["kind"]) for m in one.messages) == 3)
        pressed.extend(str(m["dtmfData"]["data"]) for m in socket.messages if m["kind"] == "DtmfData")
        await agent(application, socket, ["Bye."])

    application.on_socket = talk
    zip_code = Utterance(id="zip_code", text="four oh five", when_asked=("zip",), pcm=noise(1))
    bye = Utterance(id="bye", text="bye", when_asked=("goodbye", "bye"), pcm=noise(2))
    report, phone = await play(application, Persona(facts={"zip_code": "405"}, utterances=(zip_code, bye)))
    assert pressed == ["4", "0", "5"]
    assert [(turn["caller"], turn["utterance"]) for turn in report.turns][:2] == [("", ""), ("405", "zip_code")]
    assert phone.turns[1].said == "Bye."


async def test_a_key_that_nobody_offered_is_pressed_where_the_caller_would(application: Any) -> None:
    async def talk(socket: Any) -> None:
        await socket.speak(await application.azure.azure.voices.speak("Is there anything else?", "agent", 16_000))
        await socket.until(lambda one: one.keys() == ["0"])
        await agent(application, socket, ["Bye."])

    application.on_socket = talk
    person = Utterance.model_validate({"id": "person", "text": "a person", "press": 0, "when_asked": "else"})
    bye = Utterance(id="bye", text="bye", when_asked=("goodbye", "bye"), pcm=noise(2))
    report, _ = await play(application, Persona(utterances=(person, bye)))
    assert [(turn["caller"], turn["utterance"]) for turn in report.turns][1] == ("0", "person")


async def test_who_is_asked_for_a_number_to_call_says_the_one_they_call_from(application: Any) -> None:
    application.on_socket = lambda socket: agent(application, socket, ["Which number can we call you back at?"])
    report, _ = await play(application, ANN)
    assert report.turns[1]["caller"] == "2 0 6 5 5 5 0 1 2 3"
    assert report.unanswered == []
