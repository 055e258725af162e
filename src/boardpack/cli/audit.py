"""The verbs that account for a paper: where figures come from, and whether all of it holds."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boardpack.cli.options import Home, Month, MonthOption, Place, Year, YearOption, layouts
from boardpack.core.errors import FINDINGS, UsageFault

if TYPE_CHECKING:
    from boardpack.audit.lineage.explain import Node
    from boardpack.core.params import Paper

MOST_DIFFERENCES = 5
"""As many of a kind are shown where a file has them all."""


def explain(
    figure: Annotated[
        list[str], typer.Argument(metavar="FIGURE", help="Its id, or words: prescribing overspend.")
    ],
    year: YearOption,
    month: MonthOption,
    place: Place = None,
    home: Home = None,
    show: Annotated[
        bool, typer.Option("--open", help="Open its entry in the built book's register.")
    ] = False,
    cells: Annotated[
        bool, typer.Option("--cells", help="List every cell behind it, as CSV, with running sums.")
    ] = False,
) -> None:
    """Say where a figure, named or told in words, comes from, down to the cells of its files."""
    from boardpack.audit.lineage.explain import explain as tree_of
    from boardpack.audit.lineage.explain import explain_words, is_id
    from boardpack.audit.lineage.tree import say_explained, say_fitting, show_entry

    (layout,) = layouts(year, month, place, False, home)
    words = " ".join(figure)
    node, found = (tree_of(layout, words), None) if is_id(words) else explain_words(layout, words)
    if cells:
        _list_cells(layout.paper, node)
    else:
        say_explained(layout, node)
    if found is not None and not cells:
        say_fitting(found, layout.paper)
    if show:
        show_entry(layout, node.figure.id)


def _list_cells(paper: Paper, node: Node) -> None:
    """The cells behind a figure as CSV; what gives none is told on the other stream."""
    from boardpack.audit.lineage.cells import cells_behind, cells_csv

    found = cells_behind(paper, node)
    for line in cells_csv(found):
        print(line)
    for one in found:
        for note in one.notes:
            print(f"{one.figure.id}: {note}", file=sys.stderr)


def what_if(
    year: Year,
    month: Month,
    changes: Annotated[
        list[str],
        typer.Argument(metavar="DRIVER=PERCENT...", help="Such as prescribing_price_percent=2."),
    ],
    place: Place = None,
    home: Home = None,
) -> None:
    """Say what the year would come to with other prices, activity or savings; write nothing."""
    from boardpack.audit.lineage.what_if import scenario_of, told
    from boardpack.audit.lineage.what_if import what_if as answers_to

    scenario = scenario_of(changes)
    (layout,) = layouts(year, month, place, False, home)
    for line in told(layout.paper, answers_to(layout.paper, scenario)):
        print(line)


def bundle(
    build: Annotated[Path, typer.Argument(metavar="BUILD", help="The folder of a build.")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="The zip; else beside the build.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--key", metavar="PEM", help="Sign with this Ed25519 key.")
    ] = None,
    home: Home = None,
) -> None:
    """Write one zip with all that an auditor needs to re-perform a paper."""
    from boardpack.audit.bundles.bundle import write_bundle

    written = write_bundle(build, out, home, key, _pass_phrase)
    print(f"Wrote {written.path}")
    for note in written.notes:
        print(note)


def diff(
    before: Annotated[Path, typer.Argument(metavar="A", help="A build or a released paper.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="The one to compare with it.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="The whole list; else build/differences.txt."),
    ] = None,
) -> None:
    """Say what changed between two editions of a paper: figures, checks and wording."""
    from boardpack.audit.comparison.differences import diff as compare
    from boardpack.cli.findings import say_lines
    from boardpack.core.home import home_around

    found = compare(before, after)
    file = out or (home_around(Path().resolve()) or Path()) / "build" / "differences.txt"
    say_lines(found.lines(), found.lines(most=MOST_DIFFERENCES), file)
    if not found.is_equal:
        raise typer.Exit(FINDINGS)


def verify(
    build: Annotated[
        Path,
        typer.Argument(
            metavar="BUILD_OR_BUNDLE", help="build/2023-24/M06/bromley, or a bundle's zip."
        ),
    ],
    home: Home = None,
    public_key: Annotated[
        Path | None,
        typer.Option("--public-key", metavar="PEM", help="Who must have signed the bundle."),
    ] = None,
    inputs: Annotated[
        Path | None,
        typer.Option("--inputs", metavar="FOLDER", help="Originals that the bundle withholds."),
    ] = None,
    accept: Annotated[
        list[str] | None,
        typer.Option(
            "--accept-code", metavar="NAME", help="A file of code that may be other (* for any)."
        ),
    ] = None,
    static: Annotated[
        bool, typer.Option("--static", help="Run nothing: seals, formulas, cells and outputs only.")
    ] = False,
    by: Annotated[
        str, typer.Option("--by", metavar="'NAME, ROLE'", help="Who verifies, for the certificate.")
    ] = "",
    on_behalf_of: Annotated[
        str, typer.Option("--for", metavar="WHOM", help="For whom, such as 'Audit Committee'.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--json", help="Write the certificate to this file too.")
    ] = None,
    page: Annotated[
        Path | None, typer.Option("--page", help="Write it as a page to print (HTML) too.")
    ] = None,
) -> None:
    """Hold a build or bundle to its seals, perform its month again, and print a certificate."""
    from boardpack.audit.verification.certificate import (
        Engagement,
        certificate_lines,
        certificate_record,
        program_hash,
    )
    from boardpack.audit.verification.certificate_page import certificate_page
    from boardpack.audit.verification.verify import How
    from boardpack.audit.verification.verify import verify as hold
    from boardpack.cli.progress import StageLines
    from boardpack.core.held_folder import end_tidily
    from boardpack.render.timings import Timings

    end_tidily()
    how = How(tuple(accept or ()), static)
    timings = Timings(StageLines())
    found = hold(build, home, timings, public_key, inputs, how)
    timings.close()
    command = shlex.join(["boardpack", *sys.argv[1:]])
    engaged = Engagement(
        " ".join(by.split()), " ".join(on_behalf_of.split()), command, program_hash()
    )
    certificate = replace(found, engagement=engaged)
    for line in certificate_lines(certificate):
        typer.echo(line)
    if out is not None:
        out.write_text(certificate_record(certificate), encoding="utf-8", newline="\n")
    if page is not None:
        page.write_text(certificate_page(certificate), encoding="utf-8", newline="\n")
    if certificate.findings:
        raise typer.Exit(FINDINGS)


def evidence(
    year: YearOption,
    month: MonthOption,
    figures: Annotated[
        list[str] | None, typer.Argument(metavar="FIGURE_ID...", help="The figures' ids.")
    ] = None,
    sample: Annotated[
        int | None, typer.Option("--sample", help="Draw so many figures, the large more likely.")
    ] = None,
    materiality: Annotated[
        str | None,
        typer.Option("--materiality", metavar="POUNDS", help="Draw by monetary units: 250,000."),
    ] = None,
    confidence: Annotated[
        int, typer.Option("--confidence", metavar="PERCENT", help="Of a draw by materiality.")
    ] = 95,
    seed: Annotated[int, typer.Option("--seed", help="The sample is the same for a seed.")] = 0,
    place: Place = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help="Else beside the build.")
    ] = None,
    home: Home = None,
) -> None:
    """Write an auditor's working paper on some figures: lineage, source rows, checks, prior."""
    from boardpack.audit.evidence_papers.files import write_evidence
    from boardpack.audit.evidence_papers.monetary_units import Plan, read_materiality
    from boardpack.audit.evidence_papers.selection import by_materiality, named, seeded
    from boardpack.audit.evidence_papers.working_paper import Auditor

    if [bool(figures), sample is not None, materiality is not None].count(True) != 1:
        raise UsageFault("Name figures, or ask for a --sample of so many, or give a --materiality.")
    (layout,) = layouts(year, month, place, False, home)
    auditor = Auditor(layout)
    if materiality is not None:
        chosen = by_materiality(auditor, Plan(confidence, read_materiality(materiality), seed))
    elif sample is not None:
        chosen = seeded(auditor, sample, seed)
    else:
        chosen = named(auditor, figures or [])
    found = [auditor.evidence(identity) for identity in chosen.ids]
    for path in write_evidence(layout, found, chosen, out):
        print(f"Wrote {path}")


