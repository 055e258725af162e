"""All papers of many bodies in Airflow 3: a task for each home and month, each one command.

Put this file into Airflow's DAGs folder, and name in BOARDPACK_PYTHON the Python that has boardpack
(it need not be Airflow's own). Then:

    airflow dags trigger boardpack_papers --conf
        '{"homes": ["/srv/wexmoor", "/srv/vale"], "year": "2024-25", "months": ["M07"]}'

An input that is to be mended (exit code 3) fails its task at once and stops no other; its log names
file, row and column. Mend it and clear the task. Anything else is tried again: papers that stand
are not made again.
"""

from __future__ import annotations

import os
import subprocess
from datetime import timedelta

from airflow.sdk import Param, dag, task
from airflow.sdk.exceptions import AirflowFailException

PYTHON = os.environ.get("BOARDPACK_PYTHON", "python")
TO_BE_MENDED = 3


@dag(
    schedule=None,
    catchup=False,
    params={
        "homes": Param([], type="array", description="Folders of params/ and data/, one a body."),
        "year": Param("2024-25", type="string"),
        "months": Param(["M01"], type="array"),
    },
)
def boardpack_papers() -> None:
    """A task for each home and month."""

    @task
    def asked(params: dict) -> list[dict[str, str]]:
        return [
            {"home": home, "year": params["year"], "month": month}
            for month in params["months"]
            for home in params["homes"]
        ]

    @task(
        retries=2,
        retry_delay=timedelta(seconds=30),
        map_index_template="{{ task.op_kwargs['home'] }} {{ task.op_kwargs['month'] }}",
    )
    def papers(home: str, year: str, month: str) -> None:
        verb = ["render", year, month, "--all", "--home", home]
        done = subprocess.run([PYTHON, "-m", "boardpack", *verb], check=False)
        if done.returncode == TO_BE_MENDED:
            raise AirflowFailException(f"{home}, {month}: mend what is told above, and clear this.")
        done.check_returncode()

    papers.expand_kwargs(asked())


boardpack_papers()
