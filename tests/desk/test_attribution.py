"""The chain editor: several chains, sources by any name in either script, new ones on the spot."""

import pytest
from django.urls import reverse

from claims.actions import attribution, source
from claims.actions import claim as claims
from claims.models import Attribution, Claim, Source
from tests import make
from tests.desk.cast import page

pytestmark = pytest.mark.django_db


def hops(*names: str, version: int, **fields: str) -> dict[str, str]:
    rows = {f"hop-{n}-name": name for n, name in enumerate(names)}
    total = {"hop-TOTAL_FORMS": str(len(names)), "hop-INITIAL_FORMS": "0", "version": str(version)}
    return {**total, **rows, **{name.replace("_0_", "-0-"): value for name, value in fields.items()}}


def chain(claim: Claim) -> list[str]:
    return [hop.source.name_en or hop.source.name_ar for hop in claim.attributions.order_by("-hop")]


@pytest.fixture
def sputnik(amal):
    made = make.a_source(amal, "Sputnik", name_ar="سبوتنيك")
    source.add_alias(actor=amal, source_id=made.pk, name="وكالة سبوتنيك الروسية")
    return made


@pytest.mark.parametrize("name", ["sputnik", "سبوتنيك", "وكالة سبوتنيك الروسية", "SPUTNIK "])
def test_a_source_is_known_by_any_of_its_names(as_amal, amal, sputnik, name):
    claim = make.a_claim(amal)
    path = reverse("desk:chain-new", args=[claim.pk])
    assert as_amal.post(path, hops(name, version=claim.version)).status_code == 302
    assert chain(claim) == ["Sputnik"]


def test_the_picker_finds_aliases_in_both_scripts(as_amal, sputnik):
    for text in ("سبوتنيك", "sput", "الروسيه"):
        assert 'value="Sputnik"' in page(as_amal, reverse("desk:source-names") + f"?hop-0-name={text}")


def test_an_unknown_name_asks_what_it_is_and_keeps_the_row(as_amal, amal, sputnik):
    claim = make.a_claim(amal)
    answer = as_amal.post(
        reverse("desk:chain-new", args=[claim.pk]), hops("Sputnik", "Oleg Yegorov", version=claim.version)
    )
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Oleg Yegorov" in body
    assert "No source of the registry has this name" in body
    assert not Attribution.objects.exists()


def test_a_new_source_is_made_on_the_spot(as_amal, amal, sputnik):
    claim = make.a_claim(amal)
    data = hops("Sputnik", "أوليغ يغوروف", version=claim.version) | {"hop-1-new_kind": "official"}
    as_amal.post(reverse("desk:chain-new", args=[claim.pk]), data)
    made = Source.objects.get(name_ar="أوليغ يغوروف")
    assert (made.kind, chain(claim)) == ("official", ["Sputnik", "أوليغ يغوروف"])


def test_an_unnamed_source_belongs_to_the_document(as_amal, amal):
    document = make.a_document(amal, "Local sources heard it.", lang="en")
    claim = claims.log_claim(actor=amal, fields={}, document=document, span=(0, 23))
    data = hops("local sources", version=claim.version) | {"hop-0-new_kind": "unnamed"}
    as_amal.post(reverse("desk:chain-new", args=[claim.pk]), data)
    assert Source.objects.get(kind="unnamed").document == document


def test_changing_a_chain_keeps_the_passage_it_was_read_from(as_amal, amal, sputnik):
    document = make.a_document(amal, "Sputnik reported it.", lang="en")
    claim = claims.log_claim(actor=amal, fields={}, document=document, span=(0, 20))
    hop = attribution.Hop(source=sputnik, document=document, span=(0, 7), surface="Sputnik")
    claim = attribution.add_chain(actor=amal, claim_id=claim.pk, version=claim.version, hops=[hop])
    row = claim.attributions.get()
    data = hops("Sputnik", version=claim.version, hop_0_hop=str(row.pk), hop_0_stance="denies")
    data |= {"hop-INITIAL_FORMS": "1", "hop-0-source_id": str(sputnik.pk)}
    as_amal.post(reverse("desk:chain-edit", args=[claim.pk, row.pk]), data)
    kept = claim.attributions.get()
    assert (kept.stance, kept.verbatim, kept.document) == ("denies", "Sputnik", document)


def test_a_chain_is_removed(as_amal, amal):
    claim = make.a_checkable_claim(amal)
    row = claim.attributions.get()
    data = hops(version=claim.version) | {"remove": "1"}
    as_amal.post(reverse("desk:chain-edit", args=[claim.pk, row.pk]), data)
    assert not claim.attributions.exists()


def test_a_stale_chain_answers_409_keeps_it_and_makes_no_source(as_amal, amal, dina, sputnik):
    claim = make.a_claim(amal)
    data = hops("Sputnik", "Fresh Name", version=claim.version) | {"hop-1-new_kind": "official"}
    claims.edit_claim(actor=dina, claim_id=claim.pk, version=claim.version, fields={"place": "x"})
    answer = as_amal.post(reverse("desk:chain-new", args=[claim.pk]), data)
    assert answer.status_code == 409
    assert "Fresh Name" in answer.content.decode()
    assert not Source.objects.filter(name_en="Fresh Name").exists()


@pytest.mark.parametrize(
    ("names", "more"),
    [
        ([], {}),
        (["Sputnik", "سبوتنيك"], {}),
        (["Sputnik"], {"hop-0-said_on": "1700-01-01"}),
        (["Sputnik"], {"hop-0-url": "javascript:alert(1)"}),
        (["Sputnik"], {"hop-0-stance": "shouts"}),
        (["Sputnik"], {"hop-TOTAL_FORMS": "400"}),
    ],
)
def test_bad_chains_are_refused(as_amal, amal, sputnik, names, more):
    claim = make.a_claim(amal)
    data = hops(*names, version=claim.version) | more
    assert as_amal.post(reverse("desk:chain-new", args=[claim.pk]), data).status_code == 422
    assert not claim.attributions.exists()


def test_a_hop_of_another_claim_is_not_found(as_amal, amal):
    claim, other = make.a_checkable_claim(amal, "One."), make.a_checkable_claim(amal, "Two.")
    path = reverse("desk:chain-edit", args=[claim.pk, other.attributions.get().pk])
    assert as_amal.get(path).status_code == 404
