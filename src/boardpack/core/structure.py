"""Places and directorates over time: their names, and what became of those that changed.

`params/report.yml` declares each name with its months and each change once, with its month. A month
reads the structure as it was known then, so that what is declared for later changes nothing in it;
what an earlier month said is brought to this month's structure, to be compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from boardpack.core.dated import Dated, WrittenMonth, as_known, in_force, in_turn, listed
from boardpack.core.errors import Fault, nearest
from boardpack.core.parameter_files import Slug, Strict, Words
from boardpack.core.periods import Month

CENTRAL = "central"
ICB = "icb"
"""What stands in figure ids for the central column and for the whole ICB."""
Part = Literal["place", "directorate"]
PARTS: tuple[Part, ...] = ("place", "directorate")


class Named(Dated):
    """A name in print and its months; `also` are other labels under which files may say it."""

    name: Words
    also: list[Words] = Field(default=[])


def _named(said: Any) -> Any:
    return [one if isinstance(one, dict | Named) else {"name": one} for one in listed(said)]


Entries = Annotated[
    tuple[Named, ...], Field(strict=False), BeforeValidator(_named), AfterValidator(in_turn)
]
"""A name that is the same in all months, or its dated entries."""
Names = dict[Slug, Entries]


class StructureChange(Strict):
    """What became of a place or a directorate from a month on.

    It went `into` another that goes on, it `becomes` another that begins with it (a new code), or
    it `leaves`. `why` is said where the change is told.

    >>> merged = {"from": "2024-25 M01", "place": "bexley", "into": "bromley"}
    >>> change = StructureChange.model_validate(merged)
    >>> change.part, change.slug, change.target
    ('place', 'bexley', 'bromley')
    """

    since: WrittenMonth = Field(alias="from")
    place: str = ""
    directorate: str = ""
    into: str = ""
    becomes: str = ""
    leaves: bool = False
    why: str = ""

    @model_validator(mode="after")
    def _one_of_each(self) -> StructureChange:
        if bool(self.place) == bool(self.directorate):
            raise ValueError("a place or a directorate, and one of them")
        if (bool(self.into), bool(self.becomes), self.leaves).count(True) != 1:
            raise ValueError("one of into, becomes and leaves: true")
        return self

    @property
    def part(self) -> Part:
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
    """The places and directorates of all months, with their changes in the order of their dates.

    >>> bexley = [{"name": "Bexley", "to": "2023-24 M12"}]
    >>> structure = Structure.model_validate({"places": {"bexley": bexley}, "directorates": {}})
    >>> [entry.holds(Month(2024, 1)) for entry in structure.of("place")["bexley"]]
    [False]
    """

    places: Names
    directorates: Names
    changes: tuple[StructureChange, ...] = Field((), strict=False)

    def of(self, part: Part) -> Names:
        """The names of places, or of directorates, by slug, of all months."""
        return self.places if part == "place" else self.directorates

    def as_known(self, month: Month) -> Structure:
        """The structure as it stood in a month: of what comes later, nothing."""
        changes = [change for change in self.changes if change.since <= month]
        kept = [{s: as_known(e, month) for s, e in self.of(k).items()} for k in PARTS]
        begun = [{slug: found for slug, found in names.items() if found} for names in kept]
        later = {(c.part, c.becomes) for c in self.changes if c.since > month}
        places, directorates = (
            {slug: found for slug, found in names.items() if (part, slug) not in later}
            for part, names in zip(PARTS, begun, strict=True)
        )
        return Structure(
            places=places,
            directorates=directorates,
            changes=tuple(sorted(changes, key=lambda change: change.since)),
        )

    def in_force(self, part: Part, month: Month) -> dict[str, Named]:
        """What there is in a month, by slug in print order."""
        ended = {c.slug for c in self.changes if c.part == part and c.since <= month}
        unborn = {c.becomes for c in self.changes if c.part == part and c.since > month}
        found = ((slug, in_force(entries, month)) for slug, entries in self.of(part).items())
        return {s: e for s, e in found if e and s not in ended and s not in unborn}

    def since(self, month: Month) -> tuple[StructureChange, ...]:
        """The changes after a month, in the order of their dates."""
        return tuple(change for change in self.changes if change.since > month)

    def stands(self, part: Part, slug: str, after: Month | None = None) -> str | None:
        """What a slug is part of by the changes after a month, or by all; None if it has left."""
        for change in self.changes:
            if (change.part, change.slug) == (part, slug) and (not after or change.since > after):
                if change.leaves:
                    return None
                slug = change.target
        return slug

    def parts(self, part: Part, slug: str, month: Month) -> tuple[str, ...]:
        """Those of an earlier month of which a slug is made up now; itself first."""
        found = [s for s in self.in_force(part, month) if self.stands(part, s, month) == slug]
        return tuple(sorted(found, key=lambda one: one != slug))

    def name(self, part: Part, slug: str) -> str:
        """The latest name of a slug, of whatever month."""
        return self.of(part)[slug][-1].name

    def labels(self, part: Part) -> dict[str, str]:
        """The slug of each label that a file of any month may use: names, others, slugs."""
        found: dict[str, str] = {}
        for slug, entries in self.of(part).items():
            labels = [label for e in entries for label in (e.name, *e.also)]
            found |= dict.fromkeys((*labels, slug), slug)
        return found

    def faults(self, file: str) -> Iterator[Fault]:
        """What is wrong in the changes against the names: each by its key, with the remedy."""
        for number, change in enumerate(self.changes):
            key = f"changes.{number}"
            for field in (change.part, "into", "becomes"):
                slug = getattr(change, field)
                if slug and slug not in self.of(change.part):
                    hint = nearest(slug, self.of(change.part))
                    yield Fault(file, f"a known {change.part}", hint, None, f"{key}.{field}", slug)
                    break
            else:
                yield from self._against_names(file, key, change)
        for part in PARTS:
            ended = {change.slug for change in self.changes if change.part == part}
            for slug, entries in self.of(part).items():
                if entries[-1].last is not None and slug not in ended:
                    expected = f"under changes, what became of it after {entries[-1].last.written}"
                    remedy = "Say where it went (into), or leaves: true."
                    yield Fault(file, expected, remedy, None, f"{part}s.{slug}", slug)

    def _against_names(self, file: str, key: str, change: StructureChange) -> Iterator[Fault]:
        part, since, before = change.part, change.since, change.since.earlier(1)
        if change.slug not in self.in_force(part, before):
            expected = f"a {part} that is there in {before.written}"
            remedy = "A change is declared once, by what there was until then."
            yield Fault(file, expected, remedy, None, f"{key}.{part}", change.slug)
        last = self.of(part)[change.slug][-1].last
        if last is not None and last != before:
            remedy = f"Leave to: out, or write {before.written}."
            expected = f"to: {before.written}, since it changes from {since.written}"
            yield Fault(file, expected, remedy, None, f"{part}s.{change.slug}", last.written)
        if change.target and change.target not in self.in_force(part, since):
            expected = f"a {part} that is there in {since.written}"
            remedy = "Name the one that goes on; becomes: names one that begins."
            field = "into" if change.into else "becomes"
            yield Fault(file, expected, remedy, None, f"{key}.{field}", change.target)
        begun = self.of(part)[change.becomes][0].first if change.becomes else None
        if begun is not None and begun != since:
            remedy = f"Leave from: out, or write {since.written}; into: is for one that goes on."
            expected = f"from: {since.written}, since it begins with the change"
            yield Fault(file, expected, remedy, None, f"{part}s.{change.becomes}", begun.written)
