"""The sources that exist only in the illustration: its publisher, and who is not named in its texts."""

from claims.actions.source import add_source
from claims.management.demo.content import Item, rows, table
from claims.management.demo.stage import Stage
from claims.models import Document, Source, SourceKind


def bring_publisher(stage: Stage) -> Source:
    """The made-up name under which our retold texts stand, so that none passes for an outlet's own."""
    item = table("documents")["publisher"]
    fields = {name: value for name, value in item.items() if name != "slug"}
    found = Source.objects.filter(slug=item["slug"]).first()
    return found or add_source(actor=stage.people["amal"], slug=item["slug"], fields=fields)


def bring_unnamed(stage: Stage) -> None:
    """One row per unnamed source and text: never one entity, never an origin."""
    for item in rows("documents", "unnamed"):
        found = Source.objects.filter(slug=item["slug"]).first()
        stage.sources[item["key"]] = found or _add(stage, item, stage.documents[item["document"]])


def _add(stage: Stage, item: Item, document: Document) -> Source:
    fields = {"name_ar": item["name_ar"], "name_en": item["name_en"], "kind": SourceKind.UNNAMED}
    return add_source(actor=stage.people["amal"], slug=item["slug"], fields=fields, document=document)
