"""Begin a chapter of your own: python scripts/new_chapter.py NAME --home HOME."""

import _launch

_launch.run("new-chapter")
