"""The second implementation is held to take nothing from the product."""

from __future__ import annotations

import ast
import sys
from configparser import ConfigParser
from pathlib import Path

from boardpack.core.home import CHECKOUT

AUDIT = CHECKOUT / "src" / "boardpack" / "audit"
PACKAGE = "boardpack.audit.second"


def test_the_contract_holds_what_it_is_made_of() -> None:
    contracts = ConfigParser()
    contracts.read(CHECKOUT / ".importlinter", encoding="utf-8")
    held = contracts["importlinter:contract:a-second-implementation-that-shares-nothing"]
    made = {"boardpack.audit.reader", PACKAGE}
    assert set(held["source_modules"].split()) == made


def test_it_takes_nothing_from_the_product_and_of_libraries_only_the_reader_of_workbooks() -> None:
    files = sorted((AUDIT / "second").glob("*.py"))
    assert len(files) > 12
    for path in files:
        for name in _imported(path):
            is_reader = path.stem == "workbook" and name.split(".")[0] == "openpyxl"
            is_known = name.split(".")[0] in sys.stdlib_module_names
            assert is_known or is_reader or name.startswith(f"{PACKAGE}."), (path.name, name)


def _imported(path: Path) -> list[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            found.append(node.module or "")
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return found
