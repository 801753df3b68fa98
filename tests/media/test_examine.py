import json
import shutil
import subprocess
import time

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from claims.errors import Invalid
from claims.media.lookalike import Print
from claims.media.sandbox import Limits, run
from claims.media.sniff import sniff
from tests.media.make import png_bomb, saved, scene

TOOLS = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="no ffmpeg")


def examine(path, out):
    out.mkdir(exist_ok=True)
    kind = sniff(path)
    return run("examine", path, out=str(out), media_type=kind.media_type, kind=kind.kind)


def film(path, *options, source="testsrc=s=320x240:d=3:r=10"):
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", source, *options, "-y", str(path)], check=True
    )
    return path


def codes(result):
    return [f["code"] for f in result["facts"]["findings"]]


def test_a_picture_gives_facts_prints_and_a_thumbnail(tmp_path):
    (tmp_path / "p").write_bytes(saved(scene(1)))
    got = examine(tmp_path / "p", tmp_path / "out")
    assert (got["facts"]["width"], len(got["prints"]), len(got["mirrored"])) == (640, 17, 17)
    assert got["files"] == [{"name": "thumb.webp", "what": "thumbnail", "at": None}]
    assert Image.open(tmp_path / "out" / "thumb.webp").size == (480, 360)
    assert Print.from_json(got["prints"][0]).whole and json.dumps(got)


@TOOLS
@pytest.mark.parametrize("container", ["mp4", "mov", "mkv", "avi", "webm"])
def test_a_film_gives_container_facts_and_key_frames(tmp_path, container):
    codec = ["-c:v", "libvpx"] if container == "webm" else []
    path = film(
        tmp_path / f"f.{container}",
        *codec,
        "-metadata",
        "title=قصف",
        "-metadata",
        "creation_time=2018-01-13T19:10:05Z",
    )
    got = examine(path, tmp_path / "out")
    facts = got["facts"]
    assert (facts["width"], facts["height"]) == (320, 240) and 2.5 < facts["seconds"] < 3.5
    assert facts["streams"][0]["codec_type"] == "video"
    frames = [f for f in got["files"] if f["what"] == "frame"]
    assert [f["at"] for f in frames] == sorted(f["at"] for f in frames) and len(frames) >= 2
    assert len(got["prints"]) >= 17 * len(frames) and not list((tmp_path / "out").glob("*.jpg"))
    if container in ("mp4", "mov"):
        assert facts["taken"][0]["local"] == "2018-01-13T19:10:05" and facts["texts"]["title"] == "قصف"


@TOOLS
def test_a_film_with_a_place_gives_it(tmp_path):
    path = film(
        tmp_path / "f.mov",
        "-metadata",
        "com.apple.quicktime.location.ISO6709=+35.3345+040.1512+210.5/",
        "-movflags",
        "use_metadata_tags",
    )
    place = examine(path, tmp_path / "out")["facts"]["places"][0]
    assert (place["latitude"], place["longitude"], place["altitude_m"]) == (35.3345, 40.1512, 210.5)


@TOOLS
def test_sound_gives_facts_and_no_frames(tmp_path):
    got = examine(film(tmp_path / "s.mp3", source="sine=d=2"), tmp_path / "out")
    assert got["facts"]["streams"][0]["codec_name"] == "mp3" and got["files"] == []


@TOOLS
@pytest.mark.parametrize("share", [0.2, 0.6])
def test_c14_a_truncated_film_is_a_finding_and_not_a_failure(tmp_path, share):
    path = film(tmp_path / "f.mp4")
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert codes(examine(path, tmp_path / "out")) == ["tool-failed"]


