"""How the press words it: who speaks and through whom, in sentences of our own."""

from datetime import date

import pytest

from claims.text.read import read

DAY = date(2024, 5, 16)


def claims(text):
    return read(text, published_on=DAY, lang="en").proposals


def chains(text):
    return [" < ".join(v.surface for v in c.chain) for c in claims(text)]


CITED = [
    ("Radio Nil reported that two boats sank, crediting a harbour official.", ["Radio Nil < a harbour official"]),
    ("The migration office reported, on the strength of figures supplied by the mayor of Gubba, that 900 had fled.",
     ["The migration office < the mayor of Gubba"]),
    ("The UN panel, relying on interviews with 31 survivors, said nine boats were sunk.",
     ["The UN panel < 31 survivors"]),
    ("A diplomat, quoting what he said were army estimates, said that nine bases were lost.",
     ["A diplomat < army estimates"]),
    ("Tass, with reference to the regional governor: two drones were downed over the river.",
     ["Tass < the regional governor"]),
    ("Radio Nil, citing the port office: over the day, guns fired 42 shells at the quay.",
     ["Radio Nil < the port office"]),
    ("A pro-army website, Al-Raya, quoting what it called a senior source, said rebels had shelled the market.",
     ["Al-Raya < a senior source"]),
    ("Reuters: a harbour official says two boats were lost.", ["Reuters < a harbour official"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CITED)
def test_whoever_is_cited_is_a_hop(text, expected):
    assert chains(text) == expected


HEARD = [
    ("A doctor told Voice of the Coast radio that nine were treated.", ["Voice of the Coast radio < A doctor"]),
    ("A nurse told the Star of two more deaths.", ["the Star < A nurse"]),
    ("A guard who fled to Samarra, and who talked to a reporter for the newspaper Al-Sada there, said he saw two dead.",
     ["the newspaper Al-Sada < A guard"]),
    ("A baker, who spoke to a journalist from Radio Nil on Monday, said he saw four bodies.",
     ["Radio Nil < A baker"]),
    ("Families who reached Gubba said that they had paid $60 per person.", ["Families"]),
    ("Partners on the ground report that a shell landed near the pumping station.", ["Partners on the ground"]),
    ("But residents reached by telephone told of black flags over the tower.", ["residents"]),
    ("An air strike hit a market on Saturday, killing 22 people, Kassala state's health office said.",
     ["Kassala state's health office"]),
    ("The army spoke of an accident, but people from the village, to whom our reporter talked, denied any accident.",
     ["The army", "our reporter < people from the village"]),
    ("QALIB: Three missiles landed near the port on Monday, port workers said.", ["port workers"]),
    ("The minister last week said two bridges were closed.", ["The minister"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HEARD)
def test_the_speaker_is_found_whatever_stands_round_the_name(text, expected):
    assert chains(text) == expected


NAMED = [
    ("One, a tea seller who gave her name as Salma al-Nour, said bodies were carried off. "
     '"I counted eleven," she said.', ["Salma al-Nour", "Salma al-Nour"]),
    ("The doctor, who asked to be identified only by his first name, Anas, told the Herald that 23 people had come. "
     "Two of them, he said, died.", ["the Herald < Anas", "the Herald < Anas"]),
    ("The guard, named in court papers as Witness 6, testified that he had never seen a death.", ["Witness 6"]),
    ("A trader who called himself Musa said nine shops burned.", ["Musa"]),
    ("The defendant, a 44-year-old Iraqi identified in court only as Mr. T., denied the charges.", ["Mr. T."]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_a_name_given_by_the_way_is_the_speakers(text, expected):
    assert chains(text) == expected


SECOND_HAND = [
    ("Ziad Tariq, a cousin of the owner, said in a telephone interview that friends had told him it was shut.",
     ["Ziad Tariq < friends"]),
    ("A worker from the site says two watchmen were killed. He'd been told by his foreman that the hole is 11 m wide.",
     ["A worker from the site", "A worker from the site < his foreman"]),
    ("One partner was told by medics in Gubba that a midwife had been killed on Monday.",
     ["One partner < medics in Gubba"]),
    ("Our colleague Hana Rida has been speaking to neighbours, who told her the building housed 60 people.",
     ["Our colleague Hana Rida < neighbours"]),
    ("The surgeon has heard, from a colleague who heard it from the health office, that the generator was looted.",
     ["The surgeon < a colleague < the health office"]),
    ("Prosecutors read into the record a letter from the Red Crescent, dated 2 May, which stated that volunteers "
     "recovered nine bodies.", ["Prosecutors < the Red Crescent"]),
    ("Aid teams at the border have received consistent accounts from new arrivals that 150 people were killed.",
     ["Aid teams at the border < new arrivals"]),
    ("Partners relayed information from the director of the ward to the effect that supplies ran out.",
     ["Partners < the director of the ward"]),
    ("Residents were told by the army that they had to leave on Monday.", [""]),
    ("A medical source at the hospital stated to Kordofan Star that 23 wounded had arrived.",
     ["Kordofan Star < A medical source at the hospital"]),
    ("The oil ministry denied any stoppage, its spokesman Adel Rikabi telling the state-run Iraqi News Agency that "
     "output was normal.", ["The oil ministry", "the state-run Iraqi News Agency < its spokesman Adel Rikabi"]),
    ("The army withdrew on Monday, its tanks pointing their guns at the town.", [""]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SECOND_HAND)
def test_what_somebody_has_from_another_is_two_hops(text, expected):
    assert chains(text) == expected


DESCRIBED = [
    ("Sami Tariq, 33, a cousin of the owner now living in a camp, said the doors were shut.", ["Sami Tariq"]),
    ("Quadrant, a London group that tracks civilian harm, has logged 40 strikes.", ["Quadrant"]),
    ("The Flood Risk Unit (FRU) counts 1,034 shelters.", ["The Flood Risk Unit"]),
    ("Moscow claims it only hit barracks.", ["Moscow"]),
    ("The master reports no damage.", ["The master"]),
    ('"They burned two sheds," farmer Oleh, 54, told Radio Nil.', ["Radio Nil < farmer Oleh"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DESCRIBED)
def test_the_name_is_found_among_what_is_said_of_it(text, expected):
    assert chains(text) == expected


PHRASES = [
    ("At least 318 people have died, by the Health Union's reckoning.", ["the Health Union"]),
    ("By U.N. estimates, the war has cost the strip sixteen thousand homes.", ["U.N."]),
    ("By the mayor's count, nine shops burned.", ["the mayor"]),
    ("By all accounts the town fell on Monday.", [""]),
    ("Of 198 clinics in the district, 100 are closed (WHO).", ["WHO"]),
    ("Some 7,200 households were displaced from the valley (local authorities).", ["local authorities"]),
    ("The town was hit again by nine shells (see map).", [""]),
    ("According to witnesses interviewed by Radio Nil, two boats sank.", ["Radio Nil < witnesses"]),
    ("Winterisation: stocks cover fewer than 4 in 10 households.", [""]),
    ("Note that the harbour master said two boats were lost.", ["the harbour master"]),
    ("It is noteworthy that police sources reported, on May 2, the entry of 40 vehicles.", ["police sources"]),
    ("“That is not so,” the mayor says; there were three shells. Nine people died on Monday.",
     ["the mayor", "the mayor", ""]),
    ("Seven were driven to the border, the mayor said. Six lived, he added, but one man died there.",
     ["the mayor", "the mayor", "the mayor"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PHRASES)
def test_a_phrase_names_the_source_and_a_topic_does_not(text, expected):
    assert chains(text) == expected


POINTED_BACK = [
    ("The nurse told the Lagos Star that her husband had left. “He says two windows are gone,” the paper quoted her as "
     "saying.", ["the Lagos Star < The nurse", "the Lagos Star < The nurse"]),
    ("The master of a tanker has reported three blasts near Aden, the UK Maritime Trade Operations (UKMTO) agency said "
     "in an advisory issued today. The vessel was safe, it said.",
     ["the UK Maritime Trade Operations (UKMTO) agency < The master of a tanker",
      "the UK Maritime Trade Operations (UKMTO) agency"]),
    ("The mayor spoke to us. Asked about nine children said to be in the camp, the mayor said he had nothing to add.",
     ["the mayor"]),
    ("Parliament's security committee, in its report read out on Monday, found that guards fired nine shots.",
     ["Parliament's security committee"]),
    ("Satellite images that the Delta lab analyzed show at least two craters.", ["the Delta lab"]),
    ("In the east, teams in Gubba have received accounts from survivors that nine boats were sunk.",
     ["teams in Gubba < survivors"]),
    ("A guard told Hull & Cargo that two boats sank.", ["Hull & Cargo < A guard"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), POINTED_BACK)
def test_papers_panels_and_pronouns_point_to_who_spoke(text, expected):
    assert [c for c in chains(text) if c] == expected


OUTLETS = [
    ("According to witnesses who spoke to our correspondent, nine shops burned.", ["our correspondent < witnesses"]),
    ("A nurse informed our field team that the last generator failed.", ["our field team < A nurse"]),
    ("Al-Nur, quoting an uncle, made him fourteen.", ["Al-Nur < an uncle"]),
    ("The coast guard said in advisory 019, on information from the company, that two skiffs fell back.",
     ["The coast guard < the company"]),
    ("Al-Sahel TV reported nine dead. The mayor told the channel's Gubba reporter that three more had died.",
     ["Al-Sahel TV", "Al-Sahel TV < The mayor"]),
    ("Hasakah (Noor Press): The mayor said nine shops burned.", ["The mayor"]),
    ("Our stringer hears the same from two people close to the army, who put the delay at ten days.",
     ["Our stringer < two people close to the army"] * 2),
    ("All seven survived the raid, which Kyiv says saw 70 missiles hit power plants.", ["", "Kyiv"]),
    ("The army denied that it had guns in range, and attributed the strike to militias.", ["The army", "The army"]),
    ("The health office reported six deaths, a figure it subsequently raised to 16.",
     ["The health office", "The health office"]),
    ('From @PortWatch on X: "Second drone over the port, very low."', ["@PortWatch"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OUTLETS)
def test_outlets_are_told_by_whom_they_quote(text, expected):
    assert chains(text) == expected


MORE = [
    ("Neither the army nor the ministry responded to requests for comment.", ["the army nor the ministry"]),
    ("A spokesman for the ministry, Adel Karim, was quoted by state television as saying that 14 had died.",
     ["state television < Adel Karim"]),
    ("Police were quoted in local media as saying at least five people died.", ["local media < Police"]),
    ("A resident who declined to be named said the shelling lasted two hours.", ["A resident"]),
    ("Asked by AFP whether troops had entered the ward, the spokesman said they had not.", ["AFP < the spokesman"]),
    ('"We buried six of them," said one man, who gave his name as Abu Ali.', ["Abu Ali"]),
    ("The report, seen by Reuters, says 12 boats carried arms.", ["Reuters < The report"]),
    ("Quadrant Watch documented nine strikes, the group said in a report released Tuesday.", ["Quadrant Watch"]),
    ("The army said it killed 12 militants while the rebels said all the dead were farmers.",
     ["The army", "the rebels"]),
    ("Per Haaretz, the inquiry was closed in March.", ["Haaretz"]),
    ("Sources tell Sky News that two men were arrested.", ["Sky News < Sources"]),
    ("Sky News has been told that two men were arrested.", ["Sky News"]),
    ('The port has been shut since May: "Our trucks are idle now," its deputy head, Lucia Ferrand, said.',
     ["", "Lucia Ferrand"]),
    ("The mission says there is no leak, contradicting a spokesman who said that nine tanks burned.",
     ["The mission", "a spokesman"]),
    ("The trial of five men accused over a prison in the town resumed on Wednesday.", [""]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MORE)
def test_each_wording_finds_its_speaker(text, expected):
    assert chains(text) == expected


AGAINST = [
    (
        "Rights groups accuse the militia of killing 40 villagers, a charge it denies.",
        ["Rights groups", "the militia"],
    ),
    ("The embassy sent questions on Monday to the ministry, which did not reply.", ["", "the ministry"]),
    ("Sadra News claims two guards were hurt.", ["Sadra News"]),
    ("Residents described hearing jets overhead.", ["Residents"]),
    ("The mayor denied the raid and blamed rebels for the blast.", ["The mayor", "The mayor"]),
]


@pytest.mark.parametrize(("text", "expected"), AGAINST)
def test_whoever_is_accused_or_asked_answers(text, expected):
    assert chains(text) == expected


FIELD = [
    ("As for the northern militia, it denied, in a statement carried by Sky News Arabia, any link with the shelling.",
     ["Sky News Arabia < the northern militia"]),
    ("Investigators from the rights office interviewed 40 survivors, who told them that men were taken.",
     ["Investigators from the rights office < 40 survivors"]),
    ("Two of those interviewed said the gunmen wore uniforms.", ["Two of those interviewed"]),
    ("Nada Haddad, reporting from Beirut, said the road to the airport was closed.", ["Nada Haddad"]),
    ("Israeli media are reporting that four soldiers were wounded.", ["Israeli media"]),
    ("More from Reuters: a security source says two people were killed.", ["Reuters < a security source"]),
    ("The count is down from nine dead reported earlier by Al Jadeed TV.", ["Al Jadeed TV"]),
    ("A list holds a fifth name that a colleague had told him about, and nine more.", [""]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FIELD)
def test_reports_from_the_field_name_their_speakers(text, expected):
    assert chains(text) == expected


IN_SEQUENCE = [
    ("The health ministry said nine were killed. The ministry's spokesman, Adel Rabi, later raised the toll to 12.",
     ["The health ministry", "Adel Rabi"]),
    ("A senior official told Radio Nil that a list had been handed over. The source said a reply was due on Monday.",
     ["Radio Nil < A senior official", "Radio Nil < A senior official"]),
    ("Interfax quoted a rescue official as saying two tanks burned. The official said nobody was hurt. The agency also "
     "said a road had been closed.",
     ["Interfax < a rescue official", "Interfax < a rescue official", "Interfax"]),
    ("Police raised the flag over nine towns.", [""]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), IN_SEQUENCE)
def test_later_sentences_find_who_spoke_before(text, expected):
    assert chains(text) == expected


PASSED_ON = [
    ("In an audio message heard by Reuters, the commander said nine men had been freed.", ["Reuters < the commander"]),
    ("Al-Sada attributed the figure of nine dead to a hospital source.", ["Al-Sada < a hospital source"]),
    ("Nine men deserted, the commander was quoted by Al-Sada as saying.", ["Al-Sada < the commander"]),
    ('A nurse messaged Al-Sada: "Nine of them are children."', ["Al-Sada < A nurse"]),
    ("Al-Sada published a letter in which the commander said nine men had been freed.", ["Al-Sada < the commander"]),
    ("The commander said in a voice note sent to Al-Sada that nine men had been freed.", ["Al-Sada < The commander"]),
    ("The commander said by telephone to Al-Sada that nine men had been freed.", ["Al-Sada < The commander"]),
    ("The Red Crescent, in figures shared with Al-Sada, puts the dead at nine.", ["Al-Sada < The Red Crescent"]),
    ("The document, which Al-Sada has seen, says nine men were paid.", ["Al-Sada < The document"]),
    ("The army attributed the blast to nine rebels.", ["The army"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PASSED_ON)
def test_what_is_passed_to_an_outlet_it_passes_on(text, expected):
    assert chains(text) == expected


LIVE = [
    ("The army has put out a statement saying it killed three militants.", ["The army"]),
    ("The army issued a statement in which it says three militants were killed.", ["The army"]),
    ("The army released a statement denying that three houses were hit.", ["The army"]),
    ("The army issued nine permits to the farmers on Monday.", [""]),
    ("Just in from Reuters: the mayor says nine people were held.", ["Reuters < the mayor"]),
    ("We've just heard from the mayor, who says two people were hurt overnight.", ["the mayor", "the mayor"]),
]


@pytest.mark.parametrize(("text", "expected"), LIVE)
def test_a_live_blog_names_whose_statement_it_is(text, expected):
    assert chains(text) == expected
