"""A trial leaves the portal as a file, and what the file cannot say is told: on the page and by the command."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from iltb.audit.models import ReadEvent
from tests.cases.views.page import text_of
from tests.factories.accounts import coordinator, expert, physician, sign_in
from tests.trials.catalogues import arm_document, trial_document, write
from tests.trials.documents import age, leaf
from trials.exporters.versions import NotWritable, export_ctml, export_own
from trials.importers.own import read_document
from trials.models import Arm, Site, Trial, TrialIdentifier, TrialVersion
from trials.services.catalogue import load_catalogue

pytestmark = pytest.mark.django_db
SATURATION = leaf("spo2", ">=", 94, unit="percent", id="I-02", text="Saturation of at least 94 %.")
CRITERIA = {"all": [age("<", 18, id="I-01"), SATURATION]}


@pytest.fixture
def version(tmp_path) -> TrialVersion:
    load_catalogue(write(tmp_path, trial_document("trial-a", arms=[arm_document("main", CRITERIA)])), publish=True)
    return TrialVersion.objects.get(trial__key="trial-a")


@pytest.fixture
def office(client):
    sign_in(client, coordinator())
    return client


def test_our_own_file_reads_back_as_the_same_trial(version):
    record = read_document(json.loads(export_own(version).text), today=timezone.localdate())

    assert (record.key, record.title, record.arms[0].criteria) == ("trial-a", "Trial-A", CRITERIA)
    assert export_own(version).lost == ()


def test_our_own_file_says_what_is_not_for_a_catalogue(version):
    Arm.objects.filter(version=version).update(slots=2, status="suspended")
    Site.objects.create(trial=version.trial, country_code="NL", name="Utrecht", contact="office@trial.example")

    reasons = [row.reason for row in export_own(version).lost]

    assert reasons == [
        "the number of free places",
        "the day and source of its own recruitment",
        "contacts and recruitment of places; countries and names are kept",
    ]
    assert "office@trial.example" not in export_own(version).text


def test_ctml_says_which_criterion_it_cannot_say(version):
    found = export_ctml(version)

    assert [(row.arm, row.criterion, row.reason) for row in found.lost if row.criterion] == [
        ("main", "I-02", "CTML has no field for it: Saturation of at least 94 %.")
    ]
    (arm,) = json.loads(found.text)["treatment_list"]["step"][0]["arm"]
    assert arm["match"] == [{"and": [{"clinical": {"age_numerical": "<18"}}]}]


def test_ctml_says_what_of_the_trial_s_head_it_cannot_say(version):
    head = [row.reason for row in export_ctml(version).lost if not row.arm]

    assert head == ["countries and places, sources, remarks, and when recruitment was last checked"]
    TrialIdentifier.objects.create(trial=version.trial, system="eu_ct", value="2024-500001-11-00")
    assert "register numbers but those of ClinicalTrials.gov" in [row.reason for row in export_ctml(version).lost]


def test_criteria_that_cannot_be_read_are_a_sentence_and_no_crash(tmp_path):
    load_catalogue(write(tmp_path, trial_document("draft-a")), publish=False)
    version = TrialVersion.objects.get(trial__key="draft-a")
    version.arms.update(criteria={})

    with pytest.raises(NotWritable, match="The criteria cannot be written"):
        export_ctml(version)


def test_the_trial_page_has_two_links_for_coordinators(office, version):
    page = office.get(reverse("trials:detail", args=["trial-a"])).content.decode()

    assert reverse("trials:export_file", args=["trial-a", "own"]) in page
    assert reverse("trials:export", args=["trial-a"]) in page


def test_the_page_tells_what_ctml_loses_before_the_download(office, version):
    page = text_of(office.get(reverse("trials:export", args=["trial-a"])))

    assert "main I-02 : CTML has no field for it: Saturation of at least 94 %." in page
    assert "the file lets in more patients than the trial, never fewer" in page
    assert "The description and all criteria are in the file." in page


@pytest.mark.parametrize(("layout", "name"), [("own", "trial-a.json"), ("ctml", "trial-a.ctml.json")])
def test_a_download_is_a_file_by_the_name_of_the_trial_and_is_noted(office, version, layout, name):
    answer = office.get(reverse("trials:export_file", args=["trial-a", layout]))

    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert json.loads(answer.content)
    assert ReadEvent.objects.get(verb="trial.exported").subject_label == "Trial-A"


def test_a_format_that_we_do_not_write_is_unknown(office, version):
    assert office.get(reverse("trials:export_file", args=["trial-a", "docx"])).status_code == 404


def test_a_draft_that_cannot_be_written_says_so_on_the_page_and_as_a_refusal(office, tmp_path):
    load_catalogue(write(tmp_path, trial_document("draft-a")), publish=False)
    Arm.objects.filter(version__trial__key="draft-a").update(criteria={})

    assert "The criteria cannot be written" in text_of(office.get(reverse("trials:export", args=["draft-a"])))
    assert office.get(reverse("trials:export_file", args=["draft-a", "ctml"])).status_code == 409


@pytest.mark.parametrize("who", [physician, expert])
def test_readers_of_the_catalogue_download_nothing(client, version, who):
    sign_in(client, who())

    for url in (reverse("trials:export", args=["trial-a"]), reverse("trials:export_file", args=["trial-a", "own"])):
        assert client.get(url).status_code == 403
    assert b"/export/" not in client.get(reverse("trials:detail", args=["trial-a"])).content


def exported(folder, *options) -> str:
    out = StringIO()
    call_command("export_trials", str(folder), *options, stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_writes_one_file_for_each_published_trial(version, tmp_path):
    told = exported(tmp_path / "out")

    files = sorted(file.stem for file in (tmp_path / "out").iterdir())
    assert files == sorted(Trial.objects.filter(versions__state="published").values_list("key", flat=True).distinct())
    assert f"{len(files)} of {len(files)} trials written" in told


def test_the_command_counts_what_is_lost_by_reason_and_lists_it_on_demand(version, tmp_path):
    options = ("--layout", "ctml", "--key", "trial-a")

    assert "trial-a.ctml.json: 2 not in the file\n  1 x CTML has no field for it\n" in exported(tmp_path, *options)
    assert "main I-02: CTML has no field for it: Saturation" in exported(tmp_path, *options, "--details")


def test_the_command_writes_into_its_folder_alone(version, tmp_path):
    Trial.objects.filter(key="trial-a").update(key="../evil")

    exported(tmp_path / "out", "--key", "../evil")

    assert (tmp_path / "out" / "evil.json").exists()
    assert not (tmp_path / "evil.json").exists()


def test_the_command_writes_through_no_link(version, tmp_path):
    (tmp_path / "other").write_text("kept")
    (tmp_path / "trial-a.json").symlink_to(tmp_path / "other")

    with pytest.raises(CommandError, match="Nothing was written"):
        exported(tmp_path, "--key", "trial-a")

    assert (tmp_path / "other").read_text() == "kept"


def test_the_command_refuses_a_trial_that_is_not_published(version, tmp_path):
    with pytest.raises(CommandError, match="No published trial is called nowhere"):
        exported(tmp_path, "--key", "nowhere")


def test_the_command_leaves_out_what_cannot_be_written_and_says_so(version, tmp_path, monkeypatch):
    Trial.objects.filter(key="trial-a").update(status_source="not an address")

    with pytest.raises(CommandError, match="Nothing was written"):
        exported(tmp_path, "--layout", "ctml", "--key", "trial-a")
