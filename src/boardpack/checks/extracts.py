"""The month's extracts against last month's: what has not come, what came as it was, what is idle.

These checks compare no figures: they hold the month's folder to that of the month before.
"""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.checks.check import Check, Severity, in_words, not_applicable
from boardpack.core.params import Paper
from boardpack.figures.labels import slug
from boardpack.reading.month_files import absent, brought_last_month, unused
from boardpack.reading.unchanged import unchanged

KIND = "extract"
ARRIVED, RENEWED, UNUSED = "arrived", "renewed", "extracts.unused"
SPOILS = (
    *(RENEWED, "scale", "twice", "copied", "volume", "discount"),
    *("months", "lines", "categories", "listed"),
)
"""What a check on a whole file may find that everything made from the file follows from."""
NO_MONTH_BEFORE = "no earlier month has extracts here."


def check_extracts(paper: Paper) -> tuple[Check, ...]:
    """Each extract of last month: that it came again, and with content of its own; then the rest.

    An extract that is absent, or holds what last month's did, stops a release until it comes or a
    reason is given. A file that nothing reads is to be looked at.
    """
    return (*_arrived(paper), *_renewed(paper), *_unused(paper))


def extract_check(extract: str, what: str) -> str:
    """The id of a check on an extract: that it `arrived`, or that it was `renewed`."""
    return f"extracts.{extract}.{what}"


def _arrived(paper: Paper) -> Iterator[Check]:
    due, lacking = brought_last_month(paper.home, paper.month), absent(paper)
    if not due:
        title = "Extracts that last month brought"
        yield not_applicable("extracts.none", title, KIND, NO_MONTH_BEFORE)
    for name, files in due.items():
        title, reason = f"{files[0].name} came, as last month", _reason(paper, name)
        identity = extract_check(name, ARRIVED)
        if name in lacking and reason:
            yield not_applicable(identity, title, KIND, f"not supplied this month ({reason}).")
        else:
            said = (
                f"Last month brought {files[0].name}. It has not come this month, and no reason is"
                " given."
            )
            what = "Ask for it, or give the reason under not_supplied in the month's parameters."
            yield _check(identity, title, "error", said if name in lacking else "", what)


def _reason(paper: Paper, extract: str) -> str:
    return paper.run.not_supplied.get(f"{extract}.csv", "").strip().rstrip(".")


def _renewed(paper: Paper) -> Iterator[Check]:
    for name, is_same in unchanged(paper).items():
        identity, file = extract_check(name, RENEWED), f"{name}.csv"
        title = f"{file} is not last month's again"
        reason = paper.run.unchanged.get(file, "").strip().rstrip(".")
        if is_same and reason:
            why = f"its content is last month's, and rightly so ({reason})."
            yield not_applicable(identity, title, KIND, why)
        else:
            said = f"The content of {file} is that of last month, whatever its title says."
            what = (
                "Ask for this month's, or give the reason under unchanged in the month's"
                " parameters."
            )
            yield _check(identity, title, "error", said if is_same else "", what)


def _unused(paper: Paper) -> Iterator[Check]:
    found = unused(paper)
    title = "Every file of the month's folder is used"
    for file in found:
        identity = f"{UNUSED}.{slug(file.file)}"
        what = "Rename it if it is an extract; else take it out of the folder."
        yield _check(identity, f"{title}: {file.file}", "warning", file.told, what)
    if not found:
        yield _check(UNUSED, title, "warning", "", "")


def _check(identity: str, title: str, severity: Severity, sentence: str, cause: str) -> Check:
    return in_words(identity, title, KIND, severity, sentence, cause)
