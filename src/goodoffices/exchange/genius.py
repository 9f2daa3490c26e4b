"""Negotiation domains in the XML of GENIUS: a domain file and one utility space per party.

What the files mean, in the case's words:

- An option of a discrete issue is worth `100 * evaluation / largest evaluation of the issue`, and
  0 where all evaluations are 0. An item evaluated twice keeps its last evaluation. An item without
  an evaluation is unknown, and so are all options of an issue that a utility space leaves out.
- An integer or real issue is a numeric issue. Its evaluator (linear, constant or triangular) gives
  values from 0 to 1, cut off there, which no largest evaluation divides. A real issue is taken in
  20 equal steps, and one of more than 1,000 integers in fewer.
- A weight is `100 * weight`. Weights that add up to 1 within 1 % are taken as they are written;
  others are divided by their sum, and the reservation value with them.
- The reservation value is the walk-away, `100 * reservation value`, and 0 where none is written.
  The discount factor is kept in words only, since the model has no rounds.

Reference: Lin, Kraus, Baarslag, Tykhonov, Hindriks and Jonker (2014), "Genius: an integrated
environment for supporting the design of generic automated negotiators", Computational Intelligence
30(1), 48-70.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from goodoffices.case.model import Case, Demand, Party, Position
from goodoffices.errors import ExchangeError, clip
from goodoffices.exchange._genius_domain import Ids, agents_of, title_of, topics_of
from goodoffices.exchange._genius_out import lost_in_genius, write_genius
from goodoffices.exchange._genius_profile import Profile
from goodoffices.exchange._xml import plain, read_xml, root_tag

__all__ = ["find_genius", "lost_in_genius", "read_genius", "write_genius"]

MOST_PARTIES: Final = 100
MOST_VALUES: Final = 200_000


def find_genius(folder: str | Path) -> tuple[Path, tuple[Path, ...]]:
    """Return the domain file and the utility spaces of a folder, recognised by their content.

    Utility spaces that the domain file names come first, in its order; the others follow by name,
    numbers in names counting as numbers. Other files are passed over. Raises `ExchangeError` unless
    the folder holds one domain and at least one utility space.
    """
    place = Path(folder)
    try:
        found = [f for f in place.iterdir() if f.suffix.lower() == ".xml" and f.is_file()]
    except OSError as error:
        raise ExchangeError(f"{clip(place)}: can't be listed ({error.strerror})") from None
    if len(found) > 2 * MOST_PARTIES:
        raise ExchangeError(f"{clip(place)}: holds {len(found)} XML files; name the ones to read")
    tags = {file: root_tag(file) for file in sorted(found, key=_natural)}
    domains = [file for file, tag in tags.items() if tag == "negotiation_template"]
    spaces = [file for file, tag in tags.items() if tag == "utility_space"]
    if len(domains) != 1 or not spaces:
        names = ", ".join(file.name for file in domains)
        raise ExchangeError(
            f"{clip(place)}: holds {len(domains)} domains ({clip(names) or 'none'}) and "
            f"{len(spaces)} utility spaces; it needs one file with the root "
            "<negotiation_template> and one with <utility_space> per party"
        )
    order = {file: n for n, file in enumerate(agents_of(read_xml(domains[0])))}
    spaces.sort(key=lambda file: order.get(file.name.casefold(), len(order)))
    return domains[0], tuple(spaces)


def read_genius(domain: str | Path, profiles: Sequence[str | Path]) -> Case:
    """Return the case of a GENIUS domain and its utility spaces, one party for each.

    Parties are named as the domain file names its agents, else after their files. Every number
    rests on an assumption that names its file. Raises `ExchangeError` with file and line for what
    can't be read, or would be read wrongly.
    """
    try:
        return _case(Path(domain), [Path(profile) for profile in profiles])
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ExchangeError(f"{Path(domain).name}: {clip(where)}: {clip(first['msg'])}") from None


def _case(domain: Path, files: Sequence[Path]) -> Case:
    if not 1 <= len(files) <= MOST_PARTIES:
        raise ExchangeError(
            f"{len(files)} utility spaces were given; name at least one, at most {MOST_PARTIES}"
        )
    template, ids = read_xml(domain), Ids()
    topics = topics_of(template, ids)
    options = sum(len(topic.issue.option_ids) for topic in topics.values())
    if options * len(files) > MOST_VALUES:
        raise template.fault(
            f"{options} options and {len(files)} parties make more than {MOST_VALUES:,} values"
        )
    names = _party_names(agents_of(template), files)
    keys = [ids.new(name, "party") for name in names]
    parties: dict[str, Party] = {}
    positions: dict[str, dict[str, Position]] = {}
    demands: dict[str, Demand] = {}
    for key, name, file in zip(keys, names, files, strict=True):
        profile = Profile(read_xml(file), topics)
        parties[key] = Party(name=name, role="principal", assumed=profile.basis())
        positions[key] = dict(profile.positions())
        demands[ids.new(f"{key}-walks-away", "walk-away")] = profile.walk_away(key)
    return Case(
        goodoffices=1,
        title=title_of(template, domain),
        parties=parties,
        issues={topic.key: topic.issue for topic in topics.values()},
        positions=positions,
        demands=demands,
    )


def _party_names(agents: Mapping[str, str], files: Sequence[Path]) -> list[str]:
    """Return a name per file: its agent's, or its own without what all of them begin with."""
    stems = [file.stem for file in files]
    # What they share ends at the last mark before the letter in which they first differ.
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*stems, strict=False))
    shared = "".join(letters[0] for letters in alike) if len(stems) > 1 else ""
    cut = max(shared.rfind(mark) for mark in "-_ ") + 1
    names = []
    for file, stem in zip(files, stems, strict=True):
        own = plain(stem[cut:])
        short = own if not own.isdecimal() else plain(stem)
        names.append(agents.get(file.name.casefold()) or short or "party")
    return names


def _natural(file: Path) -> list[tuple[int, str]]:
    """Sort `util10` after `util2`."""
    parts = re.split(r"([0-9]+)", file.name.casefold())
    return [(int(part), "") if n % 2 else (0, part) for n, part in enumerate(parts)]
