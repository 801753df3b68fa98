import io
import struct
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from claims.media.facts import Facts
from claims.media.manifest import MARK, note
from tests.media.make import saved, scene

SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/"


def noted(tmp_path, data):
    path = tmp_path / "picture.jpg"
    path.write_bytes(data)
    facts = Facts()
    note(path, "image/jpeg", facts)
    return {finding.code: finding.facts for finding in facts.findings}


def test_a_manifest_is_noticed_without_the_library(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "c2pa", None)
    box = (
        b"JP\0\1\0\0\0\1"
        + struct.pack(">I", 60)
        + b"jumb"
        + struct.pack(">I", 30)
        + b"jumd"
        + MARK
        + b"\3c2pa\0"
    )
    data = saved(scene(1))
    with_box = data[:2] + b"\xff\xeb" + struct.pack(">H", len(box) + 2) + box + data[2:]
    assert noted(tmp_path, with_box) == {"c2pa-present": {"validated": False}}
    assert noted(tmp_path, data) == {}


def test_a_broken_manifest_is_not_called_valid(tmp_path):
    data = saved(scene(1))
    assert noted(tmp_path, data[:2] + b"\xff\xeb" + struct.pack(">H", 18) + MARK + data[2:]) == {
        "c2pa-present": {"validated": False}
    }


def certificate(subject, issuer, key, by, *extensions):
    def named(name):
        return x509.Name(
            [
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
                x509.NameAttribute(NameOID.COMMON_NAME, name),
            ]
        )

    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(named(subject))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
    )
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
    made = made.not_valid_after(now + timedelta(days=30))
    made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
    made = made.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), False)
    for extension, critical in extensions:
        made = made.add_extension(extension, critical)
    return made.sign(by, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


USES = [
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
]


def usage(only):
    return x509.KeyUsage(**{name: name == only for name in USES}), True


def signed(data, source):
    """The picture with a manifest signed by a test organisation."""
    c2pa = pytest.importorskip("c2pa", reason="c2pa-python is an optional extra")
    root, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    top = certificate(
        "Root", "Root", root, root, (x509.BasicConstraints(True, None), True), usage("key_cert_sign")
    )
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
    alone = (x509.BasicConstraints(False, None), True)
    leaf = certificate("Test Org", "Root", key, root, alone, usage("digital_signature"), (purpose, False))
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    action = {"action": "c2pa.created", "digitalSourceType": SOURCE + source}
    told = {
        "claim_generator_info": [{"name": "Test Camera"}],
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [action]}}],
    }
    out = io.BytesIO()
    signer = c2pa.Signer.from_info(c2pa.C2paSignerInfo(b"es256", leaf + top, secret, None))
    c2pa.Builder(told).sign(signer, "image/jpeg", io.BytesIO(data), out)
    return out.getvalue()


def test_a_whole_manifest_is_validated_with_its_signer(tmp_path):
    found = noted(tmp_path, signed(saved(scene(1)), "digitalCapture"))["c2pa-present"]
    assert (found["validated"], found["state"], found["signer"]) == (True, "Valid", "Test Org")
    assert (found["generator"], found["actions"], found["failures"]) == ("Test Camera", ["c2pa.created"], [])


def test_one_changed_pixel_makes_it_invalid(tmp_path):
    data = bytearray(signed(saved(scene(1)), "digitalCapture"))
    data[-300] ^= 1
    assert "assertion.dataHash.mismatch" in noted(tmp_path, bytes(data))["c2pa-invalid"]["failures"]


def test_a_manifest_that_names_a_generator_says_so(tmp_path):
    assert "generated" in noted(tmp_path, signed(saved(scene(1)), "trainedAlgorithmicMedia"))
