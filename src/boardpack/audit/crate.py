"""The description of a bundle as a research object: `ro-crate-metadata.json`, RO-Crate 1.1.

Every file stands in it with its kind, size and SHA-256; the software, and the act of rendering from
what to what. It is dated by the data cut, not by a clock.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

METADATA = "ro-crate-metadata.json"
VERSION = "https://w3id.org/ro/crate/1.1"
CONTEXT = [f"{VERSION}/context", {"sha256": "https://schema.org/sha256"}]
UNKNOWN = "application/octet-stream"
FORMATS = {
    ".cfg": "text/plain",
    ".css": "text/css",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".inv": UNKNOWN,
    ".ipynb": "application/x-ipynb+json",
    ".j2": "text/plain",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".py": "text/x-python",
    ".svg": "image/svg+xml",
    ".toml": "application/toml",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
    ".typ": "text/plain",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}


@dataclass(frozen=True)
class Described:
    """What a bundle is: its title and words, who publishes, the date, and what made it.

    `made_from` and `made` are the names of the files that the paper was rendered from and of those
    that came out.
    """

    title: str
    description: str
    publisher: str
    date: str
    software: str
    python: str
    made_from: tuple[str, ...]
    made: tuple[str, ...]


def crate_metadata(described: Described, content: Mapping[str, bytes]) -> str:
    """The metadata file of a bundle that holds `content` beside it."""
    names = sorted(content)
    graph = [
        {
            "@id": METADATA,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": VERSION},
        },
        _root(described, names),
        *_things(described),
        *(_file(name, content[name]) for name in names),
    ]
    record = {"@context": CONTEXT, "@graph": graph}
    return json.dumps(record, indent=1, ensure_ascii=False) + "\n"


def _root(described: Described, names: Iterable[str]) -> dict[str, Any]:
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": described.title,
        "description": described.description,
        "datePublished": described.date,
        "license": {"@id": "LICENSE"},
        "publisher": {"@id": "#publisher"},
        "hasPart": _references(names),
        "mentions": {"@id": "#render"},
    }


def _things(described: Described) -> list[dict[str, Any]]:
    """The publisher, the program, and the act of rendering."""
    return [
        {"@id": "#publisher", "@type": "Organization", "name": described.publisher},
        {
            "@id": "#boardpack",
            "@type": "SoftwareApplication",
            "name": "boardpack",
            "version": described.software,
            "softwareVersion": described.software,
            "softwareRequirements": {"@id": "requirements.txt"},
            "runtimePlatform": f"Python {described.python}",
        },
        {
            "@id": "#render",
            "@type": "CreateAction",
            "name": "The paper rendered from its inputs, parameters and code",
            "instrument": {"@id": "#boardpack"},
            "object": _references(described.made_from),
            "result": _references(described.made),
        },
    ]


def _references(names: Iterable[str]) -> list[dict[str, str]]:
    return [{"@id": quote(name)} for name in names]


def _file(name: str, content: bytes) -> dict[str, str]:
    return {
        "@id": quote(name),
        "@type": "File",
        "name": name,
        "encodingFormat": FORMATS.get(PurePosixPath(name).suffix, _plain_or_unknown(content)),
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _plain_or_unknown(content: bytes) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return UNKNOWN
    return "text/plain"
