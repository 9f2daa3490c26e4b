"""Endpoints that may be named, and those that are refused without showing a secret."""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import Any

import pytest

from goodoffices.errors import ExtraError, GoodOfficesError
from goodoffices.reading.model import Endpoint, EndpointError, read_by_model
from tests.reading.model.asking import KEY
from tests.reading.model.samples import document

HERE = "http://localhost:11434/v1"


def refusal(**fields: Any) -> str:
    with pytest.raises(EndpointError) as caught:
        Endpoint(**{"url": HERE, "model": "m", **fields})
    return str(caught.value)


@pytest.mark.parametrize(
    ("url", "host", "private"),
    [
        (HERE, "localhost", True),
        ("http://127.0.0.1:8080", "127.0.0.1", True),
        ("http://127.8.9.1:8080", "127.8.9.1", True),
        ("http://[::1]:8000/v1", "::1", True),
        ("http://models.localhost/v1", "models.localhost", True),
        ("https://api.example.org/v1", "api.example.org", True),
        ("http://10.0.0.7:8000/v1", "10.0.0.7", False),
        ("http://localhost.example.org/v1", "localhost.example.org", False),
    ],
)
def test_an_endpoint_knows_its_machine_and_whether_the_way_there_is_private(
    url: str, host: str, private: bool
) -> None:
    endpoint = Endpoint(url=url, model="m")
    assert (endpoint.host, endpoint.is_private) == (host, private)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:11434",
        "ftp://localhost/v1",
        "file:///etc/passwd",
        "http://",
        "http://localhost:99999/v1",
        "http://local host/v1",
        "http://localhost/v1\n",
        "http://[::1/v1",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address_is_refused_with_an_example(url: str) -> None:
    assert "write one such as http://localhost:11434/v1" in refusal(url=url)


@pytest.mark.parametrize(
    "url",
    [
        "https://me:s3cret@api.example.org/v1",
        "https://s3cret@api.example.org/v1",
        "https://api.example.org/v1?key=s3cret",
        "https://api.example.org/v1#s3cret",
    ],
)
def test_an_address_that_may_hold_a_secret_is_refused_and_not_shown(url: str) -> None:
    message = refusal(url=url)
    assert "leave it out" in message
    assert "s3cret" not in message


def test_a_key_never_goes_unencrypted_to_another_machine() -> None:
    assert "unencrypted" in refusal(url="http://10.0.0.7:8000/v1", key_env="KEY")
    assert Endpoint(url="https://10.0.0.7:8000/v1", model="m", key_env="KEY").key_env == "KEY"


@pytest.mark.parametrize("name", [KEY, "MY KEY", "", "1KEY", "K" * 200, "KEY\n"])
def test_a_key_in_place_of_its_variable_is_refused_and_not_shown(name: str) -> None:
    message = refusal(key_env=name)
    assert "not the key itself" in message
    assert KEY not in message


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"model": " "}, "no usable name"),
        ({"model": "m\x1b[31m"}, "no usable name"),
        ({"model": "m" * 201}, "no usable name"),
        ({"timeout": 0.0}, "time-out"),
        ({"timeout": float("nan")}, "time-out"),
        ({"timeout": float("inf")}, "time-out"),
        ({"retries": -1}, "retries"),
        ({"retries": 11}, "retries"),
        ({"budget": 499}, "budget"),
        ({"budget": 100_001}, "budget"),
    ],
)
def test_settings_out_of_range_are_refused(fields: dict[str, Any], words: str) -> None:
    assert words in refusal(**fields)


def test_the_key_is_read_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    endpoint = Endpoint(url=HERE, model="m", key_env="DOCKS_KEY")
    assert endpoint.key() == KEY
    monkeypatch.setenv("DOCKS_KEY", " another \n")
    assert endpoint.key() == "another"
    assert Endpoint(url=HERE, model="m").key() is None


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "holds no key"), ("  ", "holds no key"), ("a b", "no key has"), ("clé", "no key has")],
)
def test_a_variable_without_a_usable_key_is_named_and_its_value_is_not(
    value: str | None, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if value is None:
        monkeypatch.delenv("DOCKS_KEY")
    else:
        monkeypatch.setenv("DOCKS_KEY", value)
    with pytest.raises(EndpointError, match=words) as caught:
        Endpoint(url=HERE, model="m", key_env="DOCKS_KEY").key()
    assert "DOCKS_KEY" in str(caught.value)
    assert "a b" not in str(caught.value)
    assert "clé" not in str(caught.value)


def test_an_endpoint_can_go_to_another_process_and_takes_no_key_along() -> None:
    endpoint = Endpoint(url=HERE, model="m", key_env="DOCKS_KEY")
    sent = pickle.dumps(endpoint)
    assert KEY.encode() not in sent
    assert pickle.loads(sent) == endpoint


def test_whoever_catches_the_root_catches_an_endpoint_in_trouble() -> None:
    assert issubclass(EndpointError, GoodOfficesError)


@pytest.mark.parametrize("missing", ["openai", "httpx2"])
def test_a_missing_extra_is_named_with_its_remedy(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ExtraError, match=r"pip install 'goodoffices\[model\]'"):
        read_by_model(document(), Endpoint(url=HERE, model="m"))


def test_importing_the_package_does_not_load_the_client_library() -> None:
    code = (
        "import sys, goodoffices.reading.model; "
        "print({'openai', 'httpx2', 'json_repair', 'spacy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
