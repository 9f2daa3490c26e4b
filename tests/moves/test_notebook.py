from html.parser import HTMLParser

from goodoffices import catalog
from goodoffices.moves import moves
from goodoffices.moves.notebook import as_html
from tests.moves.cases import river


class Balance(HTMLParser):
    """Sees whether every tag that opens is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(html: str) -> str:
    page = Balance()
    page.feed(html)
    page.close()
    assert page.open == []
    return " ".join(page.text)


def test_a_notebook_shows_the_sentences_and_the_equilibria() -> None:
    shown = read(as_html(moves(catalog.load("elmira-1991"))))
    assert "Elmira 1991, the groundwater" in shown
    assert "Local governments would gain by taking" in shown
    assert "“The plant is abandoned” stable by itself (Nash)" in shown


def test_text_of_the_case_is_escaped() -> None:
    case = river({"options/lift/name": "<script>alert(1)</script>"})
    html = as_html(moves(case.model_copy(update={"title": "a & b"})))
    assert "<script>" not in html
    assert "a &amp; b" in html
    assert "<script>alert(1)</script>" in read(html)


def test_the_result_offers_itself_to_a_notebook() -> None:
    report = moves(river())
    assert report._repr_html_() == as_html(report)
