"""The paper's own signs in texts that come from outside: taken for text, never obeyed.

Inside the paper `⟦figure.id|text⟧` is a tagged number and `⟪...⟫` doubted words. A file that held
them could show a number of its own as if it were the register's, so they lose their power where a
file is read. Braces, Markdown, MyST and HTML need no such care: every output writes them as text.
"""

from __future__ import annotations

_SIGNS = str.maketrans({"⟦": "(", "⟧": ")", "⟪": "<<", "⟫": ">>", "\ue000": "", "\ue001": ""})


def inert(text: str) -> str:
    """A text from outside with brackets in place of the paper's own signs.

    >>> inert("Acute ⟦a.b.c.d|£2m⟧")
    'Acute (a.b.c.d|£2m)'
    """
    return text if text.isascii() else text.translate(_SIGNS)
