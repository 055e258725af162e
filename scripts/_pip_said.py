"""What pip or venv said when it failed, in plain words: the cause, and what to do about it.

They end with the last thing that went wrong, which is seldom the first: without a network pip says
that there is no such version. So the weightiest cause that their words show is told. Only the
standard library is used here.
"""

from __future__ import annotations

import re
import sys

BRING = "bring the packages over in a folder, and name it with --wheels (README)"
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
CAUSES: tuple[tuple[str, str], ...] = (
    (
        r"No space left on device|Errno 28|WinError 112|Disk quota exceeded",
        "The disk is full: .venv needs about 2 GB. Make room, and run this again.",
    ),
    (
        r"No module named '?(?:venv|ensurepip|pip)\b|ensurepip is not available",
        "This Python came without venv or pip. On Debian or Ubuntu install the package"
        f" python{VERSION}-venv; elsewhere install Python from python.org.",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "{package} is not the file that the lock names, so it was not installed. Run this again; if"
        " it stays so, tell whoever keeps the package registry, and do not go around it.",
    ),
    (
        r"failed: 407|Proxy Authentication Required|ProxyError",
        "The proxy did not let pip through. Set HTTPS_PROXY to the address that your organisation"
        f" gives, or {BRING}.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError",
        "The registry's certificate is not trusted here, as happens behind a proxy that reads all"
        " traffic. Set PIP_CERT to your organisation's certificates,"
        f" or {BRING}.",
    ),
    (
        r"NewConnectionError|Failed to establish a new connection|ConnectTimeoutError"
        r"|ReadTimeout|name resolution|getaddrinfo failed|Network is unreachable"
        r"|Connection refused|Connection reset|ConnectionError|NameResolutionError",
        f"No package registry could be reached. Look at the network, or {BRING}.",
    ),
    (
        r"Permission denied|Errno 13|WinError 5\b|WinError 32\b",
        "A file of .venv may not be written here, or is in use. Close what uses it, or move the"
        " project to a folder of your own.",
    ),
    (
        r"Long Path support|File name too long|WinError 206",
        "The folder's path is too long for this machine. Move the project nearer the drive's root.",
    ),
    (
        r"No matching distribution found",
        "{source} has no {package} for Python " + VERSION + f" on {sys.platform}. {{remedy}}",
    ),
)
"""Words by which a cause is known, weightiest first, with what is said of it."""
_PACKAGE = (
    r"No matching distribution found for ([\w.\-]+(?:==[\w.]+)?)",
    r"DO NOT MATCH THE HASHES.*?\n\s+([\w.\-]+==[\w.]+)",
    r"DO NOT MATCH THE HASHES.*?\n\s+(\S+)",
)


def why(said: str, is_from_wheels: bool = False) -> str:
    """The cause of a failure in plain words, then what was said in the words of who said it."""
    cause = next((told for known, told in CAUSES if re.search(known, said)), "")
    found = (re.search(pattern, said, re.DOTALL) for pattern in _PACKAGE)
    told = cause.format(
        package=next((hit.group(1).rstrip("`.") for hit in found if hit), "A package"),
        source="The folder of wheels" if is_from_wheels else "The package registry",
        remedy="Download it for this Python and put it there."
        if is_from_wheels
        else "Use a Python for which it is made, such as 3.11 or 3.12 from python.org.",
    )
    return "\n".join((told or "The reason is in these words:", *_last_words(said))).strip()


def _last_words(said: str) -> list[str]:
    """The lines that bear the fault, indented: those that pip marks, else the last ones."""
    lines = [line.rstrip() for line in said.splitlines() if line.strip()]
    marked = [line for line in lines if "ERROR" in line or "Error:" in line]
    return [f"  {line.strip()[:300]}" for line in (marked or lines)[-3:]]
