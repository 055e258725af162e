"""The papermill engine `boardpack`: cells run in a shell inside this process, with no kernel.

Stock execution starts a kernel for each notebook, about 2.5 seconds each, nearly all of it start,
stop and imports. Here cells run in a process that has imported everything.
Cells are walked by papermill's own client and outputs are gathered by nbclient's own code, so what
is stored is what a kernel would store. papermill loads this module by its entry point, so import
papermill first.
"""

from __future__ import annotations

from typing import Any

from nbclient.exceptions import CellExecutionError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager

from boardpack.render.shell import CellShell, cell_shell


class ShellNotebookClient(PapermillNotebookClient):
    """papermill's client, with a shell in this process where it would talk to a kernel."""

    shell: CellShell

    def execute(self, **_: Any) -> Any:
        """Run every cell in turn; a failing cell stops the notebook."""
        self.reset_execution_trackers()
        with cell_shell() as self.shell:
            self.papermill_execute_cells()
        return self.nb

    def execute_cell(self, cell: Any, cell_index: int, *_: Any, **__: Any) -> Any:
        """Run one cell and store its outputs; blank, skipped and text cells are left alone."""
        if cell.cell_type != "code" or not cell.source.strip() or self._is_skipped(cell):
            return cell
        cell.outputs = []
        self.clear_before_next_output = False
        reply, messages = self.shell.run(cell.source)
        cell.execution_count = reply["execution_count"]
        for message in messages:
            self.process_message(message, cell, cell_index)
        if reply["status"] == "error" and not self._may_fail(cell, reply["ename"]):
            raise CellExecutionError.from_cell_and_msg(cell, reply)
        return cell

    def _is_skipped(self, cell: Any) -> bool:
        return self.skip_cells_with_tag in cell.metadata.get("tags", [])

    def _may_fail(self, cell: Any, name: str) -> bool:
        tagged = "raises-exception" in cell.metadata.get("tags", [])
        return bool(self.allow_errors or name in self.allow_error_names or tagged)


class ShellEngine(Engine):
    """Runs a notebook in this process."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **_: Any
    ) -> Any:
        """Run the notebook that papermill hands over; the kernel's name is of no account."""
        return ShellNotebookClient(nb_man).execute()
