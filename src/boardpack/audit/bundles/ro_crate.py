"""The description of a bundle as a research object: `ro-crate-metadata.json`, RO-Crate 1.1.

Every file stands in it with its kind, size and SHA-256; the software, and the act of rendering from
what to what. It is dated by the data cut, not by a clock.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

METADATA = "ro-crate-metadata.json"
VERSION = "https://w3id.org/ro/crate/1.1"
CONTEXT = [f"{VERSION}/context", {"sha256": "https://schema.org/sha256"}]
WITHHELD = "#withheld/"
"""Before the name of an input that the bundle describes and does not hold."""
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
class Listed:
    """What a description says of one file: its hash, and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Described:
    """What a bundle is: its title and words, who publishes, the date, and what made it.

    `made_from` and `made` are the names of the files that the paper was rendered from and of those
    that came out; `withheld` are those of the former that are described and not held.
    """

    title: str
    description: str
    publisher: str
    date: str
    software: str
    python: str
    made_from: tuple[str, ...]
    made: tuple[str, ...]
    withheld: Mapping[str, Listed] = field(default_factory=dict)


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
        *(_withheld(name, listed) for name, listed in sorted(described.withheld.items())),
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
        "hasPart": _references(map(quote, names)),
        "mentions": {"@id": "#render"},
    }


def _things(described: Described) -> list[dict[str, Any]]:
    """The publisher, the program, and the act of rendering."""
    kept = described.withheld
    made_from = (f"{WITHHELD * (name in kept)}{quote(name)}" for name in described.made_from)
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
            "object": _references(made_from),
            "result": _references(map(quote, described.made)),
        },
    ]


def _references(identities: Iterable[str]) -> list[dict[str, str]]:
    return [{"@id": identity} for identity in identities]


def _file(name: str, content: bytes) -> dict[str, str]:
    return {
        "@id": quote(name),
        "@type": "File",
        "name": name,
        "encodingFormat": FORMATS.get(PurePosixPath(name).suffix, _plain_or_unknown(content)),
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _withheld(name: str, listed: Listed) -> dict[str, str]:
    return {
        "@id": f"{WITHHELD}{quote(name)}",
        "@type": "CreativeWork",
        "name": name,
        "description": "An input of the paper, withheld from this bundle because it is sensitive.",
        "contentSize": str(listed.size),
        "sha256": listed.sha256,
    }


def _plain_or_unknown(content: bytes) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return UNKNOWN
    return "text/plain"
