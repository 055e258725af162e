"""A room for each subject of the paper: what it reads, computes, checks and shows.

Modules say by their ending what they hold: `extract` reads a file of the month (`read_x` is the
reader of the extract `x`), `figures` computes, `checks` asks what the subject must agree with,
`tables` shows: tables, charts and sentences. Methods bear the name of what they do.
"""
