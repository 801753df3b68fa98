"""What an examination noticed: a code the doors have words for, and the facts those words need."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One thing noticed. Codes are stable; facts are JSON values only."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The finding as one JSON object."""
        return {"code": self.code, "facts": self.facts}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Finding":
        """Back from `as_json`."""
        return cls(str(value["code"]), dict(value.get("facts", {})))

    @property
    def key(self) -> str:
        """32 hexadecimal digits that name this finding: the same code with the same facts has the same key."""
        told = json.dumps([self.code, self.facts], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        return sha256(told.encode("ascii")).hexdigest()[:32]
