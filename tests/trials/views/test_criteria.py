"""The one screen on which criteria are written: rows, groups, the pasted text, the document as JSON."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from tests.factories.accounts import coordinator, physician, sign_in
from tests.trials.catalogues import counted_from_zero, trial_document, write
from tests.trials.documents import age, leaf
from trials.forms import LineForm, SheetForm
from trials.models import Trial
from trials.services.catalogue import load_catalogue
from trials.services.editing import add_arm, begin_draft, discard_draft, enter_trial, remove_arm, write_criteria
from trials.views.criteria import suggestions

pytestmark = pytest.mark.django_db
PROTOCOL = "Inclusion Criteria:\n1. Age 1 to 18 years\n2. Relapsed ALL\nExclusion Criteria:\n1. Pregnancy"
ENDS = (("up", "I-01"), ("down", "I-01"), ("up", "E-01"), ("down", "E-01"))
DESCRIPTION = dict.fromkeys(("sponsor", "phase", "age_limits", "remarks"), "") | {
    "agents": [], "sources": [], "countries_complete": False, "verification": "verified",
}  # fmt: skip


@pytest.fixture
def office(client):
    user = coordinator()
    sign_in(client, user)
    return user


@pytest.fixture
def arm(office):
    return counted_from_zero(enter_trial(actor=office, title="Trial B", key="", description=DESCRIPTION)).arms.get()


@pytest.fixture
def url(arm):
    return reverse("trials:criteria", args=["trial-b", "main"])


@pytest.fixture
def split(client, url):
    """The cohort after its text was pasted."""
    assert client.post(url, {**sheet(), "protocol": PROTOCOL, "split": "1"}).status_code == 302


def sheet(*lines: dict, groups=(), edits: int = 0) -> dict:
    data = {"lines_total": len(lines), "groups_total": len(groups), "edits": edits}
    rows = [("line", {"kind": "inclusion", "text": "A sentence.", **line}) for line in lines]
    rows += [("group", group) for group in groups]
    for prefix in ("line", "group"):
        for number, row in enumerate(row for kind, row in rows if kind == prefix):
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def stored(arm) -> dict:
    arm.refresh_from_db()
    return arm.criteria


def text_of(response, status: int = 200) -> str:
    assert response.status_code == status
    return " ".join(strip_tags(response.content.decode()).split())


def fill(client, url, **typed) -> dict:
    """The page's own data, with what somebody types over it."""
    form = client.get(url).context["sheet"]
    assert isinstance(form, SheetForm)
    return {name: value for name, value in form.data.items() if value is not False} | typed


def test_a_pasted_text_becomes_lines_that_people_read(client, url, arm, split):
    criteria = stored(arm)["all"]

    assert [part.get("text", "not") for part in criteria] == ["Age 1 to 18 years", "Relapsed ALL", "not"]
    assert text_of(client.get(url)).count("Not compared: stays unknown, people read it.") == 3


def test_what_the_engine_reads_is_shown_below_the_line(client, url, arm, split):
    typed = {"line-0-fact": "Age now", "line-0-op": "<=", "line-0-value": "18", "line-0-unit": "years"}
    typed |= {"line-0-wording": "unclear", "line-2-fact": "pregnancy"}

    client.post(url, fill(client, url, **typed))

    text = text_of(client.get(url))
    assert "Compared: Age now ≤ 18 years (the source leaves the last year open)" in text
    assert "Compared: not: Pregnancy: yes" in text


def test_a_line_is_doubled_for_a_sentence_that_asks_two_things(client, url, arm, split):
    client.post(url, fill(client, url, copy="I-01"))

    assert [part["id"] for part in stored(arm)["all"][:3]] == ["I-01", "I-03", "I-02"]


def opened(response) -> list[str]:
    """The lines whose controls are unfolded."""
    return [line.number for line, _sentence, is_open in response.context["lines"] if is_open]


def test_lines_are_folded_and_the_new_one_is_open(client, url, arm, split):
    response = client.post(url, fill(client, url, copy="I-01"))

    assert opened(client.get(url)) == []
    assert response.url == f"{url}?open=I-03#line-1"
    assert opened(client.get(response.url)) == ["I-03"]


def test_an_empty_line_is_open(client, url, arm, split):
    assert opened(client.post(url, fill(client, url, blank="1"))) == ["I-03"]


def test_a_folded_line_holds_all_its_controls(client, url, arm, split):
    page = client.get(url).content.decode()

    assert page.count('name="line-1-') == len(LineForm.base_fields) - 1  # nobody is named as its curator
    assert page.count("<datalist") == 3


