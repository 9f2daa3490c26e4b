"""What numbers of the Word brief rest on: short labels beside them, and their words at its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from goodoffices.brief.elements import Rich, bdi
from goodoffices.brief.evidence import NO_BASIS, Evidence, ShownClaim, place
from goodoffices.brief.material import Subject
from goodoffices.brief.text import clipped, day

__all__ = ["Note", "References"]

MOST_RULE = 1500
MOST_WORDS = 180
"""Characters of a quote or an assumption at the end; all of them stand in the case."""

HOW = {
    "face": "At face value: central numbers, every demand binding; all packages looked at.",
    "zone": "Share of draws in which a package meets every binding demand; 95 % interval of the "
    "drawing, not of the assumptions.",
    "footing": "Numbers of the model, counted by what they rest on.",
    "values": "Weight times value, added over issues, in points of a party's own scale; parties "
    "cannot be compared.",
    "frontier": "Packages that no other beats for all, demands set aside.",
    "conflicts": "Every smallest set of demands that no package meets together, at face value.",
    "ladder": "The same draws with one demand lifted or one walk-away lowered; cost in points of "
    "its bearer, 5th to 95th percentile.",
    "packages": "Share of draws in which all who must accept do.",
    "acceptance": "Share of draws in which a package breaks no binding demand; ratified: nor any "
    "of a faction with a veto.",
    "promises": "Worth if it were sure, times the probability that it is kept.",
    "unknowns": "First-order share of the variance of the answer, for each uncertain input.",
    "progress": "Issues agreed, and the weight of the open ones.",
    "overlaps": "Numbers that no demand on that issue alone refuses.",
    "scenarios": "The same draws with the scenario's changes.",
    "moves": "Graph model of the conflict: every combination of options that the rules leave.",
    "rest": "States in which nobody would move, firmest first.",
    "way": "Every single first step that adds no harm is tried.",
    "change": "The fewest changes of preference until everybody would stay.",
    "shares": "Share of draws of uncertain preferences.",
    "outlook": "Draws of all that the outlook states as uncertain; 90 % intervals.",
    "hazards": "Rates of what may come first, week by week, from reference classes or the case.",
    "together": "Inside view, base rate and estimates of others, pooled in log-odds.",
    "estimates": "Estimates of others, pooled in log-odds; copies count once.",
    "beliefs": "Odds multiplied by the likelihood ratios that the case states.",
    "scales": "Where an issue would end if it were settled: a distribution.",
    "ripeness": "Stalemate and way out, as facts and as perceptions.",
    "waiting": "What grows less each week, and what pressure amounts to.",
    "tabling": "Table, hold or contain, on the mediator's own scale of worth.",
    "voices": "Claims of the case, assumptions left out, counted by who speaks.",
    "record": "Scores of past forecasts in the case's log.",
}
"""How each kind of computed number was obtained; the full method stands in the HTML brief."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """One entry at the end: its label, a name to link to, its words."""

    label: str
    anchor: str
    words: Rich


@dataclass(kw_only=True, slots=True)
class References:
    """Labels of what is cited, in the order in which it is cited."""

    subject: Subject
    cited: dict[str, str] = field(default_factory=dict)
    """Label to the anchor on the page that it stands for."""

    @property
    def evidence(self) -> Evidence:
        """What the case rests on."""
        return self.subject.evidence

    def label(self, anchor: str) -> str:
        """Return the label for a place on the page, and note that it is cited; empty for others."""
        label = ""
        if anchor.startswith("c-") and anchor[2:] in self.evidence.claims:
            label = self.evidence.claims[anchor[2:]].label
        elif anchor.startswith("a-"):
            label = self.evidence.labels.get(anchor[2:], "")
        elif anchor.startswith("how-") and anchor[4:] in HOW:
            label = f"M{list(HOW).index(anchor[4:]) + 1}"
        elif anchor == "evidence":
            return self.label("how-voices")
        elif anchor == NO_BASIS:
            label = "–"
        if label:
            self.cited.setdefault(label, anchor)
        return label

    def notes(self) -> dict[str, tuple[Note, ...]]:
        """Return what was cited, by kind, each kind in the order of its labels."""
        labels = [label for label in self.cited if label[1:].isdecimal()]
        ordered = sorted(labels, key=lambda label: (label[0], int(label[1:])))
        kinds = {
            "Claims": [label for label in ordered if label[0] == "C"],
            "Opinions, which feed nothing": [label for label in ordered if label[0] == "O"],
            "Assumptions": [label for label in ordered if label[0] == "A"],
            "How numbers were computed": [label for label in ordered if label[0] == "M"],
        }
        notes = {kind: tuple(map(self._note, labels)) for kind, labels in kinds.items()}
        rule = self.subject.case.elicitation
        if notes["Assumptions"] and rule:
            words: Rich = ("How numbers that nobody reported were set. ", bdi(_cut(rule)))
            told = Note(label="Rule", anchor="elicitation", words=words)
            notes["Assumptions"] = (told, *notes["Assumptions"])
        notes["Sources"] = tuple(self._sources())
        if NO_BASIS in self.cited.values():
            words = ("The case names neither a claim nor an assumption.",)
            gap = Note(label="–", anchor=NO_BASIS, words=words)
            notes["Assumptions"] = (*notes["Assumptions"], gap)
        return {kind: found for kind, found in notes.items() if found}

    def _note(self, label: str) -> Note:
        anchor = self.cited[label]
        words: Rich = ()
        if label[0] in "CO":
            words = self._claim(self.evidence.claims[anchor[2:]])
        elif label[0] == "A":
            known = next(one for one in self.evidence.assumptions if one.label == label)
            words = (bdi(clipped(known.words, MOST_WORDS)),)
        else:
            words = (HOW[anchor[4:]],)
        return Note(label=label, anchor=anchor, words=words)

    def _claim(self, shown: ShownClaim) -> Rich:
        claim = shown.claim
        said: Rich = ("No words are quoted",)
        if claim.quote:
            said = ("“", bdi(clipped(claim.quote, MOST_WORDS)), "”")
        elif claim.note:
            said = (bdi(clipped(claim.note, MOST_WORDS)),)
        if claim.speaker:
            said = (*said, " ", self.subject.naming.actor(claim.speaker))
        where: Rich = (", ", shown.source, " ", *place(claim)) if shown.source else ()
        return (*said, *where, f"; {claim.class_}.")

    def _sources(self) -> Iterator[Note]:
        used = {
            self.evidence.claims[anchor[2:]].claim.source
            for anchor in self.cited.values()
            if anchor.startswith("c-")
        }
        for key, source in self.subject.case.sources.items():
            if key in used:
                words: Rich = (bdi(clipped(source.title, MOST_WORDS)), ", ")
                words = (*words, bdi(source.publisher or "publisher not stated"), ", ")
                inferred = " (inferred)" if source.date.date and source.date.inferred else ""
                words = (*words, f"{day(source.date.date)}{inferred}; {source.kind}.")
                yield Note(label=self.evidence.sources[key], anchor=f"s-{key}", words=words)


def _cut(text: str) -> str:
    return clipped(" ".join(text.split()), MOST_RULE)
