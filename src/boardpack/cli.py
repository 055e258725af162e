"""The command line: one verb a function. What a verb does is imported when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boardpack.errors import BUILD, FINDINGS, BoardpackError, UsageFault

if TYPE_CHECKING:
    from boardpack.build.layout import Layout

app = typer.Typer(
    name="boardpack",
    help="The monthly finance paper of an NHS place board, every number traced to its source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Year = Annotated[str, typer.Argument(metavar="YEAR", help="Financial year, such as 2023-24.")]
Month = Annotated[str, typer.Argument(metavar="MONTH", help="M01 (April) to M12 (March), or 1-12.")]
Place = Annotated[
    str | None, typer.Option("--place", help="The place's slug, or icb; else the usual place.")
]
All = Annotated[bool, typer.Option("--all", help="Every place, then the ICB.")]
Home = Annotated[
    Path | None,
    typer.Option("--home", help="The folder of params/, data/ and build/; else the project."),
]
Stock = Annotated[
    bool, typer.Option("--stock", help="Run notebooks in ordinary Jupyter kernels (slow).")
]


@app.callback()
def boardpack() -> None:
    """The monthly finance paper of an NHS place board, every number traced to its source."""


@app.command()
def render(
    year: Year,
    month: Month,
    place: Place = None,
    every: All = False,
    home: Home = None,
    stock: Stock = False,
) -> None:
    """Make a month's paper: the HTML book, the PDF, the figures and the checks."""
    from boardpack.build.render import render as make
    from boardpack.screen import RenderScreen, say_fault, say_rendered

    codes = []
    for layout in _layouts(year, month, place, every, home):
        try:
            with RenderScreen(layout.paper) as screen:
                rendered = make(layout, stock, screen)
            say_rendered(rendered)
        except BoardpackError as error:
            say_fault(error, layout.paper if every else None)
            codes.append(error.exit_code)
    if codes:
        raise typer.Exit(codes[0])


@app.command()
def check(
    year: Year, month: Month, place: Place = None, every: All = False, home: Home = None
) -> None:
    """Read a month's extracts and run the checks, without making the paper."""
    from boardpack.build.examine import examine
    from boardpack.screen import say_checked

    stopping = 0
    for layout in _layouts(year, month, place, every, home):
        register, checks = examine(layout.paper)
        say_checked(layout.paper, register, checks)
        stopping += sum(found.is_open and found.severity == "error" for found in checks)
    if stopping:
        raise typer.Exit(FINDINGS)


@app.command()
def status(
    year: Year, month: Month, place: Place = None, every: All = False, home: Home = None
) -> None:
    """Say what has arrived for a month, what is missing, and which checks stand open."""
    from boardpack.build.standing import standing
    from boardpack.screen import say_standing

    for layout in _layouts(year, month, place, every, home):
        say_standing(standing(layout))


@app.command(name="new-month")
def new_month(year: Year, month: Month, home: Home = None) -> None:
    """Begin a month: its folders, its parameters and last month's words, to be reviewed."""
    from boardpack.build.layout import find_project
    from boardpack.build.new_month import begin_month
    from boardpack.periods import parse_month

    when = parse_month(year, month)
    folder = _existing(home) or find_project(Path().resolve())
    print(begin_month(folder.resolve(), when).text())


