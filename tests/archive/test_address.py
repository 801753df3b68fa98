import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.archive.address import BadUrl, Refused, checked, is_ours, is_public, parse

PRIVATE = [
    "127.0.0.1", "0.0.0.0", "::1", "::", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "100.64.0.1", "100.127.255.255", "169.254.169.254", "fd00:ec2::254", "192.0.0.1", "192.0.0.170",
    "198.18.0.1", "198.19.255.255", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "192.0.2.1",
    "198.51.100.1", "203.0.113.1", "192.88.99.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1",
    "::8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::", "2002:808:808::1",
    "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1",
    "fe80::1", "fe80::1%lo", "fec0::1", "fc00::1", "ff02::1", "100::1", "3ffe::1", "3fff::1", "5f00::1",
    "4000::1", "0.0.0.1", "1.2.3", "localhost",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_d1_d2_d3_what_is_not_globally_routable_is_refused(address):
    assert not is_public(address)
    with pytest.raises(Refused):
        checked(["93.184.215.14", address])


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "93.184.215.14",
        "100.63.255.255",
        "100.128.0.0",
        "172.32.0.1",
        "2606:4700::1111",
        "2a00:1450::1",
    ],
)
def test_public_addresses_pass(address):
    assert checked([address]) == [address]


def test_d1_an_address_of_this_machine_is_known():
    assert is_ours("127.0.0.1") and not is_ours("93.184.215.14")


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/", "http://0x7f.1/", "http://0x7f000001/", "http://017700000001/", "http://127.1/",
        "http://0177.0.0.1/", "http://①②⑦.⓪.⓪.①/", "http://127.0.0.1./", "http:///127.0.0.1/", "http:127.0.0.1",
        "http:/127.0.0.1", "//127.0.0.1/", "http://good.example\\@127.0.0.1/", "http://good.example@127.0.0.1/",
        "http://a:b@good.example/", "http://good.ex\tample/", "http://good.example/\r\nHost: x",
        " http://good.example/", "http://good.example /", "http://[fe80::1%25lo]/", "http://[::1", "http://./",
        "http://good..example/", "http://-a.example/", "http://1.2.3.4.5/", "http://256.1.1.1/",
        "http://good.example:/", "http://good.example:0x50/", "http://good.example:22/",
        "http://good.example:25/", "http://good.example:6379/", "http://good.example:99999/",
        "file:///etc/passwd", "gopher://good.example/", "ftp://good.example/", "dict://good.example/",
        "data:text/html,x", "jar:http://good.example/!/", "ws://good.example/", "javascript:alert(1)", "",
        "good.example", "http://" + "a" * 64 + ".example/", "http://good.example/" + "a" * 5000,
        "http://go\u202eod.example/", "http://go\u200cod.example/", "http://good.example/\0",
        "http://\ud800.example/", "http://<script>/",
    ],
)  # fmt: skip
def test_d4_d7_tricks_in_spelling_are_refused(url):
    with pytest.raises(BadUrl):
        parse(url)


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("http://Example.COM", "http://example.com/"),
        ("https://example.com:443/a?b=c&d=%20#frag", "https://example.com/a?b=c&d=%20"),
        ("http://example.com:8080/", "http://example.com:8080/"),
        ("https://example.com./", "https://example.com/"),
        ("https://مثال.إختبار/خبر?ص=١", "https://xn--mgbh0fb.xn--kgbechtv/%D8%AE%D8%A8%D8%B1?%D8%B5=%D9%A1"),
        (
            "https://fa.example/می\u200cخواهم",
            "https://fa.example/%D9%85%DB%8C%E2%80%8C%D8%AE%D9%88%D8%A7%D9%87%D9%85",
        ),
        ("http://8.8.8.8/x", "http://8.8.8.8/x"),
        ("http://[2606:4700:0::1111]/", "http://[2606:4700::1111]/"),
        ("https://a_b.example/~x/(y)/|z", "https://a_b.example/~x/(y)/%7Cz"),
    ],
)
def test_ordinary_addresses_are_read_and_written_in_one_way(url, read):
    assert parse(url).url == read == parse(read).url


@given(st.text(max_size=60))
def test_anything_after_the_scheme_is_read_or_refused(rest):
    try:
        target = parse("http://" + rest)
    except BadUrl:
        return
    assert target.url.isascii() and parse(target.url) == target
