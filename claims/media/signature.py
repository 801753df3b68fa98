"""Which type a file's first bytes announce. Our own list: what is not on it is 'other'."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["image", "video", "audio", "pdf", "text", "other"]


@dataclass(frozen=True)
class Type:
    """A media type, what we treat it as, and the extensions that go with it (the first one is ours)."""

    media_type: str
    kind: Kind
    extensions: tuple[str, ...] = ()


OTHER = Type("application/octet-stream", "other")
TYPES = {
    t.media_type: t
    for t in (
        Type("image/jpeg", "image", (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo")),
        Type("image/png", "image", (".png", ".apng")),
        Type("image/gif", "image", (".gif",)),
        Type("image/webp", "image", (".webp",)),
        Type("image/avif", "image", (".avif", ".avifs")),
        Type("image/heic", "image", (".heic", ".heif", ".hif")),
        Type("image/tiff", "image", (".tif", ".tiff", ".dng", ".nef", ".cr2", ".arw")),
        Type("image/bmp", "image", (".bmp", ".dib")),
        Type("application/pdf", "pdf", (".pdf", ".ai")),
        Type("video/mp4", "video", (".mp4", ".m4v", ".m4a", ".mov", ".3gp")),
        Type("video/quicktime", "video", (".mov", ".qt", ".mp4")),
        Type("video/3gpp", "video", (".3gp", ".3g2", ".mp4")),
        Type("video/webm", "video", (".webm", ".weba", ".mkv")),
        Type("video/x-matroska", "video", (".mkv", ".mka", ".webm")),
        Type("video/x-msvideo", "video", (".avi",)),
        Type("video/mpeg", "video", (".mpg", ".mpeg", ".vob")),
        Type("video/mp2t", "video", (".ts", ".mts", ".m2ts")),
        Type("video/x-flv", "video", (".flv",)),
        Type("video/x-ms-asf", "video", (".wmv", ".asf", ".wma")),
        Type("video/ogg", "video", (".ogv", ".ogg")),
        Type("audio/mp4", "audio", (".m4a", ".m4b", ".mp4", ".aac")),
        Type("audio/mpeg", "audio", (".mp3", ".mpga")),
        Type("audio/aac", "audio", (".aac",)),
        Type("audio/ogg", "audio", (".ogg", ".oga", ".opus")),
        Type("audio/flac", "audio", (".flac",)),
        Type("audio/wav", "audio", (".wav",)),
        Type("audio/amr", "audio", (".amr",)),
        Type(
            "text/plain",
            "text",
            (".txt", ".text", ".md", ".csv", ".tsv", ".srt", ".vtt", ".log", ".json", ".eml"),
        ),
        Type("text/html", "text", (".html", ".htm", ".xhtml")),
        Type("image/svg+xml", "other", (".svg",)),
        Type("application/xml", "text", (".xml", ".xsl", ".rss", ".kml", ".gpx")),
        Type("multipart/related", "other", (".mhtml", ".mht", ".eml")),
        Type("application/rtf", "other", (".rtf",)),
        Type(
            "application/zip",
            "other",
            (".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".epub", ".apk", ".jar", ".wacz", ".kmz"),
        ),
        Type("application/gzip", "other", (".gz", ".tgz")),
        Type("application/x-7z-compressed", "other", (".7z",)),
        Type("application/vnd.rar", "other", (".rar",)),
        Type("application/warc", "other", (".warc",)),
        Type("application/x-ole-storage", "other", (".doc", ".xls", ".ppt", ".msg")),
        Type("application/x-shockwave-flash", "other", (".swf",)),
        Type("application/x-msdownload", "other", (".exe", ".dll", ".scr")),
        Type("application/x-executable", "other", ()),
        Type("image/vnd.adobe.photoshop", "other", (".psd",)),
        Type("image/x-exr", "other", (".exr",)),
        Type("image/fits", "other", (".fits", ".fit")),
        Type("image/jp2", "other", (".jp2", ".j2k")),
        OTHER,
    )
}
# Extensions that claim something by themselves though no signature stands behind them.
CLAIMING = {".js", ".php", ".bat", ".cmd", ".sh", ".py", ".htaccess", ".vbs", ".lnk", ".com", ".iso"}

_PREFIXES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x00\x00\x01\xba", "video/mpeg"),
    (b"\x00\x00\x01\xb3", "video/mpeg"),
    (b"FLV\x01", "video/x-flv"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"ID3", "audio/mpeg"),
    (b"{\\rtf", "application/rtf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"WARC/", "application/warc"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"FWS", "application/x-shockwave-flash"),
    (b"CWS", "application/x-shockwave-flash"),
    (b"ZWS", "application/x-shockwave-flash"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"8BPS", "image/vnd.adobe.photoshop"),
    (b"\x76\x2f\x31\x01", "image/x-exr"),
    (b"SIMPLE  =", "image/fits"),
    (b"\x00\x00\x00\x0cjP  ", "image/jp2"),
)
_RIFF = {b"WEBP": "image/webp", b"AVI ": "video/x-msvideo", b"WAVE": "audio/wav"}
_BRANDS = {
    "image/avif": {b"avif", b"avis"},
    "image/heic": {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"},
    "video/quicktime": {b"qt  "},
    "audio/mp4": {b"M4A ", b"M4B ", b"M4P "},
}
_OLD_QUICKTIME = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}


def signature(head: bytes) -> Type | None:
    """The type that the first bytes (1 kB is enough) announce, or None: then it is text or unknown."""
    for prefix, media_type in _PREFIXES:
        if head.startswith(prefix):
            return TYPES[media_type]
    found = _boxed(head) or _riff(head) or _streamed(head) or _loose(head)
    return TYPES[found] if found else None


def _boxed(head: bytes) -> str | None:
    """ISO base media (ISO/IEC 14496-12): the brand inside ftyp decides; old QuickTime has none."""
    mark, brand = head[4:8], head[8:12]
    if mark in _OLD_QUICKTIME and len(head) >= 8:
        return "video/quicktime"
    if mark != b"ftyp":
        return None
    if brand.startswith((b"3gp", b"3g2")):
        return "video/3gpp"
    if brand in (b"mif1", b"msf1") and b"avif" in head[:64]:
        return "image/avif"
    return next((t for t, brands in _BRANDS.items() if brand in brands), "video/mp4")


def _riff(head: bytes) -> str | None:
    return _RIFF.get(head[8:12]) if head[:4] == b"RIFF" else None


def _streamed(head: bytes) -> str | None:
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "video/webm" if b"webm" in head[:128] else "video/x-matroska"
    if head.startswith(b"OggS"):
        return "video/ogg" if b"theora" in head[:256] else "audio/ogg"
    if len(head) > 376 and head[0] == head[188] == head[376] == 0x47:
        return "video/mp2t"
    return None


def _loose(head: bytes) -> str | None:
    """Signatures of a few bits, or not at the very beginning: asked last."""
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0" and len(head) >= 26:
        return "image/bmp"
    if re.match(rb"\xff[\xf0\xf1\xf8\xf9]", head):
        return "audio/aac"
    if re.match(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xeb]", head):
        return "audio/mpeg"
    return None