def test_a_line_is_moved_up_and_saved(client, url, arm, split):
    response = client.post(url, fill(client, url, up="I-02", **{"line-1-text": "Relapsed T-ALL"}))

    assert [part.get("id", "not") for part in stored(arm)["all"]] == ["I-02", "I-01", "not"]
    assert stored(arm)["all"][0]["text"] == "Relapsed T-ALL"
    assert response.url == f"{url}#line-0"


def test_a_line_is_moved_down(client, url, arm, split):
    client.post(url, fill(client, url, down="I-02"))

    assert [part.get("id", "not") for part in stored(arm)["all"]] == ["I-01", "not", "I-02"]


@pytest.mark.parametrize("button", ["up", "down"])
def test_a_line_that_is_gone_is_not_moved(client, url, arm, split, button):
    assert client.post(url, fill(client, url, **{button: "I-99"})).status_code == 302
    assert len(stored(arm)["all"]) == 3


def test_the_first_line_goes_no_further_up_and_the_last_no_further_down(client, url, arm, split):
    page = " ".join(client.get(url).content.decode().split())

    assert [page.count(f'name="{button}" value="{number}"') for button, number in ENDS] == [0, 1, 1, 0]


def test_a_faulty_line_is_not_moved_and_stays_as_typed(client, url, arm, split):
    response = client.post(url, fill(client, url, up="I-02", **{"line-0-fact": "Shoe size"}))

    assert "“Shoe size” is no fact" in text_of(response, 422)
    assert [part.get("id", "not") for part in stored(arm)["all"]] == ["I-01", "I-02", "not"]


def test_suggestions_are_drawn_in_the_language_of_the_reader(client, url, arm, split):
    drawn = {language: str(suggestions(language)) for language in ("en", "nl")}

    assert all('<option value="CD19">' in text for text in drawn.values())
    assert drawn["en"] in client.get(url).content.decode()


def test_a_line_is_removed(client, url, arm, split):
    client.post(url, fill(client, url, **{"line-1-remove": "on"}))

    assert len(stored(arm)["all"]) == 2


def test_alternatives_share_a_letter(client, url, arm):
    lines = [
        {"id": f"I-0{n}", "fact": fact, "group": "a"} for n, fact in enumerate(("In relapse", "Refractory disease"))
    ]

    client.post(url, sheet(*lines))

    assert [len(part["any"]) for part in stored(arm)["all"]] == [2]
    assert "Group A" in text_of(client.get(url))
    assert "In relapse: yes or Refractory disease: yes" in text_of(client.get(url))


def test_at_least_two_of_a_group(client, url, arm):
    lines = [{"id": f"I-0{number}", "fact": "In relapse", "group": "A"} for number in range(3)]

    client.post(url, sheet(*lines, groups=[{"letter": "A", "rule": "at_least", "n": "2"}]))

    assert stored(arm)["all"][0]["at_least"]["n"] == 2


def test_an_empty_line_is_added_and_not_saved_yet(client, url, arm):
    response = client.post(url, {**sheet(), "blank": "1"})

    assert "This is what you typed; it is not saved yet." in text_of(response)
    assert stored(arm) == {}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ({"fact": "Shoe size"}, "I-01: $.all[0]: “Shoe size” is no fact that can be compared."),
        ({"fact": "Age now", "op": "<", "value": "18"}, "I-01: $.all[0]: unit &#x27;&#x27;"),
        ({"fact": "Age now", "op": "<", "value": "18", "unit": "kg"}, "unit &#x27;kg&#x27; does not fit"),
        ({"text": ""}, "I-01: $.all[0].text: every criterion needs its source sentence"),
        ({"fact": "Surface antigen", "about": "CD999"}, "&#x27;CD999&#x27; is no known antigen"),
    ],
)
def test_a_fault_names_line_path_and_reason_and_loses_nothing(client, url, arm, line, sentence):
    response = client.post(url, sheet({"id": "I-01", **line}, {"id": "I-02", "text": "Kept as typed."}))

    text = text_of(response, 422)
    assert sentence.replace("unit &#x27;&#x27;", "unit ") in text
    assert "Kept as typed." in text
    assert stored(arm) == {}


def test_a_choice_that_does_not_exist_is_refused(client, url, arm):
    assert "Select a valid choice" in text_of(client.post(url, sheet({"id": "I-01", "op": "~"})), 422)


@pytest.mark.parametrize(
    "data", [{}, {"lines_total": "-1"}, {"lines_total": "999999", "groups_total": "0", "edits": "0"}]
)
def test_a_broken_request_is_refused(client, url, data):
    assert client.post(url, data).status_code == 422


def test_a_stale_save_shows_both_texts_and_keeps_what_was_typed(client, url, arm, office):
    write_criteria(arm=arm, actor=office, edits=0, document={"all": [age("<", 21, id="I-01", text="Young.")]})

    response = client.post(url, sheet({"id": "I-01", "text": "Younger."}))

    text = text_of(response, 409)
    assert "I-01 Young.Age now &lt; 21 years" in text
    assert "I-01 Younger.not compared, read by people" in text
    assert 'name="line-0-text" value="Younger."' in response.content.decode()
    assert 'name="edits" value="1"' in response.content.decode()


