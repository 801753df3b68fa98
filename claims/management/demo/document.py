"""The texts of the illustration."""

from claims.actions.history import change
from claims.ledger.canonical import text_digest
from claims.management.demo.content import Item, rows, text
from claims.management.demo.stage import Stage
from claims.models import Document, Source


def log_documents(stage: Stage, publisher: Source) -> None:
    """Every text, kept unchanged."""
    for item in rows("documents", "document"):
        found = Document.objects.filter(title=item["title"], body=text(item["file"])).first()
        stage.documents[item["key"]] = found or _log(stage, item, publisher)


def _log(stage: Stage, item: Item, publisher: Source) -> Document:
    body = text(item["file"])
    with change(actor=stage.people["amal"], action="document.logged") as c:
        return c.add(
            Document(
                kind=item["kind"],
                title=item["title"],
                body=body,
                body_sha256=text_digest(body),
                lang=item["lang"],
                publisher=publisher,
                published_on=item["published_on"],
                incident=stage.incidents[item["incident"]],
                created_by=c.actor,
            )
        )
