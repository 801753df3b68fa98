"""From a proposal to a claim with its chain and its sources; and back."""

from claims.actions.attribution import Hop, write_chain
from claims.actions.claim import new_claim
from claims.actions.contribution import contribute
from claims.actions.history import Change
from claims.actions.source import adopt_source, new_source
from claims.actions.terms import Teller, Terms, claim_fields, directory, terms_of
from claims.errors import Conflict, Invalid
from claims.models import Alias, Claim, Document, Proposal, ProposalState, Source, SourceKind, User
from claims.models.history import Entry
from claims.text.normalise import fold

# Accepting is among them: what was typed with it stays in the proposal when the acceptance is taken back.
SHAPING = [f"proposal.{done}" for done in ("marked", "edited", "split", "merged", "accepted")]


def claim_of(c: Change, proposal: Proposal) -> Claim:
    """The claim, its quantities and its chain, inside the change that accepts. Raises Invalid("source-unknown", …)."""
    document = Document.objects.select_related("publisher").get(pk=proposal.document_id)
    terms = terms_of(proposal, document, directory([proposal]))
    if (asked := terms.unknown) is not None:
        raise Invalid("source-unknown", field="chain", name=asked.surface)
    claim = new_claim(
        c,
        fields=claim_fields(terms, document),
        document=document,
        span=(proposal.start, proposal.end),
        quantities=terms.quantities,
    )
    hops = _hops(c, proposal, document, terms)
    if hops:
        write_chain(c, claim, hops)
    for user in hands_in(proposal):
        contribute(c, claim, user)
    return claim


def hands_in(proposal: Proposal) -> list[User]:
    """Who shaped what is accepted: marked, edited, cut or joined it, or what it was made of (rule 3)."""
    wholes = proposal.document.proposals.filter(state__in=[ProposalState.SPLIT, ProposalState.MERGED])
    parts = {whole.pk: whole.reading.get("into", []) for whole in wholes}
    seen = {proposal.pk}
    while more := {pk for pk, into in parts.items() if seen & set(into)} - seen:
        seen |= more
    shaped = Entry.objects.filter(subject_type="proposal", subject_id__in=[str(pk) for pk in seen])
    actors = shaped.filter(action__in=SHAPING).values_list("actor_id", flat=True)
    return list(User.objects.filter(pk__in=set(actors)).order_by("pk"))


def _hops(c: Change, proposal: Proposal, document: Document, terms: Terms) -> list[Hop]:
    hops: list[Hop] = []
    for told in terms.chain:
        source = _source(c, document, told)
        if all(source != hop.source for hop in hops):
            hops.append(
                Hop(
                    source=source,
                    stance=terms.stance,
                    verb=terms.verb[:80],
                    surface=told.surface,
                    document=document,
                    span=(proposal.start, proposal.end),
                    said_raw="" if hops else terms.said_raw,
                )
            )
    return hops


def _source(c: Change, document: Document, told: Teller) -> Source:
    """The hop's source, made where it has to be: unnamed ones belong to their document, once per name."""
    if told.source is not None:
        return told.source
    if told.how == "unnamed":
        return _unnamed(c, document, told.surface)
    name = told.listed.name_ar or told.listed.name_en if told.listed else told.surface
    taken = Alias.objects.filter(folded=fold(name).strip()).select_related("source").first()
    if taken is not None:
        return taken.source
    if told.listed is not None:
        return adopt_source(c, told.listed)
    kind = told.kind if told.kind != SourceKind.UNNAMED else SourceKind.SOCIAL_ACCOUNT
    return new_source(c, fields={**_named(document, told.surface), "kind": kind})


def _unnamed(c: Change, document: Document, surface: str) -> Source:
    folded = fold(surface).strip()
    for known in document.unnamed_sources.filter(kind=SourceKind.UNNAMED):
        if folded in {fold(known.name_ar).strip(), fold(known.name_en).strip()}:
            return known
    return new_source(c, fields={**_named(document, surface), "kind": SourceKind.UNNAMED}, document=document)


def _named(document: Document, name: str) -> dict[str, str]:
    arabic = any("\u0600" <= char <= "\u06ff" for char in name) or (
        document.lang == "ar" and not name.isascii()
    )
    return {"name_ar" if arabic else "name_en": name.strip()[:200]}


def unclaim(c: Change, proposal: Proposal) -> None:
    """Remove the claim, while it is as accepting it left it. Raises Conflict("claim-touched")."""
    claim = c.lock(Claim, proposal.claim_id)
    built_on = [claim.evidence, claim.verdicts, claim.comments]
    if claim.version != 1 or any(rows.exists() for rows in built_on):
        raise Conflict("claim-touched", current=claim)
    proposal.claim = None
    for hop in claim.attributions.order_by("-hop"):
        c.remove(hop)
    for row in [*claim.quantities.all(), claim, *claim.contributions.all()]:
        c.remove(row)
