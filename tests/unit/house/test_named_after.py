"""Values and themes that stand for a person, as people write names."""

import pytest

from chalicelib.named_after import is_about_one, standing_for, stands_for

JANE = "jane.doe@example.com"
TEAM = [("Anna Price", "anna.price@example.com"), ("Jürgen Groß", "jgross@example.com")]


@pytest.mark.parametrize(
    "text",
    [
        *("jane.doe@example.com", "Jane Doe <JANE.DOE@example.com>", "jane.doe", "Jane Doe"),
        *("doe, jane", "DOE Jane", "J. Doe", "jdoe", "janedoe", "Jane D.", "Jané Doe", "jane_doe2"),
    ],
)
def test_spellings_of_an_address_stand_for_its_person(text: str) -> None:
    assert stands_for(text, JANE)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Müller, Jörg", "joerg.mueller@example.com"),
        ("J. Mueller", "jorg.muller@example.com"),
        ("Søren Ødegård", "soeren.oedegaard@example.com"),
        ("Åse Bø", "ase.bo@example.com"),
        ("Łukasz Żak", "lukasz.zak@example.com"),
        ("Ay\u015fe Y\u0131lmaz", "ayse.yilmaz@example.com"),
        ("Ana Erik", "anaerik@example.com"),
        ("Jane M. Doe", JANE),
        ("Ms Jane Doe (desk 2)", JANE),
        ("Jane Doe", "jane.doe+it@example.com"),
    ],
)
def test_a_name_is_known_in_the_letters_of_an_address(text: str, address: str) -> None:
    assert stands_for(text, address)


def test_a_value_is_known_without_what_is_in_the_middle_of_a_name() -> None:
    people = [("Ana María López", "ana@example.com"), ("Søren Ødegård", "desk7@example.com")]
    named = {"Ana Lopez", "López, Ana", "A. López", "Soeren Oedegaard", "S. Odegard"}
    assert standing_for(named | {"Ana María", "María", "Oslo"}, people) == named


@pytest.mark.parametrize("text", ["", "Jane", "Oslo", "John Doe", "Doe & Sons", "Network", "12"])
def test_other_values_do_not(text: str) -> None:
    assert not stands_for(text, JANE)


def test_an_address_of_one_word_or_of_digits_is_known_by_it() -> None:
    assert stands_for("Jane", "jane@example.com")
    assert stands_for("4711", "4711@example.com")
    assert not stands_for("471", "4711@example.com")


@pytest.mark.parametrize(
    ("theme", "keywords"),
    [
        ("Anna", ["anna"]),
        ("Agent 1", ["anna price", "quick"]),
        ("Price, Anna", ["quick"]),
        ("Price", ["price"]),
        ("Best", ["anna", "price"]),
        ("One", ["Juergen Gross", "jgross"]),
        ("One", ["Jürgen Groß"]),
        ("One", ["kind", "anna.price@example.com"]),
    ],
)
def test_a_theme_of_a_person_is_seen(theme: str, keywords: list[str]) -> None:
    assert is_about_one(theme, keywords, TEAM)


@pytest.mark.parametrize(
    ("theme", "keywords"),
    [("Price", ["price", "cost"]), ("Waiting", ["slow", "queue"]), ("Signs", ["!"])],
)
def test_a_theme_of_things_is_taken(theme: str, keywords: list[str]) -> None:
    assert not is_about_one(theme, keywords, TEAM)


def test_of_values_those_that_are_a_whole_name_stand_for_a_person() -> None:
    named = {"Price, Anna", "A. Price", "aprice", "JGROSS", "Groß Jürgen", "jgross@example.com"}
    others = {"Anna", "Price", "Oslo", "", "12", "Network", "Grosshandel"}
    assert standing_for(named | others, [*TEAM, ("Oslo desk", "oslo@example.com")]) == named
