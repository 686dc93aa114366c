from collections import Counter
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from cases.completeness import blocking
from cases.importers.vignette import import_case, leaf_paths, pattern_of
from cases.importers.vignette_mapping import MAPPING, NOT_ABOUT_THE_CASE
from cases.models import Case
from cases.services.freezing import content_of
from cases.services.submission import submit_case
from iltb.core.errors import InvalidInput
from tests.factories.accounts import centre_of, physician

pytestmark = pytest.mark.django_db
VIGNETTES = sorted((Path(__file__).parents[3] / "cases" / "data" / "vignettes").glob("*.yaml"))
SAID_IN_TWO_ANSWERS = {"condition.neuro": "neuropathy"}  # the grade stands in an answer of its own
# One word for all rows of a specimen: the label stands once, however many rows name it.
STATED_FOR_SEVERAL = frozenset(
    {"molecular.assays.*.sample_ref", "immunophenotype.sample_ref", "molecular.small_variants.*.present_at"}
)


def load(file):
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def imported(document):
    user = physician()
    return import_case(document, actor=user, centre=centre_of(user))


def at(content, path):
    """Every value that stands at ``path`` of a content; ``*`` is any row."""
    found = [content]
    for name in path.split("."):
        found = [row[name] for row in found if row] if name != "*" else [row for rows in found for row in rows]
    return found


IN_WORDS = {"lines.*.toxicities.*.term", "hsct.*.conditioning", "condition.organ_history"}


def as_frozen(path, value):
    """How the dossier writes a value: fractions for VAF, words for codes and truth, decimals as strings."""
    if path in SAID_IN_TWO_ANSWERS:
        return SAID_IN_TWO_ANSWERS[path]
    if path in IN_WORDS:
        return value.replace("_", " ")
    if path.endswith("vaf_pct"):
        return f"{Decimal(str(value)) / 100:f}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format(Decimal(str(value)).normalize(), "f") if isinstance(value, int | float) else value


def stated(document):
    """Each value of a file with its pattern, values of a list one by one."""
    for path in leaf_paths(document):
        value = document
        for name in path.split("."):
            value = value[int(name) - 1] if isinstance(value, list) else value[name]
        for item in value if isinstance(value, list) else [value]:
            yield pattern_of(path), item


def frozen(content, path):
    """What stands at the place of ``path``, as texts; codes of named things, items of lists one by one."""
    for value in at(content, MAPPING[path]):
        for item in value if isinstance(value, list) else [value]:
            yield str(item["code"] if isinstance(item, dict) else item)


@pytest.mark.parametrize("file", VIGNETTES, ids=lambda file: file.stem)
def test_every_value_of_the_file_is_found_again_in_the_first_revision(file):
    document = load(file)
    case = imported(document).case
    content = submit_case(case=case, actor=case.author).content
    values = [(path, item) for path, item in stated(document) if path not in NOT_ABOUT_THE_CASE]
    wanted = Counter((path, str(as_frozen(path, item))) for path, item in values if path not in STATED_FOR_SEVERAL)
    found = Counter((path, text) for path in {path for path, _item in values} for text in frozen(content, path))

    assert wanted - found == Counter()
    assert {(path, str(item)) for path, item in values if path in STATED_FOR_SEVERAL} <= set(found)


@pytest.mark.parametrize("file", VIGNETTES, ids=lambda file: file.stem)
def test_no_key_is_without_a_place(file):
    assert imported(load(file)).not_held == []


@pytest.mark.parametrize("file", VIGNETTES, ids=lambda file: file.stem)
def test_a_variant_stands_on_each_specimen_where_it_is_present(file):
    document = load(file)
    specimens = {row["label"]: row for row in content_of(imported(document).case)["specimens"]}

    for variant in document["molecular"].get("small_variants", []):
        for label in variant["present_at"]:
            assert (variant["gene"], variant.get("hgvs_c", "")) in [
                (found["gene"], found["hgvs_c"]) for found in specimens[label]["variants"]
            ]


def test_a_key_without_a_place_is_reported_by_its_path():
    document = load(VIGNETTES[0])
    document["samples"][1]["colour"] = "red"

    assert imported(document).not_held == ["samples.2.colour"]


@pytest.mark.parametrize("file", VIGNETTES, ids=lambda file: file.stem)
def test_a_vignette_lacks_nothing_that_is_mandatory(file):
    result = imported(load(file))

    assert [gap.field for gap in blocking(content_of(result.case))] == []


def test_a_variant_is_present_at_both_time_points_but_its_fraction_where_it_was_measured():
    result = imported(load(next(file for file in VIGNETTES if file.stem == "V2")))

    fractions = {
        specimen.label: [str(variant.vaf) for variant in specimen.variants.filter(gene_symbol="IL7R")]
        for specimen in result.case.specimens.all()
    }
    assert fractions == {"S1": ["None"], "S2": ["0.39000"]}


def test_a_document_of_another_form_is_refused():
    with pytest.raises(InvalidInput, match="not a case"):
        imported({"patient": {"name": "nobody"}})


def test_one_broken_file_never_stops_the_others(tmp_path):
    user = physician()
    broken = tmp_path / "broken.yaml"
    broken.write_text("case: [")
    out, complaints = StringIO(), StringIO()

    with pytest.raises(CommandError, match="1 of 2 files"):
        call_command(
            "import_cases",
            str(broken),
            str(VIGNETTES[0]),
            physician=user.email,
            stdout=out,
            stderr=complaints,
        )

    assert (Case.objects.count(), complaints.getvalue().count("refused")) == (1, 1)
    assert "Every key has its place" in out.getvalue()


def test_only_a_treating_physician_takes_over_cases():
    with pytest.raises(CommandError, match="no treating physician"):
        call_command("import_cases", str(VIGNETTES[0]), physician="nobody@tests.example")


def test_kind_and_grade_of_a_neuropathy_stand_in_two_answers():
    condition = content_of(imported(load(next(f for f in VIGNETTES if f.stem == "V2"))).case)["condition"]

    assert (condition["neuro"], condition["neuropathy_grade"]) == (["neuropathy"], 2)


def test_the_words_of_a_conditioning_give_kind_dose_and_intensity():
    transplant = content_of(imported(load(next(f for f in VIGNETTES if f.stem == "V1"))).case)["transplants"][0]

    assert [transplant[name] for name in ("conditioning", "tbi_gy", "intensity", "conditioning_text")] == [
        "TBI_based",
        "12",
        "MAC",
        "TBI based 12 Gy MAC",
    ]


def test_words_of_the_file_are_taken_over_as_words():
    first, other = (
        content_of(imported(load(next(f for f in VIGNETTES if f.stem == stem))).case) for stem in ("V1", "V8")
    )

    assert first["condition"]["organ_history_text"] == "SOS moderate"
    assert [row["term"] for line in other["therapy_lines"] for row in line["toxicities"]] == [
        "pancreatitis asparaginase"
    ]
