"""The reading engine from outside: spans, chains, stance, references, furniture, and what it survives."""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.text.read import guess_lang, read, read_parts
from claims.text.registry import KnownSource

DAY = date(2022, 10, 23)


def claims(text, published_on=DAY, **kwargs):
    return read(text, published_on=published_on, **kwargs).proposals


def chain(p):
    return [v.surface for v in p.chain]


CHAINS = [
    ("وقال “المرصد السوري لحقوق الإنسان“، إنه رصد دوي خمسة انفجارات.", ["المرصد السوري لحقوق الإنسان"]),
    ("خلية الإعلام الأمني أكدت أن الهجوم وقع فجرا.", ["خلية الإعلام الأمني"]),
    ("وأفادت شبكة “عين الفرات” المحلية بدوي انفجارين في الحقل.", ["شبكة “عين الفرات” المحلية"]),
    (
        "وبحسب ما نقلته سانا، مساء السبت، عن مصادر محلية، فإن انفجارات دوت قرب القاعدة.",
        ["سانا", "مصادر محلية"],
    ),
    (
        "قُتل ستة عسكريين في الهجوم، وفق ما أفاد مصدر عسكري لوكالة فرانس برس.",
        ["وكالة فرانس برس", "مصدر عسكري"],
    ),
    ("أصيب 71 شخصا، بحسب ما أفاد مصدر طبي وكالة فرانس برس.", ["وكالة فرانس برس", "مصدر طبي"]),
    ("ونقلت رويترز عن مصدرين مطلعين قولهما إن الضربة استهدفت اجتماعا.", ["رويترز", "مصدرين مطلعين"]),
    ("وقال مصدر في الجيش للجزيرة، إن الجيش صد الهجوم.", ["الجزيرة", "مصدر في الجيش"]),
    ("سقط أربعة قتلى، على ما أعلنت السلطات المحلية.", ["السلطات المحلية"]),
    ("الدفاع المدني السوري: مقتل 4 مدنيين في غارات على مدينة إدلب.", ["الدفاع المدني السوري"]),
    ("وجاء في بيان وزارة الدفاع أن الدفاعات أسقطت 20 مسيّرة.", ["وزارة الدفاع"]),
    ("وأعلنت وكالة مهر، نقلا عن مسؤول محلي، أن الانفجار وقع ليلا.", ["وكالة مهر", "مسؤول محلي"]),
    ("Two people were killed, the Israeli military said.", ["the Israeli military"]),
    ("A witness told Al Jazeera that four missiles hit the complex.", ["Al Jazeera", "A witness"]),
    ("According to SANA, citing a military source, two people were killed.", ["SANA", "a military source"]),
    ("Its director, Rami Abdel Rahman, told AFP that a strike hit the base.", ["AFP", "Rami Abdel Rahman"]),
    ("CENTCOM: U.S. forces struck a weapons storage facility in Syria.", ["CENTCOM"]),
    ("“It was a shell,” said Fares Afana, a senior official in Gaza.", ["Fares Afana"]),
]


@pytest.mark.parametrize(("text", "expected"), CHAINS)
def test_the_chain_of_a_sentence_is_read_outermost_first(text, expected):
    (claim,) = claims(text)
    assert chain(claim) == expected


STANCES = [
    ("ونفت إسرائيل أن تكون وراء القصف.", "denies"),
    ("ولا صحة لما تردد عن تسرب إشعاعي، بحسب الوكالة الدولية للطاقة الذرية.", "denies"),
    ("ولم يصدر عن قوات التحالف أي تأكيد أو نفي للحادثة.", "no_comment"),
    ("وامتنع الجيش الإسرائيلي عن التعليق على الضربة.", "no_comment"),
    ("ولم تتبن أي جهة مسؤولية الهجوم حتى الآن.", "no_comment"),
    ("ورجحت شبكة نهر ميديا أن تكون الطائرات تابعة للتحالف.", "estimates"),
    ("The Israeli military declined to comment on the report.", "no_comment"),
    ("Reuters could not independently verify the account.", "no_comment"),
    ("The AP couldn't independently verify the toll.", "no_comment"),
    ("Moscow denied that it had struck the hospital.", "denies"),
    ("US intelligence agencies estimated the toll at 100.", "estimates"),
]


