#!/usr/bin/env python3
"""Checks this dossier, alone: plain Python 3.8 or newer, nothing installed, no network.

    python3 verify.py            in the unpacked dossier
    python3 verify.py FILE.zip   without unpacking it

It reads every file again, walks the history, compares what was published and what is said of the evidence with it,
and checks the signature. Ends with 0 only when all of it holds. Lines that begin with NOTE are no faults: among them is
what came after the signed checkpoint, which nothing signed covers yet. Compare the public key it prints with the one
the newsroom shows on its own pages.
"""

import base64
import hashlib
import json
import sys
import zipfile
import zlib
from pathlib import Path
from typing import IO, Any, Dict, Iterator, List, Tuple

TAG = b"factcheck-entry-1\n"
LEFT_BEHIND = {".DS_Store", "Thumbs.db", "desktop.ini"}  # in a folder that somebody opened
ABOUT = ("title_ar", "title_en", "url", "relation")
COLUMNS = (
    *("role", "sha256", "sha3_512", "size", "media_type", "file_name", "url", "captured_at", "tool", "facts"),
    *("evidence_id", "evidence", "findings", "examined"),
)
NOTE = "NOTE   "
PUBLISHED, EXPORTED = "verdict.published", "dossier.exported"
Key = Tuple[str, str]
Rows = Dict[Key, Dict[str, Any]]


class Folder:
    """The unpacked dossier."""

    def __init__(self, top: Path) -> None:
        self.top = top

    def names(self) -> List[str]:
        """Every file, by its path with slashes."""
        found = (path for path in self.top.rglob("*") if path.is_file() and path.name not in LEFT_BEHIND)
        return [path.relative_to(self.top).as_posix() for path in found]

    def open(self, name: str) -> IO[bytes]:
        """A file to read."""
        return (self.top / name).open("rb")

    def chunks(self, name: str) -> Iterator[bytes]:
        """A file in pieces. A damaged one ends where it cannot be read any more: its hash then differs."""
        try:
            with self.open(name) as file:
                yield from iter(lambda: file.read(1 << 20), b"")
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
            return


class Zip(Folder):
    """The dossier as it came."""

    def __init__(self, path: Path) -> None:
        self.zip = zipfile.ZipFile(str(path))

    def names(self) -> List[str]:
        """Every file in it; a name that stands there twice, twice."""
        return [name for name in self.zip.namelist() if not name.endswith("/")]

    def open(self, name: str) -> IO[bytes]:
        """A file to read."""
        return self.zip.open(name)


def sha256_of(source: Folder, name: str) -> str:
    """The hash of a file."""
    made = hashlib.sha256()
    for piece in source.chunks(name):
        made.update(piece)
    return made.hexdigest()


def read(source: Folder, name: str) -> Any:
    """A JSON file."""
    return json.loads(b"".join(source.chunks(name)).decode("utf-8"))


def files(source: Folder, _: "History") -> Iterator[str]:
    """What is wrong with the files: changed, missing, or not of this dossier. Evidence bears its own hash as its name,
    which the history speaks of: it holds even where the manifest was written anew."""
    manifest = read(source, "manifest.json")
    yield NOTE + manifest["subject"] + ", made " + manifest["made_at"]
    listed = {one["path"]: one["sha256"] for one in manifest["files"]}
    names = source.names()
    there = set(names) - {"manifest.json"}
    yield from (name + ": stands there twice" for name in sorted(there) if names.count(name) > 1)
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
    """The objects of a file that has one on each line."""
    with source.open(name) as file:
        for line in file:
            yield json.loads(line.decode("utf-8"))


class History:
    """The chain: the hashes of all entries, the entries given in full, and the rows they make when told in order."""

    def __init__(self) -> None:
        self.hashes: List[str] = []
        self.entries: Dict[int, Dict[str, Any]] = {}
        self.rows: Rows = {}
        self.since: Dict[Key, int] = {}

    def take(self, number: int, body: str) -> None:
        """One entry in full: rows it added, changed, removed."""
        entry = self.entries[number] = json.loads(body)
        for one in entry["changes"]:
            key = (one["type"], one["id"])
            self.since.setdefault(key, number)
            if "was" in one:
                self.rows.pop(key, None)
            after = one.get("is") or {name: value[1] for name, value in one.get("changed", {}).items()}
            if after:
                self.rows.setdefault(key, {}).update(after)

    def of(self, kind: str) -> Rows:
        """The rows of one kind."""
        return {key: row for key, row in self.rows.items() if key[0] == kind}


