"""The match list of a case and one match with its reasons."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from cases.completeness import Section
from cases.forms.section_pages import SECTION_PAGES
from cases.forms.therapy import TherapyForms
from cases.models import Case
from cases.services.triage import query_case
from iltb.audit.models import ReadEvent
from tests.factories.accounts import chair, coordinator, physician, sign_in
from tests.factories.cases import submitted_case
from tests.trials.catalogues import arm_document, trial_document, write
from tests.trials.documents import leaf
from tests.trials.dossiers import case_without_values, run_of
from trials.matching.registry import FACTS
from trials.models import Arm, Match, MatchRun, Trial
from trials.queries.decisive import DecidedBy, decided_by, field_of
from trials.queries.explanations import counts_of, requirements_of, summary_of
from trials.queries.trees import tree_of, trees_of
from trials.services.catalogue import load_catalogue
from trials.services.matching import release_matches, request_match_run, run_match

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db):
    case = submitted_case()
    run_match(str(run_of(case).pk))
    return case


@pytest.fixture
def board(client):
    sign_in(client, coordinator())
    return client


def text_of(response) -> str:
    assert response.status_code == 200
    return " ".join(strip_tags(response.content.decode()).split())


def ask_url(case) -> str:
    return reverse("trials:ask", args=[case.code])


@pytest.fixture
def thin_case(db):
    return case_without_values()


def list_url(case, **query) -> str:
    return reverse("trials:matches", args=[case.code])


def match_url(case, trial: str) -> str:
    match = run_of(case).matches.filter(arm__version__trial__key=trial).first()
    return reverse("trials:match", args=[case.code, match.pk])


def test_the_list_shows_outcome_counts_reason_and_recruitment(board, case):
    text = text_of(board.get(list_url(case)))

    assert "Revision 1, compared on" in text
    assert (
        "HEM-iSMART C possibly eligible by the submitted data: some facts are missing 9 met, 0 not met, 1 unknown"
        in text
    )
    assert "Further criteria" in text
    assert "Not yet discussed by the board" in text


def test_no_trial_is_hidden(board, case):
    listed = [text_of(board.get(list_url(case), {"page": number})) for number in (1, 2, 3)]

    assert all(any(trial.title in text for text in listed) for trial in Trial.objects.all())


def test_a_failing_cohort_stays_with_its_reason(board, case):
    listed = " ".join(text_of(board.get(list_url(case), {"page": number})) for number in (1, 2, 3))

    assert "CATULUS: B-ALL a criterion is not met" in listed
    assert "ADVL1521 a criterion is not met" in listed


def test_a_closed_trial_is_shown_as_closed(board, case):
    assert "closed terminated" in text_of(board.get(list_url(case)))


def test_while_the_run_waits_the_page_says_so(board):
    text = text_of(board.get(list_url(submitted_case())))

    assert "The comparison is under way" in text
    assert "No list yet" not in text


def test_a_failed_run_leaves_a_page_without_a_list(board):
    case = submitted_case()
    MatchRun.objects.filter(revision__case=case).update(state="failed")

    assert "No list yet" in text_of(board.get(list_url(case)))


def test_recruitment_is_todays_not_that_of_the_run(board, case):
    Trial.objects.filter(key="hem-ismart-c").update(status="suspended", last_checked_on=timezone.localdate())

    assert "closed suspended as of" in text_of(board.get(match_url(case, "hem-ismart-c")))


def test_a_cohort_without_a_free_place_is_full_and_asks_nothing(board, thin_case):
    arms = Arm.objects.filter(version__trial__key="hem-ismart-c")
    Trial.objects.filter(key="hem-ismart-c").update(status="recruiting", last_checked_on=timezone.localdate())
    before = board.get(list_url(thin_case)).context["matches"].questions

    arms.update(slots=0)

    text = text_of(board.get(match_url(thin_case, "hem-ismart-c")))
    assert "full recruiting as of" in text
    assert "no free place when last asked" in text
    assert board.get(list_url(thin_case)).context["matches"].questions != before


def test_a_trial_in_other_countries_only_says_so(board, case):
    Trial.objects.filter(key="cd19-cd22-car-china").update(status="recruiting", last_checked_on=timezone.localdate())

    assert "not in this country" in text_of(board.get(match_url(case, "cd19-cd22-car-china")))


def test_one_match_shows_every_criterion_with_fact_or_reason(board, case):
    text = text_of(board.get(match_url(case, "hem-ismart-c")))

    assert (
        "Alteration of the IL7R or JAK-STAT pathway. Met" in text
        or "Alteration of the IL7R or JAK-STAT pathway. met" in text
    )
    assert "IL7R p.(Leu242_Leu243insAsnProCys) (specimen S2, day 662)" in text
    assert "Lansky or Karnofsky performance score at least 50." in text
    assert "Karnofsky 70" in text
    assert "What is missing" in text


def test_the_questions_are_ranked_once_in_each_process(board, thin_case):
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            board.get(list_url(thin_case))
        counts.append(sum("SAVEPOINT" not in query["sql"] for query in queries))

    assert counts[0] - counts[1] in (1, 2)  # the explanations, and the criteria that this process did not read yet
    assert counts[1] <= 12


def test_a_trial_that_closes_meanwhile_is_not_counted_any_more(board, thin_case):
    def counted() -> set[str]:
        questions = board.get(list_url(thin_case)).context["matches"].questions
        return {title for question in questions for title, _url in question.trials}

    before = counted()
    Trial.objects.filter(title=(closed := min(before))).update(status="terminated")

    assert closed not in counted()


def test_trees_are_read_with_one_query_and_kept(db):
    arms = list(Arm.objects.current().values_list("pk", flat=True)[:5])
    trees_of(arms)

    with CaptureQueriesContext(connection) as queries:
        again = trees_of(arms)

    assert len(queries) == 0
    assert again == {arm.pk: tree_of(arm) for arm in Arm.objects.filter(pk__in=arms)}


def test_the_form_lets_a_coordinator_ask_several_things_at_once(board, case):
    assert "number several questions" in text_of(board.get(ask_url(case)))


def test_a_reason_of_an_older_engine_reads_as_unknown(board, case):
    url = match_url(case, "hem-ismart-c")
    match = run_of(case).matches.get(arm__version__trial__key="hem-ismart-c")
    match.explanation = [{**row, "verdict": "unknown", "reason": "not_asked"} for row in match.explanation]
    match.save()

    text = text_of(board.get(url))

    assert "Age now" in text
    assert "not_asked" not in text


def test_codes_are_put_into_words(board, case):
    text = text_of(board.get(match_url(case, "hem-ismart-c")))

    assert "In relapse: met – refractory relapse" in text
    assert "refractory_relapse" not in text


def test_what_is_missing_is_asked_without_a_negation(board, case):
    text = text_of(board.get(match_url(case, "hem-ismart-a")))

    assert "not: Pathway SRC/ABL – tests were done" in text
    assert "Pathway SRC/ABL: Were the genes of this pathway examined in the current disease?" in text
    assert "not: Pathway SRC/ABL: Were" not in text


def test_what_stands_in_the_way_is_named(board, case):
    text = text_of(board.get(match_url(case, "advl1521")))

    assert text.count("This stands in the way.") == 2


@pytest.mark.parametrize("path", ["list", "match"])
def test_pages_stay_within_15_queries(board, case, path):
    url = list_url(case) if path == "list" else match_url(case, "itcc-101-apal2020d")
    with CaptureQueriesContext(connection) as queries:
        board.get(url)

    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) <= 15


def test_opening_is_noted_in_the_read_log(board, case):
    board.get(list_url(case))
    board.get(match_url(case, "catulus"))

    assert list(ReadEvent.objects.filter(subject_key=str(case.pk)).values_list("verb", flat=True)) == [
        "matches.opened",
        "match.opened",
    ]


def test_a_physician_has_no_list_before_the_release(client, case):
    sign_in(client, case.author)

    assert client.get(list_url(case)).status_code == 404
    assert client.get(match_url(case, "catulus")).status_code == 404


def test_a_coordinator_releases_the_list_and_the_physician_reads_it(client, board, case):
    response = board.post(reverse("trials:release", args=[case.code]), {"run": run_of(case).pk}, follow=True)
    assert "The treating physician can see the list now." in text_of(response)

    sign_in(client, case.author)
    text = text_of(client.get(list_url(case)))
    assert "Not yet discussed by the board" in text
    assert "Show this list to the treating physician" not in text
    assert client.get(match_url(case, "catulus")).status_code == 200


def test_a_released_list_stays_beside_a_newer_run(client, case):
    release_matches(run=run_of(case), actor=coordinator())
    MatchRun.objects.create(revision=run_of(case).revision)
    sign_in(client, case.author)

    assert "HEM-iSMART" in text_of(client.get(list_url(case)))


def test_releasing_twice_is_refused_with_a_sentence(board, case):
    release_matches(run=run_of(case), actor=coordinator())
    response = board.post(reverse("trials:release", args=[case.code]), {"run": run_of(case).pk})

    assert response.status_code == 409
    assert "released already" in response.content.decode()


@pytest.mark.parametrize("run", ["", "x", "5c1a4b9e-0000-4000-8000-000000000000"])
def test_releasing_something_unknown_is_not_found(board, case, run):
    assert board.post(reverse("trials:release", args=[case.code]), {"run": run}).status_code == 404


def test_release_takes_post_alone(board, case):
    assert board.get(reverse("trials:release", args=[case.code])).status_code == 405


def test_strangers_and_unknown_codes_get_the_same_answer(client, case):
    sign_in(client, physician())

    assert client.get(list_url(case)).status_code == 404
    assert client.get(reverse("trials:matches", args=["ILTB-2222-222"])).status_code == 404
    assert client.post(reverse("trials:release", args=[case.code]), {"run": run_of(case).pk}).status_code == 404


def test_a_match_belongs_to_its_case(board, case):
    other = submitted_case()
    match = run_of(case).matches.first()

    assert board.get(reverse("trials:match", args=[other.code, match.pk])).status_code == 404


@pytest.mark.parametrize("word", ["likely", "excluded", "tag-good"])
def test_the_pages_neither_promise_nor_deny_nor_show_green(board, case, word):
    pages = [board.get(list_url(case)).content.decode(), board.get(match_url(case, "leap-profile")).content.decode()]

    assert all(word not in page for page in pages)


def test_the_age_of_a_check_shows_in_the_list(board, case):
    Trial.objects.filter(key="hem-ismart-d").update(last_checked_on=timezone.localdate() - timedelta(days=45))

    assert "recruiting, not confirmed since" in text_of(board.get(list_url(case)))


def test_the_list_says_what_would_decide_most_and_which_trials(board, thin_case):
    text = text_of(board.get(list_url(thin_case)))

    assert "What would decide most" in text
    assert "What is the performance score (Lansky or Karnofsky)? One answer decides 6 trials: HEM-iSMART D," in text
    assert "Is a transplant donor identified? One answer decides 2 trials: BE-CAR7, CD7-CART01" in text
    assert text.count("One answer decides") + text.count("Every answer decides") <= 5


def test_trials_that_nobody_can_enter_are_not_worth_a_question(board, thin_case):
    Trial.objects.update(status="completed")

    assert "What would decide most" not in text_of(board.get(list_url(thin_case)))


def test_a_ticked_question_becomes_a_text_that_is_sent_as_it_was_changed(board, thin_case):
    shown = board.post(ask_url(thin_case), {"question": ["performance_lansky_karnofsky|", "alt|", "lvef|x", "nothing"]})
    composed = shown.context["form"]["text"].value()
    sent = board.post(ask_url(thin_case), {"text": f"{composed} Thank you."}, follow=True)

    assert composed.splitlines() == [
        "To compare this case with trials, the board needs to know:",
        "1. What is the performance score (Lansky or Karnofsky)?",
        "2. What is ALT as a multiple of the upper limit of normal?",
    ]
    assert "The question is on its way to the physician." in text_of(sent)
    assert thin_case.queries.open().get().text == f"{composed} Thank you."


def test_without_a_tick_the_text_is_empty_and_cannot_be_sent(board, thin_case):
    assert board.get(ask_url(thin_case)).context["form"]["text"].value() == ""
    assert board.post(ask_url(thin_case), {"text": ""}).status_code == 422
    assert not thin_case.queries.open().exists()


def test_many_questions_are_cut_at_a_whole_one(board, thin_case):
    match = run_of(thin_case).matches.first()
    row = {"fact": "prior_drug", "verdict": "unknown", "choice_verdict": "", "reason": "not_given"}
    match.explanation = [{**match.explanation[0], **row, "about": f"drug number {number}"} for number in range(40)]
    match.save()
    keys = [f"prior_drug|drug number {number}" for number in range(40)]

    composed = board.post(ask_url(thin_case), {"question": keys}).context["form"]["text"].value()
    assert len(composed) <= 1500
    assert composed.endswith("Was this drug ever given?")


def test_a_case_that_waits_for_its_physician_is_not_asked_again(board, thin_case):
    query_case(case=thin_case, actor=coordinator(), text="Which method showed the fusion?")

    assert board.get(ask_url(thin_case)).status_code == 409
    assert board.post(ask_url(thin_case), {"text": "What is the ejection fraction?"}).status_code == 409
    assert 'type="checkbox"' not in board.get(list_url(thin_case)).content.decode()


@pytest.mark.parametrize(("person", "status"), [(physician, 404), (chair, 403)])
def test_nobody_else_asks(client, thin_case, person, status):
    sign_in(client, person())

    assert client.post(ask_url(thin_case), {"text": "What is the ejection fraction?"}).status_code == status
    assert not thin_case.queries.open().exists()


def test_the_team_cannot_ask_itself(client, thin_case):
    sign_in(client, thin_case.author)

    assert client.post(ask_url(thin_case), {"text": "What is the ejection fraction?"}).status_code == 403


def test_the_physician_finds_each_question_with_the_way_to_its_field(client, thin_case):
    release_matches(run=run_of(thin_case), actor=coordinator())
    sign_in(client, thin_case.author)
    page = client.get(list_url(thin_case)).content.decode()

    assert f'href="/cases/{thin_case.code}/edit/condition/#id_performance_scale"' in page
    assert 'type="checkbox"' not in page


def test_the_physician_is_led_to_the_open_question_of_the_board(client, thin_case):
    release_matches(run=run_of(thin_case), actor=coordinator())
    query_case(case=thin_case, actor=coordinator(), text="What is the ejection fraction?")
    sign_in(client, thin_case.author)

    assert reverse("cases:query_answer", args=[thin_case.code]) in client.get(list_url(thin_case)).content.decode()


def test_a_board_member_reads_the_questions_without_a_link_into_the_dossier(board, thin_case):
    assert "/edit/" not in board.get(list_url(thin_case)).content.decode()


def test_every_fact_that_can_be_asked_has_its_place_in_the_dossier():
    named = [fact for fact, spec in FACTS.items() if spec.source]

    assert {fact for fact in named if not _has_place(*field_of(fact))} == set()


def _has_place(section: Section, field: str, table: str) -> bool:
    if section is Section.THERAPY:
        forms = TherapyForms(Case())
        return table in ("", "lines", "transplants", "cell_therapies") and (not field or field in forms.exposure.fields)
    if section not in SECTION_PAGES:
        return not field and not table
    page = SECTION_PAGES[section]
    blocks = [names for _block, names in page.form_class.blocks.values()]
    return any(field in names for names in ([""], *blocks, *page.form_class.more.values())) and table in (
        "",
        *page.kinds,
    )


def test_the_page_of_a_trial_says_why_not_and_what_decided_it(board, case):
    text = text_of(board.get(match_url(case, "advl1521")))

    assert "Why not" in text
    assert "What this result rests on 1 of 8 criteria alone gives this result. It stays the same whatever" in text
    assert text.count("It decides.") == 1


def test_the_page_of_an_open_trial_says_what_an_answer_does(board, thin_case):
    text = text_of(board.get(match_url(thin_case, "hem-ismart-c")))

    assert (
        "What is the performance score (Lansky or Karnofsky)? One answer decides: then a criterion is not met." in text
    )
    assert "Also open; no answer of the physician ends it: Further criteria: the protocol was not read in full" in text
    assert "What this result rests on" not in text


def test_answers_that_decide_only_together_are_named_together(board, thin_case, tmp_path):
    either = {"any": [leaf("alt", "<=", 5, unit="xULN"), leaf("lvef", ">=", 50, unit="percent")]}
    criteria = {"all": [leaf("unread_criteria", "unread"), either]}
    load_catalogue(write(tmp_path, trial_document("two-ways", arms=[arm_document(criteria=criteria)])), publish=True)
    run_match(str(request_match_run(thin_case.revisions.latest("number")).pk))

    text = text_of(board.get(match_url(thin_case, "two-ways")))
    assert "No single answer decides. These decide together: ALT and Ejection fraction" in text


def test_the_list_and_the_page_of_a_trial_count_alike(thin_case):
    explanations = [match.explanation for match in run_of(thin_case).matches.all()]

    counts = [counts_of(requirements_of(explanation)) for explanation in explanations]
    assert [summary_of(explanation)[0] for explanation in explanations] == counts


def test_where_no_criterion_fails_all_that_is_needed_is_named(board, case):
    text = text_of(board.get(match_url(case, "leap-profile")))

    assert "2 of 2 criteria alone give this result." in text
    assert "What is missing" not in text


def test_no_answer_changes_what_is_decided(board, case):
    assert "No answer to these changes the result." in text_of(board.get(match_url(case, "hem-ismart-a")))


def test_criteria_that_cannot_be_read_prove_nothing_and_ask_nothing():
    unreadable = Match(arm=Arm(criteria={"all": []}), explanation=[])

    assert decided_by(unreadable, Case(), may_answer=True) == DecidedBy()


def test_the_whole_list_stands_on_one_page_to_be_printed(board, case):
    first = text_of(board.get(list_url(case)))
    whole = text_of(board.get(list_url(case), {"all": "1"}))

    assert "All cohorts on one page, to be printed" in first
    assert all(trial.title in whole for trial in Trial.objects.all())
