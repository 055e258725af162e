"""Figures that continue from last month: a level, a running total, what is set for the year.

Nothing is said where last month's paper and extracts are not here, nor in April of what begins
anew. Year-end entries make Month 12's running totals unlike the months before: they are not asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from boardpack.checks.check import Check, in_words, not_applicable
from boardpack.checks.continuity_rules import CONTINUITIES, Continuity
from boardpack.checks.exchanged_months import exchanged_months
from boardpack.checks.last_month import Then, last_month
from boardpack.checks.made_again import made_again_as_agreed
from boardpack.checks.patterns import Patterns
from boardpack.checks.phasing import phasing_checks
from boardpack.checks.phrases import base, name, said, with_cell
from boardpack.checks.plausibility import KIND, question
from boardpack.checks.repairs import Tree
from boardpack.core.params import Paper
from boardpack.core.periods import month_of_suffix
from boardpack.figures.figure import Figure
from boardpack.figures.labels import chapter_label, measure_label

RULE = "continuity"
MONTH = "{month}"
OF_FILE = f"plausible.{RULE}.file."
TITLE = "It continues from last month"
SLIP = Decimal(8)
"""So many times last month's number, or such a part of it, is a slip of a unit, not a movement."""
FEWEST = 3
"""So many findings that rest on one file are one finding on the file."""


def check_continuity(patterns: Patterns) -> tuple[Check, ...]:
    """Each figure that a rule holds and last month has; with what it follows from."""
    return held_to(patterns, last_month(patterns.paper))


def held_to(patterns: Patterns, then: Mapping[str, Then]) -> tuple[Check, ...]:
    """The same, with last month's figures given."""
    rules = [rule for rule in CONTINUITIES if _applies(rule, patterns.paper)]
    if not then:
        why = "neither the paper nor the extracts of last month are here."
        return (not_applicable(f"plausible.{RULE}", TITLE, KIND, why),)
    checks = dict[str, Check]()
    held: dict[str, tuple[Figure, Then]] = {}
    for rule in rules:
        for figure, before in _pairs(patterns, rule, then):
            if base(figure.id) not in checks:
                made = _check(rule, figure, before, patterns.paper)
                checks.setdefault(*_kept_under(rule, figure, made))
            held.setdefault(figure.id, (figure, before))
    checks.update((check.id, check) for check in phasing_checks(patterns, then))
    told = _one_cause(patterns, list(checks.values()))
    return (*told, *_gone(patterns, rules, then), *exchanged_months(held))


def _kept_under(rule: Continuity, figure: Figure, check: Check) -> tuple[str, Check]:
    """The key of a check; the earlier months of a series that hold are one check together."""
    if MONTH not in rule.pattern or check.is_open:
        return base(figure.id), check
    series = f"{base(figure.id).rpartition('.')[0]}.earlier_months"
    return series, replace(check, id=f"plausible.{RULE}.{series}")


def _applies(rule: Continuity, paper: Paper) -> bool:
    month = paper.month
    if month.number == 1:
        return rule.over_years
    return rule.how != "to date" or not month.is_year_end


def _pairs(
    patterns: Patterns, rule: Continuity, then: Mapping[str, Then]
) -> Iterator[tuple[Figure, Then]]:
    last, structure = patterns.paper.month.earlier(1), patterns.paper.report.structure
    before = f".{last.suffix_in(patterns.paper.month)}"
    for figure, words in patterns.find(rule.pattern):
        is_merged = len(structure.parts("place", figure.place, last)) > 1
        if not _is_month(words, patterns.paper) or (rule.named_by_place and is_merged):
            continue
        found = then.get(figure.id) or then.get(figure.id.removesuffix(before))
        if found is not None and abs(found.value) >= rule.least:
            yield patterns.register.agreed(figure.id), found


def _gone(
    patterns: Patterns, rules: Sequence[Continuity], then: Mapping[str, Then]
) -> Iterator[Check]:
    """Figures that last month had and this month lacks, by chapter, where their line goes on.

    Only within the year and on one structure: lines end with them. What may not be shown is there.
    """
    last = patterns.paper.month.earlier(1)
    if last.start != patterns.paper.month.start or patterns.paper.report.structure.since(last):
        return
    register, gone = patterns.register, dict[str, list[str]]()
    hidden = {figure.id for figure in register.suppressed}
    not_here = [one for one in then if register.find(one) is None and one not in hidden]
    for rule in rules:
        if rule.may_end:
            continue
        shape = patterns.shape(patterns.named(rule.pattern))
        found = gone.setdefault(rule.pattern.split(".", 1)[0], [])
        for identity in not_here:
            match = shape.fullmatch(identity)
            if match and _is_month(match.groupdict(), patterns.paper):
                found.append(identity)
    for chapter, lost in gone.items():
        if chapter in patterns.chapters:
            yield _gone_check(chapter, list(dict.fromkeys(lost)), last.name)


