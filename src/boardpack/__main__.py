"""`python -m boardpack`: the same as the command `boardpack`."""

from boardpack.cli import main

if __name__ == "__main__":
    main()
