"""The database itself refuses one bad value for every rule of the dossier."""

import pytest
from django.apps import apps
from django.db.models import CheckConstraint, Q

from cases.completeness.levels import LEVELS
from tests.database import refused
from tests.factories.dossier import full_case

pytestmark = pytest.mark.django_db

# Rules over several columns: a change that breaks each.
BROKEN = {
    "case_state_known": "state = 'lost'",
    "case_submitted_has_time": "state = 'accepted'",
    "case_not_eligible_has_reason": "state = 'not_eligible', submitted_at = now()",
    "patient_under_25": "age_months_at_submission = 300",
    "patient_diagnosed_before_now": "age_months_at_diagnosis = 172",
    "consent_confirmed_by_and_at": "confirmed_at = NULL",
    "line_number_range": "line_number = 16",
    "line_ends_after_it_begins": "stop_on_day = 0, start_on_day = 1",
    "mrd_after_what_and_which": "after_number = 1",
    "mrd_value_only_when_done": "status = 'pending'",
    "assay_expected_only_when_pending": "expected_day = 3, status = 'done'",
    "ex_vivo_expected_only_when_pending": "expected_day = 3",
    "response_value_within_readout": "readout = 'AUC', value = 2",
    "response_value_has_unit": "unit = ''",
    "transplant_relapse_after_it": "relapse_on_day = 1",
    "condition_ecog_at_most_4": "performance_scale = 'ECOG', performance_score = 5",
    "condition_score_in_tens": "performance_score = 75",
    "condition_score_or_not_assessable": "performance_not_assessable = true",
    "access_language_is_code": "family_language = 'P1'",
    "board_answer_is_stated": "answer = ''",
    "transcription_confirmed_by_and_at": "confirmed_at = now()",
    "case_germline_released_by_and_at": "germline_released_at = now()",
}


def leaves(condition):
    for child in condition.children:
        if isinstance(child, Q):
            yield from leaves(child)
        else:
            yield child


def bad_change(constraint):
    """A change that breaks the rule, read off rules over one column, else from the table above."""
    parts = list(leaves(constraint.condition))
    kinds = {lookup.rpartition("__")[2] for lookup, _value in parts}
    column = parts[0][0].partition("__")[0]
    if constraint.name in BROKEN:
        return BROKEN[constraint.name]
    if kinds == {"in"}:
        return f"{column} = 'nonsense'"
    if kinds == {"contained_by"}:
        return f"{column} = '{{nonsense}}'"
    if kinds in ({"isnull", "range"}, {"range"}):
        return f"{column} = {parts[-1][1][1]} + 1"
    assert all(value == "" for _lookup, value in parts), constraint.name
    return ", ".join(f"{name} = ''" for name, _value in parts)


def rules():
    for name in LEVELS:
        model = apps.get_model("cases", name)
        for constraint in model._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                yield model._meta.db_table, constraint


def test_every_table_of_the_dossier_has_a_row_to_break():
    full_case()

    empty = [name for name in LEVELS if not apps.get_model("cases", name)._default_manager.exists()]

    assert empty == []


def test_the_database_refuses_a_bad_value_for_every_rule():
    full_case()

    accepted = [c.name for table, c in rules() if not refused(f"UPDATE {table} SET {bad_change(c)}")]

    assert accepted == []


def test_what_stands_in_the_full_dossier_breaks_no_rule():
    full_case()

    assert [table for table, _rule in rules() if refused(f"UPDATE {table} SET id = id")] == []


def test_every_answer_has_a_label_and_a_help():
    from cases.queries.data_dictionary import answers_of

    bare = [
        f"{name}.{column.name}"
        for name in LEVELS
        for column in answers_of(apps.get_model("cases", name))
        if not column.help_text or column.verbose_name == column.name.replace("_", " ") == ""
    ]

    assert bare == []


def test_every_level_names_a_column():
    wrong = [
        f"{name}.{column}"
        for name, columns in LEVELS.items()
        for column in columns
        if column not in {field.name for field in apps.get_model("cases", name)._meta.get_fields()}
    ]

    assert wrong == []
