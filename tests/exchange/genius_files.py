"""Small GENIUS files of this project's own, and what they literally say.

The oracle reads a file with the standard library and follows the format's definition word by word;
it shares no code with the reader that it checks.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

import numpy as np

from goodoffices.case.model import Case

BLANKS = ("", "  ", "\t")
FUND = {"Size": ["small", "large"], "Term": ["one year", "two years", "ten years"]}


def domain_xml(issues: Mapping[str, object], agents: Mapping[str, str] | None = None) -> str:
    """Issue name to its items, or to (`integer` or `real`, low, high); agent name to file."""
    said = "".join(
        f'<agent name={quoteattr(name)} class="" utility_space={quoteattr(file)}/>'
        for name, file in (agents or {}).items()
    )
    body = "".join(_issue(n, name, what) for n, (name, what) in enumerate(issues.items(), 1))
    return (
        f"<negotiation_template>{said}<utility_space>"
        f'<objective index="0" name="root" type="objective">{body}</objective>'
        "</utility_space></negotiation_template>"
    )


def _issue(index: int, name: str, what: object) -> str:
    if isinstance(what, tuple):
        kind, low, high = what
        return (
            f'<issue index="{index}" name={quoteattr(name)} type="{kind}">'
            f'<range lowerbound="{low}" upperbound="{high}"/></issue>'
        )
    assert isinstance(what, Sequence)
    items = "".join(f'<item index="{n}" value={quoteattr(i)}/>' for n, i in enumerate(what, 1))
    return f'<issue index="{index}" name={quoteattr(name)} type="discrete">{items}</issue>'


def profile_xml(
    issues: Mapping[str, object],
    weights: Sequence[object],
    reservation: object = None,
    discount: object = None,
) -> str:
    """Issue name to item and evaluation, or to the attributes of an evaluator as text."""
    body = ""
    for index, (name, what) in enumerate(issues.items(), 1):
        if isinstance(what, str):
            inside, kind = f"<evaluator {what}/>", "real" if "parameter" in what else "integer"
        else:
            assert isinstance(what, Mapping)
            inside, kind = "".join(_item(item, worth) for item, worth in what.items()), "discrete"
        body += (
            f'<issue index="{index}" name={quoteattr(name)} type="{kind}">{inside}</issue>'
            f'<weight index="{index}" value="{weights[index - 1]}"/>'
        )
    more = "" if discount is None else f'<discount_factor value="{discount}"/>'
    more += "" if reservation is None else f'<reservation value="{reservation}"/>'
    return f'<utility_space><objective index="0">{body}</objective>{more}</utility_space>'


def _item(item: str, worth: object) -> str:
    evaluation = "" if worth is None else f' evaluation="{worth}"'
    return f'<item index="1" value={quoteattr(item)}{evaluation}/>'


def written(folder: Path, **files: str) -> dict[str, Path]:
    """Write files, each named by its keyword; return their paths."""
    paths = {name: folder / f"{name}.xml" for name in files}
    for name, text in files.items():
        paths[name].write_text(text, encoding="utf-8")
    return paths


# --- What the files literally say ---------------------------------------------------------------


def literal_utility(profile: Path, package: Mapping[str, str]) -> float:
    """The utility of a package (issue index to item) in a file whose issues are all discrete."""
    root = ElementTree.parse(profile).getroot()
    issues = {issue.get("index"): issue for issue in root.iter("issue")}
    total = 0.0
    for weight in root.iter("weight"):
        items = issues[weight.get("index")].findall("item")
        evaluations = {str(i.get("value")): float(str(i.get("evaluation"))) for i in items}
        best = max(evaluations.values())
        if best:
            worth = evaluations[package[str(weight.get("index"))]]
            total += float(str(weight.get("value"))) * worth / best
    return total


def literal_packages(domain: Path) -> Iterator[dict[str, str]]:
    """Every package of a domain whose issues are all discrete: issue index to item."""
    issues = list(ElementTree.parse(domain).getroot().iter("issue"))
    items = [[str(item.get("value")) for item in issue.findall("item")] for issue in issues]
    for choice in product(*items):
        yield dict(zip((str(issue.get("index")) for issue in issues), choice, strict=True))


# --- What a case says ---------------------------------------------------------------------------


def utilities(case: Case, party: str) -> np.ndarray:
    """The utility (0 to 1) of every package to a party; the last issue changes fastest."""
    total = np.zeros(1)
    for key, issue in case.issues.items():
        position = case.position(party, key)
        if issue.range is None:
            values = [position.values[option].central for option in issue.option_ids]
        else:
            given = sorted((float(n), value.central) for n, value in position.values.items())
            values = list(np.interp(list(issue.numbers.values()), *zip(*given, strict=True)))
        share = position.weight.central / 100
        total = np.add.outer(total, share * np.asarray(values) / 100).ravel()
    return total


def walk_aways(case: Case) -> list[float]:
    """The reservation value (0 to 1) of every signatory."""
    keys = [case.walk_away(party) for party in case.signatories]
    return [case.demands[key].worth.central / 100 for key in keys if key is not None]


def without_basis(node: object) -> object:
    """A dumped case without its assumptions, which name the files it was read from."""
    if isinstance(node, dict):
        return {key: without_basis(child) for key, child in node.items() if key != "assumed"}
    return node
