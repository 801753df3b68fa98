"""English constructions, each in a sentence of its own: who says it, and through whom."""

from datetime import date

import pytest

from claims.text.read import read

DAY = date(2024, 10, 2)


def claims(text):
    return read(text, published_on=DAY, lang="en").proposals


def chain(claim):
    return [v.surface for v in claim.chain]


CHAINS = [
    ("Reuters quoted two sources as saying the convoy carried ammunition.", ["Reuters", "two sources"]),
    ("The mayor was quoted by Interfax as saying that the bridge had collapsed.", ["Interfax", "The mayor"]),
    (
        "An engineer at the plant, quoted by the Rasd news agency, said two turbines were damaged.",
        ["the Rasd news agency", "An engineer at the plant"],
    ),
    (
        "In a statement carried by state news agency SABA, the Houthis said they had targeted two ships.",
        ["state news agency SABA", "the Houthis"],
    ),
    (
        "The militia, in a statement published by the Harbour News website, said it had left the town.",
        ["the Harbour News website", "The militia"],
    ),
    (
        "The harbour master denied to the newspaper Al-Mina that any ship had been turned back.",
        ["the newspaper Al-Mina", "The harbour master"],
    ),
    ("A porter, Omar Said, speaking to Radio Nur from Aden, said six men had died.", ["Radio Nur", "Omar Said"]),
    ("For his part, the governor of Idlib spoke of 30 wounded.", ["the governor of Idlib"]),
    ("The number of dead rose to 17, as reported by the civil defence.", ["the civil defence"]),
    ("A Rasd reporter saw two burned vehicles near the gate.", ["A Rasd reporter"]),
    ("The deputy mayor, Olha Bondar, posted on Telegram: “A house in the old town was hit.”", ["Olha Bondar"]),
    ("The union held the army responsible for the raid that killed six.", ["The union"]),
    ("A party official, quoted in Al-Mina Post, said the talks had ended.", ["Al-Mina Post", "A party official"]),
    ("Drivers contacted by Radio Nur said that nine trucks burned.", ["Radio Nur", "Drivers"]),
    ("The Harbour Times, which cited three officials, said the plan was shelved.",
     ["The Harbour Times", "three officials"]),
    ("Three people were killed, the health ministry said in a statement carried by the state news agency SANA.",
     ["the state news agency SANA", "the health ministry"]),
    ("The Rasd agency was told by two envoys that the talks had failed.", ["The Rasd agency", "two envoys"]),
    ("Nine sheds burned, TASS reports with reference to the port office.", ["TASS", "the port office"]),
    ("Nine sheds burned, according to the port office, cited by TASS.", ["TASS", "the port office"]),
    ("Al-Mina TV, run by the movement, reported four raids on the port.", ["Al-Mina TV"]),
    ("“We are safe,” she told Radio Nur after the raid on the port.", ["Radio Nur"]),
    ("A doctor interviewed by the daily Al-Mina said six patients had died.", ["the daily Al-Mina", "A doctor"]),
    ("A pilot quoted by the daily Al-Mina said the strip was closed.", ["the daily Al-Mina", "A pilot"]),
    ("Two drivers who spoke to Radio Nur said the pass was mined.", ["Radio Nur", "Two drivers"]),
    ("The imam said via the local news page Nahr Now that 20 families had left.",
     ["the local news page Nahr Now", "The imam"]),
    ("The envoy denied that talks had begun, telling the Rasd news agency that the reports were false.",
     ["the Rasd news agency", "The envoy"]),
    ("Nine people are believed to be missing, based on police estimates.", ["police estimates"]),
    ("Health partners report that three wells are dry.", ["Health partners"]),
    ("WHO said nine clinics were shut.", ["WHO"]),
    ("ERBIL (Nahr) – Troops have concluded a sweep of the valley, the army announced.", ["the army"]),
    ("Troops have concluded a sweep of the valley, the army announced on Tuesday.", ["the army"]),
    ("The captain reported seeing two boats, the insurer Seaguard said.", ["the insurer Seaguard", "The captain"]),
    ("According to SANA, the health ministry said nine people were killed.", ["SANA", "the health ministry"]),
    ("The explosion was first reported by the National News Agency.", ["the National News Agency"]),
    ("In a video message posted late on Monday, the militia's spokesman claimed that 12 soldiers were captured.",
     ["the militia's spokesman"]),
    ("A resident of Rafah, reached by phone, said tanks had advanced 500 metres.", ["A resident of Rafah"]),
    ("Local activists put the number of dead at between 30 and 35.", ["Local activists"]),
    ("The population has halved since March, aid groups say.", ["aid groups"]),
    ("“We counted nine drones over the river,” said Olha Bondar, a nurse.", ["Olha Bondar"]),
    ("‘About thirty families sleep here’, the headteacher says.", ["the headteacher"]),
    (
        "Six soldiers were hurt, the agency TASS cited the ministry as saying.",
        ["the agency TASS", "the ministry"],
    ),
    ("State TV quoted the interior minister, Ahmad Vahidi, as saying nine were held.", ["State TV", "Ahmad Vahidi"]),
    ("Citing a military official, IRNA said that nobody was hurt.", ["IRNA", "a military official"]),
    ("Citing satellite imagery, the Financial Times reported that 12 hangars burned.", ["the Financial Times"]),
    (
        "Two men were held, according to Shafaq News, which cited a police officer.",
        ["Shafaq News", "a police officer"],
    ),
    ("Speaking to Al Arabiya, the finance minister said exports had fallen.", ["Al Arabiya", "the finance minister"]),
    ("The minister, Hussein Karam, told Reuters Turkish drones hit the silo.", ["Reuters", "Hussein Karam"]),
    (
        "The strike, which residents blamed on the army, happened late on Monday in Kutum, said Mohamed Adam.",
        ["Mohamed Adam"],
    ),
    ("Human Rights Watch, in a report released Thursday, said the army used mines.", ["Human Rights Watch"]),
    ("A report by Amnesty International found that 73 civilians were killed.", ["Amnesty International"]),
    ("The attack was claimed by the Houthis.", ["the Houthis"]),
    ("BREAKING: Explosions heard in Damascus, state media report", ["state media"]),
    ("#Syria: SOHR says three people were killed in a strike on Mazzeh district", ["SOHR"]),
    ("The harbour was closed for six hours, dock workers said on Tuesday.", ["dock workers"]),
    ("A man injured in the blast told Wadi FM that the gate was open.", ["Wadi FM", "A man injured in the blast"]),
    ("Speaking on Radio Tihama, the union's secretary said nine ports were idle.",
     ["Radio Tihama", "the union's secretary"]),
    ("Al Arabiya reported that two officials said the envoy had left.", ["Al Arabiya", "two officials"]),
    ("The spokesman said on his Telegram channel that 4 drones were shot down.", ["The spokesman"]),
    ("The prosecutor told state media 17 people had been charged.", ["state media", "The prosecutor"]),
    ("Two cranes burned, the harbour master said in an email to the Levant Courier.",
     ["the Levant Courier", "the harbour master"]),
    ("“It was dark,” one of them said.", ["one of them"]),
    ("Omar, 45, said he walked for six hours.", ["Omar"]),
    ("Khaled Nimr, the owner, said the ovens burn 450 litres a day.", ["Khaled Nimr"]),
    (
        "The director, Salem Barasi, said in a televised interview with Libya Al-Hurra that a gate had opened late.",
        ["Libya Al-Hurra", "Salem Barasi"],
    ),
    ("The National Safety Board, however, said sirens sounded at 11:20 p.m.", ["The National Safety Board"]),
    ("The exchange “went smoothly,” said one of them, Naji Murad.", ["Naji Murad"]),
    ("Two drivers, who refused to give their names, told the Gazette they had paid.", ["the Gazette", "Two drivers"]),
    ("Aden, 28 September: The last bakery shut on Friday, its owner told Radio Sawa.", ["Radio Sawa", "its owner"]),
    ("The World Food Programme put the number of closed bakeries at 18.", ["The World Food Programme"]),
    ("“She is under way,” a company spokesman said by email.", ["a company spokesman"]),
    ("“It was a drone,” the guard said, according to the newspaper Al-Mina.", ["the newspaper Al-Mina", "the guard"]),
    ("State radio reported the governor as saying the bridge fell.", ["State radio", "the governor"]),
    ("Al-Mina carried a statement by the militia saying it had left.", ["Al-Mina", "the militia"]),
    ("The ministry's spokesman, asked about it, said “no such raid took place”.", ["The ministry's spokesman"]),
    ("The UN agency warned that 14 wells had dried up.", ["The UN agency"]),
    ("Residents accuse the militia of looting shops.", ["Residents"]),
    ("Lana, a news agency, carried remarks by Othman Jalil, who said 18 wards were shut.", ["Lana", "Othman Jalil"]),
    ("Sami Aziz told a correspondent for The Courier that two ships had left.", ["The Courier", "Sami Aziz"]),
    ("“Nobody came,” says Ali Hassan, pointing to the burned shop.", ["Ali Hassan"]),
    ("Nine villages burned, per the volunteer group Eyes on Sahel.", ["the volunteer group Eyes on Sahel"]),
    ("The imam, Yusuf Idle, confirmed the account to AFP.", ["AFP", "Yusuf Idle"]),
    ("The imam's version was disputed by the police.", ["the police"]),
    ("The driver's family told camp officials the truck was empty.", ["The driver's family"]),
    ("Volunteers, the branch said, reached the site first.", ["the branch"]),
    ("It may have been a mine, the governor suggested.", ["the governor"]),
    ("A military source, according to Sahat TV, claimed that nine shells fell.", ["Sahat TV", "A military source"]),
    ("The minister played down the toll and denied any leak, according to remarks broadcast by Nile TV.",
     ["Nile TV", "The minister"]),
    ("Volga News quoted the Zvezda Times, citing a captain, as saying the strike hit a depot.",
     ["Volga News", "the Zvezda Times", "a captain"]),
    ("“We heard shots,” said farmer George Shamoun (54) to the website Jurud News.",
     ["the website Jurud News", "farmer George Shamoun"]),
    ("An official, speaking by phone, informed the agency that the quota was late.", ["the agency", "An official"]),
    ("The army said in a statement received by Suhail Press that a guard died.", ["Suhail Press", "The army"]),
    ("The shelling — the heaviest in weeks, the governor said — destroyed nine houses.", ["the governor"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CHAINS)
def test_the_chain_is_read_outermost_first(text, expected):
    (claim,) = claims(text)
    assert chain(claim) == expected
