import gzip

from warcio.archiveiterator import ArchiveIterator

from claims.archive.fetch import fetch
from claims.archive.warc import write
from tests.archive.hostile import PUBLIC, Server, TestNet, answer, certificate, tls_context


def records(path):
    with path.open("rb") as file:
        return [
            (r.rec_type, r.rec_headers, r.raw_stream.read(), r.digest_checker.passed)
            for r in ArchiveIterator(file, no_record_parse=True, check_digests=True)
        ]


def test_a_warc_holds_the_exact_bytes_of_every_hop(tmp_path):
    odd = b"HTTP/1.1 302 Found\r\nlocation:   /next \r\nX-odd:\t1\r\nContent-Length: 0\r\n\r\n"
    body = gzip.compress("مرحبا".encode())

    def say(head, sock):
        sock.sendall(odd) if b"GET / " in head else answer(body, Content_Encoding="gzip")(head, sock)

    server = Server(say)
    got = fetch("http://news.example/", tmp_path, net=TestNet(server))
    assert write(tmp_path / "x.warc.gz", got.hops, version="1") == 7
    read = records(tmp_path / "x.warc.gz")
    assert [r[0] for r in read] == ["warcinfo", *["response", "request", "metadata"] * 2]
    assert read[1][2] == odd and read[4][2].endswith(body) and read[5][2] == server.requests[1]
    assert [r[1]["WARC-Target-URI"] for r in read[1::3]] == [
        "http://news.example/",
        "http://news.example/next",
    ]
    assert read[1][1]["WARC-IP-Address"] == PUBLIC and all(r[3] is not False for r in read)
    server.close()


def test_the_certificate_and_its_fault_stand_beside_the_exchange(tmp_path):
    pem, key, _ = certificate("news.example")
    server = Server(answer(b"x"), tls_context(tmp_path, pem, key))
    got = fetch("https://news.example/", tmp_path, net=TestNet(server))
    write(tmp_path / "x.warc.gz", got.hops)
    facts = records(tmp_path / "x.warc.gz")[3][2].decode()
    assert "finding: tls-self-signed" in facts and pem.strip().splitlines()[1] in facts
    server.close()


def test_a_reader_of_warcs_reads_the_page_out_of_it(tmp_path):
    server = Server(answer(gzip.compress("مرحبا".encode()), Content_Encoding="gzip"))
    got = fetch("http://news.example/", tmp_path, net=TestNet(server))
    write(tmp_path / "x.warc.gz", got.hops)
    with (tmp_path / "x.warc.gz").open("rb") as file:
        page = next(r.content_stream().read() for r in ArchiveIterator(file) if r.rec_type == "response")
    assert page.decode() == "مرحبا"
    server.close()
