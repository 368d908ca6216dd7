"""Names out of bylines, and who of those named wrote the story."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.model import Candidate, RawPerson
from feedmaker.normalize.names import looks_like_a_name, names
from feedmaker.normalize.people import chosen_authors, people_of

URL = "https://www.mole-post.example/city/bell"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ida Brandt", ["Ida Brandt"]),
        ("By Ida Brandt", ["Ida Brandt"]),
        ("BY: IDA BRANDT", ["IDA BRANDT"]),
        ("Von Ida Brandt und Ola Nord", ["Ida Brandt", "Ola Nord"]),
        ("Par Éloïse Garnier et Mathieu Le Bihan", ["Éloïse Garnier", "Mathieu Le Bihan"]),
        ("Por Ana Ruiz y Luis Gil", ["Ana Ruiz", "Luis Gil"]),
        ("Ana Ortega y Gasset", ["Ana Ortega y Gasset"]),
        ("Di Anna Rossi e Ugo Neri", ["Anna Rossi", "Ugo Neri"]),
        ("文・佐藤みなと", ["佐藤みなと"]),
        ("佐藤みなと記者", ["佐藤みなと"]),
        ("佐藤みなと、鈴木海", ["佐藤みなと", "鈴木海"]),
        ("بقلم: ليلى حداد", ["ليلى حداد"]),
        ("Ida Brandt, Ola Nord and Nils Holm", ["Ida Brandt", "Ola Nord", "Nils Holm"]),
        ("Ida Brandt, Ola Nord, and Nils Holm", ["Ida Brandt", "Ola Nord", "Nils Holm"]),
        ("Ida Brandt; Ola Nord | Nils Holm / Eva Ek", ["Ida Brandt", "Ola Nord", "Nils Holm", "Eva Ek"]),
        ("Ida Brandt & Ola Nord", ["Ida Brandt", "Ola Nord"]),
        ("Ida Brandt with Ola Nord", ["Ida Brandt", "Ola Nord"]),
        ("Götz Müller, Dr.", ["Götz Müller"]),
        ("Götz Müller, PhD, MD", ["Götz Müller"]),
        ("Dr. Götz Müller", ["Dr. Götz Müller"]),
        ("Müller, Götz", ["Götz Müller"]),
        ("Ida Brandt, Political Correspondent", ["Ida Brandt"]),
        ("Ida Brandt (Berlin)", ["Ida Brandt"]),
        ("Ida Brandt, Reuters", ["Ida Brandt", "Reuters"]),
        ("Ida Brandt, Mole", ["Ida Brandt"]),
        ("Ida Brandt For The Mole Post", ["Ida Brandt"]),
        ("Ein Kommentar von Ida Brandt", ["Ida Brandt"]),
        ("An analysis by Ida Brandt", ["Ida Brandt"]),
        ("culture by Ida Brandt", ["Ida Brandt"]),
        ("Text: Ida Brandt", ["Ida Brandt"]),
        ("Story Musgrave", ["Story Musgrave"]),
        ("Hans von Storch", ["Hans von Storch"]),
        ("Leonardo di Caprio", ["Leonardo di Caprio"]),
        ("ida.brandt@mole-post.example", []),
        ("https://www.facebook.com/ida.brandt", []),
        ("Ida Brandt @ida_b", ["Ida Brandt"]),
        ("ssi, dan", ["ssi", "dan"]),
        ("mole-post.example, Mole, Coast", ["mole-post.example"]),
        ("Ida Brandt/Ola Nord", ["Ida Brandt", "Ola Nord"]),
        ("Ida Brandt/AFP", ["Ida Brandt", "AFP"]),
        ("佐藤みなと/鈴木海", ["佐藤みなと", "鈴木海"]),
        ("dpa/lno; kesm", ["dpa/lno", "kesm"]),
        ("Ida Brandt, dpa/lno", ["Ida Brandt", "dpa/lno"]),
        ("(Image: Coast Pictures/Nils Holm)", []),
        ("Photo by Nils Holm", []),
        ("Ida Brandt, photos by Nils Holm", ["Ida Brandt"]),
        ("Text: Ida Brandt, Fotos: Nils Holm", ["Ida Brandt"]),
        ("Foto: Nils Holm; Text: Ida Brandt", ["Ida Brandt"]),
        ("Ida Foto", ["Ida Foto"]),
        ("Reporting by Ida Brandt; Editing by Nils Holm", ["Ida Brandt"]),
        ("Authored by Ida Brandt, Edited by Nils Holm", ["Ida Brandt"]),
        ("dpa-Korrespondentin Ida Brandt", ["Ida Brandt"]),
        ("Von unserem Korrespondenten Ola Nord", ["Ola Nord"]),
        ("De nuestra corresponsal Ana Ruiz", ["Ana Ruiz"]),
        ("Door onze redacteur Ola Nord", ["Ola Nord"]),
        ("Ida Brandt | Senior Reporter", ["Ida Brandt"]),
        ("Ida Brandt in Washington and Ola Nord in New York", ["Ida Brandt", "Ola Nord"]),
        ("Por João Silva, do Rio", ["João Silva"]),
        ("ida brandt, ola nord", ["ida brandt", "ola nord"]),
        ("Ida Brandt, ČTK", ["Ida Brandt", "ČTK"]),
        ("(mm/dpa)", ["mm/dpa"]),
        ("Szerző: Kovács János", ["Kovács János"]),
        ("Penulis: Budi Santoso", ["Budi Santoso"]),
        ("Γράφει ο Γιώργος Παπαδόπουλος", ["Γιώργος Παπαδόπουλος"]),
        ("Του Γιώργου Παπαδόπουλου", ["Γιώργου Παπαδόπουλου"]),
        ("Авторы: Ида Брандт и Ола Норд", ["Ида Брандт", "Ола Норд"]),
        ("द्वारा राम कुमार", ["राम कुमार"]),
        ("โดย สมชาย ใจดี", ["สมชาย ใจดี"]),
        ("[서울=뉴시스] 홍길동 기자", ["홍길동"]),
        ("기자 홍길동", ["홍길동"]),
        ("記者王小明／台北報導", ["王小明"]),
        ("（文：王小明）", ["王小明"]),
        ("撰文：王小明 攝影：李四", ["王小明"]),
        ("責任編輯：王小明", []),
        ("12:30", []),
        ("By", ["By"]),
        ("", []),
    ],
)
def test_names_are_taken_out_of_a_text(text: str, expected: list[str]) -> None:
    assert list(names(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ida Brandt",
        "Thomas More",
        "Jean d'Ormesson",
        "Ludwig van der Rohe",
        "O'Neil Mac-Duff",
        "佐藤みなと",
        "ليلى حداد",
    ],
)
def test_the_form_of_a_name_is_known(text: str) -> None:
    assert looks_like_a_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ida",
        "ida brandt",
        "Read more about Ida",
        "News: Ida Brandt",
        "Ida 2",
        "Chief Editor",
        "Managing Director",
        "Text Size",
        "Follow Us",
        "Ida " * 9,
        "文" * 30,
    ],
)
def test_what_has_not_the_form_of_a_name_is_known(text: str) -> None:
    assert not looks_like_a_name(text)


def test_each_name_stands_once_in_its_first_form() -> None:
    people = people_of([RawPerson("Ida Brandt"), RawPerson("IDA BRANDT"), RawPerson("By Ida Brandt; Ola Nord")], URL)
    assert [person.name for person in people] == ["Ida Brandt", "Ola Nord"]


def test_a_page_about_a_person_is_of_the_same_site() -> None:
    raw = [
        RawPerson("Ida Brandt", "/people/ida"),
        RawPerson("Ola Nord", "https://x.example/ola"),
        RawPerson("Eva Ek", "/"),
    ]
    assert [person.url for person in people_of(raw, URL)] == ["https://www.mole-post.example/people/ida", None, None]


def chosen(*groups: list[RawPerson], sites: tuple[str, ...] = ()) -> tuple[list[str], str | None]:
    run = [Candidate(tuple(group), f"place {at}") for at, group in enumerate(groups)]
    authors, where = chosen_authors(run, URL, sites)
    return [person.name for person in authors], where


def test_the_first_group_with_a_person_is_chosen() -> None:
    agency = [RawPerson("Coast Press Agency", kind="Organization")]
    assert chosen(agency, [RawPerson("Ida Brandt")], [RawPerson("Ola Nord")]) == (["Ida Brandt"], "place 1")


def test_an_agency_that_signs_with_a_person_stands_behind_it() -> None:
    assert chosen([RawPerson("AFP"), RawPerson("Ida Brandt")]) == (["Ida Brandt", "AFP"], "place 0")


@pytest.mark.parametrize("name", ["AFP", "News Desk", "Redaktion", "Coast Press", "Mole Staff", "ssi"])
def test_an_agency_or_desk_is_the_author_where_no_person_is_named(name: str) -> None:
    assert chosen([RawPerson(name)]) == ([name], "place 0")


PUBLISHERS = ["Mole Post", "The Mole Post", "mole-post.example", "MOLE-POST", "Coast"]


def places(**groups: list[str]) -> tuple[list[str], str | None]:
    run = [Candidate(tuple(map(RawPerson, people)), f"{sort} author") for sort, people in groups.items()]
    authors, where = chosen_authors(run, URL, ("Coast",))
    return [person.name for person in authors], where


@pytest.mark.parametrize("name", [*PUBLISHERS, "www.mole-post.example"])
def test_one_place_that_names_the_publisher_makes_it_no_author(name: str) -> None:
    assert chosen([RawPerson(name, kind="Person")], [RawPerson(name)], sites=("Coast",)) == ([], None)


@pytest.mark.parametrize("name", PUBLISHERS)
def test_the_publisher_is_the_author_where_two_sorts_of_places_agree(name: str) -> None:
    assert places(ld=[name], meta=[name]) == ([name], "ld author")
    assert places(ld=["Coast"], meta=["Mole Post"]) == ([], None)


def test_the_publisher_is_no_author_beside_anybody_else() -> None:
    assert places(ld=["Coast"], meta=["Coast"], byline=["AFP"]) == (["AFP"], "byline author")
    assert places(ld=["Coast", "Ida Brandt"], meta=["Coast"]) == (["Ida Brandt"], "ld author")


def test_a_single_word_is_a_person_where_the_page_says_so() -> None:
    assert chosen([RawPerson("Redaktion")], [RawPerson("Banksy", kind="Person")]) == (["Banksy"], "place 1")


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.text(max_size=80))
def test_names_are_never_empty_and_keep_no_marks_at_their_edges(text: str) -> None:
    for name in names(text):
        assert name.strip(" ,;|") == name
        assert any(character.isalpha() for character in name)
