"""Names and words that run the other way than the sentence they stand in."""

import pytest

from chalicelib.languages import LANGUAGES, comma
from tests.support.renderings import MAILS, mail, page

FSI, PDI = "\u2068", "\u2069"
HEBREW = "מוקד התמיכה"


@pytest.mark.parametrize("name", MAILS)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_no_mail_isolates_by_an_element_that_mail_programs_drop(name: str, lang: str) -> None:
    html = mail(name, lang=lang, team=HEBREW, survey_name=HEBREW).html
    assert "<bdi" not in html
    assert 'dir="auto"' not in html


def test_a_name_that_runs_the_other_way_is_isolated_by_characters_in_both_parts() -> None:
    invitation = mail("invitation", team=HEBREW)
    for part in (invitation.text, invitation.html):
        assert f"Sent by {FSI}{HEBREW}{PDI}." in part
    names = {"team": "Acme IT", "survey_name": "Acme IT", "promise": "Kept"}
    arabic = mail("invitation", lang="ar", **names)
    for part in (arabic.text, arabic.html):
        assert f"{FSI}Acme IT{PDI}" in part
        assert "Acme IT" not in part.replace(f"{FSI}Acme IT{PDI}", "")


def test_a_name_that_runs_the_same_way_brings_no_unseen_character() -> None:
    assert FSI not in mail("invitation").html + mail("invitation").text
    hebrew = {"ticket_id": None, "ticket_subject": HEBREW, "low_label": HEBREW, "promise": HEBREW}
    turned = mail("invitation", lang="he", team=HEBREW, **hebrew, high_label=HEBREW)
    assert f"{FSI}{HEBREW}" not in turned.html + turned.text


def test_a_number_in_a_name_is_isolated_where_it_would_jump() -> None:
    assert f"{FSI}+47 22 33{PDI}" in mail("invitation", lang="ar", team="+47 22 33").text


def test_the_number_of_a_ticket_keeps_its_sign_in_front() -> None:
    invitation = mail("invitation", lang="ar")
    for part in (invitation.text, invitation.html):
        assert f"({FSI}#48213{PDI})" in part
    assert "(#48213)" in invitation.subject


def test_no_subject_holds_an_unseen_character() -> None:
    for name in MAILS:
        subject = mail(name, lang="ar", ticket_subject="Laptop", survey_name="Acme IT").subject
        assert not {FSI, PDI} & set(subject)


@pytest.mark.parametrize(
    ("lang", "question", "turns"),
    [("en", HEBREW, "rtl"), ("ar", "How did we do?", "ltr"), ("en", "123", "ltr")],
)
def test_words_of_the_customer_run_as_they_are_written(
    lang: str, question: str, turns: str
) -> None:
    assert f'<h1 dir="{turns}"' in mail("invitation", lang=lang, question=question).html


@pytest.mark.parametrize(
    ("lang", "written"), [("ar", "، "), ("fa", "، "), ("ur", "، "), ("he", ", "), ("en", ", ")]
)
def test_the_comma_of_a_heading_is_that_of_the_script(lang: str, written: str) -> None:
    names = {"lang": lang, "survey_name": "Desk", "team": "Acme"}
    for name in ("answer", "closed", "promise", "helped"):
        assert f"<bdi>Desk</bdi>{written}<bdi>Acme</bdi>" in page(name, **names)
    assert f'<span class="aloud">{written}' in page("answer", **names)


def test_every_language_has_a_comma() -> None:
    assert {comma(lang) for lang in LANGUAGES} == {", ", "، ", "、", "\uff0c"}
