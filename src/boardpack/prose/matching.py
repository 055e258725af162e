"""A quantity held against the figures: supported, rounding, contradicted or unsupported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from boardpack.core.params import Paper
from boardpack.prose.claim import Status
from boardpack.prose.context import Context
from boardpack.prose.figure_words import GENERIC, Facet, stems
from boardpack.prose.quantities import Quantity
from boardpack.prose.reasons import amount, naming
from boardpack.prose.subjects import Subjects
from boardpack.prose.values import (
    SURE_DIGITS,
    before_number,
    digits_of,
    is_beyond,
    is_evident,
    meets,
    near,
    slips,
)
from boardpack.prose.vocabulary import APPROXIMATE

_FAMILY = {
    "GBP": ("GBP", "GBP_PER_MONTH", "GBP_PER_CLIENT_MONTH", "GBP_PER_CLIENT_WEEK"),
    "PCT": ("PCT", "RATE"),
    "COUNT": ("COUNT",),
}


@dataclass(frozen=True)
class Verdict:
    """What the figures say of one quantity."""

    status: Status
    figures: tuple[str, ...]
    reason: str


class Matcher(Subjects):
    """Holds quantities against the figures of one register, for one paper."""

    def __init__(self, facets: tuple[Facet, ...], paper: Paper) -> None:
        super().__init__(facets, paper)
        self.by_unit = {
            unit: [facet for facet in facets if facet.figure.unit in units]
            for unit, units in _FAMILY.items()
        }

    def judge(self, quantity: Quantity, context: Context) -> Verdict:
        """The verdict on a quantity in its context."""
        pool = self.by_unit[quantity.unit]
        exact = [facet for facet in pool if meets(quantity, facet.figure, context)]
        agreed = self._agreeing(exact, quantity, context)
        agreed = [f for f in agreed if not self.is_outnamed(f, pool, context)]
        meant = self._meant_instead(pool, agreed, quantity, context)
        if meant:
            return _verdict("contradicted", meant, "The figures give {names}.")
        turned = self._turned(exact, quantity, context)
        if agreed and not (
            turned and context.direction and all(facet.kind != "variance" for facet in agreed)
        ):
            return self._supported(agreed, quantity, context)
        if turned:
            return turned
        nearly = [facet for facet in pool if near(quantity, facet.figure, context)]
        rounded = [
            facet
            for facet in self._agreeing(nearly, quantity, context)
            if not facet.fails
            and not self.is_outnamed(facet, pool, context)
            and (facet.kind in ("variance", "change") or not context.direction)
        ]
        if rounded:
            return _verdict("rounding", rounded, "It agrees within rounding only: {names}.")
        turned = self._turned(nearly, quantity, context)
        return turned or self._refused(pool, exact, quantity, context)

    def _agreeing(
        self, found: Iterable[Facet], quantity: Quantity, context: Context
    ) -> list[Facet]:
        """Those not in conflict with the words, the best first."""
        fit = [
            facet
            for facet in found
            if not self.conflicts(facet, context) and is_evident(facet, quantity, context)
        ]
        return sorted(fit, key=lambda facet: -self.score(facet, context))

    def _meant_instead(
        self, pool: list[Facet], agreed: list[Facet], quantity: Quantity, context: Context
    ) -> list[Facet]:
        """The one quantity that the words name, where the value is only that of others.

        Another quantity is one that needs a word (`straight line`, `forecast`) that is not there.
        """
        if not agreed or not all(_is_unsaid(facet, context) for facet in agreed):
            return []
        subject = self.subject(pool, context)
        return [] if any(meets(quantity, facet.figure, context) for facet in subject) else subject

    def _supported(self, agreed: list[Facet], quantity: Quantity, context: Context) -> Verdict:
        best = agreed[0]
        long = digits_of(quantity) >= SURE_DIGITS
        sound = [facet for facet in agreed if not facet.fails]
        if best.fails and sound and long:
            best = sound[0]
        if best.fails and not any(
            self.score(f, context) >= self.score(best, context) for f in sound
        ):
            assert best.computed is not None
            if near(quantity, best.computed, context):
                reason = f"It agrees within rounding only: {naming(best.computed)}."
                return Verdict("rounding", (best.base, best.figure.id), reason)
            reason = f"It is printed so in the source, but the figures give {amount(best.computed)}"
            return Verdict("contradicted", (best.base, best.figure.id), f"{reason} ({best.base}).")
        is_stated = sound[0].figure.basis == "stated" and sound[0].figure.formula is None
        basis = "stated by the source only" if is_stated else f"basis {sound[0].figure.basis}"
        return _verdict("supported", sound, f"{{names}}, {basis}.")

    def _turned(self, exact: list[Facet], quantity: Quantity, context: Context) -> Verdict | None:
        """The value stands in the figures, for this subject, with the other direction."""
        wrong = [
            facet
            for facet in exact
            if self.conflicts(facet, context) == ["direction"]
            and (self.is_subject(facet, context) or _is_sure(facet, quantity, context))
        ]
        if not wrong:
            return None
        said = "an overspend or shortfall" if context.direction < 0 else "an underspend"
        if context.direction == 0:
            said = "an increase" if context.trend > 0 else "a decrease"
        reason = f"The words say {said}; the figures give {{names}}."
        return _verdict("contradicted", wrong, reason)

    def _refused(
        self, pool: list[Facet], exact: list[Facet], quantity: Quantity, context: Context
    ) -> Verdict:
        apart = [facet for facet in pool if slips(quantity, facet.figure)]
        slipped = [f for f in apart if not self.conflicts(f, context) and _close(f, context)]
        if slipped:
            reason = "A thousand times too small or too large: the figures give {names}."
            return _verdict("contradicted", slipped, reason)
        subject = self.subject(pool, context) or self.named(pool, context)
        if subject and context.bound and _is_far_beyond(quantity, subject[0], context):
            return _verdict("supported", subject, "It is so: the figures give {names}.")
        if subject:
            return _verdict("contradicted", subject, "The figures give {names}.")
        return self._unsupported(exact, context)

    def _unsupported(self, exact: list[Facet], context: Context) -> Verdict:
        closest = sorted(exact, key=lambda facet: len(self.conflicts(facet, context)))[:1]
        if closest:
            other = ", ".join(self.conflicts(closest[0], context)) or "subject"
            name = naming(closest[0].figure)
            return Verdict("unsupported", (), f"No such figure; {name} differs in {other}.")
        return Verdict("unsupported", (), "No figure has this value for this subject.")


def _close(facet: Facet, context: Context) -> bool:
    return bool(facet.topics & context.topics or facet.topics == context.topics)


def _verdict(status: Status, facets: list[Facet], reason: str) -> Verdict:
    best = list(dict.fromkeys(facet.figure.id for facet in facets))[:3]
    return Verdict(status, tuple(best), reason.replace("{names}", naming(facets[0].figure)))


def _is_far_beyond(quantity: Quantity, facet: Facet, context: Context) -> bool:
    """`Less than £5m` is true of £2m, where `nearly £5m` is not."""
    is_nearly = bool(APPROXIMATE.search(before_number(context)))
    is_turned = facet.kind == "variance" and context.direction * facet.signed < 0
    is_itself = abs(facet.figure.value) == abs(quantity.value)
    is_so = is_beyond(quantity, facet.figure, context) and not is_itself
    return is_so and not is_nearly and not is_turned


def _is_unsaid(facet: Facet, context: Context) -> bool:
    """Whether a figure is set apart by a word or a time frame that the words do not have."""
    later = facet.kind == "variance" and facet.frame == "year" and not context.frames
    measured = stems(facet.figure.measure.replace("_", " ")) - GENERIC
    return later or bool(measured - context.words and not facet.words & context.near)


def _is_sure(facet: Facet, quantity: Quantity, context: Context) -> bool:
    """Whether a figure of the very value is of the same subject, in three digits or more."""
    return digits_of(quantity) >= SURE_DIGITS - 1 and bool(facet.topics & context.topics)
