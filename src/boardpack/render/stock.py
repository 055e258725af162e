"""Stock execution: papermill with a kernel of its own for each notebook, as anybody can re-perform.

The kernel is this very Python's, whatever kernels are installed elsewhere under the same name, and
no file of the user's profile has a say. It ends with the process that began it: ipykernel looks
once a second whether that is still there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from traitlets import default

import boardpack
from boardpack.core.held_folder import SHARED, held_folder

QUIET = {
    "JUPYTER_PLATFORM_DIRS": "1",
    "JUPYTER_NO_CONFIG": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
LONGEST = 103
"""The path of a socket may be so long everywhere, in bytes; on Linux a little longer."""
OWN_FOLDERS = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")


class ThisPython(AsyncKernelManager):
    """Starts kernels on this interpreter: with no folder to look in, the native kernel is left."""

    @default("kernel_spec_manager")
    def _own_kernels_only(self) -> KernelSpecManager:
        return KernelSpecManager(kernel_dirs=[])

    @default("transport")
    def _private_where_possible(self) -> str:
        """Sockets in a folder of the user's own, unless its path is too long for a socket."""
        path = f"{_socket()}-99999"  # each of a kernel's sockets has a number
        return "ipc" if os.name == "posix" and len(os.fsencode(path)) <= LONGEST else "tcp"

    @default("ip")
    def _socket_of_its_own(self) -> str:
        """A path for the kernel's sockets; the usual one is the same for all in a folder."""
        if self.transport == "tcp":
            return "127.0.0.1"
        return _socket()


def _socket() -> str:
    return str(Path(os.environ["JUPYTER_RUNTIME_DIR"], f"k{uuid4().hex[:8]}"))


def stock_options() -> dict[str, Any]:
    """What papermill is told so that it starts this Python's kernel, without chatter."""
    return {
        "engine_name": "nbclient",
        "kernel_manager_class": ThisPython,
        "extra_arguments": ["--IPKernelApp.log_level=CRITICAL"],
    }


@contextmanager
def clean_jupyter() -> Iterator[None]:
    """An environment in which Jupyter finds this package, but no settings, and leaves none."""
    before = dict(os.environ)
    os.environ.pop(SHARED, None)  # no chapter takes what another has left for it
    with held_folder() as folder:
        paths = [str(Path(boardpack.__file__).parents[1]), *_existing("PYTHONPATH")]
        found = {"PYTHONPATH": os.pathsep.join(paths)}
        os.environ.update({**QUIET, **found, **dict.fromkeys(OWN_FOLDERS, str(folder))})
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def _existing(name: str) -> list[str]:
    return [os.environ[name]] if os.environ.get(name) else []
