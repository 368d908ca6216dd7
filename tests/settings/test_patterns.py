"""Regular expressions and templates."""

from __future__ import annotations

import pytest
import regex

from feedmaker.settings.invalid import Invalid
from feedmaker.settings.patterns import parse_pattern, parse_template, pattern_of_words


@pytest.mark.parametrize("text", ["^Podcast:", r"/20\d{6}/", "(?i)a|b", r"\p{Lu}", "(?<=a+)b", r"(\d{4}-?){3}", "{"])
def test_a_regular_expression_is_taken_as_it_is_written(text: str) -> None:
    assert parse_pattern(text) == text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("(", "missing )"),
        ("*a", "nothing to repeat"),
        (r"\p{foo}", "unknown property"),
        ("(?u)(?a)x", "mutually incompatible"),
        ("(" * 450 + ")" * 450, "nested too deeply"),
        ("((a{1000}){1000}){1000}", "repeats too much"),
        ("(?:a{2,1000}b){99999999}", "repeats too much"),
        ("a" * 1001, "1 to 1000 characters"),
        ("", "1 to 1000 characters"),
        (2024, "Put it in quotes"),
        (["a"], "found a list"),
    ],
)
def test_what_is_no_regular_expression_is_refused_with_the_reason(value: object, words: str) -> None:
    with pytest.raises(Invalid) as raised:
        parse_pattern(value)
    assert words in f"{raised.value} {raised.value.hint}"


@pytest.mark.parametrize("text", ["https://example.org/{url}", "{title} ({authors})"])
def test_a_template_names_fields_in_braces(text: str) -> None:
    assert parse_template(text) == text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("https://example.org/", "Use `constant`"),
        ("{titel}", 'Did you mean "title"?'),
        ("{0}", "Valid here: url, title"),
        ("{}", "encloses no name. Write {title}."),
        ("{url.__class__}", "encloses no name"),
        ("{url[0]}", "encloses no name"),
        ("{url!r}", "encloses no name"),
        ("{url:>9}", "encloses no name"),
        ("{url", "encloses no name"),
        ("}", "encloses no name"),
        ("{{url}}", "encloses no name"),
        (7, "Put it in quotes"),
    ],
)
def test_what_is_no_template_is_refused_with_the_reason(value: object, words: str) -> None:
    with pytest.raises(Invalid) as raised:
        parse_template(value)
    assert words in f"{raised.value} {raised.value.hint}"


@pytest.mark.parametrize(
    ("words", "text", "is_found"),
    [
        (["harbour"], "The HARBOUR's new wall", True),
        (["harbour"], "Harbours of the north", False),
        (["harbour", "ferry"], "A ferry, late again", True),
        (["climate change"], "What Climate\u00a0 change costs", True),
        (["climate change"], "A change of climate", False),
        (["a.c", "(x)"], "abc x", False),
        (["a.c", "(x)"], "see (x)", True),
        (["C++"], "C++, at last", True),
        (["straße"], "DIE STRASSE", True),
        (["гавань"], "ГАВАНЬ открыта", True),
        (["гавань"], "В гавани", False),
        (["नौका"], "नौका चली", True),
        (["नौ"], "नौका चली", False),
        (["港"], "横浜港の新しい壁", True),
        (["フェリー"], "新フェリーが来る", True),
        (["เรือ"], "มีเรือใหม่", True),
        (["항구"], "부산 항구에서", True),
        (["항구"], "신항구", False),
        (["cafe\u0301"], "Un café", True),
        (["ميناء"], "في ميناء المدينة", True),
    ],
)
def test_words_are_found_as_a_whole_in_any_script(words: list[str], text: str, is_found: bool) -> None:
    pattern = parse_pattern(pattern_of_words(words))
    assert bool(regex.search(pattern, text)) is is_found
