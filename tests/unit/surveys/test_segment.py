import pytest

from chalicelib.names_of_work import (
    may_name_a_place,
    names_a_department,
    names_who_served,
)
from infra.paths import ROOT
from tests.support.fresh_names_of_segments import FRESH_OF_OTHERS, FRESH_OF_THOSE_WHO_SERVE
from tests.support.names_of_segments import OF_OTHERS, OF_THOSE_WHO_SERVE, names_by_language

SERVED = """
    agent agents agent1 agent_42 the_agent AgentName agentid agentEmails agent_first_name agent_no
    assignee assigneeid techid technician_id employeeid staff staff_member csr caseworker
    solved_by_user solvedBy fixed_by who_served responsible_person ticket-owner account_manager
    csm_name customerSuccessManager emp_no case_owner
"""
# Of each language of the catalogues one word for who serves, and one for a part of a company.
LANGUAGES = {
    "ar": "muwazzaf qism",
    "bg": "sluzhitel otdel",
    "cs": "zamestnanec oddeleni",
    "da": "medarbejder afdeling",
    "de": "Mitarbeiter Abteilung",
    "el": "ypallilos tmima",
    "en": "account_manager squad",
    "es": "agente departamento",
    "fa": "karmand bakhsh",
    "fi": "tyontekija osasto",
    "fr": "employe_nom equipe",
    "he": "oved mahlaka",
    "hi": "karmchari vibhag",
    "hu": "ugyintezo osztaly",
    "id": "karyawan_id departemen",
    "it": "operatore reparto",
    "ja": "tantosha bumon",
    "ko": "jigwon buseo",
    "nb": "saksbehandler avdeling",
    "nl": "medewerker_nummer afdeling",
    "pl": "pracownik dzial",
    "pt-BR": "atendente setor",
    "ro": "angajat echipa",
    "ru": "sotrudnik otdel",
    "sv": "handlaggare avdelning",
    "th": "phanakngan phanaek",
    "tr": "temsilci departman",
    "uk": "pratsivnyk viddil",
    "ur": "mulazim shoba",
    "vi": "nhan_vien phong_ban",
    "zh-Hans": "kefu bumen",
    "zh-Hant": "yuangong tuandui",
}
COMPOUNDS = "supportmitarbeiter kundmedarbetare itabteilung driftsavdeling"
INNOCENT = """
    role region lang tenure office device organization agency agenda report person site product
    team_member employee_type owner_type tech_stack customer_id account_name age_group plan
    customer_group country channel household manager queue_time
"""
DEPARTMENTS = """
    department departments dept team unit division business_unit org_unit home_department
    department_name departmentid team_name support_team OwnDept group groups group_name
    assignment_group agent_group squad org
"""


@pytest.mark.parametrize("name", SERVED.split())
def test_whoever_served_is_known_by_any_spelling(name: str) -> None:
    assert names_who_served(name)


@pytest.mark.parametrize("name", DEPARTMENTS.split())
def test_a_department_is_known_by_any_spelling(name: str) -> None:
    assert names_a_department(name)
    assert not names_who_served(name)


def test_each_language_of_the_catalogues_has_its_words() -> None:
    catalogues = {path.stem for path in (ROOT / "templates/locale").iterdir() if path.is_dir()}
    assert set(LANGUAGES) == {*catalogues, "en"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_served_and_a_department_are_known_in_every_language(language: str) -> None:
    served, part = LANGUAGES[language].split()
    assert (names_who_served(served), names_a_department(part)) == (True, True)


@pytest.mark.parametrize("name", COMPOUNDS.split())
def test_a_long_word_is_known_at_the_end_of_a_longer_one(name: str) -> None:
    assert names_who_served(name) or names_a_department(name)


@pytest.mark.parametrize("name", INNOCENT.split())
def test_names_of_those_who_answer_are_let_through(name: str) -> None:
    assert not names_who_served(name)
    assert not names_a_department(name)


def let_through(lines: str) -> list[tuple[str, str]]:
    return [
        (language, name)
        for language, name in names_by_language(lines)
        if not names_who_served(name) and not names_a_department(name)
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("departement", True), ("code_departement", True), ("departamento", True)]
    + [(name, False) for name in ("department", "departement_it", "abteilung", "code", "_1")],
)
def test_a_part_of_a_company_may_be_one_of_a_country(name: str, expected: bool) -> None:
    assert may_name_a_place(name) == expected


def test_of_many_spellings_in_every_language_nearly_all_are_known() -> None:
    names = names_by_language(OF_THOSE_WHO_SERVE)
    assert len(names) > 900
    assert len(let_through(OF_THOSE_WHO_SERVE)) <= 0.01 * len(names)


def test_of_names_that_no_word_was_written_for_most_are_known() -> None:
    names = names_by_language(FRESH_OF_THOSE_WHO_SERVE)
    assert len(names) > 200
    assert len(let_through(FRESH_OF_THOSE_WHO_SERVE)) <= 0.08 * len(names)


@pytest.mark.parametrize(
    ("language", "name"), names_by_language(OF_OTHERS) + names_by_language(FRESH_OF_OTHERS)
)
def test_names_of_others_are_let_through_in_every_language(language: str, name: str) -> None:
    assert let_through(f"{language} {name}") == [(language, name)]


@pytest.mark.parametrize("name", ["reagent", "steam", "technik", "created_by", "by", "", "_1"])
def test_a_word_that_only_ends_like_one_is_let_through(name: str) -> None:
    assert not names_who_served(name)
    assert not names_a_department(name)


@pytest.mark.parametrize(
    "name", ["担当者", "담당자", "कर्मचारी", "الموظف", "специалист_id", "הנציג"]
)
def test_a_name_in_its_own_script_is_known(name: str) -> None:
    assert names_who_served(name)