@pytest.mark.parametrize(("text", "stance"), STANCES)
def test_denial_silence_and_estimate_are_told_apart(text, stance):
    (claim,) = claims(text)
    assert claim.stance == stance


NO_CLAIMS = [
    "ودعت وزارة الخارجية السورية مجلس الأمن إلى إدانة الاعتداءات.",
    "وحذر رئيس الوزراء من مغبة هذه الهجمات على البلاد.",
    "وقال نتنياهو إن إيران ستدفع ثمنا باهظا.",
    "هل يصمد وقف إطلاق النار هذه المرة؟",
    "اقرأ أيضا: قتلى باقتتال بين فصائل في ريف حلب",
    "صورة أرشيفية لشاحنات على الحدود السورية العراقية (رويترز)",
    "المشاهدات: 1,243",
    "ونقلت سيارات الإسعاف الجرحى إلى المستشفى الوطني؟",
    "UN Secretary-General Antonio Guterres called for an immediate ceasefire.",
    "Photo: A U.S. Army vehicle in north-east Syria (AP/File)",
    "What happens next for the people of the town?",
]


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_calls_threats_questions_and_furniture_are_not_proposed(text):
    assert claims(text) == ()


def test_one_sentence_with_a_report_and_an_estimate_is_two_claims():
    first, second = claims(
        "وأفادت شبكة “عين الفرات” بدوي انفجارين في الحقل، مرجحة كونها قذائف صاروخية من الغرب."
    )
    assert (first.stance, second.stance) == ("asserts", "estimates")
    assert chain(first) == chain(second)


def test_a_dropped_subject_goes_to_whoever_spoke_last():
    _, second = claims("قال المتحدث أحمد النور إن القصف مستمر.\nوأضاف أن الحصار يخنق مدينة الفاشر.")
    assert chain(second) == ["المتحدث أحمد النور"]
    assert second.chain[0].start is None


def test_the_agency_points_back_by_kind_and_not_by_nearness():
    text = "ذكرت وكالة مهر أن المروحية تحطمت.\nوقال مصدر محلي إن الطقس كان سيئا.\nوأضافت الوكالة أن الفرق وصلت فجرا."
    assert chain(claims(text)[-1]) == ["وكالة مهر"]


def test_he_and_it_point_to_a_person_and_to_a_body():
    text = "The health ministry said 12 people died. Governor Serhiy Lysak said a house burned. It said 3 were wounded."
    assert chain(claims(text)[-1]) == ["The health ministry"]


def test_a_quotation_that_runs_on_keeps_its_speaker():
    text = '"The shell hit the house," the governor said. "Two people were wounded there."'
    assert [chain(c) for c in claims(text)] == [["the governor"], ["the governor"]]


def test_an_embedded_post_joins_the_sentence_that_tells_it():
    text = (
        "قالت شبكة عين الفرات إن ثلاث شاحنات ذخيرة دخلت من معبر القائم إلى البوكمال برفقة حراسة مشددة.\n"
        "دخول 3 شاحنات ذخيرة من معبر #القائم إلى #البوكمال برفقة حراسة مشددة.\n"
        "— عين الفرات (@EyeofEuphrates1) October 25, 2022\n"
    )
    (claim,) = claims(text)
    (again,) = claim.appearances
    assert text[again.start : again.end].startswith("دخول 3 شاحنات")


def test_the_time_of_saying_is_not_the_time_of_the_event():
    (claim,) = claims("أفاد مصدر أمني لوكالة شفق نيوز، اليوم الأحد، بسقوط طائرة مسيّرة داخل المعسكر.")
    assert claim.event is None
    assert claim.said.iso() == "2022-10-23"


def test_the_time_of_the_event_is_kept():
    (claim,) = claims("Two people were killed on Friday, the army said on Saturday.")
    assert claim.event.iso() == "2022-10-21"


