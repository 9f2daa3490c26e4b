"""Questions 5 and 6: what could be tabled, and who would say yes to it."""

from __future__ import annotations

from collections.abc import Callable

from goodoffices.brief.elements import Rich, el, join, plain
from goodoffices.brief.figures.acceptance import draw_acceptance, voices_in
from goodoffices.brief.material import Material, chance_and_spread, chance_of, computed
from goodoffices.brief.tables import Figure, Row, Table
from goodoffices.brief.text import number_of, points, signed
from goodoffices.deals.results import AssessedPackage, Bargain

__all__ = ["draw_answers", "tabulate_bargains", "tabulate_packages", "tell_answers"]

MOST_RISKS = 3
MOST_NAMED = 5
"""So many packages that the case names are set beside those found."""


def _shown(material: Material) -> list[tuple[int, AssessedPackage]]:
    most = len(material.result.offers) + MOST_NAMED
    return list(enumerate(material.packages))[:most]


def tabulate_packages(material: Material) -> Table | None:
    """Set packages side by side: options, values, trade-offs, acceptance, risks."""
    shown = _shown(material)
    if not shown:
        return None
    first = shown[0][1]
    rows = [_options(material, issue, shown) for issue in material.open_issues]
    rows += [_worth(material, actor, shown) for actor in _valued(material, first)]
    per: list[tuple[str, Callable[[int, AssessedPackage], Rich]]] = [
        (
            "Accepted by all in",
            lambda _, p: chance_and_spread("packages", p.all_accept),
        ),
        (f"Against {plain(material.title(0))}", lambda n, p: _trade(material, first, p)),
        ("Breaks, at face value", lambda _, p: _breaks(material, p)),
        ("Risks: what most often stands against it", lambda _, p: _risks(material, p)),
    ]
    rows += [Row(cells=((head,), *(cell(n, p) for n, p in shown))) for head, cell in per]
    hidden = len(material.packages) - len(shown)
    return Table(
        anchor="packages",
        caption=("Packages side by side",),
        columns=(("",), *(material.title(n) for n, _ in shown)),
        rows=tuple(rows),
        more=(
            f"{number_of(hidden, 'more named package is', 'more named packages are')} not shown.",
        )
        if hidden
        else (),
    )


def _options(material: Material, issue: str, shown: list[tuple[int, AssessedPackage]]) -> Row:
    first = shown[0][1].picks.get(issue)
    cells = []
    for _, package in shown:
        option = package.picks.get(issue)
        said = material.naming.option(issue, option) if option is not None else "–"
        cells.append((said,) if option == first else (el("strong", said),))
    return Row(cells=((material.naming.issue(issue),), *cells))


def _valued(material: Material, package: AssessedPackage) -> list[str]:
    """Return those whose value is shown: a faction only where it differs from its party."""
    case = material.case
    return [a for a in package.values if case.party_of(a) == a or a in case.positions]


def _worth(material: Material, actor: str, shown: list[tuple[int, AssessedPackage]]) -> Row:
    cells = []
    for _, package in shown:
        said: Rich = (computed("values", points(package.values[actor])),)
        if actor in package.gains:
            gain = computed("values", signed(package.gains[actor]))
            said = (*said, " (", gain, ")")
        cells.append(said)
    held = any(actor in package.gains for _, package in shown)
    over = " (and over no agreement)" if held else ""
    return Row(cells=(("Worth to ", *material.naming.owner(actor), over), *cells))


def _trade(material: Material, first: AssessedPackage, package: AssessedPackage) -> Rich:
    if package is first:
        return ("–",)
    said = []
    for actor in _valued(material, package):
        difference = package.values[actor] - first.values.get(actor, package.values[actor])
        said.append((material.naming.actor(actor), " ", computed("values", signed(difference))))
    return join(said)


def _breaks(material: Material, package: AssessedPackage) -> Rich:
    if package.forbidden:
        return ("a tie between issues rules it out",)
    return join([(material.naming.demand_link(key),) for key in package.breaks]) or ("nothing",)


