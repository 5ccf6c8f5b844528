"""Words that no language of the line holds: whose they are, who calls for help in them, and what is ours."""

import pytest
from quick_yaml import read_yaml

from backend.language.tongue import UNKNOWN, heard, tongues

ENGLISH, BESIDE = "en", ("es",)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("bonjour j'ai eu un accident de voiture", "fr"),
        ("je ne comprends pas", "fr"),
        ("zhe voodray parlay a someone", "fr"),
        ("ich habe einen unfall gehabt", "de"),
        ("german please sprechen sie deutsch", "de"),
        ("non capisco parlo italiano", "it"),
        ("eu tive um acidente de carro", "pt"),
        ("ni hao wo bu hui shuo yingwen", "zh"),
        ("xin chào tôi không nói tiếng anh", "vi"),
        ("hindi po ako marunong mag ingles", "tl"),
        ("mwen pa pale angle", "ht"),
        ("nie mówię po angielsku", "pl"),
        ("здравствуйте я не говорю по английски", UNKNOWN),
    ],
)
def test_a_language_that_the_line_does_not_have_is_told_by_its_words(said: str, code: str) -> None:
    assert heard(said, ENGLISH, BESIDE).code == code


@pytest.mark.parametrize(
    "said",
    [
        "hilfe", "feuer feuer", "hilfe mein mann ist bewusstlos er atmet nicht", "schnell einen krankenwagen bitte",
        "au secours ma femme saigne beaucoup", "à l'aide", "aiuto aiuto", "chiami un'ambulanza per favore mio marito",
        "socorro", "me ajuda por favor meu marido está sangrando", "jiu ming a", "救命啊 着火了", "помогите пожар",
        "tulong po dumudugo ang asawa ko", "anmwe ede m tanpri", "moshi moshi tasukete", "pomocy moja żona krwawi",
        "cứu tôi với chảy máu",
    ],
)  # fmt: skip
def test_a_cry_for_help_is_heard_in_it(said: str) -> None:
    assert heard(said, ENGLISH, BESIDE).danger


@pytest.mark.parametrize(
    "said",
    [
        "john smith", "four eight two one", "uh yes i was driving on main street in chicago", "mm hmm", "van der berg",
        "s m i t h", "maría hernández", "fannin street houston", "rue de la paix in new orleans", "pas de problème",
        "fond du lac wisconsin", "cesar chavez avenue los angeles", "guadalupe hernandez dela cruz villanueva",
        "socorro garcia", "in socorro new mexico", "ciao", "merci bye", "danke", "ana jiang", "hui jiang",
        "thomas mann",
        "honda civic", "fogo de chão on wells street", "do you speak french", "cuatro ocho dos uno", "el paso texas",
        "um er well", "yes", "", "avenida colfax en denver", "a patrick o'brien",
    ],
)  # fmt: skip
def test_names_places_numbers_and_what_english_has_taken_over_are_no_other_language(said: str) -> None:
    found = heard(said, ENGLISH, BESIDE)
    assert found.code in ("", "es") and not found.danger


def test_a_language_of_the_line_that_is_not_spoken_now_is_told_as_well() -> None:
    assert heard("tuve un choque con mi carro", "en", ("es",)).code == "es"
    assert heard("i had an accident", "es", ("en",)).code == "en"
    assert heard("i had an accident", "en", ("es",)).code == ""


def test_a_word_alone_says_nothing_but_leaves_a_hint() -> None:
    found = heard("bonjour", "en", ("es",))
    assert (found.code, found.hints) == ("", {"fr"})
    assert heard("bonjour oui", "en", ("es",)).code == "fr"


def test_what_counts_as_danger_in_a_language_is_left_to_the_readers_of_a_line_that_has_it() -> None:
    assert not heard("ayuda mi esposo está sangrando", "es", ("en",)).danger
    assert heard("ayuda mi esposo está sangrando", "en").danger


@pytest.mark.parametrize("others", [(), BESIDE])
@pytest.mark.parametrize(
    "said",
    [
        "maria de la cruz", "jose de la rosa", "julio de la fuente", "juan de dios luz", "calle de los reyes",
        "avenida de los alamos", "rue de la paix", "jean-luc de la fontaine", "hans von der heide",
        "gmail dot com john underscore smith", "broken windshield bumper headlight fender hood",
        "adam boy charles david edward frank george", "peachtree dunwoody chamblee tucker decatur georgia",
    ],
)  # fmt: skip
def test_what_people_and_streets_are_called_by_tells_no_language(said: str, others: tuple[str, ...]) -> None:
    """Whoever answered so came to a person on a line in English, and some were spoken to in Spanish where it has it."""
    assert heard(said, ENGLISH, others).code == ""


@pytest.mark.parametrize("code", tongues())
def test_each_file_is_whole_and_its_words_are_not_both_telling_and_shared(code: str) -> None:
    tongue = tongues()[code]
    assert len(tongue.words) >= 15 and tongue.danger | set(tongue.phrases)
    assert not tongue.words & tongue.also


def test_a_file_says_no_more_than_is_read() -> None:
    from importlib.resources import files

    for place in files("backend.language.tongues").iterdir():
        if place.name.endswith(".yaml"):
            assert set(read_yaml(place.read_text("utf-8"))) == {"names", "words", "also", "danger"}, place.name
