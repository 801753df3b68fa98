"""English constructions, each in a sentence of its own: where a claim ends, who is silent, what is none."""

from datetime import date

import pytest

from claims.text.read import read

DAY = date(2024, 10, 2)


def claims(text):
    return read(text, published_on=DAY, lang="en").proposals


def chain(claim):
    return [v.surface for v in claim.chain]


PARTS = [
    (
        "The mayor told Reuters that two depots had burned down and that a third was damaged.",
        [["Reuters", "The mayor"]] * 2,
    ),
    ("The army denied bombing the camp and said it had struck a depot.", [["The army"]] * 2),
    (
        "Radio Sahel said the ship had ignored a warning, an assertion its owner, Argo Lines, rejected as untrue.",
        [["Radio Sahel"], ["Argo Lines"]],
    ),
    (
        "A tanker was damaged by a blast on Sunday, but all 20 crew members are safe, the insurer Seaguard said.",
        [["the insurer Seaguard"]] * 2,
    ),
    (
        "Seven men were trapped, according to Omar Zaki, who added that two were rescued.",
        [["Omar Zaki"]] * 2,
    ),
    ("A depot burned on Sunday, and two guards were hurt, the mayor said.", [["the mayor"]] * 2),
    ("Strikes on Tyre, Sidon, and the town of Nabatieh killed nine people.", [[]]),
    (
        "While the ministry did not mention the cause, an elder told Al-Wasat that a checkpoint was to blame.",
        [["the ministry"], ["Al-Wasat", "an elder"]],
    ),
    (
        "Activists shared a video of smoke they said came from a fire, which could not be verified.",
        [["Activists"], []],
    ),
    ("The driver was taken to hospital, where staff said he had lost a leg.", [[], ["staff"]]),
    (
        "Hamas said nine people were hurt. Hamas condemned the strike, which it said killed 14 people.",
        [["Hamas"]] * 2,
    ),
]


@pytest.mark.parametrize(("text", "expected"), PARTS)
def test_one_sentence_with_several_claims_is_parted(text, expected):
    assert [chain(c) for c in claims(text)] == expected


SILENT = [
    ("Spokesmen for the movement have not claimed the attack.", ["Spokesmen for the movement"]),
    ("Baghdad has so far kept silent about the report.", ["Baghdad"]),
    ("Officials in Aden have yet to comment.", ["Officials in Aden"]),
    ("Calls to the ministry went unanswered.", ["the ministry"]),
    ("The operator said it was not aware of any leak.", ["The operator"]),
    ("“We do not comment on ongoing operations,” a spokesman said.", ["a spokesman"]),
    ("Israel, which rarely comments on such reports, has not confirmed the strike.", ["Israel"]),
    ("The harbour office did not immediately return a call seeking comment.", ["The harbour office"]),
    ("We were unable to reach the brigade for comment.", ["the brigade"]),
    ("Asked about the raid, the spokesman declined to answer.", ["the spokesman"]),
    ("The army would neither confirm nor deny the raid.", ["The army"]),
    ("The figure could not be independently confirmed.", []),
    ("The brigade has yet to publicly comment on the raid.", ["The brigade"]),
    ("The rail company has still to respond to the report.", ["The rail company"]),
    ("It was not possible to obtain a reply from the regional office.", ["the regional office"]),
    ("Neither side has confirmed the report.", []),
    ("Neither the port office nor the mayor answered repeated calls.", ["the port office nor the mayor"]),
    ("WHO has not yet confirmed the cases.", ["WHO"]),
    ("The cause of the explosion was not immediately clear.", []),
]


@pytest.mark.parametrize(("text", "expected"), SILENT)
def test_silence_belongs_to_whoever_keeps_it(text, expected):
    (claim,) = claims(text)
    assert (claim.stance, chain(claim)) == ("no_comment", expected)


def test_an_accusation_called_false_is_a_denial_of_its_own():
    text = "The union blamed the port, an accusation that a clerk, speaking on condition of anonymity, called false."
    assert [(chain(c), c.stance) for c in claims(text)] == [
        (["The union"], "asserts"),
        (["a clerk"], "denies"),
    ]


