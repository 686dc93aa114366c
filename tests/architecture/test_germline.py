"""Germline results reach the geneticists, the treating team and who runs the board; nobody else, on no page."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from boards.services.assigning import declare_interest, seat_expert, start_assessing
from cases.models import Case, CaseRevision
from cases.queries.changes import changes_between
from cases.queries.germline import READ, WITHHELD, germline_right, shown_content
from cases.services.access import release_germline, take_emergency_access
from cases.services.drafting import save_section, save_specimen
from cases.services.submission import submit_case
from cases.services.triage import accept_case
from iltb.accounts.enums import Expertise
from iltb.accounts.services import sync_grants
from iltb.audit.models import AuditEvent
from iltb.core.errors import NotAllowed
from tests.architecture.addresses import MATRIX
from tests.cases.views.page import text_of
from tests.factories.accounts import chair, coordinator, expert, observer, operator, sign_in
from tests.factories.boards import board
from tests.factories.cases import complete_case, specimen_rows
from trials.models import MatchRun
from trials.services.matching import run_match

pytestmark = pytest.mark.django_db
CANARY = "zzgermcanary"
LINE = "Germline results are shown to the geneticists of the panel."
GERMLINE = {
    "status": "done",
    "result": "pathogenic_variant",
    "gene_list_covered": CANARY,
    "note": CANARY,
}
OUTSIDE = ["disease", "flow"]
INSIDE = ["physician", "coordinator", "chair", "biology"]


@pytest.fixture
def people(db):
    """An accepted case with a germline finding of every kind, and everybody around it."""
    board()
    case = complete_case()
    me = {"case": case, "actor": case.author}
    variants = [{"gene_symbol": CANARY, "hgvs_p": "p.(Arg248Gln)", "acmg_class": 5}]
    save_section(**me, version=case.version, blocks={"germline": GERMLINE}, rows={"germline_variants": variants})
    found = specimen_rows("S9")
    inherited = {"gene_symbol": f"{CANARY}1", "hgvs_p": "p.(Gly12Asp)", "vaf": "0.48", "origin": "germline"}
    found.variants.append(inherited)
    save_specimen(**me, version=case.version, rows=found)
    submit_case(**me)
    office = coordinator()
    accept_case(case=case, actor=office)
    people = {"case": Case.objects.get(pk=case.pk), "physician": case.author, "coordinator": office, "chair": chair()}
    review = case.reviews.get()
    for tag in (Expertise.DISEASE, Expertise.FLOW, Expertise.BIOLOGY):
        people[tag.value] = expert(tag)
        seat = seat_expert(review=review, user=people[tag.value], expertise=tag, actor=office)
    start_assessing(review=review, actor=office)
    for seat in review.seats.all():
        declare_interest(seat=seat, actor=seat.user, level="none")
    return people


def pages(who, case) -> list[str]:
    """Everything that shows the content of a dossier, as this person gets it."""
    client = sign_in(Client(), who)
    addresses = [
        reverse("boards:case", args=[case.code]),
        reverse("boards:review", args=[case.reviews.get().pk]),
        reverse("api:case-detail", args=[case.code]),
    ]
    return [client.get(address).content.decode() for address in addresses]


@pytest.mark.parametrize("who", INSIDE)
def test_who_may_reads_everything(people, who):
    found = [CANARY in page for page in pages(people[who], people["case"])]

    assert found == ([True, False, True] if who == "physician" else [True, True, True])


@pytest.mark.parametrize("who", OUTSIDE)
def test_the_wider_panel_reads_one_line(people, who):
    case, review, answer = pages(people[who], people["case"])

    assert (LINE in case, LINE in review) == (True, True)
    assert json.loads(answer)["content"]["germline"] == {"is_withheld": True}


@pytest.mark.parametrize("who", [*OUTSIDE, "observer", "operator"])
def test_no_address_of_the_portal_tells_the_wider_panel(people, who):
    case = people["case"]
    for run in MatchRun.objects.all():
        run_match(str(run.pk))
    reader = people.get(who) or {"observer": observer, "operator": operator}[who]()
    client, review = sign_in(Client(), reader), case.reviews.get()
    arguments = {"-": [], "code": [case.code], "review": [review.pk], "section": [case.code, "functional"]}
    arguments["specimen"] = [case.code, case.specimens.get(label="S9").pk]
    addresses = [reverse(row.name, args=arguments[row.made_of]) for row in MATRIX if row.made_of in arguments]

    assert [url for url in addresses if CANARY in client.get(url).content.decode(errors="replace")] == []


def test_the_line_is_the_same_whether_there_is_a_finding_or_not(people):
    with_finding = CaseRevision.objects.get(case=people["case"]).content
    without = {**with_finding, "germline": {"status": "", "variants": []}}
    without["specimens"] = shown_content(with_finding, WITHHELD)["specimens"]

    assert shown_content(with_finding, WITHHELD) == shown_content(without, WITHHELD)


def test_a_difference_is_told_to_who_may_read_it_alone(people):
    after = CaseRevision.objects.get(case=people["case"]).content
    before = {**after, "germline": {**after["germline"], "note": "other"}}

    assert changes_between(before, after) == []
    [block] = changes_between(before, after, READ)
    assert [change.after for change in block.changes] == [CANARY]


def test_who_was_asked_as_a_geneticist_reads_them_whatever_the_profile_says(people):
    assert people["biology"].expertise == ["biology"]
    assert germline_right(people["case"], people["biology"]).may_read
    assert not germline_right(people["case"], people["disease"]).may_read


def test_the_grants_follow_from_the_rows(people):
    assert sync_grants() == 0


def test_emergency_access_does_not_open_them(people):
    office = operator()
    take_emergency_access(case=people["case"], actor=office, reason="The physician cannot be reached by phone.")

    assert not germline_right(people["case"], office).may_read


def test_the_chair_shows_them_to_the_panel_with_one_click(people):
    case = people["case"]
    client = sign_in(Client(), people["chair"])
    url = reverse("cases:germline", args=[case.code])
    assert url in client.get(reverse("boards:case", args=[case.code])).content.decode()

    page = client.post(url, follow=True)

    assert "The whole panel reads the germline results now." in text_of(page)
    assert all(CANARY in page for page in pages(people["disease"], case))
    assert url not in client.get(reverse("boards:case", args=[case.code])).content.decode()


def test_the_button_carries_the_token_that_a_browser_needs(people):
    client = Client(enforce_csrf_checks=True)
    sign_in(client, people["chair"])

    page = client.get(reverse("boards:case", args=[people["case"].code])).content.decode()

    form = page.partition("/germline/")[2].partition("</form>")[0]
    assert "csrfmiddlewaretoken" in form


@pytest.mark.parametrize("is_released", [False, True])
def test_one_case_and_a_list_of_cases_follow_the_same_rule(people, is_released):
    case = people["case"]
    if is_released:
        release_germline(case=case, actor=people["chair"])
    office = operator()
    take_emergency_access(case=case, actor=office, reason="The physician cannot be reached by phone.")
    readers = [*people.values(), office, observer(), expert(Expertise.BIOLOGY)]
    readers.remove(case)

    may_read = [germline_right(case, reader).may_read for reader in readers]

    assert may_read == [Case.objects.with_germline_for(reader).contains(case) for reader in readers]
    assert True in may_read
    assert False in may_read


def test_what_a_case_was_read_with_for_one_person_gives_another_no_right(people):
    [case] = Case.objects.visible_to(people["chair"]).with_grants(people["chair"])

    assert germline_right(case, people["chair"]).may_release
    assert germline_right(case, people["disease"]) == WITHHELD


def test_showing_them_is_written_down_once(people):
    release_germline(case=people["case"], actor=people["chair"])
    release_germline(case=people["case"], actor=people["chair"])

    entry = AuditEvent.objects.get(verb="case.germline_released")
    assert entry.actor_name == people["chair"].full_name


@pytest.mark.parametrize("who", ["physician", "coordinator", "biology", "disease"])
def test_only_the_chair_can(people, who):
    with pytest.raises(NotAllowed):
        release_germline(case=people["case"], actor=people[who])


def test_showing_them_to_the_panel_opens_them_to_nobody_outside(people):
    release_germline(case=people["case"], actor=people["chair"])

    assert not germline_right(people["case"], observer()).may_read