def _gone_check(chapter: str, lost: Sequence[str], last: str) -> Check:
    first = measure_label(" ".join(lost[0].split(".")[1:])) if lost else ""
    many = f"{len(lost):,} figures" if len(lost) > 1 else "A figure"
    return in_words(
        id=f"plausible.{RULE}.gone.{chapter}",
        title=f"{TITLE}: nothing is gone from {chapter_label(chapter)}",
        kind=KIND,
        severity="warning",
        sentence=f"{many} of {chapter_label(chapter)} that the paper of {last} had cannot be made"
        f" this month; the first is {first}."
        if lost
        else "",
        cause="See whether rows are missing from its extract, or a line ended.",
    )


def _is_month(words: Mapping[str, str], paper: Paper) -> bool:
    """Whether what stands for a month, if anything does, is one; a sum over years is none."""
    return "month" not in words or month_of_suffix(words["month"], paper.month) is not None


@made_again_as_agreed
def _check(rule: Continuity, now: Figure, then: Then, paper: Paper) -> Check:
    ratio = _ratio(rule, now.value, then.value, paper.month.number)
    stands = rule.how != "to date" and abs(now.value - then.value) <= 2 * now.margin
    kept = ratio is None or stands or rule.low <= ratio <= rule.high
    last = paper.month.earlier(1).name
    stood = (
        f"{said(then.value, now.unit)} ({then.where})" if then.where else said(then.value, now.unit)
    )
    found = question(
        RULE,
        TITLE,
        (now,),
        kept,
        f"{name(now)} is {with_cell(now)}, and was {stood} in {last}: {_limits(rule)}, because"
        f" {rule.why}.",
        expected=then.value,
        cause="" if kept else "Ask who keeps this file what changed; correct it, or say why.",
    )
    return replace(found, severity="error") if not kept and _is_slip(now, then) else found


def _ratio(rule: Continuity, now: Decimal, then: Decimal, number: int) -> Decimal | None:
    """What the limits are for; None where nothing was there last month to compare with."""
    if not then:
        return None if rule.how != "set" or not now else Decimal("Infinity")
    if rule.how == "to date":
        return (now - then) * (number - 1) / then
    return now / then


def _is_slip(now: Figure, then: Then) -> bool:
    if not now.value or not then.value:
        return False
    ratio = abs(now.value / then.value)
    return ratio >= SLIP or ratio <= 1 / SLIP


def _limits(rule: Continuity) -> str:
    if rule.how == "set":
        return "it should stand as it was"
    low, high = (f"{limit.normalize():f}" for limit in (rule.low, rule.high))
    of = "the average month before" if rule.how == "to date" else "last month's"
    what = "the month's part of it" if rule.how == "to date" else "it"
    return f"{what} should be {low} to {high} times {of}"


def _one_cause(patterns: Patterns, checks: Sequence[Check]) -> Iterator[Check]:
    """The checks; what a failing part moves follows from it, and many of one file from the file."""
    tree = Tree(patterns.register)
    failed = [check for check in checks if check.is_open]
    roots = {
        check.id: parts[0].id
        for check in failed
        if (parts := [one for one in failed if one is not check and _is_part(tree, one, check)])
    }
    by_file: dict[str, list[Check]] = {}
    for check in failed:
        files = _files(tree, check.figures[0])
        if check.id not in roots and len(files) == 1:
            by_file.setdefault(files.pop(), []).append(check)
    for file, ones in by_file.items():
        if len(ones) >= FEWEST:
            whole = _of_file(file, ones, patterns.paper)
            roots |= {one.id: whole.id for one in ones}
            yield whole
    for check in checks:
        root = roots.get(check.id)
        root = roots.get(root, root) if root else None
        yield replace(check, root=root, cause="") if root else check


def _is_part(tree: Tree, one: Check, other: Check) -> bool:
    """Whether what one check is about goes into what the other is about, and not the other way."""
    first, second = base(one.figures[0]), base(other.figures[0])
    return first in tree.below(second) and second not in tree.below(first)


def _files(tree: Tree, identity: str) -> set[str]:
    below = (tree.register[one] for one in tree.below(identity) if one in tree.register)
    return {item.cell.file for figure in below for item in figure.cells}


def _of_file(file: str, ones: Sequence[Check], paper: Paper) -> Check:
    short = file.rsplit("/", 1)[-1]
    stem = short.rsplit(".", 1)[0].lower()
    errors = any(one.severity == "error" for one in ones)
    return in_words(
        id=f"{OF_FILE}{stem}",
        title=f"{TITLE}: {short}",
        kind=KIND,
        severity="error" if errors else "warning",
        sentence=f"{len(ones)} figures made from {file} do not continue from"
        f" {paper.month.earlier(1).name}. The first: {ones[0].sentence}",
        cause=f"See whether {short} is whole, of this month and in the declared unit.",
    )
