"""The labelled corpus: well made, and read at least as well as promised on the part that was kept aside."""

import json
from datetime import date
from pathlib import Path

import pytest

from claims.text.read import read

CORPUS = Path(__file__).parent.parent / "data" / "reading"
ARTICLES = {part: sorted((CORPUS / part).glob("*.json")) for part in ("tuned", "aside")}


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def overlap(gold, claim):
    inner = min(gold["end"], claim.end) - max(gold["start"], claim.start)
    return inner / (max(gold["end"], claim.end) - min(gold["start"], claim.start)) if inner > 0 else 0.0


def f1(articles):
    hits = n_gold = n_found = 0
    for art in articles:
        found = read(
            art["text"], published_on=date.fromisoformat(art["published"]), lang=art["lang"]
        ).proposals
        must = [g for g in art["claims"] if not g.get("optional")]
        hits += sum(any(overlap(g, c) >= 0.5 for c in found) for g in must)
        n_gold += len(must)
        n_found += sum(
            not any(overlap(g, c) >= 0.5 for g in art["claims"] if g.get("optional")) for c in found
        )
    return 2 * hits / (n_gold + n_found)


def test_the_corpus_is_large_enough_and_a_third_is_kept_aside():
    langs = [load(p)["lang"] for paths in ARTICLES.values() for p in paths]
    assert langs.count("ar") >= 40
    assert langs.count("en") >= 15
    assert len(ARTICLES["aside"]) * 3 >= len(langs) - 2


@pytest.mark.parametrize("part", ["tuned", "aside"])
def test_every_annotated_span_gives_its_sentence_and_none_overlap(part):
    for path in ARTICLES[part]:
        art, last = load(path), 0
        for claim in art["claims"]:
            assert art["text"][claim["start"] : claim["end"]] == claim["sentence"], path.name
            assert claim["start"] >= last
            last = claim["end"]


@pytest.mark.parametrize(
    ("part", "lang"), [("tuned", "ar"), ("tuned", "en"), ("aside", "ar"), ("aside", "en")]
)
def test_claims_are_found_as_promised(part, lang):
    assert f1([a for p in ARTICLES[part] if (a := load(p))["lang"] == lang]) >= 0.88