def test_an_event_counted_from_another_is_dated_by_it():
    text = (
        "دوت انفجارات في القاعدة مساء السبت 22 من تشرين الأول.\n"
        "يأتي الاستهداف بعد يوم من قصف إسرائيلي استهدف دمشق، بحسب سانا."
    )
    event = claims(text)[-1].event
    assert event.iso() == "2022-10-21"
    assert "inferred" in event.notes


def test_without_a_publication_date_the_reading_asks_for_one():
    reading = read("قُتل ثلاثة أشخاص أمس في القصف على البلدة.", published_on=None)
    assert reading.needs_date
    assert reading.proposals[0].event.precision == "unresolved"


def test_a_new_source_is_proposed_with_its_kind_where_none_fits():
    (claim,) = claims("وقالت شبكة الضفاف المحلية إن القصف أصاب السوق.")
    voice = claim.chain[0]
    assert voice.source_key is None
    assert voice.kind == "local_network"


def test_an_unnamed_voice_is_marked():
    (claim,) = claims("وقال مصدر أمني إن القصف أصاب السوق.")
    assert claim.chain[0].unnamed


def test_an_own_registry_is_matched_instead():
    own = [KnownSource("diffa", "Al-Diffa", "الضفاف", ("شبكة الضفاف",), kind="local_network")]
    (claim,) = claims("وقالت شبكة الضفاف إن القصف أصاب السوق.", sources=own)
    assert claim.chain[0].source_key == "diffa"


@pytest.mark.parametrize(
    "relay", ["", "وبحسب ما نقلته وكالة سبوتنيك عن المرصد السوري، فإن ", "قال المرصد السوري لرويترز إن "]
)
def test_adding_a_relay_never_changes_the_origin(relay):
    body = relay or "قال المرصد السوري إن "
    (claim,) = claims(body + "القصف طال مدرج المطار.")
    assert claim.chain[-1].source_key == "sohr"


def test_parts_say_the_same_as_the_whole_and_end_at_one():
    text = "قال الجيش إن القصف أصاب السوق.\n" * 40
    parts = list(read_parts(text, published_on=DAY))
    assert parts[-1].done == 1.0
    assert [p.done for p in parts] == sorted(p.done for p in parts)
    assert tuple(p for part in parts for p in part.proposals) == claims(text)


def test_the_language_is_decided_by_the_letters():
    assert guess_lang("قال CENTCOM إن الضربة وقعت") == "ar"
    assert guess_lang("SANA (سانا) said the strike hit the town") == "en"


WORDS = "قال أن ، : . «»“” السبت 22 من تشرين لوكالة رويترز عن بحسب لم ولا 5 خمسة said told , that ( ) — @x\n"
LETTERS = st.sampled_from(WORDS.split(" "))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(st.text(max_size=400), st.lists(LETTERS, max_size=80).map(" ".join)),
    st.sampled_from(["ar", "en", None]),
)
def test_spans_always_slice_back_and_nothing_fails(text, lang):
    for claim in read(text, published_on=DAY, lang=lang).proposals:
        assert 0 <= claim.start < claim.end <= len(text)
        for part in (*claim.quantities, *claim.places, *claim.appearances):
            assert text[part.start : part.end]
        for voice in claim.chain:
            assert voice.start is None or text[voice.start : voice.end]


CORPUS = Path(__file__).parents[1] / "data/reading/tuned"
WORDS_OF_NEWS = sorted(
    {word for path in CORPUS.glob("*.json") for word in json.loads(path.read_text())["text"].split()}
)
MARKS = [*"،؛.:!؟?«»“”\"'()[]—-…#@/\n\t\u200f\u202b٣", "", " ", " ", " "]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.one_of(st.sampled_from(WORDS_OF_NEWS), st.sampled_from(MARKS)), max_size=60).map("".join),
    st.sampled_from(["ar", "en"]),
)
def test_words_of_news_in_any_order_with_any_marks_are_read(text, lang):
    for claim in read(text, published_on=DAY, lang=lang).proposals:
        assert 0 <= claim.start < claim.end <= len(text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "؛Aعن:00000:@"),
        ("ar", "عسكريا؛ ضبطتآزاد اشتباكات جرارين'؟ ! شمال المجمع “سجّلتفي41 - "),
        ("en", "Nine drones were shot down over the town, and."),
        ("en", "There was no way to verify by."),
    ],
    ids=["nobody cited before a colon", "nobody before a verb", "nothing after and", "nobody after by"],
)
def test_what_once_failed_is_read(lang, text):
    read(text, published_on=None, lang=lang)


