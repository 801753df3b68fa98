"""`extract_claims`: one JSON document, nothing else, and no row left behind."""

import json

import pytest
from django.core.management import CommandError, call_command

from claims.models import Document

TEXT = "\ufeffوأفادت شبكة “عين الفرات” المحلية بدوي انفجارين مساء السبت في الحقل.\n"


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8", newline="")
    return str(path)


def run(capsys, *args):
    call_command("extract_claims", *args)
    return json.loads(capsys.readouterr().out)


def test_it_prints_the_claims_of_a_file_as_one_document(article, capsys):
    (claim,) = run(capsys, article, "--json", "--published=2022-10-23", "--lang=ar")["claims"]
    assert TEXT[claim["start"] : claim["end"]].startswith("وأفادت")
    assert claim["attributed_to"] == ["شبكة “عين الفرات” المحلية"]
    assert claim["source_norm"] == "Ayn al-Furat"
    assert claim["numbers"] == [2]
    assert claim["event_date"] == "2022-10-22"


def test_an_empty_publication_date_is_an_unknown_one(article, capsys):
    (claim,) = run(capsys, article, "--json", "--published=")["claims"]
    assert claim["event_date"] is None


@pytest.mark.django_db
def test_it_leaves_no_row_behind(article, capsys, django_assert_num_queries):
    with django_assert_num_queries(0):
        run(capsys, article, "--json")
    assert not Document.objects.exists()


def test_a_missing_file_or_a_bad_date_is_an_error_and_prints_nothing(article, capsys):
    for args in (["nowhere.txt"], [article, "--published=yesterday"]):
        with pytest.raises(CommandError):
            call_command("extract_claims", *args, "--json")
    assert capsys.readouterr().out == ""
