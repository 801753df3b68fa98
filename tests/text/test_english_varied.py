"""How writers vary the report: asides, posts, tables, legal and agency prose, in sentences of our own."""

from datetime import date

import pytest

from claims.text.read import read

DAY = date(2024, 5, 16)


def claims(text):
    return read(text, published_on=DAY, lang="en").proposals


def chains(text):
    return [" < ".join(v.surface for v in c.chain) for c in claims(text)]


SPEAKERS = [
    ("Nine drones were downed over the port, the navy says on X. Radio Nil has the number at six.",
     ["the navy", "Radio Nil"]),
    ("Radio Nil, on the other hand, has the building down as a school.", ["Radio Nil"]),
    ("The firm Blackwell identified the ship as the Gulf Star, a tanker with 23 crew.", ["The firm Blackwell"]),
    ("The paper gave the army's losses as two dead.", ["The paper"]),
    ("The coast guard placed the incident 17 nautical miles north of the island.", ["The coast guard"]),
    ("In the evening the Asayish put the figure at 4, in a post on Facebook.", ["the Asayish"]),
    ('"Star Z," a pro-army blogger, wrote on Telegram that the missile missed.', ["Star Z"]),
    ("Footage uploaded by the Gubba Media Office appears to show men pulling a girl from the rubble.",
     ["the Gubba Media Office"]),
    ("Images taken on 4 May show two craters, according to the lab.", ["the lab"]),
    ("Two ships were hit, the port's figures show.", ["the port"]),
    ("Nine ships were hit this year, data from the coast guard shows.", ["the coast guard"]),
    ("Partners expect the number of displaced to pass 50,000 by June.", ["Partners"]),
    ("Nine boats sank, according to Radio Nil.", ["Radio Nil"]),
    ("Geolocated footage published on May 14 indicates that troops advanced.", [""]),
    ('"They took my brother," said a woman who gave her name as Umm Ali, weeping.', ["Umm Ali"]),
    ("Tasnim news agency reported that three guards had been killed, without citing a source.",
     ["Tasnim news agency"]),
    ("State TV, without elaborating, said nine people had drowned.", ["State TV"]),
    ("Our correspondent in Tyre reports two strikes near the port.", ["Our correspondent in Tyre"]),
    ("According to preliminary information from the regional prosecutor's office, two people were wounded.",
     ["the regional prosecutor's office"]),
    ("Preliminary figures from the ministry suggest 40 died.", ["the ministry"]),
    ("An initial investigation by the army found that the shell had missed its target.", ["the army"]),
    ("The ministry for its part indicated that 12 soldiers had been wounded.", ["The ministry"]),
    ("According to what our correspondent reported, nine were killed.", ["our correspondent"]),
    ("Two drones were shot down, as reported by RIA Novosti.", ["RIA Novosti"]),
    ("Prosecutors allege the defendant sold two rifles.", ["Prosecutors"]),
    ("1,204 tents were damaged (CCCM Cluster, 3 May).", ["CCCM Cluster"]),
    ("#Gaza | Al-Aqsa TV: nine killed in a strike on a car.", ["Al-Aqsa TV"]),
    ("Per the same agency, it will serve 22 villages.", ["the same agency"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SPEAKERS)
def test_the_speaker_is_found_however_the_report_is_put(text, expected):
    assert chains(text) == expected


HOPS = [
    ("Tass cited Gen Oleg Trun to the effect that no plane had flown since Sunday.", ["Tass < Gen Oleg Trun"]),
    ("An aid group, relaying word from nurses at the clinic, said that oxygen had run out.",
     ["An aid group < nurses at the clinic"]),
    ("Nine boats sank, according to Radio Nil, which attributes the count to the coast guard.",
     ["Radio Nil < the coast guard"]),
    ("According to the daily Al-Mina, which says it has it from an adviser, envoys met on Sunday.",
     ["the daily Al-Mina < an adviser"]),
    ("Nine dead in the valley (AFP, quoting the mayor)", ["AFP < the mayor"]),
    ("About 60 people fled the valley (Reuters citing local officials).", ["Reuters < local officials"]),
    ("A clinic reopened in Gubba, as the mayor told Radio Nil.", ["Radio Nil < the mayor"]),
    ("Shells fell on Gubba on Sunday, as residents confirmed to Radio Nil.", ["Radio Nil < residents"]),
    ("Radio Nil, via its reporter in Gubba: the gunmen fled toward the river.",
     ["Radio Nil < its reporter in Gubba"]),
    ("@gubba_eye, retweeting the city council: 40 families have left the camp.",
     ["@gubba_eye < the city council"]),
    ('Farmer Adel Nouri, in comments to Radio Nil: "The ferry has been out since 3 May."',
     ["Radio Nil < Farmer Adel Nouri"]),
    ("Nine died, said Capt. Omar Nasser, the unit's commander, in remarks published by the daily Al-Mina.",
     ["the daily Al-Mina < Capt. Omar Nasser"]),
    ("The killing of the commander was confirmed to AFP by a source close to the group.",
     ["AFP < a source close to the group"]),
    ('"The hall was full," according to one of the survivors, Huda Salem, who spoke to Radio Nil.',
     ["Radio Nil < Huda Salem"]),
    ("The toll is down from three reported earlier by Radio Nil, whose correspondent had cited medics.",
     ["Radio Nil < medics"]),
    ("The general said, Interfax reported, that 14 drones fell.", ["Interfax < The general"]),
    ("The town fell on Tuesday, affirmed to AFP a rebel commander, Miloud Achour.", ["AFP < Miloud Achour"]),
    ("The town fell on Tuesday, declared to Radio Nil the governor.", ["Radio Nil < the governor"]),
    ('"It was dark," said the guard to Radio Nil.', ["Radio Nil < the guard"]),
    ("An informed source revealed to Shafaq News that the group had left.", ["Shafaq News < An informed source"]),
    ("UNHCR was informed by local authorities that 40 families had left.", ["UNHCR < local authorities"]),
    ("As reported by RIA Novosti with reference to the governor, two drones were shot down.",
     ["RIA Novosti < the governor"]),
    ("Eyewitnesses quoted by local radio said two brigades were involved.", ["local radio < Eyewitnesses"]),
    ('"Soldiers opened fire," Salma said in a voice note shared with Radio Nil.', ["Radio Nil < Salma"]),
    ("SANA carried a ministry statement saying two brigades were involved.", ["SANA < a ministry"]),
    ("MSF told Reuters that 40 were hurt.", ["Reuters < MSF"]),
    ("UNICEF advised Radio Nil that nine clinics had shut.", ["Radio Nil < UNICEF"]),
    ("A clerk said the road was shut and told Radio Nil that nine cars were stuck.",
     ["A clerk", "Radio Nil < A clerk"]),
    ('"We had nothing to do with it," their spokesman, Amin Zaki, was quoted by Tass as saying.',
     ["Tass < Amin Zaki"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HOPS)
def test_every_hop_is_read(text, expected):
    assert chains(text) == expected


BACK = [
    ("Col. Adam Reyes, a spokesman for the coalition, declined to comment. Aircraft struck two depots, he said.",
     "Col. Adam Reyes"),
    ('"My clients signed blank sheets," Adiba Nour told reporters. The lawyer added that one was in Erbil.',
     "Adiba Nour"),
    ("A driver told Radio Nil that nine fell. Her two sons are missing, according to the man.", "A driver"),
    ("All four had confessed, the court said. It would rule in May, it went on.", "the court"),
    ('"We saw two planes," Omar Said said. There were nine dead in the street, he continued.', "Omar Said"),
    ("A naval source said two fled. The ship's managers declined to comment. It was a dhow, he claimed.",
     "A naval source"),
    ("Salem Hadi said his shop had burned on Tuesday. The 44-year-old said nobody had come.", "Salem Hadi"),
    ("SOHR said two died. Some 40 were hurt, according to its figures.", "SOHR"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BACK)
def test_who_is_meant_without_being_named(text, expected):
    assert chains(text)[-1] == expected


BODIES = [
    ("UNICEF said nine clinics had shut. The agency said 40 more were at risk.", "UNICEF"),
    ("The World Food Programme said 40 trucks entered. The organisation said nine were looted.",
     "The World Food Programme"),
    ("Save the Children said nine died. The charity said 40 were hurt.", "Save the Children"),
    ("Hezbollah said it hit a post. The militant group denied losing a commander.", "Hezbollah"),
    ("Amnesty documented nine strikes. The London-based group said 40 civilians died.", "Amnesty"),
    ("Ambrey said a tanker was hit. The security firm said nine crew were safe.", "Ambrey"),
    ("The UN said 40 trucks had entered. The body said nine were looted.", "The UN"),
    ("Maj. Ihor Bondar told Radio Nil that two tanks burned. The major said his unit lost nobody.",
     "Radio Nil < Maj. Ihor Bondar"),
    ("Tass quoted the governor as saying two fell. The agency said nine fell on Sunday.", "Tass"),
    ("The army said nine died. The rights group said 40 died.", "The rights group"),
    ("The army said nine died. The Nimrod Group said 40 died.", "The Nimrod Group"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BODIES)
def test_a_body_goes_on_under_the_word_for_what_it_is(text, expected):
    assert chains(text)[-1] == expected


PARTED = [
    ("The navy denied any role and pointed to 40 tonnes of aid which it said had been delivered.",
     ["denies", "asserts"]),
    ("The militia denied any presence there and described the clash as a feud between clans.",
     ["denies", "asserts"]),
    ("SOHR activists say one has died, which brings to 61, according to its count, the number of attacks.",
     ["asserts", "asserts"]),
    ("An estimated 4,600 people arrived in the town, according to the UN.", ["estimates"]),
    ("UNIFIL declines to say who fired.", ["no_comment"]),
    ("No figures were available from villages east of the river.", ["no_comment"]),
    ("The ministry said nothing but barracks was hit.", ["asserts"]),
    ("The boat was sunk before it could reach the lane, the navy said.", ["asserts"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PARTED)
def test_stances_of_each_claim(text, expected):
    assert [c.stance for c in claims(text)] == expected


FIGURES = [
    ("Some 130 people had been in a single basement, survivors said.", [130]),
    ("A single shell killed two, the mayor said.", [1, 2]),
    ("The bakery sells a sack for SDG85,000, a trader said.", [85_000]),
    ("About 187 families left Jeddah 1 camp, the ministry said.", [187]),
    ("Gas killed a score of people, the mayor said.", [20]),
    ("The twin bombings at the port killed nine, police said.", [2, 9]),
    ("The twin towns were hit by nine shells, police said.", [9]),
    ("A list of 66 names was obtained from one of the sheikhs, the lawyers said.", [66]),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures_of_each_claim(text, expected):
    assert [q.value for c in claims(text) for q in c.quantities] == expected


@pytest.mark.parametrize(
    "text",
    [
        "State media told another story.",
        "Residents put it differently.",
        "Who fired it, and at what, is harder to pin down.",
    ],
)
def test_what_only_leads_over_is_no_claim(text):
    assert not claims(text)
