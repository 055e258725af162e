"""Mutation tests of the rule modules: small changes to each rule, which its tests must notice.

mutmut (requirements-mutations.txt) changes one thing at a time in a copy of the project, and runs
the tests of the module. What they do not notice is listed in `docs/mutations.md`, with the
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

from _environment import FAILED, ROOT, USAGE, alone, python

PACKAGES = ROOT / ".venv-mutations"
LOCK = ROOT / "requirements-mutations.txt"
STAMP = PACKAGES / "lock.txt"
RESULTS = PACKAGES / "results"
DOC = ROOT / "docs" / "mutations.md"
JUDGED = ROOT / "tests" / "mutations_judged.csv"
LEAST = 85
SURVIVED, NOT_REACHED, KILLED = 0, 33, 1
ONLY_LEFT = "--left"

RULES = {
    "checks/casts": ("checks/test_casts.py", "checks/test_rules.py"),
    "checks/duties": ("checks/test_duty_cases.py",),
    "checks/released": ("checks/test_released_cases.py",),
    "checks/whole_file": ("checks/test_whole_file.py",),
    "figures/position": ("figures/test_position_cases.py",),
    "figures/small_numbers": ("figures/test_small_numbers.py",),
    "outputs/workbook_formula": ("outputs/test_workbook_formula.py",),
    "paper/wording": ("paper/test_wording_cases.py", "paper/test_wording.py"),
    "prose/comparing": ("prose/test_comparing.py",),
    "prose/sizes": ("prose/test_sizes.py", "prose/test_made_up_paper.py"),
    "prose/terms": ("prose/test_sizes.py",),
    "money": ("test_money.py",),
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
        if not _mutated(module, ONLY_LEFT in arguments and _is_same(module)):
            print(f"boardpack: The tests of {module} could not be run; see above.")
            return FAILED
    found = {name: json.loads(_result(name).read_text("utf-8")) for name in RULES if _is_same(name)}
    DOC.write_text(_page(found), "utf-8")
    least = min(_score(mutants) for mutants in found.values())
    print(f"boardpack: docs/mutations.md is written. The lowest score is {least:.0f} in 100.")
    return 0 if least >= LEAST else FAILED


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


def _result(module: str) -> Path:
    return RESULTS / f"{module.replace('/', '-')}.json"


def _stamp(module: str) -> tuple[Path, str]:
    """Where a result says which source it is of, and what that is now."""
    source = (ROOT / "src" / "boardpack" / f"{module}.py").read_bytes()
    return _result(module).with_suffix(".sha256"), hashlib.sha256(source).hexdigest()


def _is_same(module: str) -> bool:
    """Whether there is a result of the module as it stands; that of another source says nothing."""
    file, source = _stamp(module)
    return file.is_file() and file.read_text("utf-8") == source and _result(module).is_file()


def _mutated(module: str, only_left: bool) -> bool:
    """One run over one module, in a copy of its own that is thrown away."""
    RESULTS.mkdir(parents=True, exist_ok=True)
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
        command = [python(), str(ROOT / "scripts" / "_mutate.py"), str(PACKAGES), file]
        environment = {**alone(), "PYTHONPATH": str(copy / "src"), "PYTHONUTF8": "1"}
        command += [str(_result(module)), *([ONLY_LEFT] if only_left else [])]
        if subprocess.call(command, cwd=copy, env=environment) != 0:
            return False
    stamp, source = _stamp(module)
    stamp.write_text(source, "utf-8")
    return True


def _score(mutants: list[dict]) -> float:
    """Of a hundred changes, how many the tests noticed; a run that never ends is noticed."""
    noticed = sum(mutant["code"] not in (SURVIVED, NOT_REACHED, None) for mutant in mutants)
    return 100 * noticed / len(mutants)


def _page(found: dict[str, list[dict]]) -> str:
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
    for module, mutants in found.items():
        left = sum(mutant["code"] in (SURVIVED, NOT_REACHED, None) for mutant in mutants)
        row = (f"`{module}`", len(mutants), len(mutants) - left, left, f"{_score(mutants):.0f}")
        lines.append(f"| {' | '.join(map(str, row))} |")
    waiting = [name for name in RULES if name not in found]
    if waiting:
        lines += ["", f"Not run yet: {', '.join(f'`{name}`' for name in waiting)}."]
    for module, mutants in found.items():
        lines += ["", f"## {module}", "", "| was | becomes | judgement |", "|---|---|---|"]
        for mutant in mutants:
            if mutant["code"] in (SURVIVED, NOT_REACHED, None):
                was, now = _change(mutant["diff"])
                why = judged.get((module, was, now), "not judged yet")
                lines.append(f"| `{_cell(was)}` | `{_cell(now)}` | {why} |")
    return "\n".join(lines) + "\n"


def _change(diff: str) -> tuple[str, str]:
    """The line that was, and the line that it became."""
    lines = diff.splitlines()
    was = [one[1:].strip() for one in lines if one.startswith("-") and not one.startswith("---")]
    now = [one[1:].strip() for one in lines if one.startswith("+") and not one.startswith("+++")]
    return " ".join(was), " ".join(now)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("`", "'")