def prose(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Markdown or plain text.")],
    year: YearOption,
    month: MonthOption,
    place: Place = None,
    home: Home = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="Write all claims here.")
    ] = None,
) -> None:
    """Hold every number of a text against the figures of a month, and say what does not agree."""
    from boardpack.audit.lineage.explain import with_own
    from boardpack.figures.chapters import chapters_of, compute
    from boardpack.prose.checking import check_prose
    from boardpack.prose.commentary_files import read_text
    from boardpack.prose.printed_report import say_claims, write_claims

    (layout,) = layouts(year, month, place, False, home)
    text = read_text(file, str(file))
    register = with_own(layout, compute(layout.paper, *chapters_of(layout.paper)))
    claims = check_prose(text, register, layout.paper)
    if json is not None:
        write_claims(json, claims)
    say_claims(str(file), claims)
    if any(claim.status == "contradicted" for claim in claims):
        raise typer.Exit(FINDINGS)


def _pass_phrase() -> str:
    """The pass phrase of an encrypted key: from the environment, else asked for on a terminal."""
    told = os.environ.get("BOARDPACK_KEY_PASSPHRASE")
    if told is not None:
        return told
    if not sys.stdin.isatty():
        raise UsageFault("The key is encrypted. Set BOARDPACK_KEY_PASSPHRASE to its pass phrase.")
    asked: str = typer.prompt("Pass phrase of the key", hide_input=True, err=True)
    return asked
