"""Who speaks where Arabic leaves the name out, puts it elsewhere or hands it on, in sentences of our own."""

from datetime import date

import pytest

from claims.text.read import read

DAY = date(2024, 3, 7)


def chains(text):
    return [" < ".join(v.surface for v in c.chain) for c in read(text, published_on=DAY, lang="ar").proposals]


GOING_ON = [
    (
        "قال قائد الدفاع المدني إن النيران أُخمدت، لكن مخزنين ما زالا يحترقان.",
        ["قائد الدفاع المدني", "قائد الدفاع المدني"],
    ),
    (
        "قالت البلدية إن ثلاث آبار جفت، في حين تحتاج البئران الأخريان إلى مضختين.",
        ["البلدية", "البلدية"],
    ),
    (
        'وقال مصدر في الشرطة: "أغلقنا مدخل السوق، فيما نفذت الدوريات حملة تفتيش واسعة".',
        ["مصدر في الشرطة", "مصدر في الشرطة"],
    ),
    ("لجنة «حقوق الوادي»: وثّقنا في نيسان سبع حالات احتجاز.", ["لجنة «حقوق الوادي»"]),
]
HANDED_ON = [
    (
        "ونقلت صحيفة «المرفأ» عن النائب سامي عواد، الذي نقل بدوره عن رئيس الميناء، أن الرافعة تعطلت.",
        ["صحيفة «المرفأ» < النائب سامي عواد < رئيس الميناء"],
    ),
    (
        "وأكدت الخبر إذاعة «الساحل» التي نقلت عن بحار أن الزورق كان فارغا من الوقود.",
        ["إذاعة «الساحل»", "إذاعة «الساحل» < بحار"],
    ),
    (
        "أما الأناضول في خبرها الصباحي فنقلت عن سائق شاحنة أن المعبر فُتح ساعتين.",
        ["الأناضول < سائق شاحنة"],
    ),
    ("وقالت الطبيبة هدى لإذاعة النيل إن المرضى رووا لها أن الطريق مقطوع.", ["إذاعة النيل < الطبيبة هدى < المرضى"]),
    ("نقيب الأطباء سمير حداد لـ«صوت الجبل»: المولدات تكفي يوما واحدا.", ["صوت الجبل < نقيب الأطباء سمير حداد"]),
    ("نقيب السائقين كمال عيد تحدث للقناة نفسها عن احتراق ثلاث حافلات.", ["القناة نفسها < نقيب السائقين كمال عيد"]),
    ("وقال مدير شركة نقل الحبوب، أنور سعيد، لصحيفة «الرافد»: \"الصوامع ممتلئة\".",
     ["صحيفة «الرافد» < مدير شركة نقل الحبوب، أنور سعيد"]),
    ("ذكرت ممرضة بالمستوصف، تدعى ليلى حمود، في إفادة لراديو «النهر» أن الدواء نفد.",
     ["راديو «النهر» < ليلى حمود"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [*GOING_ON, *HANDED_ON])
def test_whoever_speaks_is_found(text, expected):
    assert chains(text) == expected


def test_a_noun_that_looks_like_a_verb_is_no_claim_of_its_own():
    text = "أعلنت شرطة الناحية اعتقال أربعة مهربين، وضبط تسع بنادق في مخبأ قرب النهر."
    assert chains(text) == ["شرطة الناحية"]


INTERVIEW = """حوار | مدير الإطفاء في المدينة العقيد رامي سلوم لـ«أوراق المساء»: نعمل بنصف طاقتنا

يستقبلنا في غرفة بلا كهرباء. كم عربة لديكم؟ يجيب: «كانت عندنا عشر عربات، بقيت منها أربع».
نسأله عما قاله رئيس البلدية عن تأخر العربة الأولى، فيرد: «وصلت بعد تسع دقائق». ويضيف أن عربتين احترقتا في آب."""


def test_the_one_interviewed_answers_and_not_whom_the_question_names():
    answers = [one for one in chains(INTERVIEW) if "سلوم" in one]
    assert answers == ["أوراق المساء < مدير الإطفاء في المدينة العقيد رامي سلوم"] * 3


def test_a_heading_that_gives_the_word_is_no_claim():
    assert all(
        "نعمل" not in INTERVIEW[c.start : c.end]
        for c in read(INTERVIEW, published_on=DAY, lang="ar").proposals
    )


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("وتواصلت الصحيفة مع المتحدث باسم الهيئة ولم تتلق ردا.", "المتحدث باسم الهيئة"),
        ("ولم ترد معلومات حتى المساء من مديرية الصحة عن حال الجرحى.", "مديرية الصحة"),
    ],
)
def test_the_one_who_was_asked_has_not_spoken(text, silent):
    (claim,) = read(text, published_on=DAY, lang="ar").proposals
    assert (claim.stance, [v.surface for v in claim.chain]) == ("no_comment", [silent])


PUBLISHED = [
    ("ونشرت وكالة سانا بيانا لوزارة النقل جاء فيه أن الجسر يغلق أسبوعا.", ["وكالة سانا < وزارة النقل"]),
    ("وبثت قناة الميادين تصريحا للمتحدث العسكري أكد فيه إسقاط ثلاث مسيرات.",
     ["قناة الميادين < المتحدث العسكري"]),
    ("جُرح أربعة في انهيار جدار، في حصيلة أولية أوردتها وكالة الأناضول نقلا عن مصدر طبي.",
     ["وكالة الأناضول < مصدر طبي"]),
    ("انقطع التيار عن ثلاث قرى، وفق ما جاء في بيان نشرته شركة الكهرباء.", ["شركة الكهرباء"]),
    ("وبحسب وكالة الأناضول نقلا عن بحار، فقد غرق زورقان.", ["وكالة الأناضول < بحار"]),
    ("وقال صيادون في اتصالات مع رويترز إن زورقين غرقا.", ["رويترز < صيادون"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PUBLISHED)
def test_what_an_outlet_publishes_of_another_has_two_hops(text, expected):
    assert chains(text) == expected


def test_a_reporter_passes_on_and_an_unnamed_source_does_not():
    reporter = "وأفاد مراسل عنب بلدي بأن السوق أُغلق. ونقل عن بائع أن النار بدأت في مخزن."
    source = "وقال مصدر أمني إن السوق أُغلق. ونقل عن بائع أن النار بدأت في مخزن."
    assert chains(reporter)[-1] == "مراسل عنب بلدي < بائع"
    assert chains(source)[-1] == "بائع"


def test_the_army_is_no_other_armed_body_that_spoke_before():
    text = "ونفت قوات الوادي مسؤوليتها عن القصف. ولم يصدر تعليق من الجيش."
    assert chains(text)[-1] == "الجيش"
