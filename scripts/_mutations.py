"""Mutation tests of the rule modules: small changes to each rule, which its tests must notice.

mutmut (requirements-mutations.txt) changes one thing at a time in a copy of the project, and runs
the tests of the module. What they do not notice is kept in `tests/mutations_found.json`, module by
module, so that one may be run without the others, and is listed in `docs/mutations.md` with the
judgement of `tests/mutations_judged.csv`. The job fails below 85 in 100.

`--left` tries again only what survived last time, where the module is still the same: more tests
take back no change that was noticed.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from _environment import FAILED, ROOT, USAGE, alone, python

PACKAGES = ROOT / ".venv-mutations"
LOCK = ROOT / "requirements-mutations.txt"
STAMP = PACKAGES / "lock.txt"
FOUND = ROOT / "tests" / "mutations_found.json"
DOC = ROOT / "docs" / "mutations.md"
JUDGED = ROOT / "tests" / "mutations_judged.csv"
LEAST = 85
NOTICED = (1, 3)
"""How the tests of a change end that they notice: one fails, or pytest itself does."""
TOO_LONG = (24, 36, -24)
UNDECIDED = "took too long on a busy machine: not decided, and counted as not noticed"
ONLY_LEFT = "--left"

RULES = {
    "audit/second/printed_number": ("audit/second/test_printed_number.py",),
    "checks/absence": ("checks/test_gaps.py",),
    "checks/bounds": ("checks/test_bounds.py",),
    "checks/casts": ("checks/test_casts.py", "checks/test_rules.py"),
    "subjects/items/concession_checks": ("subjects/items/test_item_lists.py",),
    "checks/continuity": ("checks/test_continuity.py",),
    "subjects/duties/checks": ("subjects/duties/test_duty_cases.py",),
    "checks/exchanged_months": ("checks/test_exchanged_months.py",),
    "subjects/items/months_checks": ("subjects/items/test_item_lists.py",),
    "subjects/items/names_checks": ("subjects/items/test_items_names_checks.py",),
    "subjects/items/prices_checks": ("subjects/items/test_items_prices_checks.py",),
    "subjects/items/volumes_checks": ("subjects/items/test_items_volumes_checks.py",),
    "subjects/ledger/last_map_checks": ("subjects/ledger/test_ledger_last_map_checks.py",),
    "checks/nearness": ("checks/test_nearness.py",),
    "subjects/actions/checks": ("subjects/actions/test_actions_checks.py",),
    "subjects/estimates/checks": ("subjects/estimates/test_estimates_checks.py",),
    "subjects/chc/rates_checks": ("subjects/chc/test_chc_rates_checks.py",),
    "checks/phasing": ("checks/test_phasing.py",),
    "checks/reference_files": ("checks/test_reference_files.py",),
    "checks/released": ("checks/test_released_cases.py",),
    "subjects/items/tariff_checks": ("subjects/items/test_item_lists.py",),
    "checks/whole_file": ("checks/test_whole_file.py",),
    "subjects/position/figures": ("subjects/position/test_position_cases.py",),
    "figures/small_numbers": ("figures/test_small_numbers_cases.py",),
    "core/money": ("core/test_money.py",),
    "outputs/workbook/formula": ("outputs/workbook/test_workbook_formula.py",),
    "document/wording": ("document/test_wording_cases.py", "document/test_wording.py"),
    "prose/comparisons": ("prose/test_prose_comparisons.py",),
    "prose/sizes": ("prose/test_sizes.py", "prose/test_made_up_paper.py"),
    "prose/terms": ("prose/test_terms_of_prose.py",),
}
"""The rule modules, each with its tests; what is drawn or read has other tests."""


def run(arguments: Sequence[str]) -> int:
    """Mutate the modules that are named, or all, and write the page over all results there are."""
    modules = [name for name in arguments if name != ONLY_LEFT]
    unknown = [name for name in modules if name not in RULES]
    if unknown:
        print(f"boardpack: No rule module {', '.join(unknown)}. Known: {', '.join(RULES)}.")
        return USAGE
    if not _made():
        return FAILED
    for module in modules or RULES:
        print(f"boardpack: Mutating {module}.", flush=True)
        found = _mutated(module, _read().get(module) if ONLY_LEFT in arguments else None)
        if found is None:
            print(f"boardpack: The tests of {module} could not be run; see above.")
            return FAILED
        known = {**_read(), module: found}
        kept = {name: known[name] for name in RULES if name in known}
        FOUND.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")
        DOC.write_text(_page(kept), "utf-8")
    least = min(map(_score, _read().values()))
    print(f"boardpack: docs/mutations.md is written. The lowest score is {least:.0f} in 100.")
    return 0 if least >= LEAST else FAILED


def _read() -> dict[str, Any]:
    """What was found, by module: its source then, how many changes, and what was not noticed."""
    return json.loads(FOUND.read_text("utf-8")) if FOUND.is_file() else {}


def _made() -> bool:
    """Whether mutmut's packages are there, installed from the lock as it stands."""
    lock = LOCK.read_text("utf-8")
    if STAMP.is_file() and STAMP.read_text("utf-8") == lock:
        return True
    print("boardpack: Installing mutmut into .venv-mutations, once.", flush=True)
    shutil.rmtree(PACKAGES, ignore_errors=True)
    pip = [python(), "-m", "pip", "install", "-qq", "--require-hashes", "--no-deps"]
    if subprocess.call([*pip, "--target", str(PACKAGES), "-r", str(LOCK)], cwd=ROOT) != 0:
        return False
    STAMP.write_text(lock, "utf-8")
    return True


