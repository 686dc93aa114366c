"""Loading: add, update, switch off, never delete."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import ProtectedError

from iltb.terminology.files import UnreadableFile
from iltb.terminology.models import CodeSystem, Concept
from iltb.terminology.services import Counts, load_all
from tests.terminology.test_files import HEAD

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path):
    def load(table, system="regimen", version="1"):
        head = HEAD.replace("regimen", system).replace("version: 1", f"version: {version}")
        (tmp_path / f"{system}.csv").write_text(head + table, encoding="utf-8")
        return load_all(tmp_path)

    return load


def rows(system="regimen"):
    return {c.code: c for c in Concept.objects.filter(system=system)}


def test_loading_the_shipped_files_again_changes_nothing():
    before = list(Concept.objects.order_by("pk").values())

    summary = load_all()

    assert {(c.added, c.changed, c.deactivated) for c in summary.values()} == {(0, 0, 0)}
    assert list(Concept.objects.order_by("pk").values()) == before


def test_a_new_release_updates_rows_and_keeps_their_keys(load):
    load("code,display\nA,Block A\n")
    key = rows()["A"].pk

    load("code,display\nA,Block A revised\n", version="2")

    assert (rows()["A"].pk, rows()["A"].display, rows()["A"].version) == (key, "Block A revised", "2")


def test_what_vanished_is_switched_off_and_kept(load):
    load("code,display\nA,Block A\nB,Block B\n")

    summary = load("code,display\nA,Block A\n")

    assert (summary["regimen"], rows()["B"].is_active) == (Counts(1, 0, 0, 1), False)


def test_what_comes_back_is_switched_on_again(load):
    load("code,display\nA,Block A\nB,Block B\n")
    load("code,display\nA,Block A\n")

    summary = load("code,display\nA,Block A\nB,Block B\n")

    assert (summary["regimen"].changed, rows()["B"].is_active) == (1, True)


def test_a_vocabulary_without_a_file_is_left_alone(load):
    load("code,display\nA,Block A\n")

    assert Concept.objects.filter(system="gene", is_active=False).count() == 0


def test_a_parent_may_stand_below_its_child(load):
    load("code,display,parent\nchild,Child,parent\nparent,Parent,\n")

    assert rows()["child"].parent == rows()["parent"]


def test_the_origin_of_a_vocabulary_is_kept(load):
    load("code,display\n", version="2027-01")

    assert CodeSystem.objects.get(system="regimen").version == "2027-01"


def test_one_unreadable_file_stops_everything(load):
    before = Concept.objects.count()
    with pytest.raises(UnreadableFile):
        load("code,display\nA,Block A\nA,Block A\n")

    assert Concept.objects.count() == before


def test_an_unknown_vocabulary_is_refused(load):
    with pytest.raises(UnreadableFile, match="No such vocabulary: shoes"):
        load("code,display\n", system="shoes")


def test_a_drug_belongs_to_its_classes_and_to_all_that_are_broader(load):
    load(
        "code,display,parent,also_in[]\nnarrow,N,wide,side\nwide,W,widest,\nside,S,widest,\nwidest,X,,\n", "drug_class"
    )
    load("code,display,classes[]\na,A,narrow\n", "drug")

    drug = rows("drug")["a"].attributes
    assert (drug["main_classes"], drug["classes"]) == (["narrow"], ["narrow", "wide", "side", "widest"])


def test_a_drug_of_an_unknown_class_is_refused(load):
    load("code,display\nnarrow,N\n", "drug_class")

    with pytest.raises(UnreadableFile, match="drug a: no such class: wrong"):
        load("code,display,classes[]\na,A,wrong\n", "drug")


def test_a_concept_with_children_cannot_be_deleted(load):
    load("code,display,parent\nchild,Child,parent\nparent,Parent,\n")

    with pytest.raises(ProtectedError):
        rows()["parent"].delete()


def test_the_command_prints_counts():
    output = StringIO()

    call_command("load_terminology", stdout=output)

    assert "gene: 813 in use (0 added, 0 changed, 0 switched off)\n" in output.getvalue()


def test_the_command_says_what_is_wrong_in_one_sentence(tmp_path):
    (tmp_path / "gene.csv").write_text("code,display\n", encoding="utf-8")

    with pytest.raises(CommandError, match=r"^gene.csv: the head does not say system"):
        call_command("load_terminology", "--from", str(tmp_path))
