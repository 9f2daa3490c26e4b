"""What a draft says at heart: the line by which it is known again after it was turned down."""

from __future__ import annotations

from goodoffices.case.drafts import Part, section_of
from goodoffices.case.evidence import normal
from goodoffices.case.model import Case, Claim
from goodoffices.case.outlook import Estimate
from goodoffices.reading._words import fingerprint

__all__ = ["mark_of"]


def mark_of(case: Case, path: str, part: Part) -> str:
    """Return the line that stands for a part of a case among those `rejected`.

    It does not hang on ids that a second reading might choose otherwise: a claim is its words and
    who speaks, a demand its maker and its name, a position its party and its issue.
    """
    section, parts = section_of(path), path.split(".")
    if isinstance(part, Claim):
        who = case.name_of(part.speaker or "")
        return fingerprint(section, who, part.type or "", normal(part.quote or ""))
    if section == "positions":
        issue = case.issues.get(parts[2])
        return fingerprint(section, case.name_of(parts[1]), issue.name if issue else parts[2])
    if isinstance(part, Estimate):
        words = [normal(case.claims[key].quote or "") for key in part.because if key in case.claims]
        return fingerprint(section, part.probability.text, *words[:1])
    name = str(getattr(part, "name", parts[-1]))
    whose = getattr(part, "by", None) or getattr(part, "of", None)
    if section in {"factions", "constituencies"}:
        whose = parts[1]
    home = whose if isinstance(whose, str) else ""
    return fingerprint(section, *([case.name_of(home)] if home else []), name)
