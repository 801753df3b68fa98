"""ClaimReview: our words, their origin, and no number for what nobody knows."""

import json

import pytest

from claims.markup.claimreview import Newsroom, Reviewed, Speaker, claim_review, data_feed, embedded

US = Newsroom("Factcheck", "https://fc.example.org/en/")


def fact(**changed):
    facts = {
        "url": "https://fc.example.org/en/verdicts/two-blasts-1a2b3c/",
        "lang": "en",
        "claim": "Two blasts hit the field.",
        "value": "unverified",
        "explanation": "One outlet only.",
        "published_at": "2026-11-01T10:00:00+00:00",
        "modified_at": "2026-11-02T10:00:00+00:00",
        "origin": Speaker("Oleg Yegorov", "official"),
    }
    return Reviewed(**{**facts, **changed})


def test_unverified_is_a_word_without_a_number():
    rating = claim_review(fact(), US)["reviewRating"]
    assert rating["alternateName"] == "Unverified"
    assert not {"ratingValue", "bestRating", "worstRating"} & set(rating)


@pytest.mark.parametrize(("value", "number"), [("confirmed", 5), ("denied", 1)])
def test_the_settled_values_stand_on_the_scale(value, number):
    rating = claim_review(fact(value=value), US)["reviewRating"]
    assert (rating["ratingValue"], rating["bestRating"], rating["worstRating"]) == (number, 5, 1)


def test_the_author_is_us_and_the_claim_is_the_origins():
    review = claim_review(fact(), US)
    assert review["author"]["name"] == "Factcheck"
    assert review["itemReviewed"]["author"] == {"@type": "Person", "name": "Oleg Yegorov"}


def test_the_word_is_in_the_language_of_the_page():
    assert claim_review(fact(lang="ar"), US)["reviewRating"]["alternateName"] == "غير متحقَّق منه"


def test_nothing_in_a_claim_leaves_its_script_element():
    text = embedded(claim_review(fact(claim="</script><script>alert(1)</script>\u2028&"), US))
    assert "<" not in text and ">" not in text and "&" not in text and "\u2028" not in text
    assert json.loads(text)["claimReviewed"].startswith("</script>")


def test_a_feed_holds_every_review():
    feed = data_feed([claim_review(fact(), US)], US, "2026-11-02T10:00:00+00:00")
    assert [item["item"]["@type"] for item in feed["dataFeedElement"]] == ["ClaimReview"]
