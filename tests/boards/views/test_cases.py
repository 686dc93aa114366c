"""The list of cases, the page of a case, the letter."""

import pytest
from django.urls import reverse

from boards.models import Letter
from cases.models import Case
from cases.services.access import release_germline
from iltb.accounts.enums import Role
from iltb.accounts.services import give_role
from iltb.audit.models import ReadEvent
from tests.boards.views.pages import as_, text_of
from tests.factories.accounts import chair, coordinator, expert, physician
from tests.factories.boards import (
    declared_review,
    opened_review,
    seated_review,
    signed_letter,
    stored_letter,
    voted_review,
)
from tests.factories.cases import draft, queried_case, submitted_case

pytestmark = pytest.mark.django_db


def case_url(case):
    return reverse("boards:case", args=[case.code])


def listed(user, **query):
    return text_of(as_(user).get(reverse("boards:cases"), query))


def test_the_list_holds_ones_own_cases_and_no_others():
    own, foreign = submitted_case(), submitted_case()

    text = listed(own.author)

    assert own.code in text
    assert foreign.code not in text


def test_the_list_is_searched_by_code_and_filtered_by_state():
    author = physician()
    first, second = draft(author), submitted_case(author)

    assert first.code in listed(author, code=first.code[5:9].lower())
    assert second.code not in listed(author, code=first.code[5:9])
    assert first.code not in listed(author, state="submitted")
    assert second.code in listed(author, state="submitted")


@pytest.mark.parametrize("query", [{"page": "99"}, {"page": "x"}, {"state": "nonsense"}, {"code": " "}])
def test_a_strange_filter_shows_what_there_is(query):
    case = draft()

    assert case.code in listed(case.author, **query)


def test_a_search_without_a_hit_says_so():
    case = draft()

    assert "No case fits" in listed(case.author, code="ILTB-2222")


def test_a_long_list_is_cut_into_pages():
    author = physician()
    for _number in range(26):
        draft(author)

    text = listed(author, page="2")

    assert "Page 2 of 2" in text
    assert text.count('class="tasks-what"') == 1


def test_the_page_says_where_the_case_stands_and_what_comes_next():
    case = submitted_case()

    text = text_of(as_(case.author).get(case_url(case)))

    assert "Being screened since" in text
    assert "working day 1 of 5" in text
    assert "A coordinator accepts the case, asks a question, or says why the board cannot take it." in text


def test_the_page_shows_the_newest_revision_and_older_ones_by_number():
    panel = opened_review()
    browser = as_(panel.physician)

    assert "(shown here)" in text_of(browser.get(case_url(panel.case)))
    assert browser.get(case_url(panel.case), {"revision": "7"}).status_code == 200


def test_a_draft_has_nothing_to_read_yet():
    case = draft()

    text = text_of(as_(case.author).get(case_url(case)))

    assert "Nothing to read yet" in text
    assert "Go on filling in" in text


def test_the_physician_is_led_to_the_question_of_the_board():
    case = queried_case()

    text = text_of(as_(case.author).get(case_url(case)))

    assert "Which method showed the fusion?" in text
    assert reverse("cases:query_answer", args=[case.code]) in text


def test_the_hospital_is_hidden_from_experts():
    panel = declared_review()

    assert panel.case.centre.name in text_of(as_(panel.coordinator).get(case_url(panel.case)))
    assert panel.case.centre.name not in text_of(as_(panel.experts[0]).get(case_url(panel.case)))


def test_an_expert_who_becomes_chair_still_declares_before_reading():
    panel = seated_review()
    give_role(user=panel.experts[0], role=Role.CHAIR)

    text = text_of(as_(panel.experts[0]).get(case_url(panel.case)))

    assert "The dossier opens once you have declared your interests." in text
    assert "IL7R" not in text


def test_opening_a_dossier_is_noted():
    case = submitted_case()

    as_(case.author).get(case_url(case))

    assert ReadEvent.objects.get(verb="dossier.opened").subject_label == f"{case.code} revision 1"


def test_a_foreign_case_is_as_unknown_as_any():
    case = submitted_case()
    stranger = as_(physician())

    foreign = stranger.get(case_url(case))
    unknown = stranger.get(reverse("boards:case", args=["ILTB-2222-222"]))

    assert foreign.status_code == unknown.status_code == 404
    assert text_of(foreign) == text_of(unknown)


def test_a_new_case_begins_beside_the_list(client):
    assert reverse("cases:new").startswith(reverse("boards:cases"))
    assert as_(physician()).get(reverse("cases:new")).status_code in (200, 302)


def test_the_letter_comes_as_a_file_that_can_do_nothing():
    panel, letter = stored_letter()

    answer = as_(panel.physician).get(reverse("boards:letter", args=[letter.pk]))

    assert answer.content.startswith(b"%PDF")
    assert {name: answer[name] for name in ("Content-Type", "Content-Disposition", "Cache-Control")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'attachment; filename="{panel.case.code}.pdf"',
        "Cache-Control": "no-store",
    }
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert ReadEvent.objects.filter(verb="letter.downloaded", actor_name=panel.physician.full_name).count() == 1


def test_the_letter_is_linked_from_the_case_once_it_is_there():
    panel, letter = signed_letter()
    url = reverse("boards:letter", args=[letter.pk])
    browser = as_(panel.physician)

    assert url not in text_of(browser.get(case_url(panel.case)))
    assert browser.get(url).status_code == 404

    panel, letter = stored_letter(panel.physician)
    assert reverse("boards:letter", args=[letter.pk]) in text_of(browser.get(case_url(panel.case)))


def test_a_letter_that_states_germline_results_is_read_by_the_geneticists_of_the_panel_alone():
    panel, letter = stored_letter()
    url, advice = reverse("boards:letter", args=[letter.pk]), reverse("boards:advice", args=[letter.signed.advice.pk])

    answers = [as_(user).get(url).status_code for user in panel.experts]

    assert answers == [404, 200, 404, 404, 404]
    assert url not in text_of(as_(panel.experts[0]).get(advice))
    assert "The letter is with the physician" in text_of(as_(panel.experts[0]).get(advice))


@pytest.mark.parametrize("is_released", [False, True])
def test_the_page_of_a_case_links_the_letters_that_its_reader_may_open(is_released):
    panel, letter = stored_letter()
    if is_released:
        release_germline(case=panel.case, actor=panel.chair)
    url = reverse("boards:letter", args=[letter.pk])
    readers = [panel.physician, panel.coordinator, panel.chair, *panel.experts]

    linked = [url in as_(user).get(case_url(panel.case)).content.decode() for user in readers]

    assert linked == [Letter.objects.visible_to(user).contains(letter) for user in readers]
    assert linked[:4] == [True, True, True, is_released]


def test_a_foreign_letter_is_as_unknown_as_any():
    panel, letter = stored_letter()
    stranger = as_(physician())

    foreign = stranger.get(reverse("boards:letter", args=[letter.pk]))
    unknown = stranger.get(reverse("boards:letter", args=[panel.case.pk]))

    assert foreign.status_code == unknown.status_code == 404
    assert text_of(foreign) == text_of(unknown)


def test_everybody_reads_the_same_state_of_a_discussed_case():
    panel, _ballot = voted_review()

    for user in (panel.physician, panel.coordinator, chair(), panel.experts[0]):
        assert "Discussed since" in text_of(as_(user).get(case_url(panel.case)))


def test_who_has_nothing_to_do_with_the_board_has_an_empty_list():
    submitted_case()

    assert "No cases yet" in listed(expert())
    assert Case.objects.count() == 1
    assert "No cases yet" not in listed(coordinator())
