"""The source registry: add, edit, name, retire."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from claims.actions.history import Change, change
from claims.errors import Conflict, Invalid, NotAllowed, Refused, ensure
from claims.models import Account, Alias, Document, Language, Source, SourceKind, User
from claims.rules.role import may_edit_sources
from claims.text.normalise import fold
from claims.text.registry import KnownSource

EDITABLE = {
    *("name_ar", "name_en", "kind", "country", "affiliation", "interest", "is_party", "parent_id", "notes"),
}


def add_source(
    *,
    actor: User,
    fields: Mapping[str, Any],
    slug: str = "",
    document: Document | None = None,
    aliases: Sequence[tuple[str, str]] = (),
) -> Source:
    """A new source. An unnamed one belongs to its document. `aliases` are further names, each with its language.

    Raises NotAllowed, Invalid, Conflict("taken", "alias-taken").
    """
    ensure(may_edit_sources(actor))
    with change(actor=actor, action="source.added") as c:
        return new_source(c, fields=fields, slug=slug, document=document, aliases=aliases)


def new_source(
    c: Change,
    *,
    fields: Mapping[str, Any],
    slug: str = "",
    document: Document | None = None,
    aliases: Sequence[tuple[str, str]] = (),
) -> Source:
    """The source of `add_source`, inside a change that does more (accepting a proposal)."""
    source = Source(created_by=c.actor, document=document, **_checked(fields))
    _has_name(source)
    source.slug = slug or _slug(source)
    source.names_folded = _names(source, [name for name, _ in aliases])
    c.add(source)
    if source.kind != SourceKind.UNNAMED:
        own = [(source.name_ar, Language.ARABIC), (source.name_en, Language.ENGLISH)]
        _name_new(c, source, [*own, *aliases])
    return source


def adopt_source(c: Change, known: KnownSource) -> Source:
    """A source of the list that comes with the product, made the newsroom's own: with every name not taken yet.

    Its slug is the list's key. Raises Conflict("alias-taken") where another source already has its main name.
    """
    names = ("name_ar", "name_en", "kind", "country", "affiliation", "interest", "is_party")
    taken = set(Alias.objects.values_list("folded", flat=True))
    aliases = [
        (name, Language.ENGLISH if name.isascii() else Language.ARABIC)
        for name in known.aliases
        if fold(name).strip() not in taken
    ]
    fields = {name: getattr(known, name) for name in names}
    return new_source(c, fields=fields, slug=known.key, aliases=aliases)


def edit_source(*, actor: User, source_id: Any, version: int, fields: Mapping[str, Any]) -> Source:
    """Change what is known of a source. Raises NotAllowed, Invalid, Conflict("stale")."""
    with change(actor=actor, action="source.edited") as c:
        source = c.lock(Source, source_id, version)
        ensure(may_edit_sources(actor))
        for name, value in _checked(fields).items():
            setattr(source, name, value)
        _has_name(source)
        _no_circle(source)
        source.names_folded = _names(source, [alias.name for alias in source.aliases.all()])
        return c.save(source)


def add_alias(*, actor: User, source_id: Any, name: str, lang: str = Language.ARABIC) -> Alias:
    """Another name. One folded name belongs to one source. Raises NotAllowed, Invalid, Conflict("alias-taken")."""
    ensure(may_edit_sources(actor))
    with change(actor=actor, action="source.alias-added") as c:
        source = c.lock(Source, source_id)
        c.subject = source
        folded = fold(name).strip()
        if not folded:
            raise Invalid("empty", field="name")
        taken = Alias.objects.filter(folded=folded).select_related("source").first()
        if taken is not None:
            raise Conflict("alias-taken", current=taken.source)
        alias = c.add(Alias(source=source, name=name.strip(), lang=lang, folded=folded))
        _refold(c, source)
        return alias


def remove_alias(*, actor: User, alias_id: Any) -> None:
    """Take a name away. Raises NotAllowed, NotFound."""
    ensure(may_edit_sources(actor))
    with change(actor=actor, action="source.alias-removed") as c:
        alias = c.lock(Alias, alias_id)
        source = c.lock(Source, alias.source_id)
        c.subject = source
        c.remove(alias)
        _refold(c, source)


def add_account(*, actor: User, source_id: Any, platform: str, handle: str, checked: bool = False) -> Account:
    """A handle on a platform; unchecked ones are marked so. Raises NotAllowed, Invalid, Conflict("taken")."""
    ensure(may_edit_sources(actor))
    with change(actor=actor, action="source.account-added") as c:
        source = c.lock(Source, source_id)
        c.subject = source
        bare = handle.strip().lstrip("@")
        if not bare:
            raise Invalid("empty", field="handle")
        return c.add(Account(source=source, platform=platform.strip().lower(), handle=bare, checked=checked))


def remove_account(*, actor: User, account_id: Any) -> None:
    """Take a handle away. Raises NotAllowed, NotFound."""
    ensure(may_edit_sources(actor))
    with change(actor=actor, action="source.account-removed") as c:
        account = c.lock(Account, account_id)
        c.subject = account.source
        c.remove(account)


def retire_source(*, actor: User, source_id: Any, version: int) -> Source:
    """Offer the source no more; what it said stays. Raises NotAllowed, Conflict("stale")."""
    with change(actor=actor, action="source.retired") as c:
        source = c.lock(Source, source_id, version)
        ensure(may_edit_sources(actor))
        if source.retired_at:
            raise NotAllowed.because(Refused("already-retired"))
        source.retired_at = timezone.now()
        return c.save(source)


def _checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - EDITABLE
    if unknown:
        raise Invalid("unknown-field", field=min(unknown))
    return dict(fields)


def _has_name(source: Source) -> None:
    if not (source.name_ar.strip() or source.name_en.strip()):
        raise Invalid("name-missing", field="name_ar")


def _no_circle(source: Source) -> None:
    above, seen = source.parent, {source.pk}
    while above is not None:
        if above.pk in seen:
            raise Invalid("parent-circle", field="parent")
        seen.add(above.pk)
        above = above.parent


def _slug(source: Source) -> str:
    words = slugify(source.name_en)[:60].strip("-")
    if words and source.kind != SourceKind.UNNAMED and not Source.objects.filter(slug=words).exists():
        return words
    return f"{words or source.kind.replace('_', '-')}-{secrets.token_hex(3)}"


def _names(source: Source, aliases: list[str]) -> str:
    return fold("\n".join([source.name_ar, source.name_en, *aliases]))


def _name_new(c: Change, source: Source, names: Sequence[tuple[str, str]]) -> None:
    """Every name of a new source, those that fold alike once; whether any is taken is asked in one query."""
    wanted: dict[str, tuple[str, str]] = {}
    for name, lang in names:
        wanted.setdefault(fold(name).strip(), (name, lang))
    wanted.pop("", None)
    taken = Alias.objects.filter(folded__in=wanted).select_related("source").first()
    if taken is not None:
        raise Conflict("alias-taken", current=taken.source)
    for folded, (name, lang) in wanted.items():
        c.add(Alias(source=source, name=name.strip(), lang=lang, folded=folded))


def _refold(c: Change, source: Source) -> None:
    source.names_folded = _names(source, [alias.name for alias in source.aliases.all()])
    c.save(source)
