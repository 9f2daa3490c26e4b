from lxml import etree

from goodoffices.handover._chart import Bars, C, Series, chart_xml, drawing_xml

NAMES = {"c": C}


def bars(*labels: str, most: float = 100.0) -> Bars:
    values = tuple(10.0 * n for n, _ in enumerate(labels, 1))
    series = Series(
        name="West & <East>",
        values=values,
        low=tuple(v - 5 for v in values),
        high=tuple(v + 2 for v in values),
    )
    return Bars(title="A title", labels=labels, series=(series,), told="Now: 10 %.", most=most)


def values(root: etree._Element, path: str) -> list[str]:
    return [str(node.text) for node in root.findall(path, NAMES)]


def test_a_chart_says_its_labels_and_values_in_order() -> None:
    root = etree.fromstring(chart_xml(bars("Now", "Later")))
    assert values(root, ".//c:cat//c:v") == ["Now", "Later"]
    assert values(root, ".//c:val//c:v") == ["10", "20"]


def test_whiskers_are_as_long_as_the_interval() -> None:
    root = etree.fromstring(chart_xml(bars("Now")))
    assert values(root, ".//c:plus//c:v") == ["2"]
    assert values(root, ".//c:minus//c:v") == ["5"]


def test_several_series_have_a_legend_and_one_has_none() -> None:
    one = bars("Now")
    two = Bars(title="t", labels=one.labels, series=one.series * 2, told="")
    assert etree.fromstring(chart_xml(one)).find(".//c:legend", NAMES) is None
    root = etree.fromstring(chart_xml(two))
    assert root.find(".//c:legend", NAMES) is not None
    fills = [node.get("val") for node in root.iter("{*}srgbClr")]
    assert len(set(fills)) == 3


def test_words_of_a_case_are_words_in_a_chart() -> None:
    root = etree.fromstring(chart_xml(bars('"><script>&amp;', "x\ufffe\x00y", "z" * 200)))
    shown = values(root, ".//c:cat//c:v")
    assert shown[:2] == ['"><script>&amp;', "x\ufffd y"]
    assert len(shown[2]) == 70
    assert values(root, ".//c:tx/c:v") == ["West & <East>"]


def test_a_chart_is_told_to_those_who_do_not_see_it() -> None:
    given = Bars(
        title='"T" <1>', labels=("a",), series=bars("a").series, told='Now: "10 %" & more.'
    )
    root = etree.fromstring(drawing_xml(given, 2, "rId9", 1000, 500))
    about = next(root.iter("{*}docPr"))
    assert about.get("descr") == 'Now: "10 %" & more.'
    assert about.get("name") == "Figure 2"
    assert next(root.iter("{*}extent")).get("cx") == "1000"


def test_the_axis_ends_where_the_chart_says() -> None:
    root = etree.fromstring(chart_xml(bars("a", most=40)))
    found = root.find(".//c:valAx/c:scaling/c:max", NAMES)
    assert found is not None
    assert found.get("val") == "40"
