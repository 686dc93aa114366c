"""Files of any format in one go, and the command that stores drafts."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.trials.catalogues import trial_document
from tests.trials.importers import ctml
from tests.trials.importers.test_registers import v2
from trials.enums import VersionState
from trials.importers.batch import read_batch
from trials.models import Trial, TrialVersion
from trials.queries.wording import verification_in_words

TODAY = date(2026, 11, 22)


@pytest.fixture
def files(tmp_path):
    def write(*documents):
        for number, document in enumerate(documents):
            (tmp_path / f"{number}.json").write_text(json.dumps(document))
        return sorted(tmp_path.glob("*.json"))

    return write


def run(*files, **options):
    out, err = StringIO(), StringIO()
    call_command("import_trials", *(str(file) for file in files), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_each_format_is_recognised(files):
    batch = read_batch(files(trial_document(), ctml.trial_document(), v2()), today=TODAY)

    assert [trial.form for trial in batch.trials] == ["own format", "CTML", "ClinicalTrials.gov"]
    assert batch.left_out == []


@pytest.mark.parametrize(
    ("document", "path", "reason"),
    [
        (7, "$", "expected a trial, found int"),
        ({"title": "x"}, "$", "neither our own format nor CTML"),
        ({"arms": []}, "$.key", "is missing"),
        ({"treatment_list": {"step": 3}}, "$.treatment_list.step", "expected a list"),
        ({"protocolSection": {}}, "$", "has no register number"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_the_rest_is_read(files, document, path, reason):
    batch = read_batch(files(document, ctml.trial_document()), today=TODAY)

    (row,) = batch.left_out
    assert (row.path, reason in row.reason, len(batch.trials)) == (path, True, 1)


def test_a_register_number_that_came_before_is_left_out(files):
    batch = read_batch(files(v2(), ctml.trial_document(nct_id="NCT00000001")), today=TODAY)

    assert [row.reason for row in batch.left_out] == ["NCT00000001 was read before, from 0.json"]


def test_broken_and_absent_files_are_left_out(tmp_path):
    (tmp_path / "broken.yaml").write_text("a: [")

    batch = read_batch([tmp_path / "broken.yaml", tmp_path / "absent.yaml"], today=TODAY)

    assert [row.source for row in batch.left_out] == ["broken.yaml", "absent.yaml"]


@pytest.mark.django_db
def test_a_dry_run_tells_and_writes_nothing(files):
    before = Trial.objects.count()

    out, _err = run(*files(ctml.trial_document([ctml.clinical(tmb_numerical=">=10")])))

    assert "t-1 (CTML, 0.json): T-1\n  1 arms, 1 criteria, 1 of them open; recruitment not stated" in out
    assert "left open, not among our facts" in out
    assert "Nothing was written" in out
    assert Trial.objects.count() == before


@pytest.mark.django_db
def test_written_trials_are_drafts_even_in_the_demo(files, settings):
    settings.ILTB_DEMO = True

    out, _err = run(*files(v2()), write=True)

    assert "drafts: 1 added" in out
    version = TrialVersion.objects.get(trial__key="nct00000001")
    assert (version.state, version.published_at) == (VersionState.DRAFT, None)


@pytest.mark.django_db
def test_sites_with_a_name_are_stored_with_the_draft(files):
    run(*files(v2()), write=True)

    trial = Trial.objects.get(identifiers__value="NCT00000001")
    assert list(trial.sites.values_list("country_code", "name")) == [("DE", "Bonn")]


@pytest.mark.django_db
def test_what_was_imported_is_not_called_from_memory(files):
    run(*files(v2()), write=True)

    version = TrialVersion.objects.get(trial__identifiers__value="NCT00000001")
    assert verification_in_words(version) == "taken from the source as it stands, not verified"
    version.sources = []
    assert verification_in_words(version) == "from memory, not verified"


@pytest.mark.django_db
def test_a_second_import_changes_nothing(files):
    paths = files(v2())
    run(*paths, write=True)

    out, _err = run(*paths, write=True)

    assert "0 added, 0 changed, 1 unchanged" in out


@pytest.mark.django_db
def test_a_number_that_the_catalogue_has_is_refused_with_its_trial(files):
    document = v2()
    document["protocolSection"]["identificationModule"]["nctId"] = "NCT02723994"

    _out, err = run(*files(document), write=True)

    assert "refused: nct02723994.yaml: $.identifiers: NCT02723994 belongs to 'aall1521'" in err


@pytest.mark.django_db
def test_nothing_to_import_is_an_error(files):
    with pytest.raises(CommandError, match="Nothing to import"):
        run(*files({"title": "x"}))


@pytest.mark.django_db
def test_many_notes_are_cut_unless_all_are_wanted(files):
    paths = files(ctml.trial_document([ctml.clinical(colour=str(number)) for number in range(9)]))

    assert "and " in run(*paths)[0].split("more notes")[0].rsplit("\n", 1)[-1]
    assert "more notes" not in run(*paths, all_notices=True)[0]