def _source(module: str) -> str:
    """What a module is now: what was found of another source may no longer hold."""
    return hashlib.sha256((ROOT / "src" / "boardpack" / f"{module}.py").read_bytes()).hexdigest()


def _mutated(module: str, before: dict[str, Any] | None) -> dict[str, Any] | None:
    """One run over one module, in a copy of its own that is thrown away; None if it failed.

    What was found before says what to try again, where the module is the same and every change
    that is left has its name.
    """
    source = _source(module)
    again = before["left"] if before and before["source"] == source else None
    if again == []:
        return before
    if again and not all(one["name"] for one in again):
        again = None
    file = f"src/boardpack/{module}.py"
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        kept = ("src", "tests", "templates", "params", "data", "notebooks", "book")
        for folder in kept:
            shutil.copytree(ROOT / folder, copy / folder)
        for one in ("pyproject.toml", "README.md", "GLOSSARY.md"):
            shutil.copy(ROOT / one, copy / one)
        tests = "".join(f"\n    tests/{test}" for test in RULES[module])
        copied = "".join(f"\n    {folder}" for folder in (*kept[2:], "README.md", "GLOSSARY.md"))
        (copy / "setup.cfg").write_text(
            f"[mutmut]\nsource_paths=\n    src\nonly_mutate=\n    {file}\nalso_copy={copied}\n"
            f"pytest_add_cli_args_test_selection={tests}\n"
            # cases only: drawn ones take long, and may notice a change once and not again
            "pytest_add_cli_args=\n    -m\n    not hypothesis\n",
            "utf-8",
        )
        result = copy / "result.json"
        command = [python(), str(ROOT / "scripts" / "_mutate.py"), str(PACKAGES), file, str(result)]
        environment = {**alone(), "PYTHONPATH": str(copy / "src"), "PYTHONUTF8": "1"}
        command += [one["name"] for one in again or ()]
        if subprocess.call(command, cwd=copy, env=environment) != 0:
            return None
        mutants = json.loads(result.read_text("utf-8"))
    left = [_left(one) for one in mutants if one["code"] not in NOTICED]
    changes = before["changes"] if before and again else len(mutants)
    return {"source": source, "changes": changes, "left": left}


def _left(mutant: dict[str, Any]) -> dict[str, Any]:
    was, now = _change(mutant["diff"])
    is_slow = mutant["code"] in TOO_LONG
    return {"name": mutant["name"], "was": was, "now": now, "took_too_long": is_slow}


def _score(found: dict[str, Any]) -> float:
    """Of a hundred changes, how many the tests noticed."""
    return 100 * (found["changes"] - len(found["left"])) / found["changes"]


def _page(found: dict[str, Any]) -> str:
    with JUDGED.open(encoding="utf-8", newline="") as file:
        judged = {
            (row["module"], row["was"], row["now"]): row["why"] for row in csv.DictReader(file)
        }
    lines = [
        "# What the tests of the rules notice",
        "",
        "Made by `python scripts/test_mutations.py` with mutmut: one small change at a time to a"
        " rule, of which",
        f"its tests must notice {LEAST} in 100. What none of them notices survives, and is listed"
        " with our judgement.",
        "",
        "| module | changes | noticed | survive | in 100 |",
        "|---|---|---|---|---|",
    ]
    for module, one in found.items():
        left = len(one["left"])
        row = (f"`{module}`", one["changes"], one["changes"] - left, left, f"{_score(one):.0f}")
        lines.append(f"| {' | '.join(map(str, row))} |")
    waiting = [name for name in RULES if name not in found]
    since = [name for name in found if found[name]["source"] != _source(name)]
    for said, names in (("Not run yet", waiting), ("Changed since they were run", since)):
        if names:
            lines += ["", f"{said}: {', '.join(f'`{name}`' for name in names)}."]
    for module, one in found.items():
        lines += ["", f"## {module}", "", "| was | becomes | judgement |", "|---|---|---|"]
        for change in one["left"]:
            otherwise = UNDECIDED if change["took_too_long"] else "not judged yet"
            why = judged.get((module, change["was"], change["now"]), otherwise)
            lines.append(f"| `{_cell(change['was'])}` | `{_cell(change['now'])}` | {why} |")
    return "\n".join(lines) + "\n"


def _change(diff: str) -> tuple[str, str]:
    """The line that was, and the line that it became."""
    lines = diff.splitlines()
    was = [one[1:].strip() for one in lines if one.startswith("-") and not one.startswith("---")]
    now = [one[1:].strip() for one in lines if one.startswith("+") and not one.startswith("+++")]
    return " ".join(was), " ".join(now)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("`", "'")
