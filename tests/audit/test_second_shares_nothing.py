"""Every module of the second implementation is held to take nothing from the product."""

from __future__ import annotations

from configparser import ConfigParser

from boardpack.core.home import CHECKOUT


def test_every_module_is_in_the_contract() -> None:
    contracts = ConfigParser()
    contracts.read(CHECKOUT / ".importlinter", encoding="utf-8")
    held = contracts["importlinter:contract:a-second-implementation-that-shares-nothing"]
    audit = CHECKOUT / "src" / "boardpack" / "audit"
    made = {f"boardpack.audit.{module.stem}" for module in audit.glob("second_*.py")}
    readers = (module.stem for module in (audit / "reader").glob("*.py"))
    made |= {f"boardpack.audit.reader.{name}" for name in readers if name != "__init__"}
    assert made
    assert made - set(held["source_modules"].split()) == set()
