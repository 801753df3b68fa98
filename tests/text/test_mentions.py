"""Places in running text: what is found, as which entry, and which words that look like places are none."""

import pytest

from claims.text.mentions import find_places

KNOWN = [
    ("سقطت قذيفتان بدير حافر أمس", [("دير حافر", "deir-hafir")]),
    ("وصلت القافلة إلى عطبرة والدامر", [("عطبرة", "atbara"), ("الدامر", "damer")]),
    ("أُغلق الطريق للسويداء", [("سويداء", "suwayda")]),
    ("حلقت طائرة فوق مدينة الباب", [("مدينة الباب", "al-bab")]),
    ("حلقت طائرة فوق بلدة تادف", [("بلدة تادف", "tadif")]),
    ("اشتباكات في ريف دير الزور الشرقي", [("ريف دير الزور الشرقي", "deir-ez-zor-gov")]),
    ("قصف قرب قاعدة عين الأسد", [("قاعدة عين الأسد", "ayn-al-asad")]),
    ("عاد الأهالي إلى محيط الميادين", [("الميادين", "mayadin")]),
    ("سقط صاروخ جنوب العاصمة صنعاء", [("العاصمة صنعاء", "sanaa")]),
    ("بين البوكمال والميادين", [("البوكمال", "abu-kamal"), ("الميادين", "mayadin")]),
    ("وصل الجرحى إلى مشفى صلخد", [("مشفى صلخد", "salkhad")]),
    ("Trucks stood at the Karem Abu Salem crossing", [("Karem Abu Salem crossing", "kerem-shalom")]),
    ("Shelling hit Deir el-Balah", [("Deir el-Balah", "deir-al-balah")]),
    ("a depot outside Rmaylan burned", [("Rmaylan", "rumaylan")]),
    ("Ukraine's east", [("Ukraine", "ukraine")]),
    ("fires in the western countryside of Daraa", [("western countryside of Daraa", "daraa-gov")]),
    ("fires in Daraa's western countryside", [("Daraa's western countryside", "daraa-gov")]),
    ("The road to Al Jabalain is cut", [("Al Jabalain", "jabalain")]),
]


@pytest.mark.parametrize(("text", "places"), KNOWN)
def test_a_place_that_is_known(text, places):
    found = find_places(text)
    assert [(one.surface, one.keys) for one in found] == [(name, (key,)) for name, key in places]
    assert all(text[one.start : one.end] == one.surface for one in found)


UNLISTED = [
    ("انفجر لغم في قرية تل السوس الشمالي", "قرية تل السوس الشمالي"),
    ("نزحت عائلات من بلدة الغزلانة", "بلدة الغزلانة"),
    ("قُطعت المياه عن قضاء الزهور", "قضاء الزهور"),
    ("هبطت مروحية في مطار تادف", "مطار تادف"),
    ("سُرقت كابلات من قرى الريف الغربي", "الريف الغربي"),
    ("عبرت القافلة الحدود السورية اللبنانية", "الحدود السورية اللبنانية"),
    ("نُقل المصابون إلى ميناء لازورد", "ميناء لازورد"),
    ("احترق مستودع في قرية كراسنوياما", "قرية كراسنوياما"),
    ("اشتباكات في ناحية الزهيرية", "ناحية الزهيرية"),
    ('توقف الضخ في حقل "كاني روش الغربي"', 'حقل "كاني روش الغربي'),
    ("نُصب حاجز عند تقاطع زهران", "تقاطع زهران"),
    ("وصلت التعزيزات إلى جبهة الرمليان", "جبهة الرمليان"),
    ("سقط صاروخ على مصنع السكر", "مصنع السكر"),
    ("سقطت قذيفة شرق القرية", "شرق القرية"),
    ("وصلوا إلى بلدة سليلة", "بلدة سليلة"),
    ("انتشر الجنود جنوب غربي المحافظة", "جنوب غربي المحافظة"),
    ("تصاعد الدخان من محيط القلعة القديمة", "محيط القلعة القديمة"),
    ("أصابت الغارة مدخل المسجد الملاصق", "مدخل المسجد الملاصق"),
    ("تجول الجنود في القرى المجاورة", "القرى المجاورة"),
    ("سقطت الشظايا في الأراضي الزراعية", "الأراضي الزراعية"),
    ("أُغلق المطار القديم", "المطار القديم"),
    ("فرّ المهربون باتجاه زرعوان.", "زرعوان"),
    ("A mine exploded in the village of Marabda", "Marabda"),
    ("A drone fell near Ghaslaniya on Monday", "Ghaslaniya"),
    ("Troops swept the Zuhur mountains", "Zuhur mountains"),
]


@pytest.mark.parametrize(("text", "name"), UNLISTED)
def test_a_place_that_a_head_gives_away_is_given_as_written_and_not_placed(text, name):
    (found,) = find_places(text)
    assert (found.surface, found.keys) == (name, ())


def test_several_names_after_one_head_are_several_places():
    found = find_places("توزعت الخروق على جبهات رغوان والفاخر وزبتار")
    assert [one.surface for one in found] == ["رغوان", "الفاخر", "زبتار"]


def test_a_market_called_after_a_country_is_not_in_it():
    (found,) = find_places("في سوق ليبيا")
    assert (found.surface, found.keys) == ("سوق ليبيا", ())


NONE = [
    "نفت وزارة الدفاع السورية ذلك",
    "قال البيت الأبيض إنه يتابع",
    "تنشر قسد صور القتلى دائماً",
    "انتشرت الصور على المنصات",
    "المدفعية دوماً أقرب",
    "وقال عمر الحلبي إنه رأى ذلك",
    "حماة الوطن هم الشعب",
    "سيُعقد اللقاء بعد المغرب",
    "كانت معركة عنيفة",
    "وهو بصدد الرد عنه",
    "حضر الوزير الجلسة وحرض عليها",
    "أكد ذلك مصدر من قوات سوريا الديمقراطية",
    "في بلدة حدودية صغيرة",
    "زرعوا حقل ألغام",
    "وأعلنت للمنطقة قوله",
    "في مدينة سورية صغيرة",
    "في قرية كانت آمنة",
    "في مدينة لم تشهد قتالا",
    "في بلدة بعيدة",
    "داخل مطار عسكري",
    "في مناطق متفرقة",
    "ابتعدوا عن مناطق التوتر",
    "على جبهات القتال ومحاور عدة",
    "في السوق السوداء والقطاع الخاص",
    "وصل المدينة الأحد",
    "تجاوز حاجز المئة",
    "مدرسة تؤوي عائلات",
    "مصنع أدوية",
    "كسرت القوات الهجوم",
    "He reached Monday's deadline in May",
    "A hit, a bara and an acre",
    "State news agency SANA said so",
    "in Hamas custody",
    "The State Duma voted",
    "She spoke to Al Jazeera",
]


@pytest.mark.parametrize("text", NONE)
def test_words_that_only_look_like_a_place_are_none(text):
    assert find_places(text) == ()


@pytest.mark.parametrize("name", ["صيدا", "المنصورة", "البيضاء", "Mansoura"])
def test_a_name_that_places_share_asks(name):
    (found,) = find_places(f"إلى {name}")
    assert found.ambiguous


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("شرقي حلب", True),
        ("في حلب", False),
        ("north of Aleppo", True),
        ("20 km from Aleppo", True),
        ("في الأراضي الزراعية", True),
        ("في القلعة القديمة", True),
        ("في بلدة الغزلانة", False),
    ],
)
def test_a_place_that_only_says_where_another_lies_is_marked(text, beside):
    (found,) = find_places(text)
    assert found.beside is beside
