#!/usr/bin/env python3
"""Checks this dossier, alone: plain Python 3.8 or newer, nothing installed, no network.

    python3 verify.py            in the unpacked dossier
    python3 verify.py FILE.zip   without unpacking it

It reads every file again, walks the history, compares what was published, and checks the signature. Ends with 0 only
when all of it holds. Compare the public key it prints with the one the newsroom shows on its own pages.
"""

import base64
import hashlib
import json
import sys
import zipfile
from pathlib import Path
from typing import Any, Dict, Iterator, List, Set, Tuple

TAG = b"factcheck-entry-1\n"
GENESIS = "0" * 64


class Folder:
    """The unpacked dossier."""

    def __init__(self, top: Path) -> None:
        self.top = top

    def names(self) -> Set[str]:
        """Every file, by its path with slashes."""
        return {path.relative_to(self.top).as_posix() for path in self.top.rglob("*") if path.is_file()}

    def chunks(self, name: str) -> Iterator[bytes]:
        """A file in pieces."""
        with (self.top / name).open("rb") as file:
            while True:
                piece = file.read(1 << 20)
                if not piece:
                    return
                yield piece


class Zip(Folder):
    """The dossier as it came."""

    def __init__(self, path: Path) -> None:
        self.zip = zipfile.ZipFile(str(path))

    def names(self) -> Set[str]:
        """Every file in it."""
        return {name for name in self.zip.namelist() if not name.endswith("/")}

    def chunks(self, name: str) -> Iterator[bytes]:
        """A file in pieces. A damaged one ends where it cannot be read any more: its hash then differs."""
        try:
            with self.zip.open(name) as file:
                while True:
                    piece = file.read(1 << 20)
                    if not piece:
                        return
                    yield piece
        except zipfile.BadZipFile:
            return


def sha256_of(source: Folder, name: str) -> str:
    """The hash of a file."""
    made = hashlib.sha256()
    for piece in source.chunks(name):
        made.update(piece)
    return made.hexdigest()


def read(source: Folder, name: str) -> Any:
    """A JSON file."""
    return json.loads(b"".join(source.chunks(name)).decode("utf-8"))


def files(source: Folder) -> Iterator[str]:
    """What is wrong with the files: changed, missing, or not of this dossier. Evidence bears its own hash as its name,
    which the history speaks of: it holds even where the manifest was written anew."""
    listed = {one["path"]: one["sha256"] for one in read(source, "manifest.json")["files"]}
    there = source.names() - {"manifest.json"}
    for name in sorted(set(listed) | there):
        if name not in there:
            yield name + ": missing"
        elif name not in listed:
            yield name + ": does not belong here"
        else:
            made = sha256_of(source, name)
            if made != listed[name]:
                yield name + ": changed"
            elif name.startswith(("originals/", "public/")) and made != name.split("/")[-1].split(".")[0]:
                yield name + ": is not what its name says"


def lines(source: Folder, name: str) -> Iterator[Any]:
    """The objects of a file that has one on each line, read in a stream."""
    rest = b""
    for piece in source.chunks(name):
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            if line:
                yield json.loads(line.decode("utf-8"))


def history(source: Folder, hashes: List[str], bodies: List[str]) -> Iterator[str]:
    """What is wrong with the chain of entries; fills the hashes in order, and the bodies that are given."""
    before = GENESIS
    for number, entry in enumerate(lines(source, "history/entries.jsonl"), 1):
        name = "history entry " + str(number)
        if entry["seq"] != number or entry["prev_sha256"] != before:
            yield name + ": does not follow from the one before"
        body = entry.get("body")
        if body is not None:
            made = hashlib.sha256(TAG + entry["prev_sha256"].encode() + b"\n" + body.encode("utf-8"))
            if made.hexdigest() != entry["sha256"]:
                yield name + ": changed"
            bodies.append(body)
        before = entry["sha256"]
        hashes.append(before)