@app.command()
def commentary(
    year: Year,
    month: Month,
    place: Place = None,
    every: All = False,
    read: Annotated[
        list[Path] | None, typer.Option("--read", metavar="FORM", help="Take back this form.")
    ] = None,
    written: Annotated[
        bool, typer.Option("--written", help="Record that the words stand as the figures do.")
    ] = False,
    stale: Annotated[
        bool, typer.Option("--stale", help="List the sentences whose figures have moved since.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help="Else beside the build.")
    ] = None,
    home: Home = None,
) -> None:
    """Write a Word form for each budget holder, take forms back, or say what went stale."""
    from boardpack.build import forms

    if bool(read) + written + stale > 1:
        raise UsageFault("Give one of --read, --written and --stale.")
    found: list[object] = []
    for layout in _layouts(year, month, place, every, home):
        if stale:
            found += forms.stale(layout)
        elif read:
            found += [f"Wrote {path}" for path in forms.take_forms(layout, read)]
        elif written:
            found.append(f"Wrote {forms.record(layout)}")
        else:
            found += [f"Wrote {path}" for path in forms.write_forms(layout, out)]
    for item in found:
        print(item)
    if stale and found:
        raise typer.Exit(FINDINGS)


@app.command(name="make-demo")
def make_demo(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="Where to write it, such as demo.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", help="The demonstration is the same for a seed.")
    ] = None,
    months: Annotated[
        int, typer.Option("--months", metavar="N", help="How many months, from April.")
    ] = 12,
    plant: Annotated[
        list[str] | None, typer.Option("--plant", metavar="NAME", help="Plant this fault.")
    ] = None,
    plant_month: Annotated[
        int | None,
        typer.Option("--plant-month", metavar="N", help="In which month; else the last."),
    ] = None,
    list_plants: Annotated[
        bool, typer.Option("--list-plants", help="Say which faults can be planted.")
    ] = False,
) -> None:
    """Write a made-up ICB with a year of extracts, to try the paper on; faults by name."""
    from boardpack.demo.make import SEED
    from boardpack.demo.make import make_demo as make
    from boardpack.demo.plants import told_plants

    if list_plants:
        print(told_plants())
        return
    if folder is None:
        raise UsageFault("Name a folder to write the demonstration to, such as demo.")
    for line in make(folder, SEED if seed is None else seed, months, plant or (), plant_month):
        print(line)


@app.command()
def explain(
    figure: Annotated[str, typer.Argument(metavar="FIGURE_ID", help="The figure's id.")],
    year: Annotated[str, typer.Option("--year", help="Financial year, such as 2023-24.")],
    month: Annotated[str, typer.Option("--month", help="M01 (April) to M12 (March), or 1-12.")],
    place: Place = None,
    home: Home = None,
    show: Annotated[
        bool, typer.Option("--open", help="Open its entry in the built book's register.")
    ] = False,
) -> None:
    """Say where a figure comes from: its formula and inputs, down to the cells with their files."""
    from boardpack.audit.explain import explain as tree_of
    from boardpack.audit.explain_tree import say_explained, show_entry

    (layout,) = _layouts(year, month, place, False, home)
    node = tree_of(layout, figure)
    say_explained(node)
    if show:
        show_entry(layout, node.figure.id)


@app.command()
def release(
    year: Year,
    month: Month,
    preparer: Annotated[str, typer.Option("--preparer", help="The role of who prepared it.")],
    reviewer: Annotated[str, typer.Option("--reviewer", help="The role of who reviewed it.")],
    place: Place = None,
    home: Home = None,
) -> None:
    """Release a rendered paper: refuse while anything stands open, else freeze its register."""
    from boardpack.audit.release import release as release_paper
    from boardpack.screen import RenderScreen

    (layout,) = _layouts(year, month, place, False, home)
    with RenderScreen(layout.paper) as screen:
        released = release_paper(layout, preparer, reviewer, screen)
    print(f"Released as version {released.version}, kept in {released.folder}")
    if released.changes:
        print(released.changes, end="")


@app.command()
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
    from boardpack.audit.bundle import write_bundle

    written = write_bundle(build, out, home, key, _pass_phrase)
    print(f"Wrote {written.path}")
    for note in written.notes:
        print(note)