@settings(max_examples=60, deadline=None)
@given(st.lists(LETTERS, min_size=5, max_size=80).map(" ".join))
def test_claims_stand_in_order_without_overlap(text):
    found = claims(text)
    assert all(a.end <= b.start for a, b in pairwise(found))


HOSTILE = [
    "\0",
    "\ud800",
    "\u202e",
    "ـ.",
    "، وقال المصدر إن ",
    "said, ",
    "ألف ",
    "(",
    "“",
    "\ufdfa",
    "ا\n",
    "a\u0301",
    "— a (@b) ",
    "A-",
]


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hundred_kilobytes_of_anything_end_in_bounded_time(piece, cpu_seconds):
    text = piece * (100_000 // len(piece))
    with cpu_seconds(15):
        read(text, published_on=DAY, lang="ar")


def test_time_grows_with_length_and_no_faster(cpu_time):
    text = "وقالت شبكة أطباء السودان إن 13 شخصا قتلوا في القصف، مشيرة إلى أن الحصيلة أولية.\n"
    small, large = text * 100, text * 2000
    claims(small)
    one = min(cpu_time(lambda: claims(small)) for _ in range(3)) / len(small)
    assert cpu_time(lambda: claims(large)) / len(large) < 2 * one


POINTED = [
    (
        "قالت الشرطة إن لغما انفجر في بلدة تادف.\nوقال التاجر سليم إن القصف على البلدة مستمر.",
        "البلدة",
        ("tadif",),
    ),
    (
        "قالت الشرطة إن لغما انفجر في معسكر الزهور.\nوقال التاجر سليم إن الجنود انسحبوا من المعسكر.",
        "المعسكر",
        (),
    ),
    (
        "قالت الشرطة إن لغما انفجر في عطبرة.\nوقال التاجر سليم إن القصف لم يبلغ وسط المنازل بالمدينة.",
        "المدينة",
        ("atbara",),
    ),
]


@pytest.mark.parametrize(("text", "surface", "keys"), POINTED)
def test_a_kind_of_place_stands_for_the_last_one_named(text, surface, keys):
    _, back = read(text, published_on=None).proposals
    (place,) = back.places
    assert (place.surface, place.keys) == (surface, keys)
    assert text[place.start : place.end] == surface


@pytest.mark.parametrize(
    "rest", ["مدير المستشفى وصل متأخرا", "سكان البلدة عادوا", "الحكومة أرسلت المساعدات إلى المخيم"]
)
def test_whoever_belongs_to_a_place_and_what_was_not_named_point_nowhere(rest):
    text = f"قالت الشرطة إن لغما انفجر في بلدة تادف.\nوقال التاجر سليم إن {rest}."
    assert read(text, published_on=None).proposals[-1].places == ()


def test_a_place_in_the_name_of_the_source_gives_way_to_where_it_happened():
    text = "قالت شبكة أطباء السودان إن قذيفة سقطت في بلدة تادف.\nوقال محافظ حمص إن الطريق أُغلق."
    first, second = read(text, published_on=None).proposals
    assert [p.surface for p in first.places] == ["بلدة تادف"]
    assert [p.surface for p in second.places] == ["حمص"]


def test_a_name_is_known_without_its_head_once_the_text_has_given_it():
    text = "قالت الشرطة إن لغما انفجر في بلدة تل الزعتران.\nوقال التاجر سليم إن تل الزعتران قُصفت مرتين."
    assert [p.surface for p in read(text, published_on=None).proposals[1].places] == ["تل الزعتران"]
