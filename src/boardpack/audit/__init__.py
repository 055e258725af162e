"""Finding out, after the fact, where a number came from and whether a build is what it says."""