def chain(source: Folder, history: History) -> Iterator[str]:
    """What is wrong with the chain of entries; fills the history."""
    before = "0" * 64
    for number, entry in enumerate(lines(source, "history/entries.jsonl"), 1):
        name = "history entry " + str(number)
        if entry["seq"] != number or entry["prev_sha256"] != before:
            yield name + ": does not follow from the one before"
        body = entry.get("body")
        if body is not None:
            made = hashlib.sha256(TAG + entry["prev_sha256"].encode() + b"\n" + body.encode("utf-8"))
            if made.hexdigest() != entry["sha256"]:
                yield name + ": changed"
            history.take(number, body)
        before = entry["sha256"]
        history.hashes.append(before)


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


def checkpoint(source: Folder, history: History) -> Iterator[str]:
    """What is wrong with the signed checkpoint, the history under it, and what was published."""
    if "checkpoint.json" not in source.names():
        yield "checkpoint: none was made yet, so nothing signed covers this dossier"
        return
    signed = read(source, "checkpoint.json")
    said = signed["message"].split("\n")
    yield NOTE + "public key: " + signed["public_key"]
    if not signature_holds(signed["message"].encode(), signed["signature"], signed["public_key"]):
        yield "checkpoint: the signature does not hold"
    if len(history.hashes) < int(said[1]) or root(history.hashes[: int(said[1])]) != said[2]:
        yield "checkpoint: the history is not the one that was signed"
    published = read(source, "publications.json")
    if root(published[: int(said[4])]) != said[5]:
        yield "publications.json: not what was signed"
    yield from unsigned(history, int(said[1]))
    for name in publications(source):
        made = sha256_of(source, name)
        if made not in published:
            yield name + ": was never published"
        elif made not in published[: int(said[4])]:
            yield NOTE + name + ": published after the signed checkpoint"


def unsigned(history: History, seq: int) -> Iterator[str]:
    """Notes of what came after the signed checkpoint."""
    for key, row in history.of("capture").items():
        if history.since[key] > seq:
            yield NOTE + "originals/" + row["sha256"] + ": captured after the signed checkpoint"
    if len(history.hashes) > seq:
        yield NOTE + "history entries after " + str(seq) + ": made after the signed checkpoint"


def publications(source: Folder) -> List[str]:
    """Names of the files of what was published."""
    return sorted(name for name in source.names() if name.startswith("publications/"))


def shown(source: Folder) -> List[Dict[str, Any]]:
    """The evidence that the publications here show."""
    return [item for name in publications(source) for item in read(source, name)["evidence"]]


def copies(source: Folder, history: History) -> Iterator[str]:
    """Is each redrawn copy one that was published?"""
    named = [copy.get("sha256") for item in shown(source) for copy in item["copies"]]
    known = {row["sha256"] for row in history.of("derivative").values()} | set(named)
    for name in sorted(source.names()):
        if name.startswith("public/") and name.split("/")[-1].split(".")[0] not in known:
            # Early publications name their copies by address alone.
            yield (NOTE if None in named else "") + name + ": no publication names its hash"


def captures(source: Folder, history: History) -> Iterator[str]:
    """Is what is said of the evidence what was published, or what the history says where that is given in full?"""
    listed = read(source, "captures.json")
    if read(source, "manifest.json")["public"]:
        published = [dict(one, evidence=about(item)) for item in shown(source) for one in item["captures"]]
        for one in (one for one in listed if one not in published):
            yield "captures.json: " + one["sha256"] + " was not published like this"
        for name in (name for name in source.names() if name.startswith(("originals/", "custody"))):
            yield name + ": does not belong in a public dossier"
        return
    yield from originals(source, listed, history)
    yield from (problem for one in listed for problem in said_of(one, history))
    yield from custody(source, history)
    yield from outcomes(source, history)


