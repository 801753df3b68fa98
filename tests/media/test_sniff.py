import io
import os
import random
import subprocess
import wave
import zipfile

import pytest
from PIL import Image
from pypdf import PdfWriter

from claims.media.sniff import sniff
from tests.media.make import saved, scene


def pdf():
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", "hello")
    return out.getvalue()


def wav():
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"\0\0" * 800)
    return out.getvalue()


def look(tmp_path, data, name="", declared=""):
    path = tmp_path / "bytes"
    path.write_bytes(data)
    return sniff(path, name=name, declared=declared)


def codes(found):
    return [f.code for f in found.findings]


PICTURES = {f: saved(scene(1, (64, 48)), f) for f in ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP")}


@pytest.mark.parametrize("fmt", PICTURES)
def test_pictures_are_known_by_their_bytes_alone(tmp_path, fmt):
    found = look(tmp_path, PICTURES[fmt], name=f"x.{fmt.lower()}")
    assert (found.kind, found.media_type, codes(found)) == ("image", f"image/{fmt.lower()}", [])


@pytest.mark.parametrize(
    ("data", "media_type", "kind"),
    [
        (pdf(), "application/pdf", "pdf"),
        (wav(), "audio/wav", "audio"),
        (zipped(), "application/zip", "other"),
        ("قال المصدر إن خمسة قتلوا".encode(), "text/plain", "text"),
        ("قال المصدر إن خمسة قتلوا في الغارة".encode("windows-1256"), "text/plain", "text"),
        ("سطر".encode("utf-16"), "text/plain", "text"),
        (b"<!-- x --><!DOCTYPE html><p>x", "text/html", "text"),
        (
            b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
            "image/svg+xml",
            "other",
        ),
        (b"<?xml version='1.0'?><?xml-stylesheet href='x.xsl'?><a/>", "application/xml", "text"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n", "multipart/related", "other"),
        (b"CWS\x0a" + b"\0" * 50, "application/x-shockwave-flash", "other"),
        (b"8BPS\x00\x01" + b"\0" * 50, "image/vnd.adobe.photoshop", "other"),
        (b"SIMPLE  =                    T" + b" " * 50, "image/fits", "other"),
        (b"gd2\0" + random.Random(60).randbytes(60), "application/octet-stream", "other"),
    ],
)
def test_c7_and_c12_other_formats_are_named_and_not_called_pictures(tmp_path, data, media_type, kind):
    found = look(tmp_path, data)
    assert found.kind == kind
    assert found.media_type == media_type or kind == "other"


@pytest.mark.parametrize(
    "container", ["mp4", "mov", "mkv", "webm", "avi", "3gp", "mp3", "ogg", "flac", "m4a", "ts"]
)
def test_what_ffmpeg_writes_is_known(tmp_path, container):
    path = tmp_path / f"x.{container}"
    sound = container in ("mp3", "ogg", "flac", "m4a")
    source = "sine=d=0.3" if sound else "testsrc=s=176x144:d=0.3:r=10"
    codec = {"3gp": ["-c:v", "mpeg4"], "webm": ["-c:v", "libvpx"], "ogg": ["-c:a", "libvorbis"]}.get(
        container, []
    )
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", source, *codec, str(path)], check=True)
    found = sniff(path, name=path.name)
    assert (found.kind, codes(found)) == ("audio" if sound else "video", [])


def test_c8_the_name_decides_nothing_and_a_mismatch_is_a_reason_to_hold_back(tmp_path):
    found = look(tmp_path, PICTURES["PNG"], name="report.pdf", declared="application/pdf")
    assert found.media_type == "image/png" and found.suspect
    assert codes(found) == ["extension-mismatch", "declared-mismatch"]
    assert look(tmp_path, PICTURES["PNG"], name="photo.png.exe").suspect
    assert not look(tmp_path, PICTURES["PNG"], name="photo.backup").suspect


JPEG, GIF, PDF = PICTURES["JPEG"], PICTURES["GIF"], pdf()
COMMENT = b"\xff\xfe\x00\x1e<html><script>x()</script>  "


@pytest.mark.parametrize(
    "data",
    [
        JPEG[:2] + COMMENT + JPEG[2:],
        JPEG + b"<html><body>hello</body></html>",
        JPEG + zipped(),
        PICTURES["PNG"] + b"<?php system($_GET[0]); ?>",
        PDF + zipped(),
        GIF[:13] + PDF,
        b"GIF89a/*" + b"\0" * 20 + b"*/=1;<script>alert(1)</script>",
    ],
)
def test_c8_polyglots_are_found_and_held_back(tmp_path, data):
    found = look(tmp_path, data)
    assert found.suspect and found.kind in ("image", "pdf")
    assert "polyglot" in codes(found)


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
@pytest.mark.parametrize("share", [0.2, 0.9])
def test_c14_truncated_pictures_are_kept_and_named(tmp_path, fmt, share):
    data = PICTURES[fmt]
    assert "truncated" in codes(look(tmp_path, data[: int(len(data) * share)]))


def test_plain_data_behind_a_picture_is_noted_but_does_not_hold_it_back(tmp_path):
    found = look(tmp_path, JPEG + b"\0" * 40)
    assert codes(found) == ["trailing-data"] and not found.suspect
    assert found.findings[0].facts == {"offset": len(JPEG), "size": 40}


def test_c7_a_pdf_with_a_script_says_so(tmp_path):
    found = look(
        tmp_path, b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF\n"
    )
    assert [f.facts["what"] for f in found.findings if f.code == "active-content"] == [["JS", "JavaScript"]]


def test_c14_an_empty_file_has_no_type(tmp_path):
    with pytest.raises(ValueError, match="empty"):
        look(tmp_path, b"")


def test_random_bytes_never_break_it(tmp_path):
    for head in (
        b"",
        b"\xff\xd8\xff",
        b"GIF89a",
        b"RIFF",
        b"\0\0\0\x18ftypmp42",
        b"%PDF-1.4",
        b"\x89PNG\r\n\x1a\n",
    ):
        for _ in range(40):
            look(tmp_path, head + os.urandom(300))


def test_a_multi_picture_jpeg_is_a_jpeg_with_something_behind(tmp_path):
    data = saved(scene(1, (64, 48)), "MPO", save_all=True, append_images=[scene(2, (64, 48))])
    found = look(tmp_path, data)
    assert found.media_type == "image/jpeg" and codes(found) == ["trailing-data"]
    assert Image.open(io.BytesIO(data)).n_frames == 2


def test_c12_a_gif_of_countless_tiny_blocks_is_not_walked_to_its_end(tmp_path):
    path = tmp_path / "tiny.gif"
    comment = b"!\xfe" + b"\x01x" * 2_100_000 + b"\0"
    path.write_bytes(b"GIF89a\x01\0\x01\0\0\0\0" + comment + b"no gif goes on like this")
    found = sniff(path)
    assert found.media_type == "image/gif" and not found.findings
