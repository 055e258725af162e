"""The templates of chapters: the words are theirs, and what stands in them is found when they run.

Nothing that Jinja compiles is stored: it is code, and whoever planted a file would have it run.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2

from boardpack.core.errors import BuildFault
from boardpack.document.own_words import own_text
from boardpack.document.wording import Name, Wording
from boardpack.figures.register import UnknownFigure

_TAG = re.compile(r"(\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\})", re.DOTALL)
_SAID = re.compile(r'"[^"]* [^"]*"')
_SETTINGS: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True, "autoescape": False}


class _OwnWords(jinja2.FileSystemLoader):
    """Templates from folders, their wording with the body's own words for its board and places."""

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """A template as it is compiled: what is between its tags is wording, a tag's text too."""
        source, file, is_current = super().get_source(environment, template)
        parts = _TAG.split(source)
        parts[::2] = map(own_text, parts[::2])
        parts[1::2] = (_SAID.sub(lambda said: own_text(said[0]), part) for part in parts[1::2])
        return "".join(parts), file, is_current


def environment(templates: Path, wording: Wording, own: Path | None = None) -> jinja2.Environment:
    """The templates of a folder, with the filters and tests; undefined names fail.

    `own` is a folder with those of a home's own chapters, which may use the others.
    """
    found = jinja2.Environment(
        loader=_OwnWords([templates, *([own] if own else [])]),
        undefined=jinja2.StrictUndefined,
        **_SETTINGS,
    )
    found.filters.update({name: _when_run(say) for name, say in wording.filters().items()})
    found.tests.update({name: _when_run(is_so) for name, is_so in wording.tests().items()})
    found.globals["f"] = Name()
    return found


def wording(source: str) -> tuple[str, ...]:
    """What the author of a template wrote: the words between its tags, and those quoted in them.

    >>> wording("It is {{ f.a.b | money }} {{ 'over' if x else 'under' }}.")
    ('It is ', ' ', "'over'", "'under'", '.')
    """
    kinds = ("data", "string")
    return tuple(text for _, kind, text in jinja2.Environment().lex(source) if kind in kinds)


def render_block(
    found: jinja2.Environment, template: str, block: str, context: dict[str, Any]
) -> str:
    """One block of a template as Markdown; a BuildFault names template, line and what is wrong."""
    name = f"{template}.md.j2"
    try:
        loaded = found.get_template(name)
        if block not in loaded.blocks:
            raise BuildFault(f"templates/chapters/{name} has no block {block!r}.")
        return "".join(loaded.blocks[block](loaded.new_context(context))).strip()
    except jinja2.TemplateNotFound:
        raise BuildFault(f"templates/chapters/{name} is missing.") from None
    except jinja2.TemplateSyntaxError as error:
        raise BuildFault(
            f"templates/chapters/{name}, line {error.lineno}: {error.message}"
        ) from None
    except (jinja2.UndefinedError, UnknownFigure) as error:
        line = loaded.get_corresponding_lineno(_compiled_line(error, name))
        raise BuildFault(f"templates/chapters/{name}, line {line}: {error.args[0]}") from None


def _compiled_line(error: BaseException, name: str) -> int:
    line, step = 0, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename.endswith(name):
            line = step.tb_lineno
        step = step.tb_next
    return line


def _when_run(said: Callable[..., Any]) -> Callable[..., Any]:
    """A filter or a test that Jinja leaves until the template runs."""

    @jinja2.pass_context
    def when_run(context: jinja2.runtime.Context, *told: Any, **named: Any) -> Any:
        return said(*told, **named)

    return when_run
