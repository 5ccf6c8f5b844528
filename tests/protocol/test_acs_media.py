"""ACS media frames: both casings are read, unknown kinds ignored, everything else is a ProtocolError."""

import base64
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.audio import PCM_16K, PCM_24K
from backend.errors import ProtocolError
from backend.protocol.acs_media import AudioData, AudioMetadata, Tone, audio_frame, read_audio, read_frame, stop_frame

PCM = bytes(range(256)) * 2 + bytes(128)
B64 = base64.b64encode(PCM).decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{"kind":"AudioMetadata","audioMetadata":{"subscriptionId":"s","encoding":"PCM","sampleRate":16000,'
            '"channels":1,"length":640}}',
            AudioMetadata("s", PCM_16K),
        ),
        (
            '{"Kind":"AudioMetadata","AudioMetadata":{"SubscriptionId":"s","Encoding":"PCM","SampleRate":24000,'
            '"Channels":1,"Length":960}}',
            AudioMetadata("s", PCM_24K),
        ),
        (
            f'{{"kind":"AudioData","audioData":{{"timestamp":"2024-11-15T19:16:12.925Z","participantRawID":"8:acs:x",'
            f'"data":"{B64}","silent":false}}}}',
            AudioData(PCM),
        ),
        (f'{{"kind":"AudioData","audioData":{{"silent":true,"data":"{B64}"}}}}', AudioData(PCM)),
        (f'{{"Kind":"AudioData","AudioData":{{"Data":"{B64}"}},"StopAudio":null}}', AudioData(PCM)),
        ('{"kind":"DtmfData","dtmfData":{"data":"3"}}', Tone("3")),
        ('{"kind":"DtmfData","dtmfData":{"data":"#","timestamp":"t"}}', Tone("#")),
        ('{"kind":"MarkData","markData":{"id":"m","status":"Completed"}}', None),
        ('{"kind":"SomethingNew","x":1}', None),
    ],
)
def test_reads(text: str, expected: object) -> None:
    assert read_frame(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        "[]",
        "null",
        "1e999",
        "{}",
        '{"kind":"AudioData"}',
        '{"kind":"AudioData","audioData":{}}',
        '{"kind":"AudioData","audioData":{"data":5}}',
        '{"kind":"AudioData","audioData":{"data":"%%%"}}',
        '{"kind":"AudioData","audioData":{"data":"QQ=="}}',
        '{"kind":"AudioData","audioData":{"timestamp":"never ends',
        '{"kind":"AudioMetadata","audioMetadata":{"sampleRate":8000,"channels":1}}',
        '{"kind":"AudioMetadata","audioMetadata":{"sampleRate":16000,"channels":2}}',
        '{"kind":"AudioMetadata","audioMetadata":{"sampleRate":16000,"channels":1,"encoding":"OPUS"}}',
        '{"kind":"DtmfData","dtmfData":{"data":"tone"}}',
        "[" * 10_000,
        '{"kind":"AudioData","audioData":{"data":"' + "A" * 20_000 + '"}}',
        '{"kind":"\\ud800"',
    ],
)
def test_refuses_with_the_documented_error(text: str) -> None:
    with pytest.raises(ProtocolError):
        read_frame(text)


@given(st.one_of(st.text(max_size=300), st.from_regex(r'\{"kind":"AudioData","audioData":\{.*', fullmatch=True)))
def test_nothing_but_protocol_error_ever_comes_out(text: str) -> None:
    try:
        read_frame(text)
    except ProtocolError:
        return


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda c: (
            st.lists(c, max_size=4)
            | st.dictionaries(
                st.sampled_from(["kind", "audioData", "data", "audioMetadata", "sampleRate", "dtmfData"]), c, max_size=4
            )
        ),
        max_leaves=12,
    )
)
def test_no_json_breaks_it(body: object) -> None:
    try:
        read_frame(json.dumps(body))
    except ProtocolError:
        return


@given(st.binary(min_size=2, max_size=960).filter(lambda pcm: len(pcm) % 2 == 0))
def test_what_is_written_can_be_read(pcm: bytes) -> None:
    assert read_frame(audio_frame(pcm)) == AudioData(pcm)


def test_stop_audio_is_what_the_service_reads() -> None:
    assert json.loads(stop_frame()) == {"kind": "StopAudio", "stopAudio": {}}


def test_a_repr_never_shows_a_caller() -> None:
    assert "1" not in repr(Tone("1"))
    assert repr(AudioData(PCM)) == "AudioData()"


USUAL = (
    f'{{"kind":"AudioData","audioData":{{"timestamp":"2024-11-15T19:16:12.925Z","participantRawID":"4:+18005550100",'
    f'"data":"{B64}","silent":false}}}}'
).encode()
SPLICES = (
    b'"', b"\\", b"\n", b"{", b"}", b",", b":", b'"data":"', b'"data":"AAAA",', b"\x00", b"\xff", b"\\u002B", b"=", b"",
    b"true", b'"silent":', b'"kind":"DtmfData",', b" ", "ü".encode(),
)  # fmt: skip


@pytest.mark.parametrize("text", [USUAL, USUAL.replace(b"false", b"true"), audio_frame(PCM)])
def test_a_usual_frame_goes_the_short_way(text: bytes) -> None:
    assert read_audio(text, len(PCM)) == PCM


@pytest.mark.parametrize("size", [0, 638, 642, 960])
def test_a_frame_of_another_length_does_not(size: int) -> None:
    assert read_audio(USUAL, size) is None


def test_what_the_short_way_reads_is_what_the_long_way_reads() -> None:
    """Whatever is put into a frame, taken out of it, or changed in it, wherever that is."""
    chance = random.Random(3)
    short = 0
    for _ in range(40_000):
        text = USUAL
        for _ in range(chance.randrange(1, 4)):
            at = chance.choice((chance.randrange(130), chance.randrange(len(text)), len(text) - chance.randrange(25)))
            text = text[:at] + chance.choice(SPLICES) + text[at + chance.randrange(3) :]
        pcm = read_audio(text, len(PCM))
        if pcm is not None:
            short += 1
            assert read_frame(text) == AudioData(pcm), text
    assert short > 500
