"""USP frames: what azure-cognitiveservices-speech 1.53.0 sends, and what nobody should."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from backend.errors import ProtocolError
from local_azure.speech.context import read_recognition, read_sample_rate, read_synthesis
from local_azure.speech.usp import (
    decode_binary,
    decode_text,
    encode_binary,
    encode_json,
    encode_text,
    ms,
    ticks,
)

# Captured from azure-cognitiveservices-speech 1.53.0 (the name of the machine shortened).
SPEECH_CONTEXT = (
    "X-Timestamp:2026-11-21T04:54:20.683Z\r\nPath:speech.context\r\n"
    "X-RequestId:052c5b1dfb074f06a715ed0360cc7c2c\r\n\r\n"
    '{"phraseDetection":{"mode":"CONVERSATION","language":"en-us","initialSilenceTimeout":6000,"CONVERSATION":'
    '{"segmentation":{"segmentationSilenceTimeoutMs":700,"mode":"Custom"}}},"dgi":{"Groups":[{"Type":"Generic",'
    '"Items":[{"Text":"FNOL"},{"Text":"the car is drivable"}]}],"bias":1.000000},"audio":{"streams":{"1":null}},'
    '"phraseOutput":{"format":"Detailed","detailed":{"options":["WordTimings","WordConfidence"]}}}'
)
IDENTIFYING = {
    "phraseDetection": {"mode": "CONVERSATION", "onSuccess": {"action": "None"}},
    "languageId": {"languages": ["en-US", "es-ES"], "mode": "DetectContinuous"},
    "audio": {"streams": {"1": None}},
}
AUDIO_HEADERS = (
    b"X-Timestamp:2026-11-21T04:54:20.570Z\r\nPath:audio\r\nContent-Type:audio/x-wav\r\n"
    b"X-RequestId:22f4f68e10eb4a1bbaa17fc557e46393\r\nX-StreamId:1\r\n"
)
RIFF_HEADER = bytes.fromhex("524946460000000057415645666d74201000000001000100803e0000007d0000020010006461746100000000")


class TestGolden:
    def test_a_captured_text_message_is_read(self) -> None:
        message = decode_text(SPEECH_CONTEXT)

        assert message.path == "speech.context"
        assert message.request_id == "052c5b1dfb074f06a715ed0360cc7c2c"
        assert message.json()["dgi"]["bias"] == 1.0

    def test_a_captured_audio_message_is_read(self) -> None:
        message = decode_binary(len(AUDIO_HEADERS).to_bytes(2, "big") + AUDIO_HEADERS + RIFF_HEADER)

        assert (message.path, message.stream_id) == ("audio", "1")
        assert message.payload == RIFF_HEADER
        assert read_sample_rate(message.payload) == 16_000

    def test_an_audio_message_without_payload_is_read(self) -> None:
        assert decode_binary(len(AUDIO_HEADERS).to_bytes(2, "big") + AUDIO_HEADERS).payload == b""

    def test_header_names_are_known_whatever_their_case(self) -> None:
        assert decode_text("PATH:Turn.Start\r\nx-requestid: ab \r\n\r\n{}").request_id == "ab"

    def test_a_text_message_is_written_as_the_sdk_reads_it(self) -> None:
        written = encode_json("speech.hypothesis", "ab", {"Text": "é", "Offset": 1})

        assert written == (
            "X-RequestId:ab\r\nPath:speech.hypothesis\r\nContent-Type:application/json; charset=utf-8\r\n\r\n"
            '{"Text":"é","Offset":1}'
        )

    def test_a_binary_message_is_written_as_the_sdk_reads_it(self) -> None:
        written = encode_binary("audio", "ab", b"\1\2", stream_id="7", content_type="audio/x-wav")

        head = b"X-RequestId:ab\r\nPath:audio\r\nX-StreamId:7\r\nContent-Type:audio/x-wav\r\n"
        assert written == len(head).to_bytes(2, "big") + head + b"\1\2"

    def test_ticks_are_100_nanoseconds(self) -> None:
        assert ticks(1.5) == 15_000
        assert ms(15_000) == 1.5


class TestContext:
    def test_recognition_takes_silence_phrases_language_and_format(self) -> None:
        request = read_recognition(decode_text(SPEECH_CONTEXT).json(), "", 24_000)

        assert request.silence_ms == 700
        assert request.initial_silence_ms == 6000
        assert request.phrases == ("FNOL", "the car is drivable")
        assert request.languages == ("en-us",)
        assert request.detailed
        assert request.sample_rate == 24_000

    def test_recognition_takes_candidate_languages(self) -> None:
        request = read_recognition(IDENTIFYING, "", 16_000)

        assert request.languages == ("en-US", "es-ES")
        assert request.identify_language

    def test_an_empty_context_means_the_defaults(self) -> None:
        request = read_recognition({}, "de-DE", 16_000)

        assert (request.languages, request.silence_ms, request.phrases) == (("de-DE",), 500, ())
        assert not request.detailed

    @pytest.mark.parametrize(
        ("mode", "silence_ms"), [("CONVERSATION", 15_000), ("INTERACTIVE", 5_000), ("DICTATION", 0), (None, 0)]
    )
    def test_a_silent_caller_is_reported_as_the_service_does_by_itself(self, mode: str | None, silence_ms: int) -> None:
        assert read_recognition({"phraseDetection": {"mode": mode}}, "", 16_000).initial_silence_ms == silence_ms

    @pytest.mark.parametrize("broken", [{"dgi": {"Groups": "x"}}, {"dgi": {"Groups": [1, {"Items": [2, {}]}]}}])
    def test_phrases_that_are_none_are_left_out(self, broken: dict[str, object]) -> None:
        assert read_recognition(broken, "", 16_000).phrases == ()

    @pytest.mark.parametrize("broken", ["x", None, -3, {"a": 1}])
    def test_a_silence_that_is_none_is_the_default(self, broken: object) -> None:
        detection = {"mode": "INTERACTIVE", "INTERACTIVE": {"segmentation": {"segmentationSilenceTimeoutMs": broken}}}
        assert read_recognition({"phraseDetection": detection}, "", 16_000).silence_ms == 500

    def test_synthesis_takes_the_format_and_what_to_report(self) -> None:
        options = {"wordBoundaryEnabled": "true", "punctuationBoundaryEnabled": False, "sessionEndEnabled": True}
        audio = {"outputFormat": "raw-24khz-16bit-mono-pcm", "metadataOptions": options}
        body = {"synthesis": {"audio": audio, "input": {"voiceName": "en-US-AvaNeural"}}}

        request = read_synthesis(body)

        assert (request.sample_rate, request.riff, request.voice) == (24_000, False, "en-US-AvaNeural")
        assert (request.word_boundaries, request.punctuation, request.session_end) == (True, False, True)

    def test_a_format_that_is_not_made_is_refused(self) -> None:
        with pytest.raises(ProtocolError, match="format"):
            read_synthesis({"synthesis": {"audio": {"outputFormat": "audio-24khz-48kbitrate-mono-mp3"}}})


class TestBroken:
    @pytest.mark.parametrize(
        "message",
        [
            "",
            "Path:speech.context\r\n",
            "Path speech.context\r\n\r\n{}",
            ":x\r\nPath:a\r\n\r\n",
            "X-RequestId:ab\r\n\r\n{}",
            "Path:\r\n\r\n{}",
            "A:b\r\n" * 65 + "Path:a\r\n\r\n",
        ],
        ids=["empty", "cut", "no colon", "no name", "no path", "empty path", "too many headers"],
    )
    def test_text_is_refused(self, message: str) -> None:
        with pytest.raises(ProtocolError):
            decode_text(message)

    @pytest.mark.parametrize(
        "message",
        [b"", b"\0", b"\0\x20Path:audio\r\n", b"\0\0", b"\0\3\xff\xfe\xfd", b"\xff\xff" + bytes(100)],
        ids=["empty", "half a length", "cut", "no headers", "not ASCII", "longer than all"],
    )
    def test_binary_is_refused(self, message: bytes) -> None:
        with pytest.raises(ProtocolError):
            decode_binary(message)

    @pytest.mark.parametrize("body", ["", "{", "[]", "3", '"x"', "null"])
    def test_a_body_that_is_no_object_is_refused(self, body: str) -> None:
        with pytest.raises(ProtocolError):
            decode_text("Path:speech.context\r\n\r\n" + body).json()

    @pytest.mark.parametrize(
        "header",
        [b"", b"RIFF", RIFF_HEADER.replace(b"WAVE", b"AVI "), RIFF_HEADER[:20] + b"\2" + RIFF_HEADER[21:]],
        ids=["empty", "cut", "another container", "another coding"],
    )
    def test_audio_that_is_not_pcm_is_refused(self, header: bytes) -> None:
        with pytest.raises(ProtocolError):
            read_sample_rate(header)

    def test_the_error_holds_nothing_that_was_said(self) -> None:
        with pytest.raises(ProtocolError) as caught:
            decode_text("Path:speech.hypothesis\r\n\r\n{'Text': 'four eight two one'").json()
        assert "four" not in str(caught.value)


class TestFuzz:
    @given(some.text())
    def test_any_text_is_read_or_refused(self, message: str) -> None:
        try:
            decode_text(message)
        except ProtocolError:
            return

    @given(some.binary())
    def test_any_bytes_are_read_or_refused(self, message: bytes) -> None:
        try:
            decode_binary(message)
        except ProtocolError:
            return

    @given(some.dictionaries(some.text(), some.text() | some.integers() | some.none()))
    def test_what_is_written_is_read_back(self, body: dict[str, object]) -> None:
        message = decode_text(encode_json("speech.phrase", "0f", body))

        assert (message.path, message.request_id, message.json()) == (
            "speech.phrase",
            "0f",
            json.loads(json.dumps(body)),
        )

    @given(some.binary())
    def test_audio_that_is_written_is_read_back(self, pcm: bytes) -> None:
        message = decode_binary(encode_binary("audio", "0f", pcm, stream_id="1"))

        assert (message.path, message.request_id, message.stream_id, message.payload) == ("audio", "0f", "1", pcm)

    @given(some.text(min_size=1))
    def test_a_body_may_hold_line_breaks(self, body: str) -> None:
        assert decode_text(encode_text("text.piece", "0f", body + "\r\n\r\nx")).body == body + "\r\n\r\nx"


def test_a_time_without_end_is_none() -> None:
    endless = {"phraseDetection": {"initialSilenceTimeout": float("inf")}}
    assert read_recognition(endless, "en-US", 16_000) == read_recognition({}, "en-US", 16_000)
