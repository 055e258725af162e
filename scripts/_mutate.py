"""One run of mutmut over one module, in a copy of the project; the result is written as JSON.

Called by `_mutations.py` under `.venv`, with the folder of mutmut's packages, the module and the
file for the result; where changes are named, only those are tried. Packages that both have are
taken from `.venv`.
"""

import json
import sys
from pathlib import Path


def main(packages: str, module: str, result: str, *names: str) -> None:
    """Mutate the module, and tell of each mutant how the tests ended and what was changed."""
    sys.path.append(packages)
    from mutmut.__main__ import cli
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    cli(["run", "--max-children", "1", *names], standalone_mode=False)
    told = json.loads(Path("mutants", f"{module}.meta").read_text("utf-8"))["exit_code_by_key"]
    found = [
        {
            "name": name,
            "code": code,
            "diff": "" if code == 1 else get_diff_for_mutant(name, path=module),
        }
        for name, code in told.items()
        if not names or name in names
    ]
    Path(result).write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
