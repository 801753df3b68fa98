"""How the press words it: denials, doubt, silence and estimates, figures and days, in sentences of our own."""

from datetime import date

import pytest

from claims.text.read import read

DAY = date(2024, 5, 16)


def claims(text):
    return read(text, published_on=DAY, lang="en").proposals


def chains(text):
    return [" < ".join(v.surface for v in c.chain) for c in claims(text)]


STANCES = [
    ("The Damascus Centre for Rights, a UK-based monitor, gave a higher toll of 14.", ["asserts"]),
    ("The army blamed the rebels for the blast and put the number of dead at 31.", ["asserts", "asserts"]),
    ("Aid groups put the number of displaced at between 200 and 300.", ["estimates"]),
    ("She puts the number of people there at about 300,000.", ["estimates"]),
    ("Salvors have ruled out towing the tanker before Sunday, the owner said.", ["asserts"]),
    ("The army ruled out a technical fault.", ["denies"]),
    ("Washington would say only that the situation was fluid.", ["no_comment"]),
    ("State television carried no report on the raid.", ["no_comment"]),
]


@pytest.mark.parametrize(("text", "expected"), STANCES)
def test_the_stance_follows_the_wording(text, expected):
    assert [c.stance for c in claims(text)] == expected


ONE_AFTER_ANOTHER = [
    ('The army denied responsibility. "The air force did not target any house," its spokesman, Colonel Adam Bek, said.',
     ["denies", "denies"]),
    ('The ministry denied that its jets had flown there. "No missions were flown in that area," the ministry said.',
     ["denies", "denies"]),
    ('Sources close to the party denied what sites had published. "There is not one stranger here," they said.',
     ["denies", "denies"]),
    ("The union denied the claim and confirmed that no bodies had been brought to the town.", ["denies", "asserts"]),
    ("The union denied the claim and said nine plants were bombed.", ["denies", "asserts"]),
    ("Asked whether the guards had fired, the mayor said they had not.", ["denies"]),
    ('"That isn\'t so," the mayor said.', ["denies"]),
    ("The baker said the soldiers did not shell the town.", ["asserts"]),
    ("The site quoted the mayor as denying on Facebook that soldiers had been billeted there.", ["denies"]),
    ("Asked about the strike, the army says only that it is looking into the reports.", ["no_comment"]),
    ("The brigade told Radio Nil it had no record of a fire.", ["no_comment"]),
    ("No faction has adopted the operation.", ["no_comment"]),
    ("A diplomat told Radio Nil that the next round could slip to August.", ["estimates"]),
    ("The coast guard assessed that the boat was a decoy.", ["estimates"]),
    ("Central Command made no reference to a ship but said on X that its forces destroyed two drones.",
     ["no_comment", "asserts"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ONE_AFTER_ANOTHER)
def test_a_denial_goes_on_only_where_something_is_not_so(text, expected):
    assert [c.stance for c in claims(text)] == expected


FIGURES = [
    ("Volunteers recovered nine bodies from a channel 400 metres from the site.", [9, 400]),
    ("The quotes were steady at 0.7-0.75% of value.", [0.7]),
    ("It rained for eight or nine days before the feast.", [8]),
    ("The officer said they took two depots three or four days ago.", [2]),
    ("Not a single soldier was lost and not one house was hit, the mayor said.", []),
    ("The agency said in advisory 019 that two skiffs fell back.", [2]),
    ("Nobody had lived in flat 3B since May, the mayor said.", []),
    ("The firm put the damage at $3B on Monday.", [3_000_000_000]),
    ("Men were held in a 2m by 3m cell, the guard said.", [2, 3]),
    ("Some 3m people fled, the UN said.", [3_000_000]),
    ("Four rockets hit Base 12, the guard said.", [4]),
    ("At the base 12 soldiers were hurt, the guard said.", [12]),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures_are_told_from_names_and_dates(text, expected):
    assert [q.value for c in claims(text) for q in c.quantities] == expected


def undated(text):
    return [c.event.iso() for c in read(text, published_on=None, lang="en").proposals if c.event]


def test_an_undated_text_takes_its_year_from_the_only_one_it_writes():
    head = "On 14 May 2023 the depot burned for nine hours. "
    assert undated(head + "Nine trucks were still there on 11 May, the guard said.")[-1] == "2023-05-11"
    assert (
        undated(head + "It had burned on 3 June 2019 too. Nine trucks left on 11 May, he said.")[-1] is None
    )


SAME_AS_BEFORE = [
    ("The army sent nine tanks to the border on Monday.", [""]),
    ("The police learned of nine raids from residents on Monday.", [""]),
    ("The town received nine trucks of flour from the Red Crescent on Monday.", [""]),
    ("The rebels shared the bread with nine families on Sunday.", [""]),
    ("The militia read out a list of nine names on Sunday.", [""]),
    ("By the river, nine boats sank on Monday.", [""]),
    ("On Sunday's count, nine towns had fallen.", [""]),
    ("The court heard nine witnesses on Monday.", [""]),
    ("The company raised the price of bread to 40 pounds on Monday.", [""]),
    ("Nine people were taken to hospital (two of them children).", [""]),
]


@pytest.mark.parametrize(("text", "expected"), SAME_AS_BEFORE)
def test_deeds_are_no_reports(text, expected):
    assert chains(text) == expected


DOUBT = [
    ("A spokesman poured scorn on the claim that nine jets were lost.", ["denies"]),
    ("The militia disclaimed responsibility for the blast.", ["denies"]),
    ("The militia distanced itself from the attack on Monday.", ["denies"]),
    ("The firm cast doubt on the account.", ["denies"]),
    ('Moscow says the claims are "absurd".', ["denies"]),
    ("Analysts put the cost at between $2m and $3m.", ["estimates"]),
    ("Reports that nine people died could not be confirmed.", ["no_comment"]),
]


@pytest.mark.parametrize(("text", "expected"), DOUBT)
def test_doubt_is_worded_in_many_ways(text, expected):
    assert [c.stance for c in claims(text)] == expected


def test_a_day_without_a_year_takes_the_year_written_before_it():
    (claim,) = claims("A letter dated 2 February 2016 said nine bodies were found on 28 January.")
    assert claim.event
    assert claim.event.iso() == "2016-01-28"


def test_a_quotation_is_one_claim_though_it_joins_two_clauses():
    text = 'Huda Sami, a nurse, spoke by phone. "We took in 43 wounded, and I stopped counting the dead," she said.'
    (claim,) = [c for c in claims(text) if "43" in text[c.start : c.end]]
    assert (
        text[claim.start : claim.end] == '"We took in 43 wounded, and I stopped counting the dead," she said'
    )
