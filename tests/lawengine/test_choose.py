"""A subject with a standard of its own is not judged by another's while its text is unseen."""

from datetime import date

from lawbook import load_book


def test_an_unseen_text_of_its_own_is_refused() -> None:
    choice = load_book().choose_on(
        "prime-minister-certificate-of-merit", ["worker_farmer", "person"], date(2025, 12, 31)
    )
    assert choice.version is None
    assert choice.subject == "worker_farmer"
    assert choice.refusal is not None
    assert choice.refusal.code == "not_encoded"


def test_a_subject_without_a_standard_on_that_day_is_judged_as_the_general_one() -> None:
    choice = load_book().choose_on(
        "ministry-certificate-of-merit", ["business_person", "person"], date(2020, 12, 31)
    )
    assert choice.version is not None
    assert choice.subject == "person"
