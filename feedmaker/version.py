"""The version of the program, as it stands in pyproject.toml."""

from importlib.metadata import version

VERSION = version("feedmaker")
