import pytest

from goodoffices.case.model import Case
from goodoffices.deals import zone
from goodoffices.deals.draws import at_face_value
from goodoffices.deals.progress import interests, overlaps, progress
from goodoffices.deals.results import InterestReport, Overlap, ProgressReport
from goodoffices.deals.space import compile_space
from tests.deals.cases import SAID, case, issue, party, precondition, red_line, stance


def progressed(of: Case, draws: int = 50) -> ProgressReport:
    return progress(compile_space(of), draws, 0)


def days(*demands: dict[str, object], weights: tuple[int, int] = (100, 100)) -> Overlap:
    """Return the overlap of two parties on 0, 10, ..., 50 days; east wants few, west many."""
    ends = ["0", "50"]
    numeric = case(
        {"days": issue("0..50", step=10), "rest": issue("x", "y")},
        {
            "east": {
                "days": stance(weights[0], 100, 0, options=ends),
                "rest": stance(100 - weights[0], 0, 1),
            },
            "west": {
                "days": stance(weights[1], 0, 100, options=ends),
                "rest": stance(100 - weights[1], 0, 1),
            },
        },
        {f"d{n}": demand for n, demand in enumerate(demands)},
    )
    (found,) = overlaps(at_face_value(compile_space(numeric)))
    return found


class TestProgress:
    def half_done(self, **more: object) -> Case:
        return case(
            {"land": issue("x", "y", agreed="x"), "aid": issue("x", "y"), "seal": issue("x")},
            {
                "east": {"land": stance(90, 1, 0), "aid": stance(10, 0, 1), "seal": stance(0, 0)},
                "west": {"land": stance(20, 1, 0), "aid": stance(80, 0, 1), "seal": stance(0, 0)},
            },
            **more,
        )

    def test_issues_agreed_stand_beside_the_weight_still_open(self) -> None:
        found = progressed(self.half_done())
        assert (found.agreed, found.issues) == (1, 3)
        assert found.open_weight["east"].central == pytest.approx(10, abs=1e-12)
        assert found.open_weight["west"].central == pytest.approx(80, abs=1e-12)

    def test_the_share_of_the_text_is_worded_as_in_the_case(self) -> None:
        share = {"text_agreed": {"share": "about 90%".removeprefix("about "), **SAID}}
        assert progressed(self.half_done(**share)).text_agreed == "90%"
        assert progressed(self.half_done()).text_agreed is None

    def test_uncertain_weights_make_an_uncertain_share(self) -> None:
        raw = self.half_done().model_dump(exclude_unset=True)
        raw["positions"]["east"]["aid"]["weight"] = "10..60"
        open_weight = progressed(Case.model_validate(raw)).open_weight["east"]
        assert open_weight.low < open_weight.central < open_weight.high

    def test_only_those_who_must_accept_are_listed(self) -> None:
        raw = self.half_done().model_dump(exclude_unset=True)
        raw["parties"]["friend"] = party("mediator")
        raw["positions"]["friend"] = raw["positions"]["east"]
        assert set(progressed(Case.model_validate(raw)).open_weight) == {"east", "west"}

    def test_it_does_not_depend_on_the_size_of_chunks(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        raw = self.half_done().model_dump(exclude_unset=True)
        raw["positions"]["east"]["aid"]["weight"] = "10..60"
        whole = progressed(Case.model_validate(raw))
        monkeypatch.setattr(zone, "CHUNK", 7)
        assert progressed(Case.model_validate(raw)) == whole


class TestOverlaps:
    def test_each_accepts_what_its_demands_leave_open(self) -> None:
        found = days(red_line("east", days="above 30"), precondition("west", days="at least 20"))
        assert found.accepts == {"east": (("0", "30"),), "west": (("20", "50"),)}
        assert found.overlap == (("20", "30"),)

    def test_where_ranges_do_not_meet_there_is_no_overlap(self) -> None:
        found = days(red_line("east", days="above 10"), red_line("west", days="below 40"))
        assert (found.overlap, found.even) == ((), None)

    def test_a_range_may_have_holes(self) -> None:
        found = days(red_line("east", days=["20", "40"]))
        assert found.accepts["east"] == (("0", "10"), ("30", "30"), ("50", "50"))
        assert found.accepts["west"] == (("0", "50"),)

    def test_the_even_option_is_the_one_whose_lowest_value_is_highest(self) -> None:
        assert days().even in {"20", "30"}
        assert days(red_line("east", days="above 10")).even == "10"

    def test_weights_drop_out_of_the_comparison_even_a_weight_of_nothing(self) -> None:
        assert days(weights=(10, 90)).even == days().even
        few = red_line("west", days="above 20")
        assert days(few, weights=(0, 100)).even == days(few).even == "20"

    def test_a_demand_that_ties_the_issue_to_another_is_left_aside(self) -> None:
        assert days(red_line("east", days="above 0", rest="x")).overlap == (("0", "50"),)

    def test_demands_of_a_faction_with_a_veto_count_for_its_party(self) -> None:
        ends = ["0", "20"]
        home = {"hawks": {"name": "hawks", "veto": True}, "doves": {"name": "doves"}}
        numeric = case(
            {"days": issue("0..20", step=10)},
            {"east": {"days": stance(100, 0, 100, options=ends)}},
            {"h": red_line("hawks", days="0"), "d": red_line("doves", days="20")},
            parties={"east": party(factions=home)},
        )
        (found,) = overlaps(at_face_value(compile_space(numeric)))
        assert found.accepts == {"east": (("10", "20"),)}

    def test_only_open_numeric_issues_are_looked_at(self) -> None:
        mixed = case(
            {
                "days": issue("0..20", step=10, agreed="10"),
                "land": issue("x", "y"),
                "ratio": issue("0..1", step=0.5),
            },
            {"east": {}},
        )
        assert [one.issue for one in overlaps(at_face_value(compile_space(mixed)))] == ["ratio"]


class TestInterests:
    def found(self, **demands: object) -> InterestReport:
        (report,) = interests(
            compile_space(
                case(
                    {"land": issue("x", "y"), "watch": issue("x", "y", "z")},
                    {
                        "east": {"land": {**stance(50, 100, 0), "wants": "x"}},
                        "west": {"land": stance(50, 0, 100)},
                    },
                    demands,
                    interests={
                        "safety": {
                            "name": "Safety",
                            "of": "east",
                            "served_by": {"land": "x", "watch": ["y", "z"]},
                            **SAID,
                        }
                    },
                )
            )
        )
        return report

    def test_what_serves_an_interest_beyond_what_is_wanted_is_shown(self) -> None:
        report = self.found()
        assert (report.interest, report.of) == ("safety", "east")
        assert report.serving == (("land", "x"), ("watch", "y"), ("watch", "z"))
        assert report.beyond == (("watch", "y"), ("watch", "z"))

    def test_what_another_party_refuses_outright_is_not_unopposed(self) -> None:
        report = self.found(no=red_line("west", watch="y"))
        assert report.unopposed == (("watch", "z"),)

    def test_what_another_party_requires_otherwise_is_not_unopposed(self) -> None:
        report = self.found(yes=precondition("west", watch=["x", "y"]))
        assert report.unopposed == (("watch", "y"),)

    def test_ones_own_red_line_and_a_tie_of_two_issues_oppose_nothing(self) -> None:
        report = self.found(
            own=red_line("east", watch="y"), tie=red_line("west", watch="z", land="x")
        )
        assert report.unopposed == (("watch", "y"), ("watch", "z"))
