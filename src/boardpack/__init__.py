"""boardpack makes the monthly finance paper of an NHS place board from its extracts."""

__version__ = "0.1.0"
