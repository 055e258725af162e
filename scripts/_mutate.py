"""One run of mutmut over one module, in a copy of the project; the result is written as JSON.

Called by `_mutations.py` under `.venv`, with the folder of mutmut's packages, the module and the
file for the result. Packages that both have are taken from `.venv`. With `--left`, only what
no test failed on, in the result that there is already, is tried again: what took too long may have
had to wait for a busy machine.
"""

import json
import sys
from pathlib import Path


def main(packages: str, module: str, result: str, *only_left: str) -> None:
    """Mutate the module, and tell of each mutant how the tests ended and what was changed."""
    sys.path.append(packages)
    from mutmut.__main__ import cli
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    before = json.loads(Path(result).read_text("utf-8")) if only_left else []
    again = [mutant["name"] for mutant in before if mutant["code"] != 1]
    if before and not again:
        return
    cli(["run", "--max-children", "1", *again], standalone_mode=False)
    told = json.loads(Path("mutants", f"{module}.meta").read_text("utf-8"))["exit_code_by_key"]
    told |= {one["name"]: one["code"] for one in before if one["name"] not in again}
    changed = {
        name: get_diff_for_mutant(name, path=module) for name, code in told.items() if code != 1
    }
    found = [{"name": n, "code": code, "diff": changed.get(n, "")} for n, code in told.items()]
    Path(result).write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
