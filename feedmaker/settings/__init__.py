"""The settings file: YAML in, frozen values out, and every fault at once."""

from feedmaker.settings.durations import format_duration, parse_duration
from feedmaker.settings.load import load_settings
from feedmaker.settings.names import slug
from feedmaker.settings.selectors import compile_selector, parse_selector
from feedmaker.settings.values import Settings, pick
from feedmaker.settings.watch import FileWatch

__all__ = [
    "FileWatch",
    "Settings",
    "compile_selector",
    "format_duration",
    "load_settings",
    "parse_duration",
    "parse_selector",
    "pick",
    "slug",
]
