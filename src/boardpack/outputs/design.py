"""The design sheet (see `boardpack.core.design`) in the tongues of the outputs: CSS and Typst."""

from __future__ import annotations

from boardpack.core.design import Design, usual_design

HEADINGS = ".bd-article :is(h1, h2) {\n  color: var(--ink);\n}"
"""The book's theme has a colour of its own for headings, hardly another than the usual ink."""
LOGO = """.logo-file {
  margin: 0;
}
.logo-file img {
  height: 3.2rem;
  max-width: 100%;
  object-fit: contain;
  object-position: left;
}
.bd-main .logo-file {
  margin: 0 2rem 0.75rem;
}
@media (max-width: 40rem) {
  .bd-main .logo-file {
    margin: 0 1rem 0.5rem;
  }
}
.band .logo-file {
  margin: -1.25rem calc(-1 * max(1rem, 50vw - 30rem)) 1.25rem;
  padding: 0.75rem max(1rem, calc(50vw - 30rem));
  background: var(--white);
}"""
"""A logo on white: above the status of each page of the book, above the band of the one page."""


def design_css(design: Design) -> str:
    """The sheet as custom properties of a page: `--dark-blue`, `--font`, `--size`."""
    colours = (f"  --{_hyphened(n)}: {v};" for n, v in design.colours.model_dump().items())
    series = (f"  --series-{n}: {v};" for n, v in enumerate(design.series, start=1))
    kind = design.type
    said = (f'  --font: "{kind.family}", {kind.fallback};', f"  --size: {kind.screen:g}px;")
    has_own_colours = design.model_copy(update={"logo": None}) != usual_design()
    own = (*((HEADINGS,) if has_own_colours else ()), *((LOGO,) if design.logo else ()))
    return "\n".join((":root {", *colours, *series, *said, "}", *own)) + "\n"


def design_typst(design: Design) -> str:
    """The sheet as Typst definitions: `dark-blue`, `small`, `body-size`, `page-margin`."""
    colours = (f'#let {_hyphened(n)} = rgb("{v}")' for n, v in design.colours.model_dump().items())
    kind, room = design.type, design.spacing
    margin = f"(x: {room.page_side}pt, top: {room.page_top}pt, bottom: {room.page_bottom}pt)"
    said = (
        f'#let family = "{kind.family}"',
        f"#let small = {kind.print_small}pt",
        f"#let body-size = {kind.print}pt",
        f"#let page-margin = {margin}",
    )
    return "\n".join((*colours, *said)) + "\n"


def _hyphened(name: str) -> str:
    return name.replace("_", "-")
