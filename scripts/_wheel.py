"""What a wheel holds: the project as it stands in a checkout, and a line that leads to its code.

An installed boardpack reads its wording, chapters, book and fonts, and verifies its own code, by
the same paths as a checkout does. So the wheel keeps the tree whole in a folder of its own beside
other packages, and `boardpack.pth` puts that folder's `src` among those that Python looks in
(docs/decisions/0077). An editable install needs none of it: there the checkout is itself the tree.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = "boardpack_project"
HELD = (
    *("src", "templates", "notebooks", "book", "scripts"),
    *("_config.yml", "GLOSSARY.md", "pyproject.toml", "requirements.txt"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "data/README.md"),
)
"""The code that is sealed, and what travels with a bundle beside it."""


class ProjectInWheel(BuildHookInterface[Any]):
    """Hatchling asks this hook what a wheel holds."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name every part of the tree; `version` is `standard`, or `editable`."""
        if version == "standard":
            root = Path(self.root)
            parts = {str(root / name): f"{FOLDER}/{name}" for name in HELD}
            build_data["force_include"].update(parts)
