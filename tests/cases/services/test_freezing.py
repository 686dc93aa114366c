import pytest

from cases.services.drafting import SpecimenRows, save_block, save_specimen
from cases.services.freezing import canonical_bytes, content_of, sha256_of
from tests.factories.cases import complete_case, draft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("time_point", "status_now", "relapses", "current"),
    [
        ("current_relapse", "relapse_untreated", 2, True),
        ("first_relapse", "relapse_untreated", 1, True),
        ("first_relapse", "relapse_untreated", 2, False),
        ("initial_diagnosis", "primary_refractory", 0, True),
        ("initial_diagnosis", "MRD_persistent", 0, False),
        ("initial_diagnosis", "relapse_untreated", 1, False),
        ("remission", "remission_high_risk", 0, False),
        ("later_relapse", "relapse_untreated", 2, True),
        ("later_relapse", "relapse_untreated", 3, False),
        ("later_relapse", "relapse_untreated", 1, False),
        ("later_relapse", "remission_high_risk", 2, False),
        ("first_relapse", "remission_high_risk", 1, False),
        ("first_relapse", "MRD_relapse", 1, True),
        ("refractory", "refractory_relapse", 2, True),
        ("refractory", "primary_refractory", 0, True),
        ("refractory", "primary_refractory", 1, False),
        ("refractory", "relapse_untreated", 1, False),
        ("refractory", "MRD_persistent", 0, False),
        ("current_relapse", "remission_high_risk", 1, False),
        ("current", "remission_high_risk", 1, True),
    ],
)
def test_a_specimen_is_current_when_no_remission_came_since(time_point, status_now, relapses, current):
    case = draft()
    status = {"status_now": status_now, "relapse_number": relapses}
    save_block(case=case, actor=case.author, version=case.version, block="status", values=status)
    rows = SpecimenRows(values={"label": "S1", "tissue": "BM", "time_point": time_point})
    save_specimen(case=case, actor=case.author, version=case.version, rows=rows)
    case.refresh_from_db()

    assert content_of(case)["specimens"][0]["is_current_disease"] is current


def test_the_same_dossier_freezes_to_the_same_bytes():
    case = complete_case()

    assert canonical_bytes(content_of(case)) == canonical_bytes(content_of(type(case).objects.get(pk=case.pk)))


def test_the_order_of_keys_does_not_change_the_hash():
    assert sha256_of({"a": 1, "b": "ü"}) == sha256_of({"b": "ü", "a": 1})
