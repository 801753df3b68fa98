"""Arabic numbers as the press writes them: compounds, fractions of a scale, ages, names that are no number."""

import pytest

from claims.management.commands.extract_claims import _number
from claims.text.arabic.dates import Dates
from claims.text.arabic.quantities import Quantities
from claims.text.tokens import tokenise


def numbers(text):
    tokens = tokenise(text)
    taken = {i for d in Dates(tokens, None).find() for i in range(d.first, d.last)}
    return [n for q in Quantities(tokens, taken).find() for n in _number(q)]


COMPOUNDS = [
    ("شُرّد مليون ونصف المليون من سكان الوادي", [1_500_000]),
    ("بكلفة مليونين ونصف المليون دينار", [2_500_000]),
    ("ثلاثة ملايين وخمسمئة ألف ليتر", [3_500_000]),
    ("3 ملايين ونصف مليون ليتر", [3_500_000]),
    ("ربع مليون شجرة احترقت", [250_000]),
    ("سُجلت ألف و750 عائلة", [1750]),
    ("تضرر ألفا ومئتا بيت", [1200]),
    ("وصل ألفا متطوع", [2000]),
    ("مئة وواحد وعشرون عاملا", [121]),
    ("إحدى وأربعين شاحنة", [41]),
    ("تخطى سعر الكيس المائة وثلاثين ألف جنيه", [130_000]),
    ("يناهز المئة والسبعين", [170]),
    ("بين 20 و25 ألف عائلة", [20_000, 25_000]),
    ("ما بين ثلاثة وأربعة آلاف", [3000, 4000]),
    ("بين خمسة وثمانية بحارة", [5, 8]),
    ("حراس ثلاثة", [3]),
    ("في الغارة الثانية خمسة عمال", [5]),
    ("يوما ونصف اليوم من القصف، وساعتين ونصف الساعة", [1.5, 2.5]),
    ("انقطع الماء نصف ساعة ثم ربع الساعة", [0.5, 0.25]),
    ("حتى السادسة ونصف", []),
    ("قُصف الحقل مرتين للمرة الثالثة", [2]),
    ("نُقل سائقَين وأوقف صيادين", [2]),
]
AGES = [
    ("أطفال دون الخامسة", [5]),
    ("من هم دون سن الثامنة عشرة", [18]),
    ("وهي خياطة في السابعة والأربعين", [47]),
    ("ابن الـ15 عاما", [15]),
    ("لم يتجاوز الرابعة عشرة", [14]),
    ("في العقد الرابع من عمره", []),
    ("نُقل رجل في السابعة مساء", []),
]
NO_NUMBERS = [
    "ثلاثة أرباع المحصول",
    "في اليوم الـ12 للحصار",
    "للمرة الـ30",
    "الذكرى الخمسين",
    "حتى الساعة الواحدة ظهرا",
    "عند الحادية عشرة وعشر دقائق",
    "عند الثامنة وخمس وعشرين دقيقة",
    "عند 3 فجرا",
    "بين الساعتين 3 و5 فجرا",
    "بين الساعتين الثالثة والخامسة",
    "اللواءين 16 و52",
    "المادتين 3 و4",
    "القرارات قرار 2254 و2401",
    "نشرت قناة الواحة 24 الإخبارية",
    "للسويداء 24",
    "مجموعة العشرين",
    "قاذف آر بي جي 7",
    "اتفاق 2015 النووي، ورؤية 2030 السعودية",
    "بين 2011 و2015، ومن 1998 إلى 2003",
    "قرار مجلس الأمن 1701، والقرار الدولي 2231",
    "لواء المشاة 55 والكتيبة المدرعة 12",
    "مروحية مي 8 ومقاتلة سو 24",
    "صواريخ سكود 2",
    "الفصيل 313 في المربع 12",
    "منذ حرب 73",
    "من عائلة واحدة",
    "في آن واحد",
    "بضع عشرة قرية",
    "عشرات الآلاف",
]


@pytest.mark.parametrize(("text", "values"), [*COMPOUNDS, *AGES])
def test_numbers_in_words_and_mixed(text, values):
    assert numbers(text) == values


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_counts_nothing(text):
    assert numbers(text) == []


def test_a_count_after_a_medium_is_no_part_of_its_name():
    assert numbers("ذكرت وكالة النور أن 30 من العمال أضربوا، ونقل موقع النور عن 12 منهم") == [30, 12]


def test_counts_that_look_like_years_are_counts_where_something_is_counted():
    assert numbers("قتل 2000 شخص، وبين 2000 و2050 خيمة، وتضرر 1950 من البيوت") == [2000, 2000, 2050, 1950]


def test_what_a_weapon_does_is_no_model():
    assert numbers("صواريخ أصابت 5 منازل، وطائرات مسيرة 5") == [5, 5]


def test_plurals_with_the_article_and_a_number_are_counted():
    assert numbers("خلال الساعات الـ24 الماضية، والجرحى الـ17، والغارات الأربع") == [24, 17, 4]


DUALS = [
    ("أطلق صاروخي كروز", [2]),
    ("أوقفوا صهريجَي مياه", [2]),
    ("بقذيفتي هاون", [2]),
    ("أحرقت ناقلتا جند", [2]),
    ("إصابة جنديي حراسة", [2]),
    ("مقتل طفليها وجدتها", [2]),
    ("إن الصاروخين سقطا في البحر", [2]),
    ("نُقل الطفلان إلى المشفى", [2]),
    ("شوهد مسلحان قرب الجسر", [2]),
    ("إن مسعفين كانا في المكان أصيبا", [2]),
    ("صهريجين اثنين", [2]),
    ("هجومين بطائرتين مسيرتين", [2, 2]),
    ("جثتان مجهولتا الهوية", [2]),
    ("عمرها سنتان", [2]),
    ("قتيلان وطقمان ومدفع", [2, 2]),
]
NO_DUALS = [
    "هجوم صاروخي عنيف",
    "قصف مدفعي وصاروخي عنيف",
    "غارات أصابتا المحولات",
    "وقف النار بين الطرفين",
    "حالة أحد الطفلين حرجة",
    "لم يكن أي من القتيلين مقاتلا",
    "لقاء بين الرئيسين",
    "نقيب الصيادين",
    "مسلحين مجهولين أوقفوا الحافلة",
    "متأثرتين بجراحهما",
    "مدفعية المركز ومركزية القرار",
    "مسؤولين أجانب",
]


@pytest.mark.parametrize(("text", "values"), DUALS)
def test_duals_of_things_counted_are_two(text, values):
    assert numbers(text) == values


@pytest.mark.parametrize("text", NO_DUALS)
def test_words_that_only_look_like_duals_or_name_a_known_pair(text):
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("صاروخين", "rocket"),
        ("أطلق صاروخي كروز", "rocket"),
        ("الغارتان", "strike"),
        ("قذيفتي هاون", "shell"),
        ("أوقفوا صهريجي مياه", "صهريج"),
    ],
)
def test_a_dual_counts_the_same_thing_in_every_form(text, unit):
    (found,) = Quantities(tokenise(text)).find()
    assert found.unit == unit
