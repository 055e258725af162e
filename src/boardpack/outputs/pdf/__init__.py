"""The paper as a PDF: Typst, and the tags that a screen reader needs."""
