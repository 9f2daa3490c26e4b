import re
from html.parser import HTMLParser

from goodoffices.case.model import Case
from goodoffices.deals import deals
from goodoffices.deals.notebook import as_html
from tests.deals.cases import SAID, linkage, opposed, trade


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(html: str) -> _Balance:
    parser = _Balance()
    parser.feed(html)
    assert parser.open == []
    return parser


def test_a_notebook_shows_a_result_by_itself() -> None:
    found = deals(trade())
    assert found._repr_html_() == as_html(found)


def test_it_names_the_zone_the_conflicts_and_the_packages() -> None:
    html = as_html(deals(opposed(60, 60)))
    assert "does not hold" in html
    assert "east-walks + west-walks" in html
    html = as_html(deals(trade()))
    assert "Package A" in html
    assert "land: x, aid: x" in html


def test_its_tags_are_balanced_and_few() -> None:
    parser = read(as_html(deals(trade())))
    assert set(parser.seen) <= {"h4", "p", "table", "thead", "tbody", "tr", "th", "td"}


def test_text_from_the_case_is_data() -> None:
    bad = "<script>alert('x')</script>\u202e\"&"
    raw = trade().model_dump(exclude_unset=True) | {"title": bad}
    raw["packages"] = {"p": {"name": bad, "picks": {"land": "x", "aid": "x"}, **SAID}}
    html = as_html(deals(Case.model_validate(raw)))
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "script" not in read(html).seen


def test_a_probability_has_no_false_decimals() -> None:
    html = as_html(deals(opposed(east="0..100", west=40), draws=100))
    assert re.search(r"about \d+ %", html)
    assert not re.search(r"\d\.\d{2,} %", html)


def test_a_case_without_any_package_is_shown_too() -> None:
    ties = {o: linkage(when={"land": ["x", "y"]}, requires={"aid": o}) for o in "xy"}
    read(as_html(deals(trade(linkages=ties))))
