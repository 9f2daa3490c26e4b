import pytest

from goodoffices.errors import ExtraError, GoodOfficesError
from goodoffices.reading.extras import needs


def test_a_module_that_is_there_is_returned():
    assert needs("read", "json.decoder").__name__ == "json.decoder"


def test_a_missing_one_names_the_extra_to_install():
    with pytest.raises(ExtraError) as caught:
        needs("model", "no_such_module.part")
    assert str(caught.value) == (
        "\"no_such_module\" is not installed; install it with: pip install 'goodoffices[model]'"
    )
    assert isinstance(caught.value, GoodOfficesError)


def test_the_module_that_is_missing_below_another_is_named(tmp_path, monkeypatch):
    (tmp_path / "needs_more.py").write_text("import no_such_module_below")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ExtraError, match='"no_such_module_below" is not installed'):
        needs("read", "needs_more")
