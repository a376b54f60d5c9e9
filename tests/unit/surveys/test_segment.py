import pytest

from chalicelib.misuse import names_a_department, names_who_served

SERVED = """
    agent agents agent1 agent_42 the_agent AgentName agentid agentEmails agent_first_name agent_no
    assignee assigneeid techid technician_id employeeid staff staff_member csr caseworker
    solved_by_user solvedBy fixed_by who_served responsible_person ticket-owner
"""
INNOCENT = """
    role group region lang tenure office device organization agency agenda report person
    team_member agent_group employee_type owner_type tech_stack customer_id account_name
"""
DEPARTMENTS = """
    department departments dept team unit division business_unit org_unit home_department
    department_name departmentid team_name support_team OwnDept
"""


@pytest.mark.parametrize("name", SERVED.split())
def test_whoever_served_is_known_by_any_spelling(name: str) -> None:
    assert names_who_served(name)


@pytest.mark.parametrize("name", DEPARTMENTS.split())
def test_a_department_is_known_by_any_spelling(name: str) -> None:
    assert names_a_department(name)
    assert not names_who_served(name)


@pytest.mark.parametrize("name", INNOCENT.split())
def test_names_of_those_who_answer_are_let_through(name: str) -> None:
    assert not names_who_served(name)
    assert not names_a_department(name)
