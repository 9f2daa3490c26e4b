import datetime as dt
import json

import lxml.html
import pytest

from goodoffices.reading.formats.metadata import Stated, headline, stated
from tests.reading.files import a_page

SEVENTH = dt.date(2024, 9, 7)


def of(head: str = "", body: str = "<p>They met.</p>") -> Stated:
    return stated(lxml.html.document_fromstring(a_page(body, head)))


def linked(**data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_a_page_that_states_nothing_has_nothing():
    assert of() == Stated()


def test_linked_data_of_an_article_count_first():
    head = linked(
        **{
            "@type": "NewsArticle",
            "headline": "Talks  stall",
            "datePublished": "2024-09-07T10:00Z",
        },
        publisher={"@type": "Organization", "name": "The Gazette"},
    )
    found = of(head + "<meta property='og:title' content='Other'><title>Third</title>")
    assert (found.title, found.publisher, found.date) == ("Talks stall", "The Gazette", SEVENTH)
    assert not found.opinion


def test_linked_data_may_be_a_list_or_a_graph():
    article = {"@type": ["Article", "OpinionNewsArticle"], "headline": "No deal"}
    assert of(linked(**{"@graph": [{"@type": "WebSite", "name": "x"}, article]})).opinion
    head = f'<script type="application/ld+json">{json.dumps([article])}</script>'
    assert of(head).title == "No deal"


@pytest.mark.parametrize(
    "text",
    ["{", "[" * 100_000, "null", "3", '{"@type": "Article", "headline": 3, "publisher": [1]}', ""],
    ids=lambda text: text[:5],
)
def test_linked_data_that_make_no_sense_say_nothing(text):
    assert of(f'<script type="application/ld+json">{text}</script>') == Stated()


@pytest.mark.parametrize(
    "meta",
    [
        '<meta property="article:published_time" content="2024-09-07T23:00:00+02:00">',
        '<meta name="DC.date.issued" content="2024-09-07">',
        '<meta name="date" content="7 September 2024">',
        '<meta itemprop="datePublished" content="2024-09-07">',
        '<meta name="PubDate" content="Sept. 7, 2024">',
    ],
)
def test_meta_elements_state_the_day(meta):
    assert of(meta).date == SEVENTH


def test_the_day_of_a_change_is_not_the_day_of_the_document():
    assert of('<meta property="article:modified_time" content="2024-09-07">').date is None


def test_meta_elements_state_title_and_publisher():
    found = of(
        '<meta property="og:title" content="Talks stall">'
        '<meta property="og:site_name" content="The Gazette"><meta name="publisher" content="X">'
    )
    assert (found.title, found.publisher) == ("Talks stall", "The Gazette")


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ('<time datetime="2024-09-07">Saturday</time>', SEVENTH),
        ('<time datetime="2024-09-07"></time><time datetime="2020-01-01"></time>', None),
        ('<time datetime="2020-01-01"></time><time pubdate datetime="2024-09-07"></time>', SEVENTH),
        (
            '<time datetime="2020"></time><time class="published" datetime="2024-09-07"></time>',
            SEVENTH,
        ),
        ('<span class="post-date">Posted on <b>September 7, 2024</b></span>', SEVENTH),
        ('<p class="update">They met on 7 September 2024 and left again.</p>', None),
        ("<p>7 September 2024</p>", None),
    ],
)
def test_what_is_shown_states_the_day_if_it_is_made_for_that(body, day):
    assert of("", body).date == day


def test_the_title_element_counts_last_and_without_the_sites_name():
    assert of("<title>Talks stall | The Gazette</title>").title == "Talks stall"
    assert (
        of("<title>Talks stall – again</title>", "<h1>Talks <i>stall</i></h1>").title
        == "Talks stall"
    )
    assert of("<title>Cease-fire talks</title>").title == "Cease-fire talks"


def test_two_headings_of_the_first_rank_are_no_headline():
    tree = lxml.html.document_fromstring(a_page("<h1>One</h1><h1>Two</h1>"))
    assert headline(tree) is None


@pytest.mark.parametrize("section", ["Opinion", "comment", "Editorial"])
def test_the_section_of_opinion_is_known(section):
    assert of(f'<meta property="article:section" content="{section}">').opinion
    assert not of('<meta property="article:section" content="World">').opinion


