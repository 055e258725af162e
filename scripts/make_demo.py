"""Write a made-up ICB to try the paper on: python scripts/make_demo.py FOLDER [--plant NAME]."""

import _launch

_launch.run("make-demo")
