"""Who says something: chains, pronouns, quotations, labels."""

from __future__ import annotations

from collections.abc import Callable

from tests.reading.rules.conftest import Read, Told, only

Telling = Callable[[str], list[Told]]


def test_nested_speakers_stand_outermost_first(read: Read) -> None:
    one = only(read("Swiss officials say that Peru wants a new border."), "demand")
    assert one.speakers == ("switzerland", "peru")
    assert one.class_ == "attributed claim"


def test_according_to_sources_makes_them_the_outer_speaker(read: Read) -> None:
    one = only(read("According to two sources, Peru believes that the talks will fail."), "belief")
    assert one.speakers == ("two sources", "peru")


def test_a_second_verb_taken_for_a_noun_is_found(told: Telling) -> None:
    text = (
        "Peru believes that the sides are too far apart to reach a deal and fears that war looms."
    )
    assert [(kind, who) for kind, who, _ in told(text)] == [("belief", "peru")] * 2


def test_he_stands_for_the_person_named_before(told: Telling) -> None:
    text = "President Ana Ruiz met King Olaf Berg. Ruiz left early. She rejected the plan."
    assert ("reject", "ana-ruiz", "rejected the plan") in told(text)


def test_a_surname_alone_is_the_person_named_in_full(told: Telling) -> None:
    text = "Negotiator Marta Rincón arrived. Rincón offered a six-month truce."
    assert ("offer", "marta-rincon") in {(kind, who) for kind, who, _ in told(text)}


def test_it_stands_for_the_party_and_not_for_the_official(told: Telling) -> None:
    text = "Peru has rejected the map. It demanded a new survey."
    assert ("demand", "peru", "demanded a new survey") in told(text)


def test_sentences_of_one_quotation_belong_to_who_is_quoted(told: Telling) -> None:
    text = '"We will not sign," said President Ana Ruiz. "The land is ours. Nobody will take it."'
    assert {who for _, who, _ in told(text)} == {"ana-ruiz"}


def test_we_in_a_quotation_is_its_speaker(told: Telling) -> None:
    text = '"We demand a new vote," Ana Ruiz told reporters in Lima.'
    assert ("demand", "ana-ruiz", "demand a new vote") in told(text)


def test_the_country_that_is_not_us_is_no_pronoun(told: Telling) -> None:
    assert told("The US rejected the plan.") == [("reject", "united-states", "rejected the plan")]


def test_answers_of_an_interview_belong_to_the_person_interviewed(told: Telling) -> None:
    text = (
        "Maria Okoye leads the delegation.\n\nQ: What do you want?\n"
        "A: We want the release of all prisoners.\n"
    )
    assert ("demand", "maria-okoye", "want the release of all prisoners") in told(text)
    assert not any("What do you" in words for _, _, words in told(text))


def test_names_before_a_colon_are_speakers(told: Telling) -> None:
    text = "Ms. Okoye: We reject the plan.\n\nMr. Berg: I welcome the plan.\n"
    found = {(kind, who) for kind, who, _ in told(text)}
    assert found == {("reject", "ms-okoye"), ("approve", "mr-berg")}


def test_a_quotation_marks_its_words_as_quoted(read: Read) -> None:
    found = read("“We will leave,” Ana Ruiz said. Peru welcomed the decision.")
    assert [one.quoted for one in found.statements] == [True, False]


def test_he_may_be_the_holder_of_an_office_without_a_name(told: Telling) -> None:
    text = (
        "Peru's trade minister dismissed the demand. "
        '"We are ready to ship from our ports," he told Reuters in Lima.'
    )
    assert ("offer", "peru") in {(kind, who) for kind, who, _ in told(text)}


def test_he_in_what_a_leader_stated_is_the_leader(read: Read) -> None:
    one = only(read("The Greek Cypriot leader stated that he was ready to resume talks."), "offer")
    assert one.speakers == ("greek-cypriots",)


def test_one_statement_in_the_first_person_has_one_chain(read: Read) -> None:
    text = (
        'Peru left. "We remain deeply concerned," a State Department spokesperson told reporters.'
    )
    assert only(read(text), "belief").speakers == ("united-states",)


def test_it_is_whom_the_sentence_before_is_about_and_not_whom_that_only_tells_of(
    told: Telling,
) -> None:
    text = "The ELN said that the army was hampering the release. It proposed a ceasefire."
    assert ("offer", "eln") in {(kind, who) for kind, who, _ in told(text)}


def test_a_profession_with_a_name_after_it_is_that_person(told: Telling) -> None:
    text = "A hydrologist at the university, Samira Khel, considers a deal unlikely this month."
    assert told(text)[0][:2] == ("estimate", "samira-khel")