def test_the_document_is_written_as_json(client, url, arm):
    document = {"any": [age("<", 3, id="I-01"), leaf("in_relapse", "is", True, id="I-02")]}

    assert client.post(url, {"document": json.dumps(document), "edits": 0}).status_code == 302
    assert stored(arm) == document


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("{", "$: not readable as JSON"),
        ('{"ref": NaN}', "NaN is no number"),
        ('{"ref": "\\u0000"}', "a character that cannot be stored"),
        ('{"ref": "\\ud800"}', "half a character"),
        ("[]", "$: expected a group or a criterion"),
        ('{"all": [{"any": []}]}', "$.all[0].any: an empty group says nothing"),
    ],
)
def test_json_is_judged_like_the_rows(client, url, arm, document, sentence):
    assert sentence in text_of(client.post(url, {"document": document, "edits": 0}), 422)


def test_what_rows_cannot_say_is_edited_as_json(client, url, arm, office):
    inner = leaf("in_relapse", "is", True, id="I-01")
    write_criteria(arm=arm, actor=office, edits=0, document={"not": {"not": inner}})

    assert "A “not” stands directly below a “not”." in text_of(client.get(url))


def test_stored_criteria_that_cannot_be_read_do_not_break_the_page(client, url, arm):
    type(arm).objects.filter(pk=arm.pk).update(criteria={"all": [{"at_least": {}}]})

    assert "The stored criteria cannot be read." in text_of(client.get(url))


@pytest.mark.parametrize("criteria", [{"all": "text"}, {"all": [leaf("gone", "is", True)]}, {"all": [1]}])
def test_the_reason_why_stored_criteria_cannot_be_read_is_shown(client, url, arm, criteria):
    type(arm).objects.filter(pk=arm.pk).update(criteria=criteria)

    assert "The portal cannot read the stored criteria $.all" in text_of(client.get(url))


def test_a_cohort_is_renamed_and_the_last_one_stays(client, url, arm):
    client.post(url, {"title": "Part A", "edits": 0})
    response = client.post(url, {"remove_cohort": "1", "edits": 1})

    arm.refresh_from_db()
    assert (arm.title, response.status_code) == ("Part A", 409)


def test_a_cohort_needs_a_title(client, url, arm):
    assert "Fill in “Title of the cohort”." in text_of(client.post(url, {"title": "", "edits": 0}), 422)


def test_an_unknown_cohort_is_not_found(client, arm):
    assert client.get(reverse("trials:criteria", args=["trial-b", "none"])).status_code == 404


def test_the_page_asks_the_database_at_most_fifteen_times(client, url, split):
    with CaptureQueriesContext(connection) as queries:
        client.get(url)

    assert len(queries) <= 15


SENTENCE = "Relapsed or refractory, after at least two lines."


def test_a_cohort_that_a_colleague_removed_meanwhile_shows_what_was_typed(client, office, arm, url):
    add_arm(draft=arm.version, actor=office, edits=0, title="Late")
    remove_arm(arm=arm, actor=coordinator(), edits=1)

    page = client.post(url, sheet({"text": SENTENCE}, edits=0))

    assert page.status_code == 409
    assert "A colleague removed this cohort while you were writing." in page.content.decode()
    assert SENTENCE in page.content.decode()
    assert client.get(url).status_code == 404


def test_a_draft_that_a_colleague_discarded_meanwhile_shows_what_was_typed(client, office, tmp_path):
    load_catalogue(write(tmp_path, trial_document("trial-a")), publish=True)
    draft = begin_draft(trial=Trial.objects.get(key="trial-a"), actor=office)
    url = reverse("trials:criteria", args=["trial-a", "main"])
    discard_draft(draft=draft, actor=coordinator(), edits=draft.edits)

    page = client.post(url, sheet({"text": SENTENCE}, edits=draft.edits))

    assert (page.status_code, SENTENCE in page.content.decode()) == (409, True)
    assert "published or discarded this draft" in page.content.decode()


def test_a_draft_that_was_discarded_with_its_trial_shows_what_was_typed_to_coordinators_alone(client, office, arm, url):
    discard_draft(draft=arm.version, actor=coordinator(), edits=arm.version.edits)
    assert not Trial.objects.filter(pk=arm.version.trial_id).exists()

    page = client.post(url, sheet({"text": SENTENCE}, edits=0))
    stranger = sign_in(Client(), physician()).post(url, sheet({"text": SENTENCE}, edits=0))

    assert (page.status_code, SENTENCE in page.content.decode(), stranger.status_code) == (409, True, 404)
