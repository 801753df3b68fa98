"""The texts of the illustration, pasted as an editor would paste them."""

from claims.actions.document import add_document
from claims.actions.proposal import reject_proposal
from claims.management.demo.content import Item, rows, text
from claims.management.demo.stage import Stage
from claims.models import Document, ProposalState, Source


def add_documents(stage: Stage, publisher: Source) -> None:
    """Every text, kept unchanged and read by the engine."""
    for item in rows("documents", "document"):
        key = item["key"]
        found = Document.objects.filter(title=item["title"], body=text(item["file"])).first()
        stage.documents[key] = found or _add(stage, item, publisher)
        if found is None:
            stage.fresh.add(key)


def finish_triage(stage: Stage) -> None:
    """Sets aside what nobody accepted in the texts added just now, but for the ones left for newcomers to try."""
    left = {item["key"] for item in rows("documents", "document") if item.get("left_in_intake")}
    for key in sorted(stage.fresh - left):
        for proposal in stage.documents[key].proposals.filter(state=ProposalState.PROPOSED):
            reject_proposal(actor=stage.people["amal"], proposal_id=proposal.pk, version=proposal.version)


def _add(stage: Stage, item: Item, publisher: Source) -> Document:
    return add_document(
        actor=stage.people["amal"],
        body=text(item["file"]),
        fields={
            "kind": item["kind"],
            "title": item["title"],
            "lang": item["lang"],
            "publisher_id": publisher.pk,
            "published_on": item["published_on"],
            "incident_id": stage.incidents[item["incident"]].pk,
        },
        again=True,
    )