@TOOLS
def test_d13_a_playlist_that_calls_itself_a_film_reaches_no_other_file(tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    path = tmp_path / "f.mp4"
    path.write_bytes(b"#EXTM3U\n#EXTINF:1,\nfile://" + str(tmp_path / "secret.txt").encode() + b"\n")
    got = run("examine", path, out=str(tmp_path), media_type="video/mp4", kind="video")
    assert codes(got) == ["tool-failed"]


def pdf(path, text="BT /F1 24 Tf 40 100 Td (Evidence 4711) Tj ET"):
    body = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text.encode()),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Title(A report)/Author(Desk)/Producer(Word 16)/CreationDate(D:20180113221005+03'00')>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(body, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    out += (
        b"xref\n0 7\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    )
    path.write_bytes(out)
    return path


def test_a_pdf_gives_metadata_pages_and_text(tmp_path):
    got = examine(pdf(tmp_path / "d.pdf"), tmp_path / "out")
    facts = got["facts"]
    assert (facts["n_pages"], facts["texts"]["title"], facts["texts"]["author"]) == (1, "A report", "Desk")
    assert facts["taken"] == [
        {"source": "PDF CreationDate", "local": "2018-01-13T22:10:05", "offset": "+03:00"}
    ]
    assert [f["what"] for f in got["files"]][:2] == ["thumbnail", "page"]
    if shutil.which("pdftotext"):
        assert "Evidence 4711" in (tmp_path / "out" / "text.txt").read_text()
    else:
        assert "tool-missing" in codes(got)


def test_a_pdf_saved_on_top_of_itself_is_a_finding(tmp_path):
    path = pdf(tmp_path / "d.pdf")
    writer = PdfWriter(PdfReader(path), incremental=True)
    writer.add_metadata({"/Title": "Another"})
    with (tmp_path / "e.pdf").open("wb") as file:
        writer.write(file)
    assert "pdf-revised" in codes(examine(tmp_path / "e.pdf", tmp_path / "out"))
    assert "pdf-revised" not in codes(examine(path, tmp_path / "out"))


def test_a_huge_pdf_page_is_drawn_small(tmp_path):
    path = pdf(tmp_path / "d.pdf")
    path.write_bytes(path.read_bytes().replace(b"[0 0 300 200]", b"[0 0 14400 14400]"))
    assert examine(path, tmp_path / "out")["files"][0]["name"] == "thumb.webp"


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.4\n" + b"\xff" * 3000 + b"%%EOF"])
def test_c14_a_broken_pdf_is_refused_by_name(tmp_path, data):
    (tmp_path / "d.pdf").write_bytes(data)
    with pytest.raises(Invalid) as refused:
        examine(tmp_path / "d.pdf", tmp_path / "out")
    assert refused.value.code == "unreadable-pdf"


def test_text_and_unknown_files_have_no_facts_and_do_no_harm(tmp_path):
    (tmp_path / "t").write_text("نص")
    assert examine(tmp_path / "t", tmp_path / "out")["files"] == []
    assert Limits().memory > 0


SECRET = b"SERIAL-4711-SECRET"


def planted_pdf(path):
    writer = PdfWriter(PdfReader(pdf(path)))
    writer.add_metadata({"/Author": SECRET.decode(), "/Subject": SECRET.decode()})
    writer.add_attachment("secret.txt", SECRET)
    with path.open("wb") as file:
        writer.write(file)
    return path


@TOOLS
@pytest.mark.parametrize("container", ["mp4", "mov", "mkv", "pdf"])
def test_c9_what_is_drawn_of_a_film_or_pdf_carries_none_of_its_metadata(tmp_path, container):
    path = tmp_path / f"x.{container}"
    told = [
        part
        for key in ("comment", "artist", "location", "make")
        for part in ("-metadata", f"{key}={SECRET.decode()}")
    ]
    planted_pdf(path) if container == "pdf" else film(path, *told)
    assert SECRET in path.read_bytes()
    examine(path, tmp_path / "out")
    drawn = list((tmp_path / "out").glob("*.webp"))
    assert drawn and not any(m in f.read_bytes() for f in drawn for m in (SECRET, b"EXIF", b"XMP ", b"ICCP"))


@pytest.mark.parametrize("fmt", ["GIF", "WEBP"])
def test_c12_ten_thousand_frames_cost_no_more_than_one(tmp_path, fmt):
    frames = [Image.new("L", (8, 8), n % 251) for n in range(10_000)]
    (tmp_path / "p").write_bytes(saved(frames[0], fmt, save_all=True, append_images=frames[1:]))
    start = time.monotonic()
    assert examine(tmp_path / "p", tmp_path / "out")["facts"]["width"] == 8
    assert time.monotonic() - start < 20


def test_c12_a_bomb_is_refused_by_the_child_within_a_small_memory(tmp_path):
    (tmp_path / "p").write_bytes(png_bomb(13_000, 13_000))
    (tmp_path / "out").mkdir()
    small = Limits(memory=400 * 1024 * 1024)
    with pytest.raises(Invalid) as refused:
        run(
            "examine",
            tmp_path / "p",
            limits=small,
            out=str(tmp_path / "out"),
            media_type="image/png",
            kind="image",
        )
    assert refused.value.code == "too-many-pixels"
