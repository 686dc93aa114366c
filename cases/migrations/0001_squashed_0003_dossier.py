"""The tables of the dossier in one step; installations that began earlier go by 0001, 0002 and 0003."""

import datetime as dt
import uuid
from decimal import Decimal

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import cases.codes


class Migration(migrations.Migration):
    replaces = [("cases", "0001_initial"), ("cases", "0002_triggers"), ("cases", "0003_dossier")]

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("terminology", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "code",
                    models.CharField(
                        default=cases.codes.new_code,
                        editable=False,
                        help_text="Made by the system, never from data of the patient.",
                        max_length=14,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "submitted"),
                            ("queried", "question to the physician"),
                            ("accepted", "accepted"),
                            ("not_eligible", "not eligible"),
                            ("closed", "closed"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("edited_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "not_eligible_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("age", "25 years or older"),
                            ("not_relapsed_or_refractory", "not relapsed or refractory"),
                            ("standard_of_care_available", "a standard treatment is available"),
                            ("not_haematological", "not a leukaemia or lymphoma"),
                            ("consent_missing", "consent is missing"),
                            ("duplicate", "already with another board"),
                            ("other", "other"),
                        ],
                        max_length=40,
                    ),
                ),
                ("decision_note", models.TextField(blank=True, max_length=1500, verbose_name="note to the physician")),
                (
                    "submission_type",
                    models.CharField(
                        choices=[
                            ("first", "first question about this patient"),
                            ("resubmission_new_relapse", "new relapse"),
                            ("resubmission_new_data", "new data"),
                            ("follow_up_question", "follow-up question"),
                        ],
                        default="first",
                        help_text="A first question, or one that follows an earlier case.",
                        max_length=40,
                        verbose_name="kind of question",
                    ),
                ),
                (
                    "question_text",
                    models.TextField(
                        blank=True,
                        help_text="20 to 1,500 characters. No names, no dates, no hospital.",
                        max_length=1500,
                        validators=[django.core.validators.MinLengthValidator(20)],
                        verbose_name="your question to the board",
                    ),
                ),
                (
                    "question_types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("trial_options", "trial options"),
                                ("target_prioritisation", "which target first"),
                                ("drug_access", "access to a drug"),
                                ("combination_or_dosing", "combination"),
                                ("interpretation_of_variant", "meaning of a variant"),
                                ("interpretation_of_ex_vivo", "meaning of a drug-response profile"),
                                ("further_diagnostics", "further diagnostics"),
                                ("cell_therapy_or_HSCT_sequence", "order of cell therapy and transplant"),
                                ("treatment_limitation", "limits of treatment"),
                            ],
                            max_length=40,
                        ),
                        blank=True,
                        default=list,
                        help_text="Choose all that apply.",
                        size=None,
                        verbose_name="what the question is about",
                    ),
                ),
                (
                    "treatment_intent",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("curative_bridge_to_HSCT", "cure: bridge to transplant"),
                            ("curative_bridge_to_CART", "cure: bridge to CAR-T cells"),
                            ("curative_other", "cure: other way"),
                            ("disease_control", "disease control"),
                            ("palliative", "palliative"),
                            ("undecided", "undecided"),
                        ],
                        help_text="What should the advice make possible?",
                        max_length=40,
                        verbose_name="aim of treatment",
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("routine", "Routine: advice within 10 working days"),
                            ("expedited", "Expedited: within 5 working days"),
                            ("emergency", "Emergency: within 72 hours"),
                        ],
                        help_text="An emergency can be sent with few answers; the rest follows.",
                        max_length=20,
                        verbose_name="urgency",
                    ),
                ),
                (
                    "urgency_reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("rapidly_rising_blasts", "rapidly rising blasts"),
                                ("organ_threat", "an organ is threatened"),
                                ("trial_slot_closing", "a trial slot is closing"),
                                ("bridging_window_before_HSCT_or_CART", "bridging window before transplant or CAR-T"),
                                ("clinical_deterioration", "clinical deterioration"),
                                ("other", "other"),
                            ],
                            max_length=50,
                        ),
                        blank=True,
                        default=list,
                        help_text="Needed unless the urgency is routine.",
                        size=None,
                        verbose_name="why it is urgent",
                    ),
                ),
                (
                    "next_decision_day",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="0 to 90 days from today.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(90)],
                        verbose_name="days until you have to decide",
                    ),
                ),
                (
                    "no_standard_of_care",
                    models.BooleanField(
                        blank=True,
                        help_text="The board takes questions only when no standard treatment is left.",
                        null=True,
                        verbose_name="no standard treatment is left",
                    ),
                ),
                (
                    "no_standard_of_care_reason",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences.",
                        max_length=1500,
                        verbose_name="why no standard treatment is left",
                    ),
                ),
                (
                    "submitter_role",
                    models.CharField(
                        choices=[
                            ("treating_physician", "treating physician"),
                            ("delegate_of_treating_physician", "delegate of the treating physician"),
                            ("national_board_coordinator", "coordinator of a national board"),
                        ],
                        default="treating_physician",
                        help_text="The treating physician stays responsible for what is stated.",
                        max_length=40,
                        verbose_name="who submits",
                    ),
                ),
                (
                    "national_board_discussed",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes_advice_attached", "yes, the advice is attached"),
                            ("yes_no_advice", "yes, without advice"),
                            ("no", "no"),
                            ("not_existing", "there is none"),
                        ],
                        help_text="Whether a board of your country discussed this question.",
                        max_length=40,
                        verbose_name="discussed on a national board",
                    ),
                ),
                (
                    "no_therapy_yet",
                    models.BooleanField(
                        default=False,
                        help_text="Tick only when there is no line of treatment to list.",
                        verbose_name="no treatment has been given yet",
                    ),
                ),
                (
                    "earlier_treatment_text",
                    models.TextField(
                        blank=True,
                        help_text="For an emergency: the lines can be listed later. Days since diagnosis, no dates.",
                        max_length=1500,
                        verbose_name="earlier treatment in a few words",
                    ),
                ),
                (
                    "decisive_finding_text",
                    models.TextField(
                        blank=True,
                        help_text="For an emergency: the one result that matters most, e.g. KMT2A::AFF1, CD19 negative.",
                        max_length=500,
                        verbose_name="the decisive finding",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases_written",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="accounts.centre"
                    ),
                ),
                (
                    "parent_case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="child_cases",
                        to="cases.case",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases_submitted",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "permissions": [
                    ("view_case", "Open the dossier"),
                    ("edit_case", "Fill in the dossier"),
                    ("submit_case", "Submit the dossier"),
                    ("answer_query", "Answer a query"),
                    ("withdraw_case", "Withdraw the case"),
                    ("triage_case", "Accept or decline"),
                    ("query_case", "Ask the physician"),
                    ("close_case", "Close the case"),
                    ("open_review", "Open a review"),
                    ("view_matches", "See matched trials"),
                    ("view_letter", "Download the letter"),
                    ("answer_follow_up", "Answer a follow-up"),
                ],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["draft", "submitted", "queried", "accepted", "not_eligible", "closed", "withdrawn"],
                            )
                        ),
                        name="case_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "submission_type__in",
                                ["first", "resubmission_new_relapse", "resubmission_new_data", "follow_up_question"],
                            )
                        ),
                        name="case_submission_type_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "submitter_role__in",
                                ["treating_physician", "delegate_of_treating_physician", "national_board_coordinator"],
                            )
                        ),
                        name="case_submitter_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "treatment_intent__in",
                                [
                                    "",
                                    "curative_bridge_to_HSCT",
                                    "curative_bridge_to_CART",
                                    "curative_other",
                                    "disease_control",
                                    "palliative",
                                    "undecided",
                                ],
                            )
                        ),
                        name="case_treatment_intent_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("urgency__in", ["", "routine", "expedited", "emergency"])),
                        name="case_urgency_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "national_board_discussed__in",
                                ["", "yes_advice_attached", "yes_no_advice", "no", "not_existing"],
                            )
                        ),
                        name="case_national_board_discussed_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "not_eligible_reason__in",
                                [
                                    "",
                                    "age",
                                    "not_relapsed_or_refractory",
                                    "standard_of_care_available",
                                    "not_haematological",
                                    "consent_missing",
                                    "duplicate",
                                    "other",
                                ],
                            )
                        ),
                        name="case_not_eligible_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "question_types__contained_by",
                                [
                                    "trial_options",
                                    "target_prioritisation",
                                    "drug_access",
                                    "combination_or_dosing",
                                    "interpretation_of_variant",
                                    "interpretation_of_ex_vivo",
                                    "further_diagnostics",
                                    "cell_therapy_or_HSCT_sequence",
                                    "treatment_limitation",
                                ],
                            )
                        ),
                        name="case_question_types_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "urgency_reasons__contained_by",
                                [
                                    "rapidly_rising_blasts",
                                    "organ_threat",
                                    "trial_slot_closing",
                                    "bridging_window_before_HSCT_or_CART",
                                    "clinical_deterioration",
                                    "other",
                                ],
                            )
                        ),
                        name="case_urgency_reasons_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "withdrawn"]), ("submitted_at__isnull", False), _connector="OR"
                        ),
                        name="case_submitted_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_decision_day__isnull", True), ("next_decision_day__range", (0, 90)), _connector="OR"
                        ),
                        name="case_next_decision_day_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "not_eligible"), _negated=True),
                            models.Q(("not_eligible_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="case_not_eligible_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BoardQuestion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "key",
                    models.CharField(
                        help_text="Stays the same over all versions.",
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9_]*$", "Small letters, digits and underscores."
                            )
                        ],
                        verbose_name="key",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1, help_text="From 1.", verbose_name="version")),
                (
                    "label",
                    models.CharField(help_text="As physicians read it.", max_length=200, verbose_name="question"),
                ),
                (
                    "help_text",
                    models.CharField(
                        blank=True, help_text="One sentence below the question.", max_length=300, verbose_name="help"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("text", "text"), ("choice", "choice"), ("number", "number")],
                        default="text",
                        help_text="Text, choice or number.",
                        max_length=40,
                        verbose_name="kind of answer",
                    ),
                ),
                (
                    "choices",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        help_text="For a choice; at least two.",
                        size=None,
                        verbose_name="answers to choose from",
                    ),
                ),
                ("unit", models.CharField(blank=True, help_text="For a number.", max_length=20, verbose_name="unit")),
                (
                    "minimum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="For a number.",
                        max_digits=12,
                        null=True,
                        verbose_name="lowest answer",
                    ),
                ),
                (
                    "maximum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="For a number.",
                        max_digits=12,
                        null=True,
                        verbose_name="highest answer",
                    ),
                ),
                (
                    "disease_groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("BCP_ALL", "B-cell precursor ALL"),
                                ("T_ALL", "T-cell ALL"),
                                ("LBL_B", "B-lymphoblastic lymphoma"),
                                ("LBL_T", "T-lymphoblastic lymphoma"),
                                ("AML", "AML"),
                                ("APL", "acute promyelocytic leukaemia"),
                                ("ALAL_MPAL", "acute leukaemia of ambiguous lineage"),
                                ("ML_DS", "myeloid leukaemia of Down syndrome"),
                                ("JMML", "JMML"),
                                ("MDS", "MDS"),
                                ("CML", "CML"),
                                ("MATURE_B_NHL", "mature B-cell lymphoma"),
                                ("ALCL", "anaplastic large cell lymphoma"),
                                ("PTCL_OTHER", "other T- or NK-cell lymphoma"),
                                ("HODGKIN", "Hodgkin lymphoma"),
                                ("BPDCN", "BPDCN"),
                                ("HISTIOCYTIC_MALIGNANT", "malignant histiocytic neoplasm"),
                                ("OTHER", "other"),
                            ],
                            max_length=30,
                        ),
                        blank=True,
                        default=list,
                        help_text="Disease groups; none means all.",
                        size=None,
                        verbose_name="asked for",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True, help_text="Only one version of a key is in use.", verbose_name="in use"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="written at"),
                ),
            ],
            options={
                "ordering": ["key", "version"],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="board_question_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_active", True)), fields=("key",), name="board_question_one_in_use"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["text", "choice", "number"])), name="board_question_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "disease_groups__contained_by",
                                [
                                    "BCP_ALL",
                                    "T_ALL",
                                    "LBL_B",
                                    "LBL_T",
                                    "AML",
                                    "APL",
                                    "ALAL_MPAL",
                                    "ML_DS",
                                    "JMML",
                                    "MDS",
                                    "CML",
                                    "MATURE_B_NHL",
                                    "ALCL",
                                    "PTCL_OTHER",
                                    "HODGKIN",
                                    "BPDCN",
                                    "HISTIOCYTIC_MALIGNANT",
                                    "OTHER",
                                ],
                            )
                        ),
                        name="board_question_disease_groups_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "choice"), _negated=True), ("choices__len__gte", 2), _connector="OR"
                        ),
                        name="board_question_choice_has_choices",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minimum__isnull", True),
                            ("maximum__isnull", True),
                            ("maximum__gte", models.F("minimum")),
                            _connector="OR",
                        ),
                        name="board_question_number_has_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandingDossier",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="standing_dossier",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("content", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="BoardAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(help_text="As it read then.", max_length=200, verbose_name="question")),
                (
                    "help_text",
                    models.CharField(blank=True, help_text="As it read then.", max_length=300, verbose_name="help"),
                ),
                ("unit", models.CharField(blank=True, help_text="As it was then.", max_length=20, verbose_name="unit")),
                (
                    "answer",
                    models.CharField(
                        help_text="A number is written with a point.", max_length=1000, verbose_name="answer"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        help_text="The version that was answered.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="cases.boardquestion",
                        verbose_name="question",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="board_answers", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ["question__key"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "question"), name="board_answer_once"),
                    models.CheckConstraint(
                        condition=models.Q(("answer", ""), _negated=True), name="board_answer_is_stated"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessNeeds",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "no_trials_considered",
                    models.BooleanField(
                        default=False,
                        help_text="Tick when there is no trial to list.",
                        verbose_name="no trial was considered yet",
                    ),
                ),
                (
                    "willing_to_travel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "no"),
                            ("national", "within the country"),
                            ("EU", "within the EU"),
                            ("overseas", "overseas"),
                        ],
                        help_text="How far the family would go.",
                        max_length=40,
                        verbose_name="willing to travel",
                    ),
                ),
                (
                    "donor_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("MSD_available", "matched sibling available"),
                            ("MUD_10_10_identified", "matched unrelated donor found (10/10)"),
                            ("haplo_available", "haploidentical donor available"),
                            ("second_donor_search_running", "search for a second donor runs"),
                            ("search_running", "search runs"),
                            ("none_found", "none found"),
                            ("not_needed", "not needed"),
                            ("unknown", "unknown"),
                        ],
                        help_text="For a transplant.",
                        max_length=40,
                        verbose_name="donor",
                    ),
                ),
                (
                    "funding_cross_border",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("S2_form_possible", "form S2 possible"),
                            ("sponsor_pays", "the sponsor pays"),
                            ("unknown", "unknown"),
                            ("no", "no"),
                        ],
                        help_text="As far as it is known.",
                        max_length=40,
                        verbose_name="treatment abroad is paid",
                    ),
                ),
                (
                    "family_language",
                    models.CharField(
                        blank=True,
                        help_text="ISO 639-1, e.g. pl. Some trials abroad need it.",
                        max_length=2,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z]{2}$", "A language code has two small letters, e.g. “pl”."
                            )
                        ],
                        verbose_name="language of the family",
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="access_needs", to="cases.case"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("willing_to_travel__in", ["", "none", "national", "EU", "overseas"])),
                        name="access_willing_to_travel_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "donor_status__in",
                                [
                                    "",
                                    "MSD_available",
                                    "MUD_10_10_identified",
                                    "haplo_available",
                                    "second_donor_search_running",
                                    "search_running",
                                    "none_found",
                                    "not_needed",
                                    "unknown",
                                ],
                            )
                        ),
                        name="access_donor_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("funding_cross_border__in", ["", "S2_form_possible", "sponsor_pays", "unknown", "no"])
                        ),
                        name="access_funding_cross_border_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("family_language__regex", "^([a-z]{2})?$")), name="access_language_is_code"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseGroupPermission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="cases.case")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
                "unique_together": {("group", "permission", "content_object")},
            },
        ),
        migrations.CreateModel(
            name="CaseRevision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("released_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="cases.case"
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="revision_number_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="revision_number_from_one"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseUserPermission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="cases.case")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "abstract": False,
                "unique_together": {("user", "permission", "content_object")},
            },
        ),
        migrations.CreateModel(
            name="CellTherapy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        help_text="1 to 9, in the order given.", verbose_name="cell therapy"
                    ),
                ),
                (
                    "target_antigens",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        blank=True,
                        default=list,
                        help_text="One or more antigens, e.g. CD19.",
                        size=None,
                        verbose_name="directed at",
                    ),
                ),
                (
                    "product",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("tisagenlecleucel", "tisagenlecleucel"),
                            ("obe-cel", "obecabtagene autoleucel"),
                            ("brexu-cel", "brexucabtagene autoleucel"),
                            ("axi-cel", "axicabtagene ciloleucel"),
                            ("academic", "academic product"),
                            ("allogeneic", "allogeneic product"),
                            ("NK", "NK cells"),
                            ("other", "other"),
                        ],
                        help_text="The product that was given.",
                        max_length=40,
                        verbose_name="product",
                    ),
                ),
                (
                    "product_text",
                    models.CharField(
                        blank=True,
                        help_text="For an academic or other product.",
                        max_length=80,
                        verbose_name="product in words",
                    ),
                ),
                (
                    "donor_source",
                    models.CharField(
                        blank=True,
                        choices=[("autologous", "autologous"), ("allogeneic", "allogeneic")],
                        help_text="The patient or a donor.",
                        max_length=40,
                        verbose_name="cells from",
                    ),
                ),
                (
                    "on_day",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Days since the first diagnosis.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(9125),
                        ],
                        verbose_name="given on day",
                    ),
                ),
                (
                    "lymphodepletion",
                    models.CharField(
                        blank=True,
                        help_text="Drugs, at most 120 characters.",
                        max_length=120,
                        verbose_name="lymphodepletion",
                    ),
                ),
                (
                    "dose_10e6_per_kg",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="0.01 to 20.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0.01),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="dose, 10⁶ cells per kg",
                    ),
                ),
                (
                    "crs_grade",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="0 to 5.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="cytokine release syndrome, grade",
                    ),
                ),
                (
                    "icans_grade",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="0 to 5.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="neurotoxicity (ICANS), grade",
                    ),
                ),
                (
                    "iec_hs",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="Haemophagocytic syndrome after cell therapy.",
                        max_length=40,
                        verbose_name="hyperinflammation (IEC-HS)",
                    ),
                ),
                (
                    "best_response",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("CR", "CR"),
                            ("CRi", "CRi/CRp"),
                            ("CRh", "CRh"),
                            ("CR_MRDneg", "CR, MRD negative"),
                            ("CR_MRDpos", "CR, MRD positive"),
                            ("MLFS", "MLFS"),
                            ("PR", "PR"),
                            ("MR", "MR"),
                            ("NR/TF", "no response"),
                            ("PD", "progressive disease"),
                            ("CRb", "CRb (biopsy-negative residue)"),
                            ("CRu", "CRu (unconfirmed)"),
                            ("CMR", "complete metabolic response"),
                            ("PMR", "partial metabolic response"),
                            ("NMR", "no metabolic response"),
                            ("PMD", "progressive metabolic disease"),
                            ("relapse", "relapse"),
                            ("death_in_induction", "death in induction"),
                            ("not_evaluated", "not evaluated"),
                            ("unknown", "unknown"),
                        ],
                        help_text="The best that was reached.",
                        max_length=40,
                        verbose_name="best response",
                    ),
                ),
                (
                    "aplasia_months",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="0 to 240 months.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="B-cell or T-cell aplasia, months",
                    ),
                ),
                (
                    "loss_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("antigen_negative", "antigen lost"),
                            ("antigen_positive_early_CAR_loss", "antigen kept, CAR-T cells lost early"),
                            ("lineage_switch", "lineage switch"),
                            ("unknown", "unknown"),
                        ],
                        help_text="Where disease came back.",
                        max_length=40,
                        verbose_name="why it failed",
                    ),
                ),
                (
                    "manufacturing_failed",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="Whether a product could not be made.",
                        max_length=40,
                        verbose_name="manufacturing failed",
                    ),
                ),
                (
                    "leftover_product",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="Whether a further dose is in store.",
                        max_length=40,
                        verbose_name="product left over",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cell_therapies", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="cell_therapy_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__isnull", True), ("number__range", (1, 9)), _connector="OR"),
                        name="cell_therapy_number_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("on_day__isnull", True), ("on_day__range", (0, 9125)), _connector="OR"),
                        name="cell_therapy_on_day_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dose_10e6_per_kg__isnull", True),
                            ("dose_10e6_per_kg__range", (Decimal("0.01"), 20)),
                            _connector="OR",
                        ),
                        name="cell_therapy_dose_10e6_per_kg_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("crs_grade__isnull", True), ("crs_grade__range", (0, 5)), _connector="OR"),
                        name="cell_therapy_crs_grade_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("icans_grade__isnull", True), ("icans_grade__range", (0, 5)), _connector="OR"
                        ),
                        name="cell_therapy_icans_grade_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("aplasia_months__isnull", True), ("aplasia_months__range", (0, 240)), _connector="OR"
                        ),
                        name="cell_therapy_aplasia_months_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "product__in",
                                [
                                    "",
                                    "tisagenlecleucel",
                                    "obe-cel",
                                    "brexu-cel",
                                    "axi-cel",
                                    "academic",
                                    "allogeneic",
                                    "NK",
                                    "other",
                                ],
                            )
                        ),
                        name="cell_therapy_product_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("donor_source__in", ["", "autologous", "allogeneic"])),
                        name="cell_therapy_donor_source_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("iec_hs__in", ["", "yes", "no", "unknown"])),
                        name="cell_therapy_iec_hs_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "best_response__in",
                                [
                                    "",
                                    "CR",
                                    "CRi",
                                    "CRh",
                                    "CR_MRDneg",
                                    "CR_MRDpos",
                                    "MLFS",
                                    "PR",
                                    "MR",
                                    "NR/TF",
                                    "PD",
                                    "CRb",
                                    "CRu",
                                    "CMR",
                                    "PMR",
                                    "NMR",
                                    "PMD",
                                    "relapse",
                                    "death_in_induction",
                                    "not_evaluated",
                                    "unknown",
                                ],
                            )
                        ),
                        name="cell_therapy_best_response_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "loss_reason__in",
                                [
                                    "",
                                    "antigen_negative",
                                    "antigen_positive_early_CAR_loss",
                                    "lineage_switch",
                                    "unknown",
                                ],
                            )
                        ),
                        name="cell_therapy_loss_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("manufacturing_failed__in", ["", "yes", "no", "unknown"])),
                        name="cell_therapy_manufacturing_failed_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("leftover_product__in", ["", "yes", "no", "unknown"])),
                        name="cell_therapy_leftover_product_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comedication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="INN, e.g. posaconazole.", max_length=80, verbose_name="drug")),
                (
                    "cyp3a4",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("strong_inhibitor", "strong inhibitor"),
                            ("moderate_inhibitor", "moderate inhibitor"),
                            ("strong_inducer", "strong inducer"),
                            ("moderate_inducer", "moderate inducer"),
                            ("none", "none of these"),
                            ("unknown", "unknown"),
                        ],
                        help_text="Strong and moderate inhibitors and inducers count.",
                        max_length=40,
                        verbose_name="effect on CYP3A4",
                    ),
                ),
                (
                    "pgp_inhibitor",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="P-glycoprotein.",
                        max_length=40,
                        verbose_name="inhibits P-gp",
                    ),
                ),
                (
                    "qt_prolonging",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="With other such drugs the risk adds up.",
                        max_length=40,
                        verbose_name="prolongs QT",
                    ),
                ),
                (
                    "acid_suppressant",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="It lowers the uptake of some kinase inhibitors.",
                        max_length=40,
                        verbose_name="suppresses gastric acid",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comedications", to="cases.case"
                    ),
                ),
                (
                    "concept",
                    models.ForeignKey(
                        blank=True,
                        help_text="Set where the name is known.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="terminology.concept",
                        verbose_name="drug in the vocabulary",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "cyp3a4__in",
                                [
                                    "",
                                    "strong_inhibitor",
                                    "moderate_inhibitor",
                                    "strong_inducer",
                                    "moderate_inducer",
                                    "none",
                                    "unknown",
                                ],
                            )
                        ),
                        name="comedication_cyp3a4_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pgp_inhibitor__in", ["", "yes", "no", "unknown"])),
                        name="comedication_pgp_inhibitor_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("qt_prolonging__in", ["", "yes", "no", "unknown"])),
                        name="comedication_qt_prolonging_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("acid_suppressant__in", ["", "yes", "no", "unknown"])),
                        name="comedication_acid_suppressant_known",
                    ),
                    models.UniqueConstraint(
                        fields=("case", "name"),
                        name="comedication_once",
                        violation_error_code="name",
                        violation_error_message="This drug stands here twice.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="comedication_names_a_drug",
                        violation_error_code="name",
                        violation_error_message="Something must be stated here.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Condition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "performance_scale",
                    models.CharField(
                        blank=True,
                        choices=[("Lansky", "Lansky"), ("Karnofsky", "Karnofsky"), ("ECOG", "ECOG")],
                        help_text="Lansky below 16 years, Karnofsky from 16, as a rule; trials switch at different ages.",
                        max_length=40,
                        verbose_name="performance scale",
                    ),
                ),
                (
                    "performance_score",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="0 to 100 in steps of ten; ECOG 0 to 4.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="performance score",
                    ),
                ),
                (
                    "performance_not_assessable",
                    models.BooleanField(
                        default=False, help_text="For infants.", verbose_name="performance cannot be assessed"
                    ),
                ),
                (
                    "alt_x_uln",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="0 to 200 times the upper limit.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(200),
                        ],
                        verbose_name="ALT, × upper limit",
                    ),
                ),
                (
                    "ast_x_uln",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="0 to 200 times the upper limit.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(200),
                        ],
                        verbose_name="AST, × upper limit",
                    ),
                ),
                (
                    "bilirubin_total_x_uln",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="0 to 60.",
                        max_digits=4,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="total bilirubin, × upper limit",
                    ),
                ),
                (
                    "bilirubin_direct_x_uln",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="0 to 60.",
                        max_digits=4,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="direct bilirubin, × upper limit",
                    ),
                ),
                (
                    "creatinine_x_uln",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="0 to 30; or the clearance.",
                        max_digits=4,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(30),
                        ],
                        verbose_name="creatinine, × upper limit",
                    ),
                ),
                (
                    "crcl_ml_min_1_73",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="0 to 300; or creatinine.",
                        max_digits=4,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(300),
                        ],
                        verbose_name="creatinine clearance, mL/min/1.73 m²",
                    ),
                ),
                (
                    "lvef_pct",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="5 to 90 %; or the shortening fraction.",
                        max_digits=3,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="ejection fraction, %",
                    ),
                ),
                (
                    "sf_pct",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="5 to 60 %; or the ejection fraction.",
                        max_digits=3,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="shortening fraction, %",
                    ),
                ),
                (
                    "qtcf_ms",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="250 to 700 ms.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(250),
                            django.core.validators.MaxValueValidator(700),
                        ],
                        verbose_name="QTc, ms",
                    ),
                ),
                (
                    "qtc_formula",
                    models.CharField(
                        blank=True,
                        choices=[("fridericia", "Fridericia"), ("bazett", "Bazett"), ("unknown", "unknown")],
                        help_text="The formula of the recording.",
                        max_length=40,
                        verbose_name="QTc corrected by",
                    ),
                ),
                (
                    "spo2_room_air_pct",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="50 to 100 %, on room air.",
                        max_digits=4,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(50),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="oxygen saturation, %",
                    ),
                ),
                (
                    "not_done",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("performance_score", "performance"),
                                ("alt_x_uln", "ALT"),
                                ("ast_x_uln", "AST"),
                                ("bilirubin_total_x_uln", "bilirubin"),
                                ("bilirubin_direct_x_uln", "direct bilirubin"),
                                ("creatinine_x_uln", "creatinine"),
                                ("crcl_ml_min_1_73", "creatinine clearance"),
                                ("lvef_pct", "ejection fraction"),
                                ("sf_pct", "shortening fraction"),
                                ("qtcf_ms", "QTc"),
                                ("spo2_room_air_pct", "oxygen saturation"),
                            ],
                            max_length=40,
                        ),
                        blank=True,
                        default=list,
                        help_text="Measurements that were not done; that is an answer.",
                        size=None,
                        verbose_name="not done",
                    ),
                ),
                (
                    "active_infection",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "none"),
                            ("controlled", "controlled"),
                            ("uncontrolled", "not controlled"),
                            ("unknown", "unknown"),
                        ],
                        help_text="“None” is an answer.",
                        max_length=40,
                        verbose_name="active infection",
                    ),
                ),
                (
                    "infection_organisms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("bacterial", "bacterial"),
                                ("fungal", "fungal"),
                                ("CMV", "CMV"),
                                ("EBV", "EBV"),
                                ("ADV", "adenovirus"),
                                ("HHV6", "HHV6"),
                                ("viral_other", "other virus"),
                                ("unknown", "unknown"),
                            ],
                            max_length=40,
                        ),
                        blank=True,
                        default=list,
                        help_text="All that apply.",
                        size=None,
                        verbose_name="kind of infection",
                    ),
                ),
                (
                    "hepatitis_hiv",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("negative", "all negative"),
                                ("HBsAg+", "HBsAg positive"),
                                ("antiHBc+", "anti-HBc positive"),
                                ("HCV+", "hepatitis C positive"),
                                ("HIV+", "HIV positive"),
                                ("nd", "not done"),
                            ],
                            max_length=40,
                        ),
                        blank=True,
                        default=list,
                        help_text="All that apply; “not done” is an answer.",
                        size=None,
                        verbose_name="hepatitis and HIV",
                    ),
                ),
                (
                    "gvhd_acute_grade",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="0 to 4; asked for after a transplant.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(4),
                        ],
                        verbose_name="acute GVHD now, grade",
                    ),
                ),
                (
                    "gvhd_chronic",
                    models.CharField(
                        blank=True,
                        choices=[("none", "none"), ("mild", "mild"), ("moderate", "moderate"), ("severe", "severe")],
                        help_text="“None” is an answer.",
                        max_length=40,
                        verbose_name="chronic GVHD now",
                    ),
                ),
                (
                    "systemic_immunosuppression",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="Whether it is given now.",
                        max_length=40,
                        verbose_name="systemic immunosuppression",
                    ),
                ),
                (
                    "steroid_mg_kg_day",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="0 to 5, as prednisone.",
                        max_digits=3,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="steroids, mg/kg per day",
                    ),
                ),
                (
                    "ldh_x_uln",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="0 to 200.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(200),
                        ],
                        verbose_name="LDH, × upper limit",
                    ),
                ),
                (
                    "albumin_g_l",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="5 to 70 g/L.",
                        max_digits=3,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(70),
                        ],
                        verbose_name="albumin, g/L",
                    ),
                ),
                (
                    "uric_acid_x_uln",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="0 to 50.",
                        max_digits=4,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(50),
                        ],
                        verbose_name="uric acid, × upper limit",
                    ),
                ),
                (
                    "spleen_cm",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="0 to 40 cm.",
                        max_digits=3,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(40),
                        ],
                        verbose_name="spleen, cm below the rib margin",
                    ),
                ),
                (
                    "neuro",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("none", "none"),
                                ("seizures", "seizures"),
                                ("PRES", "PRES"),
                                ("leukoencephalopathy", "leukoencephalopathy"),
                                ("neuropathy", "neuropathy"),
                            ],
                            max_length=40,
                        ),
                        blank=True,
                        default=list,
                        help_text="“None” is an answer.",
                        size=None,
                        verbose_name="nervous system",
                    ),
                ),
                (
                    "neuropathy_grade",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="CTCAE, 0 to 4.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(4),
                        ],
                        verbose_name="neuropathy, grade",
                    ),
                ),
                (
                    "organ_history",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("none", "none"),
                                ("SOS_VOD", "sinusoidal obstruction syndrome"),
                                ("pancreatitis", "pancreatitis"),
                                ("thrombosis", "thrombosis"),
                                ("avascular_necrosis", "avascular necrosis"),
                                ("cardiomyopathy", "cardiomyopathy"),
                                ("ILD", "interstitial lung disease"),
                                ("other", "other"),
                            ],
                            max_length=40,
                        ),
                        blank=True,
                        default=list,
                        help_text="“None” is an answer.",
                        size=None,
                        verbose_name="earlier organ damage",
                    ),
                ),
                (
                    "organ_history_text",
                    models.CharField(
                        blank=True,
                        help_text="At most 200 characters.",
                        max_length=200,
                        verbose_name="earlier organ damage in words",
                    ),
                ),
                (
                    "can_swallow",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("tablets", "tablets"),
                            ("liquid_only", "liquids only"),
                            ("NG_PEG", "by tube (nasogastric or PEG)"),
                            ("none", "nothing by mouth"),
                        ],
                        help_text="Some drugs exist as capsules only.",
                        max_length=40,
                        verbose_name="can take by mouth",
                    ),
                ),
                (
                    "transfusion_dependence",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="Within the last four weeks.",
                        max_length=40,
                        verbose_name="needs transfusions",
                    ),
                ),
                (
                    "transfusion_acceptance",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="Patient and family.",
                        max_length=40,
                        verbose_name="accepts transfusions",
                    ),
                ),
                (
                    "family_wishes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("full_curative_effort", "every effort for cure"),
                                ("trial_willing", "willing to join a trial"),
                                ("no_travel", "no travel"),
                                ("oral_only", "oral treatment only"),
                                ("no_ICU", "no intensive care"),
                                ("palliative_only", "palliative care only"),
                                ("undecided", "undecided"),
                            ],
                            max_length=40,
                        ),
                        blank=True,
                        default=list,
                        help_text="All that apply.",
                        size=None,
                        verbose_name="wishes of the family",
                    ),
                ),
                (
                    "no_comedication",
                    models.BooleanField(
                        default=False, help_text="Tick when no other drug is given.", verbose_name="no other drugs"
                    ),
                ),
                (
                    "no_contraindications",
                    models.BooleanField(
                        default=False,
                        help_text="Tick when nothing is known that must not be given.",
                        verbose_name="no known contraindications",
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="condition", to="cases.case"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("alt_x_uln__isnull", True), ("alt_x_uln__range", (0, 200)), _connector="OR"
                        ),
                        name="condition_alt_x_uln_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ast_x_uln__isnull", True), ("ast_x_uln__range", (0, 200)), _connector="OR"
                        ),
                        name="condition_ast_x_uln_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bilirubin_total_x_uln__isnull", True),
                            ("bilirubin_total_x_uln__range", (0, 60)),
                            _connector="OR",
                        ),
                        name="condition_bilirubin_total_x_uln_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bilirubin_direct_x_uln__isnull", True),
                            ("bilirubin_direct_x_uln__range", (0, 60)),
                            _connector="OR",
                        ),
                        name="condition_bilirubin_direct_x_uln_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("creatinine_x_uln__isnull", True), ("creatinine_x_uln__range", (0, 30)), _connector="OR"
                        ),
                        name="condition_creatinine_x_uln_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ldh_x_uln__isnull", True), ("ldh_x_uln__range", (0, 200)), _connector="OR"
                        ),
                        name="condition_ldh_x_uln_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("uric_acid_x_uln__isnull", True), ("uric_acid_x_uln__range", (0, 50)), _connector="OR"
                        ),
                        name="condition_uric_acid_x_uln_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("performance_score__isnull", True), ("performance_score__range", (0, 100)), _connector="OR"
                        ),
                        name="condition_performance_score_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("crcl_ml_min_1_73__isnull", True), ("crcl_ml_min_1_73__range", (0, 300)), _connector="OR"
                        ),
                        name="condition_crcl_ml_min_1_73_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lvef_pct__isnull", True), ("lvef_pct__range", (5, 90)), _connector="OR"),
                        name="condition_lvef_pct_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sf_pct__isnull", True), ("sf_pct__range", (5, 60)), _connector="OR"),
                        name="condition_sf_pct_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("qtcf_ms__isnull", True), ("qtcf_ms__range", (250, 700)), _connector="OR"),
                        name="condition_qtcf_ms_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spo2_room_air_pct__isnull", True),
                            ("spo2_room_air_pct__range", (50, 100)),
                            _connector="OR",
                        ),
                        name="condition_spo2_room_air_pct_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("gvhd_acute_grade__isnull", True), ("gvhd_acute_grade__range", (0, 4)), _connector="OR"
                        ),
                        name="condition_gvhd_acute_grade_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("steroid_mg_kg_day__isnull", True), ("steroid_mg_kg_day__range", (0, 5)), _connector="OR"
                        ),
                        name="condition_steroid_mg_kg_day_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("albumin_g_l__isnull", True), ("albumin_g_l__range", (5, 70)), _connector="OR"
                        ),
                        name="condition_albumin_g_l_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("spleen_cm__isnull", True), ("spleen_cm__range", (0, 40)), _connector="OR"),
                        name="condition_spleen_cm_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("neuropathy_grade__isnull", True), ("neuropathy_grade__range", (0, 4)), _connector="OR"
                        ),
                        name="condition_neuropathy_grade_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("performance_scale__in", ["", "Lansky", "Karnofsky", "ECOG"])),
                        name="condition_performance_scale_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("qtc_formula__in", ["", "fridericia", "bazett", "unknown"])),
                        name="condition_qtc_formula_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("active_infection__in", ["", "none", "controlled", "uncontrolled", "unknown"])
                        ),
                        name="condition_active_infection_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gvhd_chronic__in", ["", "none", "mild", "moderate", "severe"])),
                        name="condition_gvhd_chronic_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("systemic_immunosuppression__in", ["", "yes", "no", "unknown"])),
                        name="condition_systemic_immunosuppression_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("can_swallow__in", ["", "tablets", "liquid_only", "NG_PEG", "none"])),
                        name="condition_can_swallow_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("transfusion_dependence__in", ["", "yes", "no", "unknown"])),
                        name="condition_transfusion_dependence_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("transfusion_acceptance__in", ["", "yes", "no", "unknown"])),
                        name="condition_transfusion_acceptance_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "not_done__contained_by",
                                [
                                    "performance_score",
                                    "alt_x_uln",
                                    "ast_x_uln",
                                    "bilirubin_total_x_uln",
                                    "bilirubin_direct_x_uln",
                                    "creatinine_x_uln",
                                    "crcl_ml_min_1_73",
                                    "lvef_pct",
                                    "sf_pct",
                                    "qtcf_ms",
                                    "spo2_room_air_pct",
                                ],
                            )
                        ),
                        name="condition_not_done_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "infection_organisms__contained_by",
                                ["bacterial", "fungal", "CMV", "EBV", "ADV", "HHV6", "viral_other", "unknown"],
                            )
                        ),
                        name="condition_infection_organisms_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hepatitis_hiv__contained_by", ["negative", "HBsAg+", "antiHBc+", "HCV+", "HIV+", "nd"])
                        ),
                        name="condition_hepatitis_hiv_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("neuro__contained_by", ["none", "seizures", "PRES", "leukoencephalopathy", "neuropathy"])
                        ),
                        name="condition_neuro_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "organ_history__contained_by",
                                [
                                    "none",
                                    "SOS_VOD",
                                    "pancreatitis",
                                    "thrombosis",
                                    "avascular_necrosis",
                                    "cardiomyopathy",
                                    "ILD",
                                    "other",
                                ],
                            )
                        ),
                        name="condition_organ_history_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "family_wishes__contained_by",
                                [
                                    "full_curative_effort",
                                    "trial_willing",
                                    "no_travel",
                                    "oral_only",
                                    "no_ICU",
                                    "palliative_only",
                                    "undecided",
                                ],
                            )
                        ),
                        name="condition_family_wishes_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("performance_scale", "ECOG"), _negated=True),
                            ("performance_score__isnull", True),
                            ("performance_score__lte", 4),
                            _connector="OR",
                        ),
                        name="condition_ecog_at_most_4",
                        violation_error_code="performance_score",
                        violation_error_message="ECOG runs from 0 to 4.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("performance_scale__in", ["", "ECOG"]),
                            ("performance_score__isnull", True),
                            ("performance_score__in", [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]),
                            _connector="OR",
                        ),
                        name="condition_score_in_tens",
                        violation_error_code="performance_score",
                        violation_error_message="Lansky and Karnofsky run from 0 to 100 in steps of ten.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("performance_not_assessable", False), ("performance_score__isnull", True), _connector="OR"
                        ),
                        name="condition_score_or_not_assessable",
                        violation_error_code="performance_not_assessable",
                        violation_error_message="Give a score, or say that it cannot be assessed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "board_discussion",
                    models.BooleanField(
                        default=False,
                        help_text="The signed form stays at your hospital.",
                        verbose_name="there is written consent to discuss this case on the board",
                    ),
                ),
                (
                    "registry_follow_up",
                    models.BooleanField(
                        blank=True,
                        help_text="“No” limits the case to the advice alone.",
                        null=True,
                        verbose_name="there is consent to follow-up in the registry",
                    ),
                ),
                (
                    "secondary_research",
                    models.CharField(
                        choices=[("yes", "yes"), ("no", "no"), ("not_asked", "not asked")],
                        default="not_asked",
                        help_text="Leave “not asked” where the form has no such question.",
                        max_length=12,
                        verbose_name="consent to further research",
                    ),
                ),
                (
                    "germline_return",
                    models.CharField(
                        choices=[("yes", "yes"), ("no", "no"), ("not_asked", "not asked")],
                        default="not_asked",
                        help_text="Whether the family wants to be told of a finding that can be inherited.",
                        max_length=40,
                        verbose_name="wish to learn inherited findings",
                    ),
                ),
                (
                    "given_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("parent_or_guardian", "parent or guardian"), ("patient", "patient")],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        help_text="Choose both where parents and patient signed.",
                        size=None,
                        verbose_name="given by",
                    ),
                ),
                (
                    "assent",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "yes"),
                            ("no_too_young", "no: too young"),
                            ("no_incapacity", "no: not able to"),
                            ("not_applicable_adult", "does not apply: adult"),
                        ],
                        help_text="Needed from 12 to 17 years.",
                        max_length=25,
                        verbose_name="assent of the child",
                    ),
                ),
                (
                    "form_version",
                    models.CharField(
                        blank=True,
                        help_text="As printed on the form. No date of signature.",
                        max_length=40,
                        verbose_name="version of the consent form",
                    ),
                ),
                (
                    "deidentification_confirmed",
                    models.BooleanField(
                        default=False,
                        help_text="Free text and file names count too.",
                        verbose_name="I removed what directly identifies the patient: names, dates, numbers, hospital",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(
                        blank=True, editable=False, help_text="When that was.", null=True, verbose_name="confirmed at"
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consent", to="cases.case"
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="Who stated last that the consent is there; never shown outside the centre.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("secondary_research__in", ["yes", "no", "not_asked"])),
                        name="consent_secondary_research_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("germline_return__in", ["yes", "no", "not_asked"])),
                        name="consent_germline_return_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("assent__in", ["", "yes", "no_too_young", "no_incapacity", "not_applicable_adult"])
                        ),
                        name="consent_assent_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("given_by__contained_by", ["parent_or_guardian", "patient"])),
                        name="consent_given_by_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="consent_confirmed_by_and_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contraindication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="INN, e.g. posaconazole.", max_length=80, verbose_name="drug")),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="At most 200 characters.", max_length=200, verbose_name="reason"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contraindications", to="cases.case"
                    ),
                ),
                (
                    "concept",
                    models.ForeignKey(
                        blank=True,
                        help_text="Set where the name is known.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="terminology.concept",
                        verbose_name="drug in the vocabulary",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "name"),
                        name="contraindication_once",
                        violation_error_code="name",
                        violation_error_message="This drug stands here twice.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="contraindication_names_a_drug",
                        violation_error_code="name",
                        violation_error_message="Something must be stated here.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Diagnosis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "disease_group",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("BCP_ALL", "B-cell precursor ALL"),
                            ("T_ALL", "T-cell ALL"),
                            ("LBL_B", "B-lymphoblastic lymphoma"),
                            ("LBL_T", "T-lymphoblastic lymphoma"),
                            ("AML", "AML"),
                            ("APL", "acute promyelocytic leukaemia"),
                            ("ALAL_MPAL", "acute leukaemia of ambiguous lineage"),
                            ("ML_DS", "myeloid leukaemia of Down syndrome"),
                            ("JMML", "JMML"),
                            ("MDS", "MDS"),
                            ("CML", "CML"),
                            ("MATURE_B_NHL", "mature B-cell lymphoma"),
                            ("ALCL", "anaplastic large cell lymphoma"),
                            ("PTCL_OTHER", "other T- or NK-cell lymphoma"),
                            ("HODGKIN", "Hodgkin lymphoma"),
                            ("BPDCN", "BPDCN"),
                            ("HISTIOCYTIC_MALIGNANT", "malignant histiocytic neoplasm"),
                            ("OTHER", "other"),
                        ],
                        help_text="It follows from the entity where you leave it empty.",
                        max_length=30,
                        verbose_name="disease group",
                    ),
                ),
                (
                    "classification_used",
                    models.CharField(
                        choices=[
                            ("WHO_HAEM5_2022", "WHO-HAEM5 2022"),
                            ("ICC_2022", "ICC 2022"),
                            ("WHO_2016", "WHO 2016"),
                            ("other", "other"),
                        ],
                        default="WHO_HAEM5_2022",
                        help_text="The one that the entity was named after.",
                        max_length=20,
                        verbose_name="classification",
                    ),
                ),
                (
                    "icd10",
                    models.CharField(
                        blank=True,
                        help_text="Only where your centre needs it, e.g. C91.0.",
                        max_length=12,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]\\d{2}(\\.\\d{1,2})?$", "An ICD-10 code looks like C91.0."
                            )
                        ],
                        verbose_name="ICD-10 code",
                    ),
                ),
                (
                    "initial_risk_group",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("standard", "standard"),
                            ("intermediate", "intermediate"),
                            ("high", "high"),
                            ("very_high", "very high"),
                            ("unknown", "unknown"),
                        ],
                        help_text="As the first-line protocol assigned it.",
                        max_length=40,
                        verbose_name="risk group at diagnosis",
                    ),
                ),
                (
                    "initial_wbc",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="0 to 2,000.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(2000),
                        ],
                        verbose_name="white cells at diagnosis, ×10⁹/L",
                    ),
                ),
                (
                    "initial_cns_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("CNS1", "CNS1"),
                            ("CNS2a", "CNS2a"),
                            ("CNS2b", "CNS2b"),
                            ("CNS2c", "CNS2c"),
                            ("CNS3a", "CNS3a"),
                            ("CNS3b", "CNS3b"),
                            ("CNS3c", "CNS3c"),
                            ("TLP+", "TLP+"),
                            ("TLP-", "TLP−"),
                            ("positive", "lymphoma: positive"),
                            ("negative", "lymphoma: negative"),
                            ("not_examined", "not examined"),
                            ("pending", "result pending"),
                            ("unknown", "unknown"),
                        ],
                        help_text="As your centre reported it.",
                        max_length=20,
                        verbose_name="CNS status at diagnosis",
                    ),
                ),
                (
                    "lymphoma_stage_initial",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("IPNHLSS_I", "IPNHLSS I"),
                            ("IPNHLSS_II", "IPNHLSS II"),
                            ("IPNHLSS_III", "IPNHLSS III"),
                            ("IPNHLSS_IV", "IPNHLSS IV"),
                            ("Ann_Arbor_IA", "Ann Arbor IA"),
                            ("Ann_Arbor_IB", "Ann Arbor IB"),
                            ("Ann_Arbor_IIA", "Ann Arbor IIA"),
                            ("Ann_Arbor_IIB", "Ann Arbor IIB"),
                            ("Ann_Arbor_IIIA", "Ann Arbor IIIA"),
                            ("Ann_Arbor_IIIB", "Ann Arbor IIIB"),
                            ("Ann_Arbor_IVA", "Ann Arbor IVA"),
                            ("Ann_Arbor_IVB", "Ann Arbor IVB"),
                            ("unknown", "unknown"),
                        ],
                        help_text="For lymphoma: IPNHLSS or Ann Arbor.",
                        max_length=40,
                        verbose_name="stage at diagnosis",
                    ),
                ),
                (
                    "secondary_disease",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("de_novo", "de novo"),
                            ("therapy_related", "therapy-related"),
                            ("post_MDS", "after MDS"),
                            ("lineage_switch", "lineage switch"),
                            ("donor_derived", "donor-derived"),
                            ("transformed_CML", "transformed CML"),
                            ("transformed_JMML", "transformed JMML"),
                            ("unknown", "unknown"),
                        ],
                        help_text="De novo, or after another disease or treatment.",
                        max_length=40,
                        verbose_name="origin of the disease",
                    ),
                ),
                (
                    "frontline_protocol",
                    models.CharField(
                        blank=True, help_text="e.g. ALLTogether1", max_length=80, verbose_name="first-line protocol"
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="diagnosis", to="cases.case"
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        blank=True,
                        help_text="The most exact name that is proven.",
                        limit_choices_to={"system": "entity"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="terminology.concept",
                        verbose_name="disease entity",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("initial_wbc__isnull", True), ("initial_wbc__range", (0, 2000)), _connector="OR"
                        ),
                        name="diagnosis_wbc_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("classification_used__in", ["WHO_HAEM5_2022", "ICC_2022", "WHO_2016", "other"])
                        ),
                        name="diagnosis_classification_used_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "disease_group__in",
                                [
                                    "",
                                    "BCP_ALL",
                                    "T_ALL",
                                    "LBL_B",
                                    "LBL_T",
                                    "AML",
                                    "APL",
                                    "ALAL_MPAL",
                                    "ML_DS",
                                    "JMML",
                                    "MDS",
                                    "CML",
                                    "MATURE_B_NHL",
                                    "ALCL",
                                    "PTCL_OTHER",
                                    "HODGKIN",
                                    "BPDCN",
                                    "HISTIOCYTIC_MALIGNANT",
                                    "OTHER",
                                ],
                            )
                        ),
                        name="diagnosis_disease_group_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("initial_risk_group__in", ["", "standard", "intermediate", "high", "very_high", "unknown"])
                        ),
                        name="diagnosis_initial_risk_group_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "initial_cns_status__in",
                                [
                                    "",
                                    "CNS1",
                                    "CNS2a",
                                    "CNS2b",
                                    "CNS2c",
                                    "CNS3a",
                                    "CNS3b",
                                    "CNS3c",
                                    "TLP+",
                                    "TLP-",
                                    "positive",
                                    "negative",
                                    "not_examined",
                                    "pending",
                                    "unknown",
                                ],
                            )
                        ),
                        name="diagnosis_initial_cns_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "lymphoma_stage_initial__in",
                                [
                                    "",
                                    "IPNHLSS_I",
                                    "IPNHLSS_II",
                                    "IPNHLSS_III",
                                    "IPNHLSS_IV",
                                    "Ann_Arbor_IA",
                                    "Ann_Arbor_IB",
                                    "Ann_Arbor_IIA",
                                    "Ann_Arbor_IIB",
                                    "Ann_Arbor_IIIA",
                                    "Ann_Arbor_IIIB",
                                    "Ann_Arbor_IVA",
                                    "Ann_Arbor_IVB",
                                    "unknown",
                                ],
                            )
                        ),
                        name="diagnosis_lymphoma_stage_initial_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "secondary_disease__in",
                                [
                                    "",
                                    "de_novo",
                                    "therapy_related",
                                    "post_MDS",
                                    "lineage_switch",
                                    "donor_derived",
                                    "transformed_CML",
                                    "transformed_JMML",
                                    "unknown",
                                ],
                            )
                        ),
                        name="diagnosis_secondary_disease_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DiseaseMass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "site",
                    models.CharField(
                        choices=[
                            ("bone_marrow", "bone marrow"),
                            ("blood", "blood"),
                            ("CNS", "central nervous system"),
                            ("testis", "testis"),
                            ("mediastinum", "mediastinum"),
                            ("lymph_nodes", "lymph nodes"),
                            ("skin", "skin"),
                            ("bone", "bone"),
                            ("soft_tissue_myeloid_sarcoma", "soft tissue (myeloid sarcoma)"),
                            ("liver", "liver"),
                            ("spleen", "spleen"),
                            ("kidney", "kidney"),
                            ("ovary", "ovary"),
                            ("eye", "eye"),
                            ("pleura_ascites", "pleural effusion or ascites"),
                            ("other", "other"),
                        ],
                        help_text="Where the mass lies.",
                        max_length=40,
                        verbose_name="site",
                    ),
                ),
                (
                    "size_cm",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="0 to 40 cm.",
                        max_digits=3,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(40),
                        ],
                        verbose_name="greatest diameter, cm",
                    ),
                ),
                (
                    "deauville",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="1 to 5, from the last PET.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="Deauville score",
                    ),
                ),
                (
                    "suv_max",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="0 to 60.",
                        max_digits=3,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="SUVmax",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="masses", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size_cm__isnull", True), ("size_cm__range", (0, 40)), _connector="OR"),
                        name="mass_size_cm_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("deauville__isnull", True), ("deauville__range", (1, 5)), _connector="OR"),
                        name="mass_deauville_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("suv_max__isnull", True), ("suv_max__range", (0, 60)), _connector="OR"),
                        name="mass_suv_max_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "site__in",
                                [
                                    "bone_marrow",
                                    "blood",
                                    "CNS",
                                    "testis",
                                    "mediastinum",
                                    "lymph_nodes",
                                    "skin",
                                    "bone",
                                    "soft_tissue_myeloid_sarcoma",
                                    "liver",
                                    "spleen",
                                    "kidney",
                                    "ovary",
                                    "eye",
                                    "pleura_ascites",
                                    "other",
                                ],
                            )
                        ),
                        name="mass_site_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DiseaseStatus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status_now",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("primary_refractory", "primary refractory"),
                            ("relapse_untreated", "relapse, not yet treated"),
                            ("relapse_on_treatment", "relapse, on treatment"),
                            ("refractory_relapse", "refractory relapse"),
                            ("MRD_relapse", "MRD relapse"),
                            ("MRD_persistent", "persistent MRD"),
                            ("remission_high_risk", "remission at high risk"),
                            ("transformation", "transformation"),
                            ("lineage_switch", "lineage switch"),
                        ],
                        help_text="As it stands today.",
                        max_length=30,
                        verbose_name="disease status now",
                    ),
                ),
                (
                    "relapse_number",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="0 to 8. 0 means never in complete remission, or no relapse yet.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(8)],
                        verbose_name="number of relapses",
                    ),
                ),
                (
                    "time_to_first_relapse_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="0 to 240 months. Needed when there was a relapse.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(240)],
                        verbose_name="months from diagnosis to first relapse",
                    ),
                ),
                (
                    "relapse_timing_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("very_early", "very early"),
                            ("early", "early"),
                            ("late", "late"),
                            ("post_HSCT", "after transplant"),
                            ("post_CART", "after CAR-T cells"),
                        ],
                        help_text="Very early: below 18 months from diagnosis. Late: from 6 months after the end of first-line treatment.",
                        max_length=40,
                        verbose_name="timing of the relapse",
                    ),
                ),
                (
                    "refractory_definition",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ALL_no_CR_end_induction", "ALL: no CR at the end of induction"),
                            ("ALL_no_CR_after_reinduction", "ALL: no CR after reinduction"),
                            ("ALL_MRD_not_cleared", "ALL: MRD not cleared"),
                            ("AML_no_CR_after_2_courses", "AML: no CR after two courses"),
                            ("lymphoma_less_than_PR", "lymphoma: less than partial response"),
                            ("lymphoma_PD_on_therapy", "lymphoma: progression on treatment"),
                            ("other", "other"),
                        ],
                        help_text="Needed for refractory disease: trials define it differently.",
                        max_length=40,
                        verbose_name="refractory by which definition",
                    ),
                ),
                (
                    "sites",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("bone_marrow", "bone marrow"),
                                ("blood", "blood"),
                                ("CNS", "central nervous system"),
                                ("testis", "testis"),
                                ("mediastinum", "mediastinum"),
                                ("lymph_nodes", "lymph nodes"),
                                ("skin", "skin"),
                                ("bone", "bone"),
                                ("soft_tissue_myeloid_sarcoma", "soft tissue (myeloid sarcoma)"),
                                ("liver", "liver"),
                                ("spleen", "spleen"),
                                ("kidney", "kidney"),
                                ("ovary", "ovary"),
                                ("eye", "eye"),
                                ("pleura_ascites", "pleural effusion or ascites"),
                                ("other", "other"),
                            ],
                            max_length=40,
                        ),
                        blank=True,
                        default=list,
                        help_text="All sites that are involved now.",
                        size=None,
                        verbose_name="sites of disease",
                    ),
                ),
                (
                    "bm_blasts_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "done"),
                            ("not_done", "not done"),
                            ("pending", "pending"),
                            ("failed", "failed"),
                            ("unknown", "unknown"),
                        ],
                        help_text="“Not done” is an answer; leave it empty where you give a number.",
                        max_length=40,
                        verbose_name="marrow examination",
                    ),
                ),
                (
                    "bm_blasts_morphology_comparator",
                    models.CharField(
                        choices=[("=", "="), ("<", "<"), ("<=", "≤"), (">", ">"), (">=", "≥")],
                        default="=",
                        help_text="“<” where the report gives a limit, as in “below 0.01 %”.",
                        max_length=40,
                        verbose_name="marrow blasts by morphology: meant as",
                    ),
                ),
                (
                    "bm_blasts_morphology_pct_of_cells",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Per cent of nucleated cells.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="marrow blasts by morphology, %",
                    ),
                ),
                (
                    "bm_blasts_flow_comparator",
                    models.CharField(
                        choices=[("=", "="), ("<", "<"), ("<=", "≤"), (">", ">"), (">=", "≥")],
                        default="=",
                        help_text="“<” where the report gives a limit, as in “below 0.01 %”.",
                        max_length=40,
                        verbose_name="marrow blasts by flow: meant as",
                    ),
                ),
                (
                    "bm_blasts_flow_pct_of_cells",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Per cent of nucleated cells.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="marrow blasts by flow, %",
                    ),
                ),
                (
                    "pb_blasts_comparator",
                    models.CharField(
                        choices=[("=", "="), ("<", "<"), ("<=", "≤"), (">", ">"), (">=", "≥")],
                        default="=",
                        help_text="“<” where the report gives a limit, as in “below 0.01 %”.",
                        max_length=40,
                        verbose_name="blood blasts: meant as",
                    ),
                ),
                (
                    "pb_blasts_pct_of_cells",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Per cent of nucleated cells.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="blood blasts, %",
                    ),
                ),
                (
                    "wbc_comparator",
                    models.CharField(
                        choices=[("=", "="), ("<", "<"), ("<=", "≤"), (">", ">"), (">=", "≥")],
                        default="=",
                        help_text="“<” where the report gives a limit, as in “below 0.01 %”.",
                        max_length=40,
                        verbose_name="white cells: meant as",
                    ),
                ),
                (
                    "wbc",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="0 to 2,000.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(2000),
                        ],
                        verbose_name="white cells, ×10⁹/L",
                    ),
                ),
                (
                    "anc_comparator",
                    models.CharField(
                        choices=[("=", "="), ("<", "<"), ("<=", "≤"), (">", ">"), (">=", "≥")],
                        default="=",
                        help_text="“<” where the report gives a limit, as in “below 0.01 %”.",
                        max_length=40,
                        verbose_name="neutrophils: meant as",
                    ),
                ),
                (
                    "anc",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="0 to 500.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(500),
                        ],
                        verbose_name="neutrophils, ×10⁹/L",
                    ),
                ),
                (
                    "hb_g_dl",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="1 to 25 g/dL; mmol/L times 1.611.",
                        max_digits=4,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(25),
                        ],
                        verbose_name="haemoglobin, g/dL",
                    ),
                ),
                (
                    "platelets_comparator",
                    models.CharField(
                        choices=[("=", "="), ("<", "<"), ("<=", "≤"), (">", ">"), (">=", "≥")],
                        default="=",
                        help_text="“<” where the report gives a limit, as in “below 0.01 %”.",
                        max_length=40,
                        verbose_name="platelets: meant as",
                    ),
                ),
                (
                    "platelets",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="0 to 3,000.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(3000),
                        ],
                        verbose_name="platelets, ×10⁹/L",
                    ),
                ),
                (
                    "growth_rate",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stable", "stable"),
                            ("slow", "slow"),
                            ("doubling_2_4_weeks", "doubles in 2 to 4 weeks"),
                            ("doubling_<2_weeks", "doubles in less than 2 weeks"),
                            ("unknown", "unknown"),
                        ],
                        help_text="From the last two counts or images.",
                        max_length=40,
                        verbose_name="how fast it grows",
                    ),
                ),
                (
                    "cns_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("CNS1", "CNS1"),
                            ("CNS2a", "CNS2a"),
                            ("CNS2b", "CNS2b"),
                            ("CNS2c", "CNS2c"),
                            ("CNS3a", "CNS3a"),
                            ("CNS3b", "CNS3b"),
                            ("CNS3c", "CNS3c"),
                            ("TLP+", "TLP+"),
                            ("TLP-", "TLP−"),
                            ("positive", "lymphoma: positive"),
                            ("negative", "lymphoma: negative"),
                            ("not_examined", "not examined"),
                            ("pending", "result pending"),
                            ("unknown", "unknown"),
                        ],
                        help_text="As your centre reports it.",
                        max_length=20,
                        verbose_name="CNS status now",
                    ),
                ),
                (
                    "csf_wbc_per_ul",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="0 to 20,000.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(20000),
                        ],
                        verbose_name="white cells in CSF, per µL",
                    ),
                ),
                (
                    "csf_flow",
                    models.CharField(
                        blank=True,
                        choices=[("pos", "positive"), ("neg", "negative"), ("nd", "not done")],
                        help_text="Blasts in the cerebrospinal fluid by flow cytometry.",
                        max_length=40,
                        verbose_name="CSF by flow",
                    ),
                ),
                (
                    "testicular",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_involved", "not involved"),
                            ("unilateral", "one side"),
                            ("bilateral", "both sides"),
                            ("not_examined", "not examined"),
                        ],
                        help_text="Asked for boys and men; “not examined” is an answer.",
                        max_length=40,
                        verbose_name="testes",
                    ),
                ),
                (
                    "extramedullary_biopsy_confirmed",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="Whether tissue was taken from a site outside the marrow.",
                        max_length=40,
                        verbose_name="extramedullary disease proven by biopsy",
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="status", to="cases.case"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("relapse_number__isnull", True), ("relapse_number__range", (0, 8)), _connector="OR"
                        ),
                        name="status_relapse_number_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("time_to_first_relapse_months__isnull", True),
                            ("time_to_first_relapse_months__range", (0, 240)),
                            _connector="OR",
                        ),
                        name="status_first_relapse_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bm_blasts_morphology_pct_of_cells__isnull", True),
                            ("bm_blasts_morphology_pct_of_cells__range", (0, 100)),
                            _connector="OR",
                        ),
                        name="status_blasts_morphology_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bm_blasts_flow_pct_of_cells__isnull", True),
                            ("bm_blasts_flow_pct_of_cells__range", (0, 100)),
                            _connector="OR",
                        ),
                        name="status_blasts_flow_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pb_blasts_pct_of_cells__isnull", True),
                            ("pb_blasts_pct_of_cells__range", (0, 100)),
                            _connector="OR",
                        ),
                        name="status_pb_blasts_pct_of_cells_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wbc__isnull", True), ("wbc__range", (0, 2000)), _connector="OR"),
                        name="status_wbc_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("anc__isnull", True), ("anc__range", (0, 500)), _connector="OR"),
                        name="status_anc_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hb_g_dl__isnull", True), ("hb_g_dl__range", (1, 25)), _connector="OR"),
                        name="status_hb_g_dl_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("platelets__isnull", True), ("platelets__range", (0, 3000)), _connector="OR"
                        ),
                        name="status_platelets_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("csf_wbc_per_ul__isnull", True), ("csf_wbc_per_ul__range", (0, 20000)), _connector="OR"
                        ),
                        name="status_csf_wbc_per_ul_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bm_blasts_morphology_comparator__in", ["=", "<", "<=", ">", ">="])),
                        name="status_bm_blasts_morphology_comparator_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bm_blasts_flow_comparator__in", ["=", "<", "<=", ">", ">="])),
                        name="status_bm_blasts_flow_comparator_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pb_blasts_comparator__in", ["=", "<", "<=", ">", ">="])),
                        name="status_pb_blasts_comparator_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wbc_comparator__in", ["=", "<", "<=", ">", ">="])),
                        name="status_wbc_comparator_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("anc_comparator__in", ["=", "<", "<=", ">", ">="])),
                        name="status_anc_comparator_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("platelets_comparator__in", ["=", "<", "<=", ">", ">="])),
                        name="status_platelets_comparator_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status_now__in",
                                [
                                    "",
                                    "primary_refractory",
                                    "relapse_untreated",
                                    "relapse_on_treatment",
                                    "refractory_relapse",
                                    "MRD_relapse",
                                    "MRD_persistent",
                                    "remission_high_risk",
                                    "transformation",
                                    "lineage_switch",
                                ],
                            )
                        ),
                        name="status_status_now_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("relapse_timing_class__in", ["", "very_early", "early", "late", "post_HSCT", "post_CART"])
                        ),
                        name="status_relapse_timing_class_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "refractory_definition__in",
                                [
                                    "",
                                    "ALL_no_CR_end_induction",
                                    "ALL_no_CR_after_reinduction",
                                    "ALL_MRD_not_cleared",
                                    "AML_no_CR_after_2_courses",
                                    "lymphoma_less_than_PR",
                                    "lymphoma_PD_on_therapy",
                                    "other",
                                ],
                            )
                        ),
                        name="status_refractory_definition_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bm_blasts_status__in", ["", "done", "not_done", "pending", "failed", "unknown"])
                        ),
                        name="status_bm_blasts_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "growth_rate__in",
                                ["", "stable", "slow", "doubling_2_4_weeks", "doubling_<2_weeks", "unknown"],
                            )
                        ),
                        name="status_growth_rate_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "cns_status__in",
                                [
                                    "",
                                    "CNS1",
                                    "CNS2a",
                                    "CNS2b",
                                    "CNS2c",
                                    "CNS3a",
                                    "CNS3b",
                                    "CNS3c",
                                    "TLP+",
                                    "TLP-",
                                    "positive",
                                    "negative",
                                    "not_examined",
                                    "pending",
                                    "unknown",
                                ],
                            )
                        ),
                        name="status_cns_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("csf_flow__in", ["", "pos", "neg", "nd"])), name="status_csf_flow_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("testicular__in", ["", "not_involved", "unilateral", "bilateral", "not_examined"])
                        ),
                        name="status_testicular_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("extramedullary_biopsy_confirmed__in", ["", "yes", "no", "unknown"])),
                        name="status_extramedullary_biopsy_confirmed_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "sites__contained_by",
                                [
                                    "bone_marrow",
                                    "blood",
                                    "CNS",
                                    "testis",
                                    "mediastinum",
                                    "lymph_nodes",
                                    "skin",
                                    "bone",
                                    "soft_tissue_myeloid_sarcoma",
                                    "liver",
                                    "spleen",
                                    "kidney",
                                    "ovary",
                                    "eye",
                                    "pleura_ascites",
                                    "other",
                                ],
                            )
                        ),
                        name="status_sites_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DrugAccess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="INN, e.g. posaconazole.", max_length=80, verbose_name="drug")),
                (
                    "access",
                    models.CharField(
                        choices=[
                            ("licensed", "licensed"),
                            ("off_label_reimbursed", "off-label, reimbursed"),
                            ("off_label_self_pay", "off-label, paid by the family"),
                            ("compassionate_program_open", "compassionate programme open"),
                            ("not_available", "not available"),
                        ],
                        help_text="Here and now.",
                        max_length=40,
                        verbose_name="access",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drug_access", to="cases.case"
                    ),
                ),
                (
                    "concept",
                    models.ForeignKey(
                        blank=True,
                        help_text="Set where the name is known.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="terminology.concept",
                        verbose_name="drug in the vocabulary",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "access__in",
                                [
                                    "licensed",
                                    "off_label_reimbursed",
                                    "off_label_self_pay",
                                    "compassionate_program_open",
                                    "not_available",
                                ],
                            )
                        ),
                        name="drug_access_access_known",
                    ),
                    models.UniqueConstraint(
                        fields=("case", "name"),
                        name="drug_access_once",
                        violation_error_code="name",
                        violation_error_message="This drug stands here twice.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="drug_access_names_a_drug",
                        violation_error_code="name",
                        violation_error_message="Something must be stated here.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmergencyAccess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(max_length=500)),
                ("starts_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ends_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="emergency_accesses", to="cases.case"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="emergency_accesses",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "ends_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("starts_at"), "+", models.Value(dt.timedelta(seconds=3600))
                                ),
                            )
                        ),
                        name="emergency_at_most_60_minutes",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Exposure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "asparaginase_allergy",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="Clinical allergy or silent inactivation.",
                        max_length=40,
                        verbose_name="allergy to asparaginase",
                    ),
                ),
                (
                    "cranial_radiotherapy_gy",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="0 to 40 Gy; 0 means none was given.",
                        max_digits=3,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(40),
                        ],
                        verbose_name="irradiation of the skull, Gy",
                    ),
                ),
                (
                    "blinatumomab_cns_toxicity",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="Grade 3 or higher.",
                        max_length=40,
                        verbose_name="CNS toxicity of blinatumomab",
                    ),
                ),
                (
                    "inotuzumab_sos",
                    models.CharField(
                        blank=True,
                        choices=[("none", "none"), ("mild", "mild"), ("moderate", "moderate"), ("severe", "severe")],
                        help_text="“None” is an answer.",
                        max_length=40,
                        verbose_name="sinusoidal obstruction syndrome after inotuzumab",
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="exposure", to="cases.case"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cranial_radiotherapy_gy__isnull", True),
                            ("cranial_radiotherapy_gy__range", (0, 40)),
                            _connector="OR",
                        ),
                        name="exposure_cranial_radiotherapy_gy_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asparaginase_allergy__in", ["", "yes", "no", "unknown"])),
                        name="exposure_asparaginase_allergy_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("blinatumomab_cns_toxicity__in", ["", "yes", "no", "unknown"])),
                        name="exposure_blinatumomab_cns_toxicity_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("inotuzumab_sos__in", ["", "none", "mild", "moderate", "severe"])),
                        name="exposure_inotuzumab_sos_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExVivoPanel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("done", "done"),
                            ("not_done", "not done"),
                            ("pending", "pending"),
                            ("failed", "failed"),
                            ("unknown", "unknown"),
                        ],
                        help_text="“Not done” and “pending” are answers.",
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                (
                    "expected_day",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="0 to 180 days from today.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="result expected in days",
                    ),
                ),
                (
                    "assay_platform",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("short_term_suspension_viability", "short-term suspension, viability"),
                            ("stromal_coculture_imaging", "stromal co-culture, imaging"),
                            ("image_based_single_cell", "image-based single cell"),
                            ("flow_cytometry_based", "flow cytometry"),
                            ("3D_matrix_imaging", "3D matrix, imaging"),
                            ("BH3_profiling", "BH3 profiling"),
                            ("PDX_in_vivo", "xenograft, in vivo"),
                            ("other", "other"),
                        ],
                        help_text="The platform decides how to read the values.",
                        max_length=40,
                        verbose_name="kind of assay",
                    ),
                ),
                (
                    "laboratory",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accredited", "accredited"),
                            ("research_only", "research only"),
                            ("unknown", "unknown"),
                        ],
                        help_text="Its kind, not its name.",
                        max_length=40,
                        verbose_name="laboratory",
                    ),
                ),
                (
                    "sample_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("BM", "bone marrow"),
                            ("PB", "blood"),
                            ("CSF", "cerebrospinal fluid"),
                            ("tissue", "tissue"),
                            ("PDX", "xenograft"),
                        ],
                        help_text="What the cells came from.",
                        max_length=40,
                        verbose_name="material",
                    ),
                ),
                (
                    "fresh_or_frozen",
                    models.CharField(
                        blank=True,
                        choices=[("fresh", "fresh"), ("frozen", "frozen")],
                        help_text="Thawed cells respond differently.",
                        max_length=40,
                        verbose_name="fresh or frozen",
                    ),
                ),
                (
                    "blast_purity_start_pct",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Below 70 % is doubtful.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="blasts at the start, %",
                    ),
                ),
                (
                    "viability_start_pct",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Below 60 % is doubtful.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="living cells at the start, %",
                    ),
                ),
                (
                    "exposure_hours",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="4 to 240 hours.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(4),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="exposure, hours",
                    ),
                ),
                (
                    "qc",
                    models.CharField(
                        blank=True,
                        choices=[("pass", "passed"), ("borderline", "borderline"), ("fail", "failed")],
                        help_text="The laboratory's own verdict.",
                        max_length=40,
                        verbose_name="quality",
                    ),
                ),
                (
                    "z_prime",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="−1 to 1.",
                        max_digits=4,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-1),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="Z′ factor",
                    ),
                ),
                (
                    "caveat",
                    models.CharField(
                        blank=True, help_text="At most 300 characters.", max_length=300, verbose_name="caveat"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ex_vivo_panels", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expected_day__isnull", True), ("expected_day__range", (0, 180)), _connector="OR"
                        ),
                        name="ex_vivo_expected_day_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("blast_purity_start_pct__isnull", True),
                            ("blast_purity_start_pct__range", (0, 100)),
                            _connector="OR",
                        ),
                        name="ex_vivo_blast_purity_start_pct_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("viability_start_pct__isnull", True),
                            ("viability_start_pct__range", (0, 100)),
                            _connector="OR",
                        ),
                        name="ex_vivo_viability_start_pct_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("exposure_hours__isnull", True), ("exposure_hours__range", (4, 240)), _connector="OR"
                        ),
                        name="ex_vivo_exposure_hours_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("z_prime__isnull", True), ("z_prime__range", (-1, 1)), _connector="OR"),
                        name="ex_vivo_z_prime_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["done", "not_done", "pending", "failed", "unknown"])),
                        name="ex_vivo_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "assay_platform__in",
                                [
                                    "",
                                    "short_term_suspension_viability",
                                    "stromal_coculture_imaging",
                                    "image_based_single_cell",
                                    "flow_cytometry_based",
                                    "3D_matrix_imaging",
                                    "BH3_profiling",
                                    "PDX_in_vivo",
                                    "other",
                                ],
                            )
                        ),
                        name="ex_vivo_assay_platform_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("laboratory__in", ["", "accredited", "research_only", "unknown"])),
                        name="ex_vivo_laboratory_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sample_type__in", ["", "BM", "PB", "CSF", "tissue", "PDX"])),
                        name="ex_vivo_sample_type_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fresh_or_frozen__in", ["", "fresh", "frozen"])),
                        name="ex_vivo_fresh_or_frozen_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("qc__in", ["", "pass", "borderline", "fail"])), name="ex_vivo_qc_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expected_day__isnull", True), ("status", "pending"), _connector="OR"),
                        name="ex_vivo_expected_only_when_pending",
                        violation_error_code="expected_day",
                        violation_error_message="Only a result that is pending can be expected.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DrugResponse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="INN, e.g. venetoclax.", max_length=80, verbose_name="drug")),
                (
                    "combination_partners",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        help_text="The other drugs of a combination.",
                        size=None,
                        verbose_name="combined with",
                    ),
                ),
                (
                    "readout",
                    models.CharField(
                        choices=[
                            ("IC50", "IC50"),
                            ("LC50", "LC50"),
                            ("EC50", "EC50"),
                            ("AUC", "AUC"),
                            ("DSS", "DSS"),
                            ("sDSS", "sDSS"),
                            ("z_score", "z score"),
                            ("viability_at_fixed_dose", "viability at a fixed dose"),
                            ("on_target_score", "on-target score"),
                            ("apoptosis_delta", "change in apoptosis"),
                        ],
                        help_text="What the number is.",
                        max_length=40,
                        verbose_name="readout",
                    ),
                ),
                (
                    "comparator",
                    models.CharField(
                        choices=[("=", "="), ("<", "<"), ("<=", "≤"), (">", ">"), (">=", "≥")],
                        default="=",
                        help_text="“<” where the report gives a limit, as in “below 0.01 %”.",
                        max_length=40,
                        verbose_name="meant as",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="As reported, in the unit beside it.",
                        max_digits=12,
                        null=True,
                        verbose_name="value",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nM", "nM"),
                            ("fraction", "fraction"),
                            ("percent", "%"),
                            ("score", "score"),
                            ("z", "z score"),
                        ],
                        help_text="nM for IC50, LC50 and EC50.",
                        max_length=40,
                        verbose_name="unit",
                    ),
                ),
                (
                    "dose_nm",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="For viability at a fixed dose.",
                        max_digits=10,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="dose, nM",
                    ),
                ),
                (
                    "synergy_metric",
                    models.CharField(
                        blank=True,
                        choices=[("Bliss", "Bliss"), ("ZIP", "ZIP"), ("Loewe", "Loewe"), ("HSA", "HSA")],
                        help_text="For a combination.",
                        max_length=40,
                        verbose_name="synergy measured by",
                    ),
                ),
                (
                    "synergy_score",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="−100 to 100.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-100),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="synergy score",
                    ),
                ),
                (
                    "reference_cohort_n",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Number of samples compared with.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="size of the cohort",
                    ),
                ),
                (
                    "reference_same_disease",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="Whether the cohort has this disease only.",
                        max_length=40,
                        verbose_name="cohort of the same disease",
                    ),
                ),
                (
                    "percentile_in_cohort",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="0 to 100; 100 is the most sensitive.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="percentile in the cohort",
                    ),
                ),
                (
                    "interpretation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sensitive", "sensitive"),
                            ("intermediate", "intermediate"),
                            ("resistant", "resistant"),
                            ("not_evaluable", "not evaluable"),
                        ],
                        help_text="The laboratory's own words.",
                        max_length=40,
                        verbose_name="interpretation",
                    ),
                ),
                (
                    "clinically_achievable",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="Whether such a level is reached in blood.",
                        max_length=40,
                        verbose_name="reached in patients",
                    ),
                ),
                (
                    "caveat",
                    models.CharField(
                        blank=True, help_text="At most 300 characters.", max_length=300, verbose_name="caveat"
                    ),
                ),
                (
                    "concept",
                    models.ForeignKey(
                        blank=True,
                        help_text="Set where the name is known.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="terminology.concept",
                        verbose_name="drug in the vocabulary",
                    ),
                ),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="responses", to="cases.exvivopanel"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dose_nm__isnull", True), ("dose_nm__range", (0, 1000000)), _connector="OR"
                        ),
                        name="response_dose_nm_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("synergy_score__isnull", True), ("synergy_score__range", (-100, 100)), _connector="OR"
                        ),
                        name="response_synergy_score_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reference_cohort_n__isnull", True),
                            ("reference_cohort_n__range", (0, 1000000)),
                            _connector="OR",
                        ),
                        name="response_reference_cohort_n_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("percentile_in_cohort__isnull", True),
                            ("percentile_in_cohort__range", (0, 100)),
                            _connector="OR",
                        ),
                        name="response_percentile_in_cohort_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "readout__in",
                                [
                                    "IC50",
                                    "LC50",
                                    "EC50",
                                    "AUC",
                                    "DSS",
                                    "sDSS",
                                    "z_score",
                                    "viability_at_fixed_dose",
                                    "on_target_score",
                                    "apoptosis_delta",
                                ],
                            )
                        ),
                        name="response_readout_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("comparator__in", ["=", "<", "<=", ">", ">="])),
                        name="response_comparator_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__in", ["", "nM", "fraction", "percent", "score", "z"])),
                        name="response_unit_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("synergy_metric__in", ["", "Bliss", "ZIP", "Loewe", "HSA"])),
                        name="response_synergy_metric_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reference_same_disease__in", ["", "yes", "no", "unknown"])),
                        name="response_reference_same_disease_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interpretation__in", ["", "sensitive", "intermediate", "resistant", "not_evaluable"])
                        ),
                        name="response_interpretation_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("clinically_achievable__in", ["", "yes", "no", "unknown"])),
                        name="response_clinically_achievable_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value__isnull", True),
                            ("readout__in", ["on_target_score", "apoptosis_delta"]),
                            models.Q(("readout", "IC50"), ("value__range", (Decimal("0.001"), Decimal(1000000)))),
                            models.Q(("readout", "LC50"), ("value__range", (Decimal("0.001"), Decimal(1000000)))),
                            models.Q(("readout", "EC50"), ("value__range", (Decimal("0.001"), Decimal(1000000)))),
                            models.Q(("readout", "AUC"), ("value__range", (Decimal(0), Decimal(1)))),
                            models.Q(("readout", "DSS"), ("value__range", (Decimal(0), Decimal(50)))),
                            models.Q(("readout", "sDSS"), ("value__range", (Decimal(-50), Decimal(50)))),
                            models.Q(("readout", "z_score"), ("value__range", (Decimal(-20), Decimal(20)))),
                            models.Q(
                                ("readout", "viability_at_fixed_dose"), ("value__range", (Decimal(0), Decimal(200)))
                            ),
                            _connector="OR",
                        ),
                        name="response_value_within_readout",
                        violation_error_code="value",
                        violation_error_message="This value is outside what the readout can give.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value__isnull", True), models.Q(("unit", ""), _negated=True), _connector="OR"
                        ),
                        name="response_value_has_unit",
                        violation_error_code="unit",
                        violation_error_message="A value needs its unit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="response_names_a_drug",
                        violation_error_code="name",
                        violation_error_message="Something must be stated here.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Germline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "done"),
                            ("not_done", "not done"),
                            ("pending", "pending"),
                            ("failed", "failed"),
                            ("unknown", "unknown"),
                        ],
                        help_text="“Not done” is an answer.",
                        max_length=40,
                        verbose_name="germline testing",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_pathogenic_variant", "no pathogenic variant"),
                            ("pathogenic_variant", "pathogenic or likely pathogenic variant"),
                            ("uncertain_variant", "variant of uncertain significance"),
                            ("unknown", "unknown"),
                        ],
                        help_text="Pathogenic means ACMG class 4 or 5.",
                        max_length=40,
                        verbose_name="result",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("single_gene", "single gene"),
                            ("panel", "gene panel"),
                            ("WES", "exome"),
                            ("WGS", "genome"),
                            ("other", "other"),
                        ],
                        help_text="How it was tested.",
                        max_length=40,
                        verbose_name="method",
                    ),
                ),
                (
                    "material",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("fibroblasts", "cultured fibroblasts"),
                            ("hair", "hair"),
                            ("saliva", "saliva or buccal swab"),
                            ("remission_sample", "blood or marrow in remission"),
                            ("other", "other"),
                        ],
                        help_text="After a transplant, blood is the donor's.",
                        max_length=40,
                        verbose_name="material",
                    ),
                ),
                (
                    "gene_list_covered",
                    models.CharField(
                        blank=True,
                        help_text="Panel name or genes, at most 500 characters.",
                        max_length=500,
                        verbose_name="genes covered",
                    ),
                ),
                (
                    "clinical_suspicion",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="Family history, second cancer, signs of a syndrome.",
                        max_length=40,
                        verbose_name="clinical suspicion of a predisposition",
                    ),
                ),
                (
                    "genetics_referral",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "done"),
                            ("planned", "planned"),
                            ("not_needed", "not needed"),
                            ("recommended_by_board", "recommended by the board"),
                        ],
                        help_text="Whether a geneticist is involved.",
                        max_length=40,
                        verbose_name="seen by genetics",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="At most 300 characters.", max_length=300, verbose_name="note"
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="germline", to="cases.case"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["", "done", "not_done", "pending", "failed", "unknown"])),
                        name="germline_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "result__in",
                                ["", "no_pathogenic_variant", "pathogenic_variant", "uncertain_variant", "unknown"],
                            )
                        ),
                        name="germline_result_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["", "single_gene", "panel", "WES", "WGS", "other"])),
                        name="germline_method_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("material__in", ["", "fibroblasts", "hair", "saliva", "remission_sample", "other"])
                        ),
                        name="germline_material_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("clinical_suspicion__in", ["", "yes", "no", "unknown"])),
                        name="germline_clinical_suspicion_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("genetics_referral__in", ["", "done", "planned", "not_needed", "recommended_by_board"])
                        ),
                        name="germline_genetics_referral_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GermlineVariant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "gene_symbol",
                    models.CharField(help_text="HGNC symbol, e.g. TP53.", max_length=40, verbose_name="gene"),
                ),
                (
                    "transcript",
                    models.CharField(
                        blank=True,
                        help_text="With its version, e.g. NM_000546.6.",
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(NM_|NR_|ENST)\\d+\\.\\d+$", "A transcript looks like NM_000546.6."
                            )
                        ],
                        verbose_name="transcript",
                    ),
                ),
                (
                    "hgvs_c",
                    models.CharField(
                        blank=True,
                        help_text="e.g. c.743G>A",
                        max_length=120,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^c\\.", "A coding change begins with “c.”, e.g. c.743G>A."
                            )
                        ],
                        verbose_name="coding change",
                    ),
                ),
                (
                    "hgvs_p",
                    models.CharField(
                        blank=True,
                        help_text="e.g. p.(Arg248Gln)",
                        max_length=120,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^p\\.", "A protein change begins with “p.”, e.g. p.(Arg248Gln)."
                            )
                        ],
                        verbose_name="protein change",
                    ),
                ),
                (
                    "acmg_class",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="1 benign to 5 pathogenic.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="ACMG class",
                    ),
                ),
                (
                    "zygosity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("het", "heterozygous"),
                            ("hom", "homozygous"),
                            ("hemi", "hemizygous"),
                            ("LOH", "with loss of heterozygosity"),
                            ("biallelic_two_hits", "both alleles, two hits"),
                            ("unknown", "unknown"),
                        ],
                        help_text="As the laboratory reports it.",
                        max_length=40,
                        verbose_name="zygosity",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="germline_variants", to="cases.case"
                    ),
                ),
                (
                    "gene",
                    models.ForeignKey(
                        blank=True,
                        help_text="Set where the name leads to one gene.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="terminology.concept",
                        verbose_name="gene in the vocabulary",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("acmg_class__isnull", True), ("acmg_class__range", (1, 5)), _connector="OR"
                        ),
                        name="germline_variant_acmg_class_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("zygosity__in", ["", "het", "hom", "hemi", "LOH", "biallelic_two_hits", "unknown"])
                        ),
                        name="germline_variant_zygosity_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gene_symbol", ""), _negated=True),
                        name="germline_variant_names_a_gene",
                        violation_error_code="gene_symbol",
                        violation_error_message="Something must be stated here.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MrdMeasurement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "is_current",
                    models.BooleanField(
                        default=False,
                        help_text="The one that the question is about; one at most for each method and tissue.",
                        verbose_name="the current value",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("done", "done"),
                            ("not_done", "not done"),
                            ("pending", "pending"),
                            ("failed", "failed"),
                            ("unknown", "unknown"),
                        ],
                        default="done",
                        help_text="“Not done” and “pending” are answers.",
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("flow", "flow cytometry"),
                            ("IG_TR_qPCR", "IG/TR, qPCR"),
                            ("IG_TR_NGS", "IG/TR, sequencing"),
                            ("fusion_qPCR", "fusion, qPCR"),
                            ("fusion_ddPCR", "fusion, digital PCR"),
                            ("mutation_ddPCR", "mutation, digital PCR"),
                            ("NGS_other", "other sequencing"),
                        ],
                        help_text="How it was measured.",
                        max_length=40,
                        verbose_name="method",
                    ),
                ),
                (
                    "tissue",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("BM", "bone marrow"),
                            ("PB", "blood"),
                            ("CSF", "cerebrospinal fluid"),
                            ("tissue", "tissue"),
                        ],
                        help_text="What it was measured in.",
                        max_length=40,
                        verbose_name="material",
                    ),
                ),
                (
                    "comparator",
                    models.CharField(
                        choices=[("=", "="), ("<", "<"), ("<=", "≤"), (">", ">"), (">=", "≥")],
                        default="=",
                        help_text="“<” where the report gives a limit, as in “below 0.01 %”.",
                        max_length=40,
                        verbose_name="meant as",
                    ),
                ),
                (
                    "mrd_fraction",
                    models.DecimalField(
                        blank=True,
                        decimal_places=9,
                        help_text="A fraction of cells: 0.0001 is 10⁻⁴ or 0.01 %.",
                        max_digits=10,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="residual disease, fraction",
                    ),
                ),
                (
                    "detection_limit",
                    models.DecimalField(
                        blank=True,
                        decimal_places=9,
                        help_text="A fraction from 0.0000001 (10⁻⁷) to 0.01.",
                        max_digits=10,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="limit of detection, fraction",
                    ),
                ),
                (
                    "quantifiable",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="“No” for positive below the quantifiable range.",
                        max_length=40,
                        verbose_name="quantifiable",
                    ),
                ),
                (
                    "cells_measured",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Number of cells, for flow cytometry.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100000000),
                        ],
                        verbose_name="cells measured",
                    ),
                ),
                (
                    "measured_on_day",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Days since the first diagnosis.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(9125),
                        ],
                        verbose_name="measured on day",
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("line", "after a line of treatment"),
                            ("transplant", "after a transplant"),
                            ("cell_therapy", "after a cell therapy"),
                        ],
                        help_text="What it followed, where that matters.",
                        max_length=40,
                        verbose_name="measured after",
                    ),
                ),
                (
                    "after_number",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="1 to 15, as numbered in this dossier.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(15),
                        ],
                        verbose_name="number of that line, transplant or cell therapy",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="mrd", to="cases.case"),
                ),
            ],
            options={
                "ordering": ["measured_on_day", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mrd_fraction__isnull", True), ("mrd_fraction__range", (0, 1)), _connector="OR"
                        ),
                        name="mrd_mrd_fraction_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("detection_limit__isnull", True),
                            ("detection_limit__range", (Decimal("1E-7"), Decimal("0.01"))),
                            _connector="OR",
                        ),
                        name="mrd_detection_limit_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cells_measured__isnull", True), ("cells_measured__range", (0, 100000000)), _connector="OR"
                        ),
                        name="mrd_cells_measured_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("measured_on_day__isnull", True), ("measured_on_day__range", (0, 9125)), _connector="OR"
                        ),
                        name="mrd_measured_on_day_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("after_number__isnull", True), ("after_number__range", (1, 15)), _connector="OR"
                        ),
                        name="mrd_after_number_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["done", "not_done", "pending", "failed", "unknown"])),
                        name="mrd_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("comparator__in", ["=", "<", "<=", ">", ">="])), name="mrd_comparator_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "method__in",
                                [
                                    "",
                                    "flow",
                                    "IG_TR_qPCR",
                                    "IG_TR_NGS",
                                    "fusion_qPCR",
                                    "fusion_ddPCR",
                                    "mutation_ddPCR",
                                    "NGS_other",
                                ],
                            )
                        ),
                        name="mrd_method_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tissue__in", ["", "BM", "PB", "CSF", "tissue"])), name="mrd_tissue_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantifiable__in", ["", "yes", "no", "unknown"])),
                        name="mrd_quantifiable_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("after__in", ["", "line", "transplant", "cell_therapy"])),
                        name="mrd_after_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("after", ""), ("after_number__isnull", True)),
                            models.Q(models.Q(("after", ""), _negated=True), ("after_number__isnull", False)),
                            _connector="OR",
                        ),
                        name="mrd_after_what_and_which",
                        violation_error_code="after_number",
                        violation_error_message="Say both: after what, and its number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status", "done"), ("mrd_fraction__isnull", True), _connector="OR"),
                        name="mrd_value_only_when_done",
                        violation_error_code="mrd_fraction",
                        violation_error_message="A value belongs to a measurement that is done.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("case", "method", "tissue"),
                        name="mrd_one_current_for_each_method",
                        violation_error_code="is_current",
                        violation_error_message="Another measurement by this method in this material is the current one.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Patient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "age_months_at_submission",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Completed months. 12 years and 3 months is 147.",
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                299, "The board takes patients younger than 25 years (300 months)."
                            )
                        ],
                        verbose_name="age now, in months",
                    ),
                ),
                (
                    "age_months_at_diagnosis",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Completed months. Some trials ask for it.",
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(299, "This must be below 300 months (25 years).")
                        ],
                        verbose_name="age at first diagnosis, in months",
                    ),
                ),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("female", "female"),
                            ("male", "male"),
                            ("other_or_undetermined", "other or undetermined"),
                        ],
                        help_text="It decides which further questions are asked.",
                        max_length=30,
                        verbose_name="sex",
                    ),
                ),
                (
                    "weight_kg",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="1.0 to 250.0 kg. Some trials have a lower limit.",
                        max_digits=4,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(250),
                        ],
                        verbose_name="weight in kg",
                    ),
                ),
                (
                    "height_cm",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="30 to 230 cm.",
                        max_digits=4,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(30),
                            django.core.validators.MaxValueValidator(230),
                        ],
                        verbose_name="height in cm",
                    ),
                ),
                (
                    "down_syndrome",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="It changes doses and eligibility.",
                        max_length=10,
                        verbose_name="Down syndrome",
                    ),
                ),
                (
                    "other_syndromes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("NF1", "neurofibromatosis type 1"),
                                ("noonan", "Noonan syndrome"),
                                ("li_fraumeni", "Li-Fraumeni syndrome"),
                                ("fanconi", "Fanconi anaemia"),
                                ("ataxia_telangiectasia", "ataxia telangiectasia"),
                                ("bloom", "Bloom syndrome"),
                                ("CMMRD", "constitutional mismatch repair deficiency"),
                                ("GATA2", "GATA2 deficiency"),
                                ("SAMD9_SAMD9L", "SAMD9 or SAMD9L syndrome"),
                                ("RUNX1_FPD", "RUNX1 familial platelet disorder"),
                                ("CBL", "CBL syndrome"),
                                ("immunodeficiency_other", "other immunodeficiency"),
                                ("other", "other"),
                                ("none", "none"),
                                ("unknown", "unknown"),
                            ],
                            max_length=40,
                        ),
                        blank=True,
                        default=list,
                        help_text="Predispositions that are known; “none” is an answer.",
                        size=None,
                        verbose_name="other syndromes",
                    ),
                ),
                (
                    "other_syndrome_text",
                    models.CharField(
                        blank=True,
                        help_text="At most 120 characters.",
                        max_length=120,
                        verbose_name="which other syndrome",
                    ),
                ),
                (
                    "fertility_or_pregnancy",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_applicable", "does not apply"),
                            ("pregnancy_excluded", "pregnancy excluded"),
                            ("pregnant", "pregnant"),
                            ("not_tested", "not tested"),
                        ],
                        help_text="Asked for girls and women from 10 years.",
                        max_length=40,
                        verbose_name="pregnancy",
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="patient", to="cases.case"
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        help_text="It decides which trials and drugs can be reached.",
                        limit_choices_to={"system": "country"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="terminology.concept",
                        verbose_name="country of treatment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("age_months_at_submission__isnull", True),
                            ("age_months_at_submission__lt", 300),
                            _connector="OR",
                        ),
                        name="patient_under_25",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("age_months_at_submission__isnull", True),
                            ("age_months_at_diagnosis__isnull", True),
                            ("age_months_at_diagnosis__lte", models.F("age_months_at_submission")),
                            _connector="OR",
                        ),
                        name="patient_diagnosed_before_now",
                        violation_error_code="age_months_at_diagnosis",
                        violation_error_message="The age at diagnosis is above the age now.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("weight_kg__isnull", True), ("weight_kg__range", (1, 250)), _connector="OR"
                        ),
                        name="patient_weight_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("height_cm__isnull", True), ("height_cm__range", (30, 230)), _connector="OR"
                        ),
                        name="patient_height_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sex__in", ["", "female", "male", "other_or_undetermined"])),
                        name="patient_sex_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("down_syndrome__in", ["", "yes", "no", "unknown"])),
                        name="patient_down_syndrome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "fertility_or_pregnancy__in",
                                ["", "not_applicable", "pregnancy_excluded", "pregnant", "not_tested"],
                            )
                        ),
                        name="patient_fertility_or_pregnancy_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "other_syndromes__contained_by",
                                [
                                    "NF1",
                                    "noonan",
                                    "li_fraumeni",
                                    "fanconi",
                                    "ataxia_telangiectasia",
                                    "bloom",
                                    "CMMRD",
                                    "GATA2",
                                    "SAMD9_SAMD9L",
                                    "RUNX1_FPD",
                                    "CBL",
                                    "immunodeficiency_other",
                                    "other",
                                    "none",
                                    "unknown",
                                ],
                            )
                        ),
                        name="patient_other_syndromes_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Query",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("answered", "answered"), ("withdrawn", "withdrawn")],
                        default="open",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        max_length=1500,
                        validators=[django.core.validators.MinLengthValidator(10)],
                        verbose_name="question",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("answer", models.TextField(blank=True, max_length=1500, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="queries", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "answered", "withdrawn"])), name="query_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="query_answered_has_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recusals", to="cases.case"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recusals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)), fields=("case", "user"), name="one_open_recusal"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Specimen",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "label",
                    models.CharField(
                        help_text="S1, S2 … Never the number of your laboratory.", max_length=10, verbose_name="label"
                    ),
                ),
                (
                    "tissue",
                    models.CharField(
                        choices=[
                            ("BM", "bone marrow"),
                            ("PB", "blood"),
                            ("CSF", "cerebrospinal fluid"),
                            ("lymph_node", "lymph node"),
                            ("mass", "mass"),
                            ("effusion", "effusion"),
                            ("skin", "skin"),
                            ("other", "other"),
                        ],
                        help_text="What was taken.",
                        max_length=20,
                        verbose_name="material",
                    ),
                ),
                (
                    "time_point",
                    models.CharField(
                        choices=[
                            ("initial_diagnosis", "initial diagnosis"),
                            ("refractory", "refractory disease"),
                            ("first_relapse", "first relapse"),
                            ("later_relapse", "later relapse"),
                            ("current_relapse", "current relapse"),
                            ("current", "current disease"),
                            ("remission", "remission"),
                        ],
                        help_text="At which stage of the disease.",
                        max_length=30,
                        verbose_name="time point",
                    ),
                ),
                (
                    "taken_on_day",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Days since the first diagnosis; the day of diagnosis is 0.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(9125)],
                        verbose_name="taken on day",
                    ),
                ),
                (
                    "blasts_comparator",
                    models.CharField(
                        choices=[("=", "="), ("<", "<"), ("<=", "≤"), (">", ">"), (">=", "≥")],
                        default="=",
                        help_text="“<” where the report gives a limit, as in “below 0.01 %”.",
                        max_length=40,
                        verbose_name="blasts: meant as",
                    ),
                ),
                (
                    "blasts_pct_of_cells",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Per cent of nucleated cells.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="blasts in this specimen, %",
                    ),
                ),
                (
                    "blast_method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("morphology", "morphology"),
                            ("flow", "flow cytometry"),
                            ("histology", "histology"),
                            ("unknown", "unknown"),
                        ],
                        help_text="The method behind the number of blasts.",
                        max_length=40,
                        verbose_name="blasts counted by",
                    ),
                ),
                (
                    "donor_chimerism_pct",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="After a transplant: a variant of the donor can look like one of the patient.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="donor cells in this specimen, %",
                    ),
                ),
                (
                    "is_current_override",
                    models.BooleanField(
                        blank=True,
                        help_text="Leave empty: it follows from time point and status. Set it only where that is wrong.",
                        null=True,
                        verbose_name="shows the current disease",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="specimens", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ["taken_on_day", "label"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "label"),
                        name="specimen_label_once",
                        violation_error_code="label",
                        violation_error_message="Another specimen has this label.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_on_day__isnull", True), ("taken_on_day__range", (0, 9125)), _connector="OR"
                        ),
                        name="specimen_day_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("blasts_pct_of_cells__isnull", True),
                            ("blasts_pct_of_cells__range", (0, 100)),
                            _connector="OR",
                        ),
                        name="specimen_blasts_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("donor_chimerism_pct__isnull", True),
                            ("donor_chimerism_pct__range", (0, 100)),
                            _connector="OR",
                        ),
                        name="specimen_chimerism_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tissue__in", ["BM", "PB", "CSF", "lymph_node", "mass", "effusion", "skin", "other"])
                        ),
                        name="specimen_tissue_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "time_point__in",
                                [
                                    "initial_diagnosis",
                                    "refractory",
                                    "first_relapse",
                                    "later_relapse",
                                    "current_relapse",
                                    "current",
                                    "remission",
                                ],
                            )
                        ),
                        name="specimen_time_point_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("blasts_comparator__in", ["=", "<", "<=", ">", ">="])),
                        name="specimen_blasts_comparator_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("blast_method__in", ["", "morphology", "flow", "histology", "unknown"])),
                        name="specimen_blast_method_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NegativeFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "target",
                    models.CharField(
                        help_text="e.g. KMT2A-r, FLT3-ITD, NRAS", max_length=40, verbose_name="tested, not found"
                    ),
                ),
                (
                    "specimen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="absences", to="cases.specimen"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("specimen", "target"),
                        name="absence_once",
                        violation_error_code="target",
                        violation_error_message="This stands here twice.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("target", ""), _negated=True),
                        name="absence_names_something",
                        violation_error_code="target",
                        violation_error_message="Something must be stated here.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MolecularSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ploidy_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("near_haploid", "near-haploid (24 to 31)"),
                            ("low_hypodiploid", "low hypodiploid (32 to 39)"),
                            ("hypodiploid", "hypodiploid (40 to 45)"),
                            ("diploid", "diploid or pseudodiploid (46)"),
                            ("low_hyperdiploid", "low hyperdiploid (47 to 50)"),
                            ("high_hyperdiploid", "high hyperdiploid (51 to 65)"),
                            ("near_triploid", "near-triploid"),
                            ("near_tetraploid", "near-tetraploid"),
                            ("unknown", "unknown"),
                        ],
                        help_text="From array or sequencing.",
                        max_length=40,
                        verbose_name="ploidy by profile",
                    ),
                ),
                (
                    "ph_like_signature",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("nd", "not done"), ("unknown", "unknown")],
                        help_text="By expression profile.",
                        max_length=40,
                        verbose_name="BCR::ABL1-like signature",
                    ),
                ),
                (
                    "ikzf1_plus",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("nd", "not done"), ("unknown", "unknown")],
                        help_text="IKZF1 deletion with a partner, without ERG deletion.",
                        max_length=40,
                        verbose_name="IKZF1plus",
                    ),
                ),
                (
                    "hrd",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("nd", "not done"), ("unknown", "unknown")],
                        help_text="By signature or score.",
                        max_length=40,
                        verbose_name="homologous recombination deficiency",
                    ),
                ),
                (
                    "tmb_mut_per_mb",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="0 to 1,000.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="mutations per megabase",
                    ),
                ),
                (
                    "msi_or_dmmr",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("nd", "not done"), ("unknown", "unknown")],
                        help_text="Or deficient mismatch repair.",
                        max_length=40,
                        verbose_name="microsatellite instability",
                    ),
                ),
                (
                    "specimen",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="signature", to="cases.specimen"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tmb_mut_per_mb__isnull", True), ("tmb_mut_per_mb__range", (0, 1000)), _connector="OR"
                        ),
                        name="signature_tmb_mut_per_mb_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "ploidy_class__in",
                                [
                                    "",
                                    "near_haploid",
                                    "low_hypodiploid",
                                    "hypodiploid",
                                    "diploid",
                                    "low_hyperdiploid",
                                    "high_hyperdiploid",
                                    "near_triploid",
                                    "near_tetraploid",
                                    "unknown",
                                ],
                            )
                        ),
                        name="signature_ploidy_class_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ph_like_signature__in", ["", "yes", "no", "nd", "unknown"])),
                        name="signature_ph_like_signature_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ikzf1_plus__in", ["", "yes", "no", "nd", "unknown"])),
                        name="signature_ikzf1_plus_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hrd__in", ["", "yes", "no", "nd", "unknown"])), name="signature_hrd_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("msi_or_dmmr__in", ["", "yes", "no", "nd", "unknown"])),
                        name="signature_msi_or_dmmr_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MethylationResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("classifier", models.CharField(help_text="Its name.", max_length=80, verbose_name="classifier")),
                (
                    "version",
                    models.CharField(
                        blank=True, help_text="As reported.", max_length=40, verbose_name="version of the classifier"
                    ),
                ),
                (
                    "methylation_class",
                    models.CharField(help_text="e.g. high, for JMML.", max_length=80, verbose_name="class"),
                ),
                (
                    "score",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="0 to 1.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="score",
                    ),
                ),
                (
                    "specimen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="methylation", to="cases.specimen"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("score__isnull", True), ("score__range", (0, 1)), _connector="OR"),
                        name="methylation_score_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("classifier", ""), _negated=True),
                        name="methylation_names_a_classifier",
                        violation_error_code="classifier",
                        violation_error_message="Something must be stated here.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("methylation_class", ""), _negated=True),
                        name="methylation_names_a_class",
                        violation_error_code="methylation_class",
                        violation_error_message="Something must be stated here.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Karyotype",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "iscn",
                    models.CharField(
                        help_text="As reported, e.g. 46,XY,-7[7].", max_length=1000, verbose_name="karyotype (ISCN)"
                    ),
                ),
                (
                    "iscn_normalised",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="The same in one spelling; empty where it could not be read.",
                        max_length=1000,
                        verbose_name="karyotype, normalised",
                    ),
                ),
                (
                    "n_metaphases",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="0 to 200.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(200),
                        ],
                        verbose_name="metaphases analysed",
                    ),
                ),
                (
                    "ploidy_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("near_haploid", "near-haploid (24 to 31)"),
                            ("low_hypodiploid", "low hypodiploid (32 to 39)"),
                            ("hypodiploid", "hypodiploid (40 to 45)"),
                            ("diploid", "diploid or pseudodiploid (46)"),
                            ("low_hyperdiploid", "low hyperdiploid (47 to 50)"),
                            ("high_hyperdiploid", "high hyperdiploid (51 to 65)"),
                            ("near_triploid", "near-triploid"),
                            ("near_tetraploid", "near-tetraploid"),
                            ("unknown", "unknown"),
                        ],
                        help_text="As the laboratory classes it.",
                        max_length=40,
                        verbose_name="ploidy",
                    ),
                ),
                (
                    "abnormality_count",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="0 to 100, in the largest clone.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="number of abnormalities",
                    ),
                ),
                (
                    "specimen",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="karyotype", to="cases.specimen"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("n_metaphases__isnull", True), ("n_metaphases__range", (0, 200)), _connector="OR"
                        ),
                        name="karyotype_n_metaphases_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("abnormality_count__isnull", True), ("abnormality_count__range", (0, 100)), _connector="OR"
                        ),
                        name="karyotype_abnormality_count_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "ploidy_class__in",
                                [
                                    "",
                                    "near_haploid",
                                    "low_hypodiploid",
                                    "hypodiploid",
                                    "diploid",
                                    "low_hyperdiploid",
                                    "high_hyperdiploid",
                                    "near_triploid",
                                    "near_tetraploid",
                                    "unknown",
                                ],
                            )
                        ),
                        name="karyotype_ploidy_class_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("iscn", ""), _negated=True),
                        name="karyotype_is_stated",
                        violation_error_code="iscn",
                        violation_error_message="Something must be stated here.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FusionFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "original_text",
                    models.CharField(
                        blank=True,
                        help_text="The words of the report, where they differ.",
                        max_length=200,
                        verbose_name="as reported",
                    ),
                ),
                (
                    "five_prime_gene",
                    models.CharField(help_text="HGNC symbol, e.g. KMT2A.", max_length=40, verbose_name="5′ gene"),
                ),
                (
                    "three_prime_gene",
                    models.CharField(
                        blank=True,
                        help_text="Leave empty when the partner is unknown.",
                        max_length=40,
                        verbose_name="3′ gene",
                    ),
                ),
                (
                    "in_frame",
                    models.CharField(
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        default="unknown",
                        help_text="Whether a fusion protein can be made.",
                        max_length=10,
                        verbose_name="in frame",
                    ),
                ),
                (
                    "driver_class",
                    models.CharField(
                        choices=[
                            ("defining", "defines the disease"),
                            ("targetable", "targetable"),
                            ("other", "other"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        help_text="Whether it defines the disease or can be targeted.",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "breakpoint_exons",
                    models.CharField(
                        blank=True,
                        help_text="e.g. exon 8 to exon 5",
                        max_length=80,
                        verbose_name="exons at the breakpoint",
                    ),
                ),
                (
                    "spanning_reads",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="0 to 1,000,000.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="spanning reads",
                    ),
                ),
                (
                    "detected_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("RNA", "RNA"),
                                ("DNA", "DNA"),
                                ("FISH", "FISH"),
                                ("karyotype", "karyotype"),
                                ("RT_PCR", "RT-PCR"),
                                ("OGM", "optical genome mapping"),
                                ("other", "other"),
                            ],
                            max_length=40,
                        ),
                        blank=True,
                        default=list,
                        help_text="All methods that showed it.",
                        size=None,
                        verbose_name="found by",
                    ),
                ),
                (
                    "specimen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="fusions", to="cases.specimen"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spanning_reads__isnull", True), ("spanning_reads__range", (0, 1000000)), _connector="OR"
                        ),
                        name="fusion_reads_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("in_frame__in", ["yes", "no", "unknown"])), name="fusion_in_frame_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("driver_class__in", ["defining", "targetable", "other", "unknown"])),
                        name="fusion_driver_class_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("detected_by__contained_by", ["RNA", "DNA", "FISH", "karyotype", "RT_PCR", "OGM", "other"])
                        ),
                        name="fusion_detected_by_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("five_prime_gene", ""), _negated=True),
                        name="fusion_names_a_gene",
                        violation_error_code="five_prime_gene",
                        violation_error_message="Something must be stated here.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FishFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("probe", models.CharField(help_text="e.g. KMT2A break-apart", max_length=60, verbose_name="probe")),
                (
                    "result",
                    models.CharField(
                        choices=[("positive", "positive"), ("negative", "negative"), ("inconclusive", "inconclusive")],
                        help_text="A negative probe is a result.",
                        max_length=40,
                        verbose_name="result",
                    ),
                ),
                (
                    "pct_nuclei",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="0 to 100 %.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="nuclei with the signal, %",
                    ),
                ),
                (
                    "iscn",
                    models.CharField(
                        blank=True, help_text="e.g. nuc ish(KMT2Ax2)[200]", max_length=300, verbose_name="ISCN"
                    ),
                ),
                (
                    "specimen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="fish", to="cases.specimen"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pct_nuclei__isnull", True), ("pct_nuclei__range", (0, 100)), _connector="OR"
                        ),
                        name="fish_pct_nuclei_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("result__in", ["positive", "negative", "inconclusive"])),
                        name="fish_result_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("probe", ""), _negated=True),
                        name="fish_names_a_probe",
                        violation_error_code="probe",
                        violation_error_message="Something must be stated here.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="exvivopanel",
            name="specimen",
            field=models.ForeignKey(
                blank=True,
                help_text="Which of the specimens listed here.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="ex_vivo_panels",
                to="cases.specimen",
                verbose_name="specimen",
            ),
        ),
        migrations.CreateModel(
            name="ExpressionOutlier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "gene_symbol",
                    models.CharField(help_text="HGNC symbol, e.g. FLT3.", max_length=40, verbose_name="gene"),
                ),
                (
                    "value_tpm",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Transcripts per million, 0 or more.",
                        max_digits=9,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="expression, TPM",
                    ),
                ),
                (
                    "percentile",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="0 to 100; 100 is the highest.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="percentile in the cohort",
                    ),
                ),
                (
                    "z_score",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="−20 to 20.",
                        max_digits=4,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-20),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="z score",
                    ),
                ),
                (
                    "reference_cohort",
                    models.CharField(
                        help_text="Which patients it was compared with.",
                        max_length=120,
                        verbose_name="reference cohort",
                    ),
                ),
                (
                    "reference_cohort_n",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Number of patients.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="size of the cohort",
                    ),
                ),
                (
                    "same_disease_reference",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="Whether the cohort has this disease only.",
                        max_length=40,
                        verbose_name="cohort of the same disease",
                    ),
                ),
                (
                    "gene",
                    models.ForeignKey(
                        blank=True,
                        help_text="Set where the name leads to one gene.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="terminology.concept",
                        verbose_name="gene in the vocabulary",
                    ),
                ),
                (
                    "specimen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="expression_outliers",
                        to="cases.specimen",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value_tpm__isnull", True), ("value_tpm__range", (0, 1000000)), _connector="OR"
                        ),
                        name="expression_value_tpm_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("percentile__isnull", True), ("percentile__range", (0, 100)), _connector="OR"
                        ),
                        name="expression_percentile_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("z_score__isnull", True), ("z_score__range", (-20, 20)), _connector="OR"),
                        name="expression_z_score_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reference_cohort_n__isnull", True),
                            ("reference_cohort_n__range", (0, 1000000)),
                            _connector="OR",
                        ),
                        name="expression_reference_cohort_n_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("same_disease_reference__in", ["", "yes", "no", "unknown"])),
                        name="expression_same_disease_reference_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gene_symbol", ""), _negated=True),
                        name="expression_names_a_gene",
                        violation_error_code="gene_symbol",
                        violation_error_message="Something must be stated here.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reference_cohort", ""), _negated=True),
                        name="expression_names_a_cohort",
                        violation_error_code="reference_cohort",
                        violation_error_message="Something must be stated here.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CopyNumberFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "gene_symbol",
                    models.CharField(
                        blank=True, help_text="HGNC symbol, or give the region.", max_length=40, verbose_name="gene"
                    ),
                ),
                (
                    "region",
                    models.CharField(
                        blank=True,
                        help_text="Chromosome, arm or band, e.g. -7, 17p13.1.",
                        max_length=60,
                        verbose_name="region",
                    ),
                ),
                (
                    "change",
                    models.CharField(
                        choices=[
                            ("gain", "gain"),
                            ("amplification", "amplification"),
                            ("loss_het", "loss of one copy"),
                            ("loss_hom", "loss of both copies"),
                            ("CN_LOH", "copy-neutral loss of heterozygosity"),
                            ("biallelic", "biallelic"),
                        ],
                        help_text="Gain, loss, or loss of heterozygosity.",
                        max_length=40,
                        verbose_name="change",
                    ),
                ),
                (
                    "copies",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="0 to 100.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="copies",
                    ),
                ),
                (
                    "focal",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="Whether only this gene or a small region is changed.",
                        max_length=40,
                        verbose_name="focal",
                    ),
                ),
                (
                    "size_mb",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="0 to 250.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(250),
                        ],
                        verbose_name="size, megabases",
                    ),
                ),
                (
                    "original_text",
                    models.CharField(
                        blank=True,
                        help_text="The words of the report, where they differ.",
                        max_length=200,
                        verbose_name="as reported",
                    ),
                ),
                (
                    "gene",
                    models.ForeignKey(
                        blank=True,
                        help_text="Set where the name leads to one gene.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="terminology.concept",
                        verbose_name="gene in the vocabulary",
                    ),
                ),
                (
                    "specimen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="copy_numbers", to="cases.specimen"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("copies__isnull", True), ("copies__range", (0, 100)), _connector="OR"),
                        name="copy_number_copies_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size_mb__isnull", True), ("size_mb__range", (0, 250)), _connector="OR"),
                        name="copy_number_size_mb_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("change__in", ["gain", "amplification", "loss_het", "loss_hom", "CN_LOH", "biallelic"])
                        ),
                        name="copy_number_change_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("focal__in", ["", "yes", "no", "unknown"])), name="copy_number_focal_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("gene_symbol", ""), _negated=True),
                            models.Q(("region", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="copy_number_names_a_place",
                        violation_error_code="gene_symbol",
                        violation_error_message="Something must be stated here.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "clone_label",
                    models.CharField(help_text="A short label, e.g. A.", max_length=20, verbose_name="clone"),
                ),
                (
                    "ccf",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="0 to 1; 0.4 is 40 %.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="fraction of cancer cells",
                    ),
                ),
                (
                    "seen_at",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("diagnosis", "at diagnosis"),
                            ("relapse", "at relapse"),
                            ("both", "at diagnosis and relapse"),
                            ("unknown", "unknown"),
                        ],
                        help_text="At diagnosis, at relapse or both.",
                        max_length=40,
                        verbose_name="seen at",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="At most 200 characters.", max_length=200, verbose_name="note"
                    ),
                ),
                (
                    "specimen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clones", to="cases.specimen"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ccf__isnull", True), ("ccf__range", (0, 1)), _connector="OR"),
                        name="clone_ccf_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("seen_at__in", ["", "diagnosis", "relapse", "both", "unknown"])),
                        name="clone_seen_at_known",
                    ),
                    models.UniqueConstraint(
                        fields=("specimen", "clone_label"),
                        name="clone_once_for_each_specimen",
                        violation_error_code="clone_label",
                        violation_error_message="Another clone has this label.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "assay_type",
                    models.CharField(
                        choices=[
                            ("karyotype", "karyotype"),
                            ("FISH", "FISH"),
                            ("SNP_array", "SNP array"),
                            ("MLPA", "MLPA"),
                            ("OGM", "optical genome mapping"),
                            ("targeted_panel_DNA", "DNA panel"),
                            ("WES", "exome"),
                            ("WGS", "genome"),
                            ("RNA_fusion_panel", "RNA fusion panel"),
                            ("RNAseq_WTS", "RNA sequencing"),
                            ("methylation_array", "methylation array"),
                            ("qPCR", "qPCR"),
                            ("immunophenotype", "immunophenotype"),
                            ("other", "other"),
                        ],
                        help_text="One row for each method.",
                        max_length=30,
                        verbose_name="method",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("done", "done"),
                            ("not_done", "not done"),
                            ("pending", "pending"),
                            ("failed", "failed"),
                            ("unknown", "unknown"),
                        ],
                        help_text="“Not done” is not “negative”.",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "expected_day",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="0 to 180 days from today.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="result expected in days",
                    ),
                ),
                (
                    "tumour_content_pct",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="As the laboratory estimated it.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="tumour content, %",
                    ),
                ),
                (
                    "matched_germline",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="Whether inherited variants were subtracted.",
                        max_length=40,
                        verbose_name="with a matched germline sample",
                    ),
                ),
                (
                    "reference_genome",
                    models.CharField(
                        blank=True,
                        choices=[("GRCh37", "GRCh37"), ("GRCh38", "GRCh38"), ("T2T", "T2T")],
                        help_text="As the report names it.",
                        max_length=40,
                        verbose_name="reference genome",
                    ),
                ),
                (
                    "mean_coverage",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="1 to 100,000 reads.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100000),
                        ],
                        verbose_name="mean coverage",
                    ),
                ),
                (
                    "lab_turnaround_days",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="0 to 180.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="days from sample to report",
                    ),
                ),
                (
                    "laboratory_standard",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("EuroFlow", "EuroFlow"),
                            ("AIEOP_BFM", "AIEOP-BFM"),
                            ("COG", "COG"),
                            ("other", "other"),
                            ("unknown", "unknown"),
                        ],
                        help_text="For the immunophenotype: which standard the laboratory follows.",
                        max_length=40,
                        verbose_name="laboratory standard",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="At most 300 characters, e.g. two populations.",
                        max_length=300,
                        verbose_name="note",
                    ),
                ),
                (
                    "specimen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assays", to="cases.specimen"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("specimen", "assay_type"),
                        name="assay_once_for_each_specimen",
                        violation_error_code="assay_type",
                        violation_error_message="This method stands here twice.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expected_day__isnull", True), ("status", "pending"), _connector="OR"),
                        name="assay_expected_only_when_pending",
                        violation_error_code="expected_day",
                        violation_error_message="Only a result that is pending can be expected.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expected_day__isnull", True), ("expected_day__range", (0, 180)), _connector="OR"
                        ),
                        name="assay_expected_day_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tumour_content_pct__isnull", True),
                            ("tumour_content_pct__range", (0, 100)),
                            _connector="OR",
                        ),
                        name="assay_tumour_content_pct_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mean_coverage__isnull", True), ("mean_coverage__range", (1, 100000)), _connector="OR"
                        ),
                        name="assay_mean_coverage_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lab_turnaround_days__isnull", True),
                            ("lab_turnaround_days__range", (0, 180)),
                            _connector="OR",
                        ),
                        name="assay_lab_turnaround_days_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "assay_type__in",
                                [
                                    "karyotype",
                                    "FISH",
                                    "SNP_array",
                                    "MLPA",
                                    "OGM",
                                    "targeted_panel_DNA",
                                    "WES",
                                    "WGS",
                                    "RNA_fusion_panel",
                                    "RNAseq_WTS",
                                    "methylation_array",
                                    "qPCR",
                                    "immunophenotype",
                                    "other",
                                ],
                            )
                        ),
                        name="assay_assay_type_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["done", "not_done", "pending", "failed", "unknown"])),
                        name="assay_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("matched_germline__in", ["", "yes", "no", "unknown"])),
                        name="assay_matched_germline_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reference_genome__in", ["", "GRCh37", "GRCh38", "T2T"])),
                        name="assay_reference_genome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("laboratory_standard__in", ["", "EuroFlow", "AIEOP_BFM", "COG", "other", "unknown"])
                        ),
                        name="assay_laboratory_standard_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AntigenFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("antigen", models.CharField(help_text="e.g. CD19", max_length=30, verbose_name="antigen")),
                (
                    "compartment",
                    models.CharField(
                        choices=[
                            ("surface", "surface"),
                            ("cytoplasmic", "cytoplasmic"),
                            ("nuclear", "nuclear"),
                            ("unknown", "unknown"),
                        ],
                        default="surface",
                        help_text="On the surface or inside the cell.",
                        max_length=12,
                        verbose_name="where",
                    ),
                ),
                (
                    "percent_comparator",
                    models.CharField(
                        choices=[("=", "="), ("<", "<"), ("<=", "≤"), (">", ">"), (">=", "≥")],
                        default="=",
                        help_text="“<” where the report gives a limit, as in “below 0.01 %”.",
                        max_length=40,
                        verbose_name="positive: meant as",
                    ),
                ),
                (
                    "percent_positive",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="0 to 100 %.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="positive, %",
                    ),
                ),
                (
                    "percent_of",
                    models.CharField(
                        choices=[
                            ("blasts", "of blasts"),
                            ("nucleated_cells", "of nucleated cells"),
                            ("unknown", "denominator unknown"),
                        ],
                        default="blasts",
                        help_text="Which cells were counted.",
                        max_length=20,
                        verbose_name="per cent of",
                    ),
                ),
                (
                    "intensity",
                    models.CharField(
                        choices=[
                            ("negative", "negative"),
                            ("dim", "dim"),
                            ("moderate", "moderate"),
                            ("bright", "bright"),
                            ("heterogeneous", "heterogeneous"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        help_text="As the laboratory calls it.",
                        max_length=15,
                        verbose_name="intensity",
                    ),
                ),
                (
                    "pattern",
                    models.CharField(
                        choices=[
                            ("homogeneous", "homogeneous"),
                            ("bimodal", "two populations"),
                            ("partial", "partial"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        help_text="Two populations: give the negative part too.",
                        max_length=15,
                        verbose_name="pattern",
                    ),
                ),
                (
                    "negative_subclone_pct",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Per cent of blasts without this antigen.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="negative part, %",
                    ),
                ),
                (
                    "density_molecules_per_cell",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="0 to 500,000.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(500000),
                        ],
                        verbose_name="molecules per cell",
                    ),
                ),
                (
                    "mfi_ratio",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="To the negative control, 0 to 10,000.",
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(10000),
                        ],
                        verbose_name="ratio of mean fluorescence",
                    ),
                ),
                (
                    "h_score",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="0 to 300, for immunohistochemistry.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(300),
                        ],
                        verbose_name="H-score",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[("flow", "flow cytometry"), ("IHC", "immunohistochemistry"), ("H_score", "H-score")],
                        default="flow",
                        help_text="Flow cytometry or tissue stain.",
                        max_length=10,
                        verbose_name="method",
                    ),
                ),
                (
                    "specimen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="antigens", to="cases.specimen"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("percent_positive__isnull", True), ("percent_positive__range", (0, 100)), _connector="OR"
                        ),
                        name="antigen_percent_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("negative_subclone_pct__isnull", True),
                            ("negative_subclone_pct__range", (0, 100)),
                            _connector="OR",
                        ),
                        name="antigen_negative_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("density_molecules_per_cell__isnull", True),
                            ("density_molecules_per_cell__range", (0, 500000)),
                            _connector="OR",
                        ),
                        name="antigen_density_molecules_per_cell_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mfi_ratio__isnull", True), ("mfi_ratio__range", (0, 10000)), _connector="OR"
                        ),
                        name="antigen_mfi_ratio_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("h_score__isnull", True), ("h_score__range", (0, 300)), _connector="OR"),
                        name="antigen_h_score_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("compartment__in", ["surface", "cytoplasmic", "nuclear", "unknown"])),
                        name="antigen_compartment_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent_comparator__in", ["=", "<", "<=", ">", ">="])),
                        name="antigen_percent_comparator_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent_of__in", ["blasts", "nucleated_cells", "unknown"])),
                        name="antigen_percent_of_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("intensity__in", ["negative", "dim", "moderate", "bright", "heterogeneous", "unknown"])
                        ),
                        name="antigen_intensity_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pattern__in", ["homogeneous", "bimodal", "partial", "unknown"])),
                        name="antigen_pattern_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["flow", "IHC", "H_score"])), name="antigen_method_known"
                    ),
                    models.UniqueConstraint(
                        fields=("specimen", "antigen", "method"),
                        name="antigen_once_for_each_method",
                        violation_error_code="antigen",
                        violation_error_message="This antigen stands here twice for the same method.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TherapyLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "line_number",
                    models.PositiveSmallIntegerField(
                        help_text="1 to 15, in the order given.",
                        validators=[django.core.validators.MaxValueValidator(15)],
                        verbose_name="line",
                    ),
                ),
                (
                    "setting",
                    models.CharField(
                        choices=[
                            ("frontline", "first line"),
                            ("salvage_1", "salvage 1"),
                            ("salvage_2", "salvage 2"),
                            ("salvage_3", "salvage 3"),
                            ("salvage_4", "salvage 4 or later"),
                            ("bridging", "bridging"),
                            ("consolidation", "consolidation"),
                            ("maintenance", "maintenance"),
                            ("palliative", "palliative"),
                        ],
                        help_text="First line, salvage, or a phase between.",
                        max_length=20,
                        verbose_name="setting",
                    ),
                ),
                (
                    "regimen_name",
                    models.CharField(help_text="e.g. FLA-GO, IntReALL HR", max_length=200, verbose_name="regimen"),
                ),
                (
                    "start_on_day",
                    models.PositiveSmallIntegerField(
                        help_text="Days since the first diagnosis.",
                        validators=[django.core.validators.MaxValueValidator(9125)],
                        verbose_name="begun on day",
                    ),
                ),
                (
                    "stop_on_day",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Leave empty when it goes on.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(9125)],
                        verbose_name="ended on day",
                    ),
                ),
                (
                    "stop_reason",
                    models.CharField(
                        choices=[
                            ("completed", "completed"),
                            ("refractory", "refractory"),
                            ("progression", "progression"),
                            ("toxicity", "toxicity"),
                            ("bridge_achieved", "bridge achieved"),
                            ("choice", "choice"),
                            ("ongoing", "ongoing"),
                        ],
                        help_text="“Ongoing” is an answer.",
                        max_length=20,
                        verbose_name="why it ended",
                    ),
                ),
                (
                    "best_response",
                    models.CharField(
                        choices=[
                            ("CR", "CR"),
                            ("CRi", "CRi/CRp"),
                            ("CRh", "CRh"),
                            ("CR_MRDneg", "CR, MRD negative"),
                            ("CR_MRDpos", "CR, MRD positive"),
                            ("MLFS", "MLFS"),
                            ("PR", "PR"),
                            ("MR", "MR"),
                            ("NR/TF", "no response"),
                            ("PD", "progressive disease"),
                            ("CRb", "CRb (biopsy-negative residue)"),
                            ("CRu", "CRu (unconfirmed)"),
                            ("CMR", "complete metabolic response"),
                            ("PMR", "partial metabolic response"),
                            ("NMR", "no metabolic response"),
                            ("PMD", "progressive metabolic disease"),
                            ("relapse", "relapse"),
                            ("death_in_induction", "death in induction"),
                            ("not_evaluated", "not evaluated"),
                            ("unknown", "unknown"),
                        ],
                        help_text="The best that was reached during this line.",
                        max_length=20,
                        verbose_name="best response",
                    ),
                ),
                (
                    "response_duration_days",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="0 to 6,000 days.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(6000),
                        ],
                        verbose_name="how long the response lasted, days",
                    ),
                ),
                (
                    "trial_id",
                    models.CharField(
                        blank=True,
                        help_text="NCT or EU CT number; “none” for no trial.",
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(NCT\\d{8}|\\d{4}-\\d{6}-\\d{2}(-\\d{2})?|none)$",
                                "A trial number looks like NCT05476770 or 2023-505828-58; write “none” for no trial.",
                            )
                        ],
                        verbose_name="given in the trial",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="therapy_lines", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ["line_number"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "line_number"), name="line_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("line_number__range", (1, 15))), name="line_number_range"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stop_on_day__isnull", True),
                            ("stop_on_day__gte", models.F("start_on_day")),
                            _connector="OR",
                        ),
                        name="line_ends_after_it_begins",
                        violation_error_code="stop_on_day",
                        violation_error_message="A line ends after it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("start_on_day__isnull", True), ("start_on_day__range", (0, 9125)), _connector="OR"
                        ),
                        name="line_start_on_day_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stop_on_day__isnull", True), ("stop_on_day__range", (0, 9125)), _connector="OR"
                        ),
                        name="line_stop_on_day_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("response_duration_days__isnull", True),
                            ("response_duration_days__range", (0, 6000)),
                            _connector="OR",
                        ),
                        name="line_response_duration_days_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "setting__in",
                                [
                                    "frontline",
                                    "salvage_1",
                                    "salvage_2",
                                    "salvage_3",
                                    "salvage_4",
                                    "bridging",
                                    "consolidation",
                                    "maintenance",
                                    "palliative",
                                ],
                            )
                        ),
                        name="line_setting_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stop_reason__in",
                                [
                                    "completed",
                                    "refractory",
                                    "progression",
                                    "toxicity",
                                    "bridge_achieved",
                                    "choice",
                                    "ongoing",
                                ],
                            )
                        ),
                        name="line_stop_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "best_response__in",
                                [
                                    "CR",
                                    "CRi",
                                    "CRh",
                                    "CR_MRDneg",
                                    "CR_MRDpos",
                                    "MLFS",
                                    "PR",
                                    "MR",
                                    "NR/TF",
                                    "PD",
                                    "CRb",
                                    "CRu",
                                    "CMR",
                                    "PMR",
                                    "NMR",
                                    "PMD",
                                    "relapse",
                                    "death_in_induction",
                                    "not_evaluated",
                                    "unknown",
                                ],
                            )
                        ),
                        name="line_best_response_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TherapyDrug",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="INN, e.g. nelarabine.", max_length=80, verbose_name="drug")),
                (
                    "route",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("oral", "by mouth"),
                            ("intravenous", "intravenous"),
                            ("subcutaneous", "subcutaneous"),
                            ("intramuscular", "intramuscular"),
                            ("intrathecal", "intrathecal"),
                            ("other", "other"),
                        ],
                        help_text="How it was given.",
                        max_length=40,
                        verbose_name="route",
                    ),
                ),
                (
                    "n_cycles",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="0 to 50.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(50),
                        ],
                        verbose_name="cycles",
                    ),
                ),
                (
                    "last_given_on_day",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Days since the first diagnosis; it decides on wash-out.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(9125),
                        ],
                        verbose_name="last given on day",
                    ),
                ),
                (
                    "cumulative_dose_mg_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Of this drug alone, 0 to 100,000.",
                        max_digits=8,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100000),
                        ],
                        verbose_name="cumulative dose, mg/m²",
                    ),
                ),
                (
                    "equivalence_table",
                    models.CharField(
                        blank=True,
                        help_text="Only where the dose is an equivalent: which table it comes from.",
                        max_length=80,
                        verbose_name="table of equivalents",
                    ),
                ),
                (
                    "concept",
                    models.ForeignKey(
                        blank=True,
                        help_text="Set where the name is known.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="terminology.concept",
                        verbose_name="drug in the vocabulary",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drugs", to="cases.therapyline"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "name"),
                        name="drug_once_for_each_line",
                        violation_error_code="name",
                        violation_error_message="This drug stands in the line twice.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("n_cycles__isnull", True), ("n_cycles__range", (0, 50)), _connector="OR"),
                        name="drug_n_cycles_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_given_on_day__isnull", True),
                            ("last_given_on_day__range", (0, 9125)),
                            _connector="OR",
                        ),
                        name="drug_last_given_on_day_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cumulative_dose_mg_m2__isnull", True),
                            ("cumulative_dose_mg_m2__range", (0, 100000)),
                            _connector="OR",
                        ),
                        name="drug_cumulative_dose_mg_m2_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "route__in",
                                ["", "oral", "intravenous", "subcutaneous", "intramuscular", "intrathecal", "other"],
                            )
                        ),
                        name="drug_route_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Toxicity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.CharField(
                        help_text="CTCAE term, e.g. peripheral neuropathy.", max_length=80, verbose_name="toxicity"
                    ),
                ),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        help_text="CTCAE grade, 1 to 5.",
                        validators=[django.core.validators.MaxValueValidator(5)],
                        verbose_name="grade",
                    ),
                ),
                (
                    "ongoing",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="Whether it is there now.",
                        max_length=40,
                        verbose_name="still there",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="toxicities", to="cases.therapyline"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("grade__isnull", True), ("grade__range", (1, 5)), _connector="OR"),
                        name="toxicity_grade_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ongoing__in", ["", "yes", "no", "unknown"])), name="toxicity_ongoing_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("term", ""), _negated=True),
                        name="toxicity_names_a_term",
                        violation_error_code="term",
                        violation_error_message="Something must be stated here.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transcription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "section",
                    models.CharField(help_text="Which part of the dossier.", max_length=20, verbose_name="section"),
                ),
                (
                    "transcribed_at",
                    models.DateTimeField(default=django.utils.timezone.now, help_text="When.", verbose_name="typed at"),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, help_text="When.", null=True, verbose_name="confirmed at"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="transcriptions", to="cases.case"
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="The physician who compared it with the report.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "specimen",
                    models.ForeignKey(
                        blank=True,
                        help_text="Which specimen, where it is one.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="transcriptions",
                        to="cases.specimen",
                        verbose_name="specimen",
                    ),
                ),
                (
                    "transcribed_by",
                    models.ForeignKey(
                        help_text="Who typed it from the report.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="typed by",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "section", "specimen"),
                        name="transcription_once_for_each_part",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="transcription_confirmed_by_and_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transplant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        help_text="1 to 4, in the order given.", verbose_name="transplant"
                    ),
                ),
                (
                    "on_day",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Days since the first diagnosis.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(9125),
                        ],
                        verbose_name="transplanted on day",
                    ),
                ),
                (
                    "donor",
                    models.CharField(
                        choices=[
                            ("MSD", "matched sibling"),
                            ("MUD_10_10", "matched unrelated (10/10)"),
                            ("MMUD", "mismatched unrelated"),
                            ("haplo", "haploidentical"),
                            ("cord", "cord blood"),
                            ("autologous", "autologous"),
                        ],
                        help_text="Relation and match.",
                        max_length=40,
                        verbose_name="donor",
                    ),
                ),
                (
                    "stem_cell_source",
                    models.CharField(
                        blank=True,
                        choices=[("BM", "bone marrow"), ("PBSC", "peripheral blood stem cells"), ("CB", "cord blood")],
                        help_text="Marrow, blood or cord blood.",
                        max_length=40,
                        verbose_name="stem cells from",
                    ),
                ),
                (
                    "conditioning",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("TBI_based", "total body irradiation"),
                            ("busulfan", "busulfan"),
                            ("treosulfan", "treosulfan"),
                            ("melphalan", "melphalan"),
                            ("other", "other"),
                        ],
                        help_text="Its main element.",
                        max_length=40,
                        verbose_name="conditioning",
                    ),
                ),
                (
                    "conditioning_text",
                    models.CharField(
                        blank=True,
                        help_text="All elements, at most 160 characters.",
                        max_length=160,
                        verbose_name="conditioning in words",
                    ),
                ),
                (
                    "tbi_gy",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="0 to 20 Gy.",
                        max_digits=3,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="total body irradiation, Gy",
                    ),
                ),
                (
                    "intensity",
                    models.CharField(
                        blank=True,
                        choices=[("MAC", "myeloablative"), ("RIC", "reduced")],
                        help_text="Myeloablative or reduced.",
                        max_length=40,
                        verbose_name="intensity",
                    ),
                ),
                (
                    "t_depletion",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("none", "none"),
                                ("ATG", "ATG"),
                                ("alemtuzumab", "alemtuzumab"),
                                ("PTCy", "cyclophosphamide after transplant"),
                                ("TCRab_CD19", "depletion of TCR alpha/beta and CD19"),
                            ],
                            max_length=40,
                        ),
                        blank=True,
                        default=list,
                        help_text="“None” is an answer.",
                        size=None,
                        verbose_name="T-cell depletion",
                    ),
                ),
                (
                    "remission_before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("CR1", "first remission"),
                            ("CR2", "second remission"),
                            ("CR3_or_later", "third or later remission"),
                            ("active_disease", "active disease"),
                            ("unknown", "unknown"),
                        ],
                        help_text="Which remission, or disease.",
                        max_length=40,
                        verbose_name="status before transplant",
                    ),
                ),
                (
                    "agvhd_max_grade",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="0 to 4.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(4),
                        ],
                        verbose_name="highest grade of acute GVHD",
                    ),
                ),
                (
                    "cgvhd",
                    models.CharField(
                        blank=True,
                        choices=[("none", "none"), ("mild", "mild"), ("moderate", "moderate"), ("severe", "severe")],
                        help_text="At its worst.",
                        max_length=40,
                        verbose_name="chronic GVHD",
                    ),
                ),
                (
                    "donor_chimerism_pct",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="The last value, per cent.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="donor cells now, %",
                    ),
                ),
                (
                    "immunosuppression_now",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        help_text="Whether it is still given.",
                        max_length=40,
                        verbose_name="immunosuppression now",
                    ),
                ),
                (
                    "dli_number",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="0 to 20.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="donor lymphocyte infusions",
                    ),
                ),
                (
                    "sos",
                    models.CharField(
                        blank=True,
                        choices=[("none", "none"), ("mild", "mild"), ("moderate", "moderate"), ("severe", "severe")],
                        help_text="Veno-occlusive disease; at its worst.",
                        max_length=40,
                        verbose_name="sinusoidal obstruction syndrome",
                    ),
                ),
                (
                    "relapse_on_day",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Days since the first diagnosis; empty for none.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(9125),
                        ],
                        verbose_name="relapse after it on day",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="transplants", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="transplant_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__isnull", True), ("number__range", (1, 4)), _connector="OR"),
                        name="transplant_number_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("on_day__isnull", True), ("on_day__range", (0, 9125)), _connector="OR"),
                        name="transplant_on_day_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tbi_gy__isnull", True), ("tbi_gy__range", (0, 20)), _connector="OR"),
                        name="transplant_tbi_gy_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agvhd_max_grade__isnull", True), ("agvhd_max_grade__range", (0, 4)), _connector="OR"
                        ),
                        name="transplant_agvhd_max_grade_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("donor_chimerism_pct__isnull", True),
                            ("donor_chimerism_pct__range", (0, 100)),
                            _connector="OR",
                        ),
                        name="transplant_donor_chimerism_pct_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dli_number__isnull", True), ("dli_number__range", (0, 20)), _connector="OR"
                        ),
                        name="transplant_dli_number_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("relapse_on_day__isnull", True), ("relapse_on_day__range", (0, 9125)), _connector="OR"
                        ),
                        name="transplant_relapse_on_day_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("donor__in", ["MSD", "MUD_10_10", "MMUD", "haplo", "cord", "autologous"])),
                        name="transplant_donor_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stem_cell_source__in", ["", "BM", "PBSC", "CB"])),
                        name="transplant_stem_cell_source_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("conditioning__in", ["", "TBI_based", "busulfan", "treosulfan", "melphalan", "other"])
                        ),
                        name="transplant_conditioning_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("intensity__in", ["", "MAC", "RIC"])), name="transplant_intensity_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("remission_before__in", ["", "CR1", "CR2", "CR3_or_later", "active_disease", "unknown"])
                        ),
                        name="transplant_remission_before_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cgvhd__in", ["", "none", "mild", "moderate", "severe"])),
                        name="transplant_cgvhd_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("immunosuppression_now__in", ["", "yes", "no", "unknown"])),
                        name="transplant_immunosuppression_now_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sos__in", ["", "none", "mild", "moderate", "severe"])),
                        name="transplant_sos_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("t_depletion__contained_by", ["none", "ATG", "alemtuzumab", "PTCy", "TCRab_CD19"])
                        ),
                        name="transplant_t_depletion_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("relapse_on_day__isnull", True),
                            ("on_day__isnull", True),
                            ("relapse_on_day__gte", models.F("on_day")),
                            _connector="OR",
                        ),
                        name="transplant_relapse_after_it",
                        violation_error_code="relapse_on_day",
                        violation_error_message="The relapse after a transplant comes after it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrialConsidered",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "trial",
                    models.CharField(
                        help_text="Number or name, e.g. NCT05476770.", max_length=120, verbose_name="trial"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("screen_fail", "failed screening"),
                            ("no_slot", "no slot"),
                            ("not_open_in_country", "not open in this country"),
                            ("declined", "declined"),
                            ("pending", "pending"),
                        ],
                        help_text="What came of it.",
                        max_length=40,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="At most 200 characters.", max_length=200, verbose_name="reason"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="trials_considered", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["screen_fail", "no_slot", "not_open_in_country", "declined", "pending"])
                        ),
                        name="trial_considered_outcome_known",
                    ),
                    models.UniqueConstraint(
                        fields=("case", "trial"),
                        name="trial_considered_once",
                        violation_error_code="trial",
                        violation_error_message="This trial stands here twice.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("trial", ""), _negated=True),
                        name="trial_considered_names_a_trial",
                        violation_error_code="trial",
                        violation_error_message="Something must be stated here.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VariantFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "original_text",
                    models.CharField(
                        blank=True,
                        help_text="The words of the report, where they differ.",
                        max_length=200,
                        verbose_name="as reported",
                    ),
                ),
                (
                    "gene_symbol",
                    models.CharField(help_text="HGNC symbol, e.g. NRAS.", max_length=40, verbose_name="gene"),
                ),
                (
                    "variant_class",
                    models.CharField(
                        choices=[
                            ("small_variant", "small variant"),
                            ("ITD", "internal tandem duplication"),
                            ("PTD", "partial tandem duplication"),
                            ("other", "other"),
                        ],
                        default="small_variant",
                        help_text="Small variant, or a duplication such as FLT3-ITD.",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "transcript",
                    models.CharField(
                        blank=True,
                        help_text="With its version, e.g. NM_002524.5.",
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(NM_|NR_|ENST)\\d+\\.\\d+$", "A transcript looks like NM_002524.5."
                            )
                        ],
                        verbose_name="transcript",
                    ),
                ),
                (
                    "hgvs_c",
                    models.CharField(
                        blank=True,
                        help_text="e.g. c.35G>A",
                        max_length=120,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^c\\.", "A coding change begins with “c.”, e.g. c.35G>A."
                            )
                        ],
                        verbose_name="coding change",
                    ),
                ),
                (
                    "hgvs_p",
                    models.CharField(
                        blank=True,
                        help_text="e.g. p.(Gly12Asp)",
                        max_length=120,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^p\\.", "A protein change begins with “p.”, e.g. p.(Gly12Asp)."
                            )
                        ],
                        verbose_name="protein change",
                    ),
                ),
                (
                    "vaf_comparator",
                    models.CharField(
                        choices=[("=", "="), ("<", "<"), ("<=", "≤"), (">", ">"), (">=", "≥")],
                        default="=",
                        help_text="“<” where the report gives a limit, as in “below 0.01 %”.",
                        max_length=40,
                        verbose_name="allele fraction: meant as",
                    ),
                ),
                (
                    "vaf",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        help_text="A fraction from 0 to 1; 0.4 is 40 %.",
                        max_digits=6,
                        null=True,
                        verbose_name="allele fraction",
                    ),
                ),
                (
                    "depth",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="0 to 1,000,000.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="reads at this position",
                    ),
                ),
                (
                    "zygosity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("het", "heterozygous"),
                            ("hom", "homozygous"),
                            ("hemi", "hemizygous"),
                            ("LOH", "with loss of heterozygosity"),
                            ("biallelic_two_hits", "both alleles, two hits"),
                            ("unknown", "unknown"),
                        ],
                        help_text="As the laboratory reports it.",
                        max_length=40,
                        verbose_name="zygosity",
                    ),
                ),
                (
                    "length_bp",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="3 to 400.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(3),
                            django.core.validators.MaxValueValidator(400),
                        ],
                        verbose_name="length of the duplication, base pairs",
                    ),
                ),
                (
                    "allelic_ratio",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Mutated to wild-type, 0 to 100; for FLT3-ITD.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="allelic ratio",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("somatic", "somatic"), ("germline", "germline"), ("uncertain", "uncertain")],
                        default="uncertain",
                        help_text="Somatic or inherited, where that was tested.",
                        max_length=10,
                        verbose_name="origin",
                    ),
                ),
                (
                    "oncogenicity",
                    models.CharField(
                        choices=[
                            ("oncogenic", "oncogenic"),
                            ("likely_oncogenic", "likely oncogenic"),
                            ("vus", "uncertain significance"),
                            ("likely_benign", "likely benign"),
                            ("benign", "benign"),
                            ("unknown", "not classified"),
                        ],
                        default="unknown",
                        help_text="The class of the laboratory.",
                        max_length=20,
                        verbose_name="oncogenicity",
                    ),
                ),
                (
                    "gene",
                    models.ForeignKey(
                        blank=True,
                        help_text="Set where the name leads to one gene.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="terminology.concept",
                        verbose_name="gene in the vocabulary",
                    ),
                ),
                (
                    "specimen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="variants", to="cases.specimen"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("vaf__isnull", True), ("vaf__range", (0, 1)), _connector="OR"),
                        name="variant_vaf_is_fraction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("length_bp__isnull", True), ("length_bp__range", (3, 400)), _connector="OR"
                        ),
                        name="variant_length_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("allelic_ratio__isnull", True), ("allelic_ratio__range", (0, 100)), _connector="OR"
                        ),
                        name="variant_ratio_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("depth__isnull", True), ("depth__range", (0, 1000000)), _connector="OR"),
                        name="variant_depth_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("variant_class__in", ["small_variant", "ITD", "PTD", "other"])),
                        name="variant_variant_class_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("vaf_comparator__in", ["=", "<", "<=", ">", ">="])),
                        name="variant_vaf_comparator_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["somatic", "germline", "uncertain"])),
                        name="variant_origin_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "oncogenicity__in",
                                ["oncogenic", "likely_oncogenic", "vus", "likely_benign", "benign", "unknown"],
                            )
                        ),
                        name="variant_oncogenicity_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("zygosity__in", ["", "het", "hom", "hemi", "LOH", "biallelic_two_hits", "unknown"])
                        ),
                        name="variant_zygosity_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            sql="\nCREATE FUNCTION cases_revision_refuse() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n    IF TG_OP = 'UPDATE' AND OLD.released_at IS NULL AND NEW.released_at IS NOT NULL AND\n        (to_jsonb(NEW) - ARRAY['released_at', 'released_by_id']) =\n        (to_jsonb(OLD) - ARRAY['released_at', 'released_by_id']) THEN\n        RETURN NEW;\n    END IF;\n    RAISE EXCEPTION 'a revision is frozen' USING ERRCODE = 'restrict_violation';\nEND $$;\nCREATE TRIGGER cases_revision_refuse BEFORE UPDATE OR DELETE ON cases_caserevision\n    FOR EACH ROW EXECUTE FUNCTION cases_revision_refuse();\n",
            reverse_sql="DROP TRIGGER cases_revision_refuse ON cases_caserevision; DROP FUNCTION cases_revision_refuse();",
        ),
    ]
