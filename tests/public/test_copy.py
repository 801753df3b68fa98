"""Public copies of evidence: by a random name, while a verdict that stands cites them, and never otherwise."""

from io import BytesIO

import pytest
from PIL import Image

from claims.actions import evidence
from claims.models import Derivative, DerivativeKind
from tests import make

pytestmark = pytest.mark.django_db
SECRET = "PRIVATE-SERIAL-0815"


def a_picture():
    made, exif = BytesIO(), Image.Exif()
    exif[0x010F] = SECRET
    Image.new("RGB", (300, 200), "#775533").save(made, "JPEG", exif=exif)
    return made.getvalue()


def with_picture(amal, **fields):
    claim = make.a_checkable_claim(amal)
    item = evidence.attach_file(
        actor=amal, claim_id=claim.pk, chunks=[a_picture()], file_name="my-phone.jpg", fields=fields
    )
    make.run_jobs("evidence.examine")
    return claim, item


def cited(amal, basim):
    claim, item = with_picture(amal, title_en="A picture")
    return make.published(amal, basim, claim, evidence_ids=[item.pk]), item


def body(answer):
    return b"".join(answer.streaming_content)


def copy_of(item, kind=DerivativeKind.PUBLIC):
    return Derivative.objects.get(capture__evidence=item, kind=kind)


def test_a_cited_picture_is_shown_without_what_the_file_knew(client, amal, basim):
    made, item = cited(amal, basim)
    address = f"/media/{copy_of(item).token}"
    assert address in client.get(f"/en/verdicts/{made.slug}/").content.decode()
    answer = client.get(address)
    assert answer.status_code == 200
    shown = body(answer)
    assert Image.open(BytesIO(shown)).size == (300, 200) and SECRET.encode() not in shown


def test_it_can_do_nothing_and_says_nothing(client, amal, basim):
    _made, item = cited(amal, basim)
    headers = client.get(f"/media/{copy_of(item).token}").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert headers["X-Content-Type-Options"] == "nosniff"
    capture = item.captures.get()
    inner = [str(item.pk), str(capture.pk), capture.sha256, copy_of(item).sha256, "my-phone"]
    assert [each for each in inner if each in str(headers)] == []


def test_it_is_kept_for_no_longer_than_a_withdrawal_may_wait(client, amal, basim):
    _made, item = cited(amal, basim)
    assert (
        client.get(f"/media/{copy_of(item).token}").headers["Cache-Control"]
        == "public, max-age=60, immutable"
    )


def test_who_has_it_already_is_told_so(client, amal, basim):
    _made, item = cited(amal, basim)
    address = f"/media/{copy_of(item).token}"
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_before_publication_it_is_404_even_for_who_knows_its_name(client, amal):
    _claim, item = with_picture(amal)
    token = copy_of(item).token
    client.force_login(amal)
    assert client.get(f"/media/{token}", headers={"If-None-Match": f'"{token}"'}).status_code == 404


def test_evidence_that_no_verdict_cites_is_404(client, amal, basim):
    claim, item = with_picture(amal)
    make.published(amal, basim, claim)
    assert client.get(f"/media/{copy_of(item).token}").status_code == 404


def test_a_thumbnail_of_the_desk_is_404(client, amal, basim):
    _made, item = cited(amal, basim)
    assert client.get(f"/media/{copy_of(item, DerivativeKind.THUMBNAIL).token}").status_code == 404


def test_by_its_hash_it_is_404(client, amal, basim):
    _made, item = cited(amal, basim)
    names = [
        copy_of(item).sha256,
        item.captures.get().sha256,
        str(item.pk),
        "..%2f..%2fetc%2fpasswd",
        "x" * 5000,
    ]
    assert {client.get(f"/media/{name}").status_code for name in names} == {404}


def test_a_withdrawn_verdict_takes_its_pictures_with_it(client, amal, basim):
    made, item = cited(amal, basim)
    make.withdrawn(amal, basim, made)
    answer = client.get(
        f"/media/{copy_of(item).token}", headers={"If-None-Match": f'"{copy_of(item).token}"'}
    )
    assert answer.status_code == 410


def test_a_correction_that_cites_it_no_more_takes_it_away(client, amal, basim):
    made, item = cited(amal, basim)
    make.corrected(amal, basim, made)
    token = copy_of(item).token
    assert client.get(f"/media/{token}").status_code == 404
    assert token not in client.get(f"/en/verdicts/{made.slug}/history/1/").content.decode()


def test_the_time_an_editor_sent_it_in_is_not_told(client, amal, basim):
    made, item = cited(amal, basim)
    day = item.captures.get().captured_at
    whole = client.get(f"/api/v1/verdicts/{made.slug}").json()
    assert "captured_at" not in str(whole["evidence"])
    page = client.get(f"/en/verdicts/{made.slug}/").content.decode()
    # On a quick machine it is sent in and published within one second, which the page tells.
    assert day.isoformat()[:19] not in page.replace(made.published_at.isoformat()[:19], "")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_looked_at(client, db, method):
    assert getattr(client, method)("/media/anything").status_code == 405