def node(left: bytes, right: bytes) -> bytes:
    """RFC 9162, 2.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(hashes: List[str]) -> str:
    """The Merkle root over hashes in order (RFC 9162, 2.1)."""
    if not hashes:
        return hashlib.sha256(b"").hexdigest()
    row = [hashlib.sha256(b"\x00" + bytes.fromhex(value)).digest() for value in hashes]
    while len(row) > 1:
        pairs = [node(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)]
        row = pairs + ([row[-1]] if len(row) % 2 else [])
    return row[0].hex()


def checkpoint(source: Folder, hashes: List[str]) -> Iterator[str]:
    """What is wrong with the signed checkpoint, the history under it, and what was published."""
    if "checkpoint.json" not in source.names():
        yield "checkpoint: none was made yet, so nothing signed covers this dossier"
        return
    signed = read(source, "checkpoint.json")
    said = signed["message"].split("\n")
    if not signature_holds(signed["message"].encode(), signed["signature"], signed["public_key"]):
        yield "checkpoint: the signature does not hold"
    if len(hashes) < int(said[1]) or root(hashes[: int(said[1])]) != said[2]:
        yield "checkpoint: the history is not the one that was signed"
    published = read(source, "publications.json")
    if root(published[: int(said[4])]) != said[5]:
        yield "publications.json: not what was signed"
    for name in sorted(source.names()):
        if name.startswith("publications/") and sha256_of(source, name) not in published:
            yield name + ": was never published"


def captures(source: Folder, bodies: List[str]) -> Iterator[str]:
    """Is every original there, and does the history itself name its hash? (Only where entries are given in full.)"""
    if not bodies:
        return
    there = source.names()
    for one in read(source, "captures.json"):
        if "originals/" + one["sha256"] not in there:
            yield "originals/" + one["sha256"] + ": is not in the dossier"
        if not any('"sha256":"' + one["sha256"] + '"' in body for body in bodies):
            yield "originals/" + one["sha256"] + ": no entry of the history speaks of it"


# Ed25519 as RFC 8032 describes it (5.1), for checking signatures only.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = Tuple[int, int, int, int]


def plus(one: Point, other: Point) -> Point:
    """RFC 8032, 5.1.4."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    """A point added to itself so many times."""
    made: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            made = plus(made, point)
        point = plus(point, point)
        number >>= 1
    return made


def same(one: Point, other: Point) -> bool:
    """Whether two points are one."""
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (
        one[1] * other[2] - other[1] * one[2]
    ) % P == 0


def point_of(raw: bytes) -> Point:
    """RFC 8032, 5.1.3. Raises ValueError for what is no point."""
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or y >= P or (x == 0 and sign):
        raise ValueError("no point")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def signature_holds(message: bytes, signature: str, public: str) -> bool:
    """RFC 8032, 5.1.7."""
    try:
        raw, key = base64.b64decode(signature), base64.b64decode(public)
        base = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
        half, whole = point_of(raw[:32]), point_of(key)
    except ValueError:
        return False
    s = int.from_bytes(raw[32:], "little")
    k = int.from_bytes(hashlib.sha512(raw[:32] + key + message).digest(), "little") % L
    return len(raw) == 64 and s < L and same(times(s, base), plus(half, times(k, whole)))


def problems(source: Folder) -> Iterator[str]:
    """Everything that does not hold."""
    hashes: List[str] = []
    bodies: List[str] = []
    yield from files(source)
    yield from history(source, hashes, bodies)
    yield from checkpoint(source, hashes)
    yield from captures(source, bodies)


def main(arguments: List[str]) -> int:
    """Say what does not hold, and end with 1 if anything."""
    path = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    source = Zip(path) if path.is_file() else Folder(path)
    try:
        found = list(problems(source))
        about: Dict[str, Any] = read(source, "manifest.json")
        signed = read(source, "checkpoint.json") if "checkpoint.json" in source.names() else {}
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        sys.stdout.write("This is no whole dossier: " + type(error).__name__ + " " + str(error) + "\n")
        return 1
    for problem in found:
        sys.stdout.write("WRONG  " + problem + "\n")
    sys.stdout.write(str(about.get("subject")) + ", made " + str(about.get("made_at")) + "\n")
    sys.stdout.write("Public key: " + str(signed.get("public_key", "none")) + "\n")
    sys.stdout.write("NOT all of it holds.\n" if found else "All of it holds.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