def originals(source: Folder, listed: List[Dict[str, Any]], history: History) -> Iterator[str]:
    """Files without a word about them, words without their file, and evidence that was left out."""
    there = {name for name in source.names() if name.startswith("originals/")}
    wanted = {"originals/" + one["sha256"] for one in listed}
    for name in sorted(wanted ^ there):
        yield name + (": is not in the dossier" if name in wanted else ": captures.json says nothing of it")
    given = {one["capture_id"] for one in listed}
    for key, row in history.of("capture").items():
        if row.get("evidence_id") and key[1] not in given:
            yield "originals/" + row["sha256"] + ": the history speaks of it, captures.json does not"


def said_of(one: Dict[str, Any], history: History) -> Iterator[str]:
    """What captures.json says of one file, against the history."""
    name = "originals/" + one["sha256"]
    row = history.rows.get(("capture", one["capture_id"]))
    if row is None:
        yield name + ": no entry of the history speaks of it"
        return
    evidence = history.rows.get(("evidence", row.get("evidence_id", "")), {})
    seen = [r for r in history.of("examination").values() if r["capture_id"] == one["capture_id"]]
    examined = seen[-1]["facts"] if seen else {}
    known = dict(row, evidence=about(evidence), findings=evidence.get("findings"), examined=examined)
    for column in COLUMNS:
        if (one.get(column) or "") != (known.get(column) or ""):
            yield "captures.json: " + column + " of " + name + " is not what the history says"


def about(evidence: Dict[str, Any]) -> Dict[str, Any]:
    """What is said of a piece of evidence beside each of its files; empty texts are left out of the history."""
    return {name: evidence.get(name) or "" for name in ABOUT}


def custody(source: Folder, history: History) -> Iterator[str]:
    """The custody log is an extract of the history: nothing added, nothing changed, nothing left out."""
    log = read(source, "custody.json")
    wanted = [line_of(entry) for entry in history.entries.values() if line_of(entry)]
    for one in (one for one in log if one not in wanted):
        yield "custody.json: line of entry " + str(one["seq"]) + " is not what the history says"
    for one in (one for one in wanted if one not in log):
        yield "custody.json: entry " + str(one["seq"]) + " is left out"


def line_of(entry: Dict[str, Any]) -> Dict[str, Any]:
    """An entry as the custody log has it; nothing for one that does not belong there."""
    is_evidence = entry["subject"]["type"] == "evidence"
    if not is_evidence and entry["action"] != EXPORTED:
        return {}
    who, what, which = (
        entry["actor"]["username"],
        entry["action"],
        entry["subject"]["id"] if is_evidence else "",
    )
    return {"seq": entry["seq"], "at": entry["at"], "who": who, "what": what, "evidence": which}


def outcomes(source: Folder, history: History) -> Iterator[str]:
    """Was everything that the history says was published put in, and nothing else?"""
    out = [(n, one["data"]["snapshot"]) for n, one in history.entries.items() if one["action"] == PUBLISHED]
    wanted = {hashlib.sha256(snapshot.encode("utf-8")).hexdigest(): n for n, snapshot in out}
    there = {sha256_of(source, name): name for name in publications(source)}
    for made in sorted(set(wanted) ^ set(there)):
        if made in there:
            yield there[made] + ": no entry of the history speaks of it"
        else:
            yield "publications/: what entry " + str(wanted[made]) + " published is not in the dossier"


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
    x, y = one[0] * other[2] - other[0] * one[2], one[1] * other[2] - other[1] * one[2]
    return x % P == 0 and y % P == 0


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
    """Everything that does not hold, and notes. What a forged file makes of a check is a problem like any other."""
    history = History()
    for check in (files, chain, checkpoint, copies, captures):
        try:
            yield from check(source, history)
        except Exception as error:  # noqa: BLE001
            yield check.__name__ + ": cannot be read, " + type(error).__name__ + " " + str(error)


def main(arguments: List[str]) -> int:
    """Say what does not hold, and end with 1 if anything."""
    path = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        source = Zip(path) if path.is_file() else Folder(path)
    except Exception as error:  # noqa: BLE001
        sys.stdout.write("This is no whole dossier: " + type(error).__name__ + " " + str(error) + "\n")
        return 1
    found = list(problems(source))
    wrong = [problem for problem in found if not problem.startswith(NOTE)]
    for problem in found:
        sys.stdout.write(("" if problem.startswith(NOTE) else "WRONG  ") + problem + "\n")
    sys.stdout.write("NOT all of it holds.\n" if wrong else "All of it holds.\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
