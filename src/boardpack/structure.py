"""Places and directorates over time: their names, and what became of those that changed.

`params/report.yml` declares each name with its months and each change once, with its month. A month
reads the structure as it was known then, so that what is declared for later changes nothing in it;
what an earlier month said is brought to this month's structure, to be compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from boardpack.dated import Dated, WrittenMonth, as_known, in_force, in_turn, listed
from boardpack.errors import Fault, nearest
from boardpack.parameter_files import Strict
from boardpack.periods import Month

Kind = Literal["place", "directorate"]
KINDS: tuple[Kind, ...] = ("place", "directorate")


class Named(Dated):
    """A name in print and its months; `also` are other labels under which files may say it."""

    name: str
    also: list[str] = Field(default=[])


def _named(said: Any) -> Any:
    return [{"name": one} if isinstance(one, str) else one for one in listed(said)]


Entries = Annotated[tuple[Named, ...], BeforeValidator(_named), AfterValidator(in_turn)]
"""A name that is the same in all months, or its dated entries."""
Names = dict[str, Entries]


class Change(Strict):
    """What became of a place or a directorate from a month on.

    It went `into` another that goes on, it `becomes` another that begins with it (a new code), or
    it `leaves`. `why` is said where the change is told.
    """

    since: WrittenMonth = Field(alias="from")
    place: str = ""
    directorate: str = ""
    into: str = ""
    becomes: str = ""
    leaves: bool = False
    why: str = ""

    @model_validator(mode="after")
    def _one_of_each(self) -> Change:
        if bool(self.place) == bool(self.directorate):
            raise ValueError("a place or a directorate, and one of them")
        if (bool(self.into), bool(self.becomes), self.leaves).count(True) != 1:
            raise ValueError("one of into, becomes and leaves: true")
        return self

    @property
    def kind(self) -> Kind:
        """Whether a place or a directorate changed."""
        return "place" if self.place else "directorate"

    @property
    def slug(self) -> str:
        """What changed."""
        return self.place or self.directorate

    @property
    def target(self) -> str:
        """What it is part of since; empty where it has left."""
        return self.into or self.becomes


class Structure(Strict):
    """The places and directorates of all months, with their changes in the order of their dates."""

    places: Names
    directorates: Names
    changes: tuple[Change, ...] = ()

    def of(self, kind: Kind) -> Names:
        """The names of a kind by slug, of all months."""
        return self.places if kind == "place" else self.directorates

    def as_known(self, month: Month) -> Structure:
        """The structure as it stood in a month: of what comes later, nothing."""
        changes = [change for change in self.changes if change.since <= month]
        kept = [{s: as_known(e, month) for s, e in self.of(k).items()} for k in KINDS]
        begun = [{slug: found for slug, found in names.items() if found} for names in kept]
        later = {(c.kind, c.becomes) for c in self.changes if c.since > month}
        places, directorates = (
            {slug: found for slug, found in names.items() if (kind, slug) not in later}
            for kind, names in zip(KINDS, begun, strict=True)
        )
        return Structure(
            places=places,
            directorates=directorates,
            changes=tuple(sorted(changes, key=lambda change: change.since)),
        )

    def in_force(self, kind: Kind, month: Month) -> dict[str, Named]:
        """What there is in a month, by slug in print order."""
        ended = {c.slug for c in self.changes if c.kind == kind and c.since <= month}
        unborn = {c.becomes for c in self.changes if c.kind == kind and c.since > month}
        found = ((slug, in_force(entries, month)) for slug, entries in self.of(kind).items())
        return {s: e for s, e in found if e and s not in ended and s not in unborn}

    def stands(self, kind: Kind, slug: str, after: Month | None = None) -> str | None:
        """What a slug is part of by the changes after a month, or by all; None if it has left."""
        for change in self.changes:
            if (change.kind, change.slug) == (kind, slug) and (not after or change.since > after):
                if change.leaves:
                    return None
                slug = change.target
        return slug

    def parts(self, kind: Kind, slug: str, month: Month) -> tuple[str, ...]:
        """Those of an earlier month of which a slug is made up now; itself first."""
        found = [s for s in self.in_force(kind, month) if self.stands(kind, s, month) == slug]
        return tuple(sorted(found, key=lambda one: one != slug))

    def name(self, kind: Kind, slug: str) -> str:
        """The latest name of a slug, of whatever month."""
        return self.of(kind)[slug][-1].name

    def labels(self, kind: Kind) -> dict[str, str]:
        """The slug of each label that a file of any month may use: names, others, slugs."""
        found: dict[str, str] = {}
        for slug, entries in self.of(kind).items():
            labels = [label for e in entries for label in (e.name, *e.also)]
            found |= {label: slug for label in (*labels, slug)}
        return found

    def faults(self, file: str) -> Iterator[Fault]:
        """What is wrong in the changes against the names: each by its key, with the remedy."""
        for number, change in enumerate(self.changes):
            key = f"changes.{number}"
            for field in (change.kind, "into", "becomes"):
                slug = getattr(change, field)
                if slug and slug not in self.of(change.kind):
                    hint = nearest(slug, self.of(change.kind))
                    yield Fault(file, f"a known {change.kind}", hint, None, f"{key}.{field}", slug)
                    break
            else:
                yield from self._against_names(file, key, change)
        for kind in KINDS:
            ended = {change.slug for change in self.changes if change.kind == kind}
            for slug, entries in self.of(kind).items():
                if entries[-1].last is not None and slug not in ended:
                    expected = f"under changes, what became of it after {entries[-1].last.written}"
                    remedy = "Say where it went (into), or leaves: true."
                    yield Fault(file, expected, remedy, None, f"{kind}s.{slug}", slug)

    def _against_names(self, file: str, key: str, change: Change) -> Iterator[Fault]:
        kind, since, before = change.kind, change.since, change.since.earlier(1)
        if change.slug not in self.in_force(kind, before):
            expected = f"a {kind} that is there in {before.written}"
            remedy = "A change is declared once, by what there was until then."
            yield Fault(file, expected, remedy, None, f"{key}.{kind}", change.slug)
        last = self.of(kind)[change.slug][-1].last
        if last is not None and last != before:
            remedy = f"Leave to: out, or write {before.written}."
            expected = f"to: {before.written}, since it changes from {since.written}"
            yield Fault(file, expected, remedy, None, f"{kind}s.{change.slug}", last.written)
        if change.target and change.target not in self.in_force(kind, since):
            expected = f"a {kind} that is there in {since.written}"
            remedy = "Name the one that goes on; becomes: names one that begins."
            field = "into" if change.into else "becomes"
            yield Fault(file, expected, remedy, None, f"{key}.{field}", change.target)
        begun = self.of(kind)[change.becomes][0].first if change.becomes else None
        if begun is not None and begun != since:
            remedy = f"Leave from: out, or write {since.written}; into: is for one that goes on."
            expected = f"from: {since.written}, since it begins with the change"
            yield Fault(file, expected, remedy, None, f"{kind}s.{change.becomes}", begun.written)
