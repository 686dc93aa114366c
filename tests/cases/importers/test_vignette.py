from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from cases.completeness import blocking
from cases.importers.vignette import import_case
from cases.models import Case
from cases.services.freezing import content_of
from iltb.core.errors import InvalidInput
from tests.factories.accounts import centre_of, physician

pytestmark = pytest.mark.django_db
VIGNETTES = sorted((Path(__file__).parents[3] / "cases" / "data" / "vignettes").glob("*.yaml"))
# What the form says in another way than by a value of its own.
SAID_OTHERWISE = ("vignette", "samples.", "immunophenotype.status", "immunophenotype.sample_ref", "lines.")
COUNTED = ("molecular.assays", "molecular.fusions", "molecular.small_variants", "immunophenotype.markers")


def load(file):
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def imported(document):
    user = physician()
    return import_case(document, actor=user, centre=centre_of(user))


def leaves(value, path=""):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for number, inner in enumerate(value, 1):
            yield from leaves(inner, f"{path}.{number}")
    else:
        yield path, value


def texts(value):
    return {str(leaf) for _path, found in leaves(value) for leaf in (found if isinstance(found, list) else [found])}


def as_stored(path, value):
    """A value as the dossier writes it: fractions for VAF, drugs by name, no trailing zeros."""
    if path.endswith("vaf_pct"):
        return {f"{value / 100:g}"}
    return {f"{value:g}" if isinstance(value, float) else str(value)} | ({str(value)} if value else set())


@pytest.mark.parametrize("file", VIGNETTES, ids=lambda file: file.stem)
def test_every_value_is_in_the_dossier_or_listed_as_not_held(file):
    document = load(file)
    result = imported(document)
    stored = texts(content_of(result.case))

    lost = [
        path
        for path, value in leaves(document)
        if path not in result.not_held
        and not path.startswith(SAID_OTHERWISE)
        and not any(as_stored(path, item) & stored for item in (value if isinstance(value, list) else [value]))
        and value not in ([], {})
        and not path.endswith((".sample_ref", ".present_at", ".variant_class"))
    ]

    assert lost == []


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
    assert "have no place in the form yet" in out.getvalue()


def test_only_a_treating_physician_takes_over_cases():
    with pytest.raises(CommandError, match="no treating physician"):
        call_command("import_cases", str(VIGNETTES[0]), physician="nobody@tests.example")
