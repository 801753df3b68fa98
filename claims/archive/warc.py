"""Exchanges kept as a WARC file (ISO 28500): the bytes exactly as they went over the wire."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import IO

from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

from claims.archive.fetch import Certificate, Hop

SOFTWARE = "Factcheck"


def write(path: Path, hops: Iterable[Hop], *, version: str = "", info: dict[str, str] | None = None) -> int:
    """Write request, response and facts of each hop, gzipped record by record; the number of records.

    Each file is streamed. The certificate of a TLS server and our findings are a metadata record beside it.
    """
    with path.open("wb") as out:
        warc = _Warc(out)
        warc.info(
            {"software": f"{SOFTWARE} {version}".strip(), "format": "WARC File Format 1.1", **(info or {})}
        )
        for hop in hops:
            warc.hop(hop)
    return warc.count


class _Warc:
    """A WARC being written."""

    def __init__(self, out: IO[bytes]) -> None:
        self.writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
        self.count = 0

    def info(self, facts: dict[str, str]) -> None:
        self.writer.write_record(self.writer.create_warcinfo_record("", facts))
        self.count += 1

    def hop(self, hop: Hop) -> None:
        common = {
            "WARC-Date": hop.started_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "WARC-IP-Address": hop.address,
        }
        with hop.record.open("rb") as answer:
            told = self._record("response", hop.url, answer, hop.record.stat().st_size, common)
        about = {**common, "WARC-Concurrent-To": told}
        with hop.request.open("rb") as asked:
            self._record("request", hop.url, asked, hop.request.stat().st_size, about)
        facts = _facts(hop)
        self._record("metadata", hop.url, BytesIO(facts), len(facts), about)

    def _record(self, kind: str, url: str, payload: IO[bytes], length: int, headers: dict[str, str]) -> str:
        """Bypasses warcio's reading of HTTP headers, which would write them back in its own spelling."""
        made = self.writer._init_warc_headers(url, kind, headers)
        type_ = self.writer.WARC_RECORDS[kind]
        record = ArcWarcRecord("warc", kind, made, payload, None, type_, length)
        record.payload_length = length
        self.writer.write_record(record)
        self.count += 1
        return str(made.get_header("WARC-Record-ID"))


def _facts(hop: Hop) -> bytes:
    """The metadata record: when it ended, what was found, and the certificate, PEM on continued lines."""
    lines = [f"ended: {hop.ended_at.strftime('%Y-%m-%dT%H:%M:%S.%fZ')}"]
    lines += [f"finding: {finding}" for finding in hop.answer.findings]
    if hop.certificate:
        lines += _about(hop.certificate)
    return "\r\n".join([*lines, ""]).encode()


def _about(certificate: Certificate) -> list[str]:
    lines = [f"tls-protocol: {certificate.protocol}"]
    lines += [f"finding: {finding}" for finding in certificate.findings]
    pem = certificate.pem.strip().splitlines()
    return [*lines, "tls-certificate: " + "\r\n ".join(pem)]
