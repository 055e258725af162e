"""The paper as HTML: the book, the one page, and blocks as they stand in notebooks."""
