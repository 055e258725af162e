"""What would be noticed: for every input, whether any check would see an error in it.

"All agree" says nothing by itself: a check proves something only if it would have failed. Since
figures, formulas and checks are data, the paper computes what an error would change: `inputs` are
what was read, `moves` what an error makes of them, `watching` whether a check sees it, `outcomes`
all of it for a paper (`unheld` names what is not held), `record` by extract, `figures` in print.
"""