def _risks(material: Material, package: AssessedPackage) -> Rich:
    every = sorted(
        (o for party in package.acceptance for o in party.objections),
        key=lambda o: -o.share.value,
    )
    clear = [o for o in every if o.share.value > 2 * o.share.error][:MOST_RISKS]
    said = [
        (
            material.naming.demand_link(o.demand),
            " (",
            material.naming.actor(material.case.demands[o.demand].by),
            ") in ",
            chance_of("acceptance", o.share),
        )
        for o in clear
    ]
    return join(said, between="; ") or ("no demand stands clearly against it",)


def tabulate_bargains(material: Material) -> Table | None:
    """Name the bargaining solutions, where a package meets every demand at face value."""
    found = material.result.bargains
    if not found:
        return None
    parties = list(material.case.signatories)
    return Table(
        anchor="bargains",
        stacks=True,
        caption=("Bargaining solutions at face value: other answers to what is fair",),
        columns=(
            ("Solution",),
            ("What it is",),
            *(("Worth to ", material.naming.actor(p)) for p in parties),
            ("Package",),
        ),
        rows=tuple(_bargain(material, given, parties) for given in found),
    )


def _bargain(material: Material, given: Bargain, parties: list[str]) -> Row:
    same = [n for n, p in _shown(material) if p.picks in given.packages]
    picks = given.packages[0]
    what: Rich = join([material.title(n) for n in same]) or material.naming.picks(
        {key: (picks[key],) for key in material.open_issues if key in picks}
    )
    if given.ties > 1:
        what = (*what, " (one of ", computed("values", str(given.ties)), " with these values)")
    worth = tuple(
        (computed("values", points(given.values[p])) if p in given.values else "–",)
        for p in parties
    )
    return Row(cells=((given.name,), (given.definition,), *worth, what))


def draw_answers(material: Material) -> Figure | None:
    """Draw who would accept each package, one panel per package."""
    shown = _shown(material)
    if not shown:
        return None
    return Figure(
        drawings=tuple(
            draw_acceptance(p, n, material.naming, plain(material.title(n))) for n, p in shown
        ),
        caption=(),
        table=_acceptance_table(material, shown),
    )


def _acceptance_table(material: Material, shown: list[tuple[int, AssessedPackage]]) -> Table:
    rows = []
    for k, party in enumerate(shown[0][1].acceptance):
        for line, (words, *_) in enumerate(voices_in(party, material.naming)):
            cells = []
            for _, package in shown:
                share = list(voices_in(package.acceptance[k], material.naming))[line][1]
                cells.append(chance_and_spread("acceptance", share))
            rows.append(Row(cells=(words, *cells)))
    return Table(
        anchor="acceptance-table",
        caption=("Who accepts which package, with 95\u202f% intervals",),
        columns=(("",), *(material.title(n) for n, _ in shown)),
        rows=tuple(rows),
    )


def tell_answers(material: Material) -> Rich:
    """Say for each package whose yes is the least likely."""
    said: list[Rich] = []
    for n, package in _shown(material):
        needed = [a for a in package.acceptance if a.must_accept]
        if needed:
            least = min(needed, key=lambda a: a.ratified.value)
            said.append(
                (
                    *material.title(n),
                    ": ",
                    material.naming.actor(least.party),
                    " (",
                    chance_of("acceptance", least.ratified),
                    ")",
                    *_home(material, package),
                )
            )
    if not said:
        return ("No package is assessed.",)
    return ("Whose yes is the least likely: ", *join(said, between="; "), ".")


def _home(material: Material, package: AssessedPackage) -> Rich:
    """Name factions with a veto that make a party's yes clearly less likely."""
    lower = [
        material.naming.actor(f.faction)
        for a in package.acceptance
        for f in a.factions
        if a.must_accept and f.veto and a.alone.value - a.ratified.value > 2 * a.alone.error
    ]
    names: list[Rich] = [(name,) for name in lower]
    return (", and a veto at home by ", *join(names, last=" and ")) if names else ()