def test_what_they_dispute_they_deny():
    (claim,) = claims("Dock workers disputed this: no ship had left by noon, they said.")
    assert (claim.stance, chain(claim)) == ("denies", ["Dock workers"])


def test_informing_someone_of_something_is_no_report():
    (claim,) = claims("The force said it had found nine shells and had informed the army of their place.")
    assert chain(claim) == ["The force"]


REPORTS_WITH_A_NOT = [
    "The governor said the hospital had not been able to admit anyone.",
    "The army said its crews did not respond to the first call.",
    "The council had to issue 900 ration cards after the fire on Sunday.",
    "The board is to respond to 40 complaints on Friday.",
]


@pytest.mark.parametrize("text", REPORTS_WITH_A_NOT)
def test_a_report_of_what_others_left_undone_is_no_silence(text):
    (claim,) = claims(text)
    assert claim.stance == "asserts"


NO_CLAIMS = [
    "“The world must act now,” the charity said.",
    "Insurers fear that premiums may rise again.",
    "“We will not stop,” the commander said.",
    "The mayor warned that the dam could burst.",
    "The foreign ministry considered the attack proof of bad faith.",
    "Border clashes in the east: what we know so far",
    "The paper has contacted the ministry for comment.",
]


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_calls_fears_and_vows_are_no_claims(text):
    assert claims(text) == ()


def test_a_forecast_with_a_figure_is_a_claim():
    (claim,) = claims("The company said repairs would take between five and seven days.")
    assert [(q.low, q.high) for q in claim.quantities] == [(5, 7)]


REFERENCES = [
    (
        "A local activist told Radio Nur that two men were held. The activist said they had been freed.",
        ["Radio Nur", "A local activist"],
    ),
    (
        "Doctor Amal Hassan told Radio Nur that nine patients had died. Hassan added that oxygen was short.",
        ["Radio Nur", "Hassan"],
    ),
    (
        "A cook, who gave his name as Nadim, said he had left. The Port Monitor, a volunteer group, counted "
        "nine ships. It said two had turned back.",
        ["The Port Monitor"],
    ),
    (
        "The governor said the fire was out, telling the Rasd news agency that two men were hurt.",
        ["the Rasd news agency", "The governor"],
    ),
    (
        "Nahr Now reports that the post came under fire, citing a lieutenant. Nobody was hurt, the outlet adds.",
        ["Nahr Now"],
    ),
    (
        "A TV crew quoted an official in the camp's committee as saying the road was open. "
        "The official, who asked not to be named, put the number of trucks at 26.",
        ["A TV crew", "an official in the camp's committee"],
    ),
    (
        "A nurse at the clinic told the Rasd news agency that nine children were ill. She added that two had died.",
        ["the Rasd news agency", "A nurse at the clinic"],
    ),
    (
        "The harbour master said two boats were missing. He added that the search went on at night.",
        ["The harbour master"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), REFERENCES)
def test_the_official_and_the_outlet_point_back(text, expected):
    assert chain(claims(text)[-1]) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Rescue teams have reached the village.",
        "The road remains closed.",
        "The road is known locally as the highway of death.",
        "It is widely believed that the real number is higher.",
    ],
)
def test_what_has_come_about_is_a_claim_of_the_outlet(text):
    assert [chain(c) for c in claims(text)] == [[]]


def test_what_lasts_is_background():
    assert claims("The countries have been mediating between the sides.") == ()


def test_he_is_the_man_named_before_him():
    text = "“We lost all,” said Hala Omar, a nurse. The harbour office said a ferry sank. She said nine people drowned."
    assert chain(claims(text)[-1]) == ["Hala Omar"]


def test_a_long_dash_without_spaces_parts_words():
    (claim,) = claims("Nine houses burned—the mayor said—in the old town.")
    assert chain(claim) == ["the mayor"]


EVIDENCE = [
    ("Satellite images reviewed by the mapping lab Terra show five burned sheds.", ["the mapping lab Terra"]),
    ("Port records seen by this newspaper show the ship left Aden on 9 June.", ["Port records"]),
    ("Video posted on social media showed smoke over the port.", []),
    ("Footage verified by the Rasd agency shows two tanks in the square.", ["the Rasd agency"]),
]


