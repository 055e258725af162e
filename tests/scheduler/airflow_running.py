"""Airflow as it comes, on this machine: started, asked by its own interface, ended."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from boardpack.core.home import CHECKOUT

DAG = "boardpack_papers"
PATIENCE = 3_600
"""Seconds after which nothing more is waited for."""


@dataclass(frozen=True)
class Task:
    """One home's month: which try it is, and how it stands."""

    index: int
    home: str
    month: str
    state: str
    tries: int


@dataclass(frozen=True)
class Airflow:
    """A running Airflow with its folder and its address."""

    folder: Path
    address: str
    process: int

    def ask(self, path: str, told: dict[str, Any] | None = None, token: str = "") -> Any:
        """What it answers, in JSON; `told` is posted."""
        body = None if told is None else json.dumps(told).encode()
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        with urlopen(Request(f"{self.address}{path}", body, headers), timeout=120) as answer:
            return json.load(answer)

    def api(self, path: str, told: dict[str, Any] | None = None) -> Any:
        """The same of its interface, as anybody who may sign in here."""
        return self.ask(f"/api/v2{path}", told, self.ask("/auth/token")["access_token"])

    def tasks(self, run: str) -> list[Task]:
        """How each home's month stands."""
        found = self.api(f"/dags/{DAG}/dagRuns/{run}/taskInstances?limit=100")["task_instances"]
        tasks = []
        for one in found:
            if one["task_id"] == "papers" and one["map_index"] >= 0:
                home, _, month = (one["rendered_map_index"] or " ").rpartition(" ")
                said = (one["map_index"], home, month, one["state"] or "", one["try_number"])
                tasks.append(Task(*said))
        return tasks

    def logs(self, index: int) -> str:
        """All that was logged of a task."""
        found = sorted(self.folder.rglob(f"*map_index={index}*/**/*.log"))
        return "\n".join(path.read_text(encoding="utf-8") for path in found)


@contextmanager
def airflow(folder: Path, python: str) -> Iterator[Airflow]:
    """Airflow in one piece, with its LocalExecutor and two tasks at a time."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = {
        "AIRFLOW_HOME": str(folder),
        "AIRFLOW__CORE__DAGS_FOLDER": str(CHECKOUT / "docs/airflow"),
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "2",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "90",
        "AIRFLOW__EXECUTION_API__JWT_EXPIRATION_TIME": "86400",
        "BOARDPACK_PYTHON": sys.executable,
        "NO_COLOR": "1",
    }
    bin_folder = Path(python).parent
    told["PATH"] = f"{bin_folder}{os.pathsep}{os.environ['PATH']}"
    with (folder / "standalone.txt").open("w", encoding="utf-8") as said:
        process = subprocess.Popen(
            [str(bin_folder / "airflow"), "standalone"],
            env={**os.environ, **told},
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    running = Airflow(folder, f"http://127.0.0.1:{port}", process.pid)
    try:
        wait_for(lambda: _has_dag(running))
        yield running
    finally:
        for one in (process.pid, *below(process.pid)):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        process.wait()


def _has_dag(running: Airflow) -> bool:
    try:
        return bool(running.api(f"/dags/{DAG}")["dag_id"] == DAG)
    except (URLError, OSError):
        return False


def wait_for(is_so: Any) -> Any:
    """Wait until something is so, and say what it is."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := is_so():
            return found
        time.sleep(1)
    raise TimeoutError(f"{is_so} is not so after {PATIENCE} seconds")


def kill_worker(home: Path, month: str) -> None:
    """Kill the worker that makes a home's month and all below it, as when its machine is lost."""
    words = {"boardpack", "render", month, str(home)}
    (render,) = [
        one
        for one, line in _processes().items()
        if words <= set(line) and not words <= set(_processes().get(_parent(one), []))
    ]
    worker = _parent(_parent(render))
    for one in (worker, *below(worker)):
        os.kill(one, signal.SIGKILL)


def below(process: int) -> list[int]:
    """Every process that a process started, and those started."""
    parents = {one: _parent(one) for one in _processes()}
    found = [process]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]


def _processes() -> dict[int, list[str]]:
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                found[int(folder.name)] = (folder / "cmdline").read_text().split("\0")
            except OSError:
                continue
    return found


def _parent(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