@app.command()
def diff(
    before: Annotated[Path, typer.Argument(metavar="A", help="A build or a released paper.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="The one to compare with it.")],
) -> None:
    """Say what changed between two editions of a paper: figures, checks and wording."""
    from boardpack.audit.diff import diff as compare

    found = compare(before, after)
    print(found.text())
    if not found.is_equal:
        raise typer.Exit(FINDINGS)


@app.command()
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
    out: Annotated[
        Path | None, typer.Option("--json", help="Write the certificate to this file too.")
    ] = None,
) -> None:
    """Hold a build or bundle to its seals, perform its month again, and print a certificate."""
    from boardpack.audit.certificate import certificate_lines, certificate_record
    from boardpack.audit.verify import verify as hold
    from boardpack.screen import StageLines

    certificate = hold(build, home, StageLines(), public_key, inputs)
    for line in certificate_lines(certificate):
        typer.echo(line)
    if out is not None:
        out.write_text(certificate_record(certificate), encoding="utf-8", newline="\n")
    if certificate.findings:
        raise typer.Exit(FINDINGS)


@app.command()
def evidence(
    year: Annotated[str, typer.Option("--year", help="Financial year, such as 2023-24.")],
    month: Annotated[str, typer.Option("--month", help="M01 (April) to M12 (March), or 1-12.")],
    figures: Annotated[
        list[str] | None, typer.Argument(metavar="FIGURE_ID...", help="The figures' ids.")
    ] = None,
    sample: Annotated[
        int | None, typer.Option("--sample", help="Draw so many figures, the large more likely.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The sample is the same for a seed.")] = 0,
    place: Place = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help="Else beside the build.")
    ] = None,
    home: Home = None,
) -> None:
    """Write an auditor's working paper on some figures: lineage, source rows, checks, prior."""
    from boardpack.audit.evidence import Auditor
    from boardpack.audit.evidence_files import write_evidence

    if bool(figures) == (sample is not None):
        raise UsageFault("Name figures, or ask for a --sample of so many.")
    (layout,) = _layouts(year, month, place, False, home)
    auditor = Auditor(layout)
    drawn = f"A sample of {sample}, seed {seed}." if sample else "Figures chosen by the auditor."
    chosen = figures or auditor.sample(sample or 0, seed)
    found = [auditor.evidence(identity) for identity in chosen]
    for path in write_evidence(layout, found, drawn, out):
        print(f"Wrote {path}")


@app.command()
def prose(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Markdown or plain text.")],
    year: Annotated[str, typer.Option("--year", help="Financial year, such as 2023-24.")],
    month: Annotated[str, typer.Option("--month", help="M01 (April) to M12 (March), or 1-12.")],
    place: Place = None,
    home: Home = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="Write all claims here.")
    ] = None,
) -> None:
    """Hold every number of a text against the figures of a month, and say what does not agree."""
    from boardpack.figures.chapters import NEEDS, compute
    from boardpack.prose.checking import check_prose
    from boardpack.prose.commentary import read_text
    from boardpack.prose.telling import say_claims, write_claims

    (layout,) = _layouts(year, month, place, False, home)
    text = read_text(file, str(file))
    claims = check_prose(text, compute(layout.paper, *NEEDS), layout.paper)
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


def _layouts(
    year: str, month: str, place: str | None, every: bool, home: Path | None
) -> tuple[Layout, ...]:
    """The papers that a command is about, each with its folders."""
    from boardpack.periods import parse_month

    when = parse_month(year, month)
    if every and place is not None:
        raise UsageFault("Give --place or --all, not both.")
    _existing(home)
    from boardpack.build.layout import Layout, find_project
    from boardpack.build.status import standing_layout
    from boardpack.params import load_paper

    project = find_project((home or Path()).resolve())
    folder = (home or project).resolve()
    first = load_paper(folder, when, place)
    places = first.report.papers if every else (first.place,)
    found = (Layout(project, load_paper(folder, when, slug)) for slug in places)
    return tuple(standing_layout(layout) for layout in found)


def _existing(home: Path | None) -> Path | None:
    if home is not None and not home.is_dir():
        raise UsageFault(f"There is no folder {home} for --home.")
    return home


def main() -> None:
    """Run a verb; a failure is told in plain words, and its kind is the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    with _plainly():
        app()


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except BoardpackError as error:
        print(f"boardpack: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except PermissionError as error:
        said = "it is open in another program, or you may not write it. Close it, and try again."
        print(f"boardpack: {error.filename or 'a file'}: {said}", file=sys.stderr)
        sys.exit(BUILD)
    except OSError as error:
        print(f"boardpack: {error.filename or error}: {error.strerror}", file=sys.stderr)
        sys.exit(BUILD)
    except Exception as error:
        if os.environ.get("BOARDPACK_TRACEBACK"):
            raise
        print(
            f"boardpack: unexpected {type(error).__name__}: {error}\n"
            "This is a fault of boardpack. Set BOARDPACK_TRACEBACK=1 to see where it came from.",
            file=sys.stderr,
        )
        sys.exit(BUILD)