@pytest.mark.parametrize(("text", "expected"), EVIDENCE)
def test_what_pictures_and_papers_show_is_told_by_whoever_checked_them(text, expected):
    (claim,) = claims(text)
    assert chain(claim) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Rumours that the station had been bombed are false, its manager said.",
        "There is no truth to reports that the bridge fell, the mayor said.",
        "The army said it was not behind the blast.",
        "“That is a lie,” the commissioner said.",
        "The army said it had not fired at the clinic.",
        "The ministry called the report “fabricated”.",
    ],
)
def test_calling_a_report_false_denies_it(text):
    (claim,) = claims(text)
    assert claim.stance == "denies"


def test_a_semicolon_after_the_outlets_own_words_borrows_no_speaker():
    text = "Doctors said nine people were ill. On 12 December the pump stopped; it was restarted in January."
    assert [chain(c) for c in claims(text)] == [["Doctors"], [], []]


AMOUNTS = [
    ("One resident, Huda Salem, told Radio Nur her house was hit by nine shells.", [9]),
    ("A quarter of a million people fled, the mayor said.", [250_000]),
    ("The mayor said a pair of drones fell and the guards left one by one.", [2]),
    ("The mayor said a second one circled the port for two hours.", [2]),
    ("A bus driver said he had queued since four in the morning behind 90 cars.", [90]),
    ("The army said it would detonate three shells between 2 and 4 p.m.", [3]),
    ("The mayor said a further dozen were missing.", [12]),
    ("The fire covered two and a half hectares and hurt a single guard, the mayor said.", [2.5, 1]),
    ("Only one truck reached the 2000 families, a driver said.", [1, 2000]),
    ("Two officials said three drones were used.", [2, 3]),
    ("The army said one of the largest depots had burned.", []),
    ("The company said two thirds of the crew had left and one in five was ill.", []),
    ("The ministry said 1.5bn dollars were lost by 6 in the evening.", [1.5e9]),
    ("Omar was one of three brothers killed in the raid.", [3]),
    ("The police said one of the drones hit a house.", [1]),
]


@pytest.mark.parametrize(("text", "expected"), AMOUNTS)
def test_only_what_is_counted_is_an_amount(text, expected):
    assert [q.value for c in claims(text) for q in c.quantities] == expected


EVENTS = [
    ("The vote will be held on November 5, the board said.", "2024-11-05"),
    ("A guard was hurt after midnight on Sunday-Monday, the army said.", "2024-09-30"),
    ("The agency expects to reach 900 families in March.", "2025-03"),
    (
        "Rainfall in the valley is expected to drop to 12 millimetres a day by Friday, forecasters said.",
        "2024-10-04",
    ),
    ("The village fell on the 14th, the army said.", "2024-09-14"),
    ("The depot burned on the night of September 28-29, the mayor said.", "2024-09-28"),
    ("Nine shells fell on 3 to 5 September, the mayor said.", "2024-09-03"),
    ("The army said on Tuesday that it had hit two depots a day earlier.", "2024-09-30"),
    ("The toll rose to 14 by Sunday evening, the mayor said.", "2024-09-29"),
    ("A guard was hurt overnight Sunday-Monday, the army said.", "2024-09-29"),
    ("The bridge will reopen on Sunday, the ministry said.", "2024-10-06"),
    ("He said flour deliveries would resume tomorrow.", "2024-10-03"),
    ("The ministry expects the road to reopen by Friday.", "2024-10-04"),
    ("Ninety people were killed between Sunday and Tuesday, the network said.", None),
    ("In May, a drone killed three guards.", "2024-05"),
    ("The checkpoint was moved in mid-August.", "2024-08"),
]


@pytest.mark.parametrize(("text", "expected"), EVENTS)
def test_the_event_is_dated_from_the_words_in_its_clause(text, expected):
    (claim,) = claims(text)
    assert (claim.event.iso() if claim.event else None) == expected
