"""A number in a sentence held against the figures: its value, its base, its reference."""

from __future__ import annotations

from dataclasses import replace

from boardpack.core.params import Paper
from boardpack.figures.chapters import is_made_at_render
from boardpack.figures.register import Register
from boardpack.prose.changes import bases_of, bases_said, fitting_base
from boardpack.prose.claim import Claim, Status
from boardpack.prose.context import Context, context_of
from boardpack.prose.matching import Matcher, Verdict
from boardpack.prose.passages import Sentence
from boardpack.prose.quantities import Quantity

AT_RENDER = "A notebook of this home may keep it: it is looked up when the paper is rendered."
"""Why a reference to a chapter that has no figure yet is no fault."""


class Judge:
    """Gives the verdict on each number of a sentence."""

    def __init__(self, register: Register, matcher: Matcher, paper: Paper) -> None:
        self.register = register
        self.matcher = matcher
        self.paper = paper
        self.by_id = {facet.figure.id: facet for facet in matcher.facets}

    def claim(self, sentence: Sentence, quantity: Quantity, others: list[Quantity]) -> Claim:
        """The claim that a number makes; `others` are all the numbers of its sentence."""
        context = context_of(sentence, quantity, others, self.paper)
        line = sentence.line_at(quantity.start)
        if quantity.reference:
            return self._referred(quantity, context, line)
        verdict = self._verdict(quantity, context)
        return Claim(
            line,
            _words(sentence.text, quantity),
            quantity.value,
            quantity.unit,
            verdict.status,
            verdict.figures,
            verdict.reason,
            quantity.text,
        )

    def _verdict(self, quantity: Quantity, context: Context) -> Verdict:
        verdict = self.matcher.judge(quantity, context)
        if quantity.unit != "PCT" or "change" not in context.kinds:
            return verdict
        bases = bases_of(self.matcher.facets, context, self.paper)
        fitting = fitting_base(bases, quantity, context.trend)
        if fitting is not None and verdict.status != "supported":
            reason = f"Measured from {fitting.name}. Bases: {bases_said(bases)}."
            return Verdict("supported", fitting.figures, reason)
        if not bases:
            return verdict
        if verdict.status == "unsupported" and context.topic_reach in ("words", "sentence"):
            figures = bases[0].figures
            return Verdict("contradicted", figures, f"The figures give {bases_said(bases)}.")
        return replace(verdict, reason=f"{verdict.reason} Bases: {bases_said(bases)}.")

    def _referred(self, quantity: Quantity, context: Context, line: int) -> Claim:
        """A `[[figure.id]]`: it is the figure, so only its direction word can be wrong."""
        identity, text = quantity.reference, quantity.text
        facet = self.by_id.get(identity)
        if facet is None:
            chapter = identity.split(".", 1)[0]
            if is_made_at_render(self.paper, chapter, {f.chapter for f in self.register}):
                return Claim(line, text, None, "", "supported", (), AT_RENDER, text)
            reason = f"There is no figure {identity}. {self.register.hint(identity)}"
            return Claim(line, text, None, "", "unsupported", (), reason, text)
        figure = self.register.agreed(identity)
        turned = facet.kind == "variance" and context.direction * facet.signed < 0
        said = "an overspend or shortfall" if context.direction < 0 else "an underspend"
        reason = f"The words say {said}; the figure is the other way." if turned else "A reference."
        status: Status = "contradicted" if turned else "supported"
        value = abs(figure.value)
        return Claim(line, text, value, figure.unit, status, (figure.id,), reason, text)


def _words(sentence: str, quantity: Quantity) -> str:
    """The quantity with a few words on either side, as the report shows it."""
    left = sentence[: quantity.start].split()[-5:]
    right = sentence[quantity.end :].split()[:4]
    return " ".join((*left, sentence[quantity.start : quantity.end], *right))