def meta(name: str, content: str, kind: str = "name") -> str:
    return f'<meta {kind}="{name}" content="{content}">'


def chosen(head: str, names: tuple[str, ...], field: str, values: tuple[str, ...]) -> list[object]:
    """Return what a page states when the first, the second, ... of its meta elements is gone."""
    metas = [meta(name, value) for name, value in zip(names, values, strict=True)]
    return [getattr(of(head + "".join(reversed(metas[k:]))), field) for k in range(len(metas))]


def test_of_several_titles_the_first_of_a_fixed_order_counts():
    names = (
        "og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "headline",
    )  # fmt: skip
    values = tuple(f"Title {k}" for k in range(len(names)))
    assert chosen("<title>Last</title>", names, "title", values) == list(values)


def test_of_several_publishers_the_first_of_a_fixed_order_counts():
    names = (
        "og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "publisher",
        "copyright_holder",
    )  # fmt: skip
    values = tuple(f"Paper {k}" for k in range(len(names)))
    assert chosen("", names, "publisher", values) == list(values)


def test_of_several_days_the_first_of_a_fixed_order_counts():
    names = (
        "article:published_time", "og:published_time", "datepublished", "dc.date.issued",
        "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date",
        "citation_publication_date", "publish-date", "publication_date", "pubdate", "date",
    )  # fmt: skip
    values = tuple(f"2024-09-{k + 1:02}" for k in range(len(names)))
    assert [day.day for day in chosen("", names, "date", values)] == list(range(1, 14))


def test_a_day_that_cannot_be_read_lets_the_next_one_count():
    assert of(meta("article:published_time", "yesterday") + meta("date", "2024-09-07")).date == (
        SEVENTH
    )


@pytest.mark.parametrize("kind", ["property", "name", "itemprop"])
def test_a_meta_element_is_named_in_three_ways_and_in_any_letters(kind):
    assert of(meta(" OG:Title ", " Talks \n stall ", kind)).title == "Talks stall"


def test_what_a_page_says_first_holds_and_what_is_empty_says_nothing():
    assert of(meta("date", " ") + meta("date", "2024-09-07") + meta("date", "2020-01-01")).date == (
        SEVENTH
    )


@pytest.mark.parametrize(
    "kind",
    ["Article", "NewsArticle", "BlogPosting", "Report", "Review", "http://x/ReportageReport"],
)
def test_every_kind_of_article_is_one(kind):
    assert of(linked(**{"@type": kind, "headline": "No deal"})).title == "No deal"


@pytest.mark.parametrize("kind", ["WebSite", "Person", "Articles", "", None, 3])
def test_other_things_that_a_page_describes_are_no_articles(kind):
    assert of(linked(**{"@type": kind, "headline": "No deal"})).title is None


def test_articles_are_looked_for_four_graphs_deep():
    data: dict[str, object] = {"@type": "Article", "headline": "No deal"}
    for depth in range(6):
        found = of(f'<script type="application/ld+json">{json.dumps(data)}</script>').title
        assert (found == "No deal") == (depth <= 4)
        data = {"@graph": data}


def test_a_publisher_may_be_named_alone():
    assert of(linked(**{"@type": "Article", "publisher": "The Gazette"})).publisher == "The Gazette"


@pytest.mark.parametrize("section", ["Opinion", "opinions", "COMMENT", "commentary", "editorial"])
@pytest.mark.parametrize("name", ["article:section", "section"])
def test_every_name_of_the_opinion_pages_is_known(name, section):
    assert of(meta(name, section)).opinion


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ('<time itemprop="datePublished" datetime="2024-09-07"></time><time></time>',
         SEVENTH),
        ('<time pubdate datetime="2024-09-08"></time><time pubdate datetime="2024-09-07"></time>',
         SEVENTH),
        ('<time datetime="2024-09-07"></time><time datetime="2024-09-07T10:00"></time>', SEVENTH),
        ('<div class="published">7 September 2024</div>', SEVENTH),
        (f'<div class="date">7 September 2024 | {"Page " * 30}</div>', None),
    ],
)  # fmt: skip
def test_a_day_that_is_shown_is_the_pages_own_or_none(body, day):
    assert of("", body).date == day


def test_long_texts_are_cut_and_stand_on_one_line():
    found = of(meta("og:title", "word " * 1000))
    assert found.title is not None
    assert len(found.title) == 500
    assert "  " not in found.title
