"""The loader of YAML: plain values, nothing built."""

import pytest
import yaml

from backend.yaml_loader import SafeLoader, load_yaml


def test_a_text_is_read_as_plain_values() -> None:
    assert load_yaml("name: Ada\nfloors: [1, 2]\n") == {"name": "Ada", "floors": [1, 2]}


def test_nothing_is_built_that_yaml_does_not_know() -> None:
    with pytest.raises(yaml.constructor.ConstructorError):
        load_yaml("!!python/object/apply:os.getcwd []")


def test_it_is_the_one_in_c_where_there_is_one() -> None:
    assert SafeLoader is getattr(yaml, "CSafeLoader", yaml.SafeLoader)
