"""The case: one question about one patient."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.codes import new_code
from cases.enums import (
    CaseState,
    NationalBoard,
    NotEligibleReason,
    QuestionType,
    SubmissionType,
    SubmitterRole,
    TreatmentIntent,
    Urgency,
    UrgencyReason,
)
from cases.models.access import EmergencyAccess, Recusal
from cases.models.fields import all_known, choice_field, known, known_or_empty
from iltb.accounts.models import Centre, User
from iltb.accounts.querysets import AT_READING, GrantedQuerySet, compiled_once
from iltb.core.models import RandomKeyModel, VersionedModel, known_states

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

OPEN_STATES = (CaseState.DRAFT, CaseState.SUBMITTED, CaseState.QUERIED, CaseState.ACCEPTED)


class CaseQuerySet(GrantedQuerySet["Case"]):
    """Cases by who may see them and where they stand."""

    @compiled_once
    def granted(self, user: User, codename: str) -> Self:
        """As the grants say, minus recusals, which win over every grant, a superuser's too."""
        allowed = super().granted(user, codename)
        if codename == "view_case":
            emergency = EmergencyAccess.objects.filter(case=OuterRef("pk"), user=user, ends_at__gt=AT_READING)
            allowed |= self.filter(Exists(emergency))
        return allowed.exclude(Exists(Recusal.objects.filter(case=OuterRef("pk"), user=user, lifted_at=None)))

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Cases that ``user`` may open. A draft is open to its own centre alone."""
        return self.granted(user, "view_case")

    @compiled_once
    def with_germline_for(self, user: User) -> Self:
        """Cases whose germline results ``user`` may read: by grant, or because the chair showed them to the panel."""
        released = self.visible_to(user).filter(germline_released_at__isnull=False)
        return self.filter(Q(pk__in=self.granted(user, "read_germline").values("pk")) | Q(pk__in=released.values("pk")))

    def open(self) -> Self:
        """Neither declined, closed nor withdrawn."""
        return self.filter(state__in=OPEN_STATES)


class Case(RandomKeyModel, VersionedModel):
    """One question of a treating physician about one patient.

    ``state`` moves as ``CASE_WORKFLOW`` says. ``version`` grows with every edit of the dossier, so that two
    people or two tabs cannot overwrite each other. ``germline_released_at`` is when the chair showed the germline
    results to the whole panel; until then its geneticists alone read them.
    """

    code = models.CharField(
        _("code"),
        max_length=14,
        unique=True,
        default=new_code,
        editable=False,
        help_text=_("Made by the system, never from data of the patient."),
    )
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="cases")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="cases_written")
    parent_case = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="child_cases")
    state = models.CharField(max_length=20, choices=CaseState, default=CaseState.DRAFT, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="cases_submitted",
    )
    not_eligible_reason = models.CharField(max_length=40, choices=NotEligibleReason, blank=True)
    decision_note = models.TextField(_("note to the physician"), max_length=1500, blank=True)

    submission_type = models.CharField(
        _("kind of question"),
        max_length=40,
        choices=SubmissionType,
        default=SubmissionType.FIRST,
        help_text=_("A first question, or one that follows an earlier case."),
    )
    question_text = models.TextField(
        _("your question to the board"),
        max_length=1500,
        validators=[MinLengthValidator(20)],
        blank=True,
        help_text=_("20 to 1,500 characters. No names, no dates, no hospital."),
    )
    question_types = ArrayField(
        models.CharField(max_length=40, choices=QuestionType),
        verbose_name=_("what the question is about"),
        default=list,
        blank=True,
        help_text=_("Choose all that apply."),
    )
    treatment_intent = models.CharField(
        _("aim of treatment"),
        max_length=40,
        choices=TreatmentIntent,
        blank=True,
        help_text=_("What should the advice make possible?"),
    )
    urgency = models.CharField(
        _("urgency"),
        max_length=20,
        choices=Urgency,
        blank=True,
        help_text=_("An emergency can be sent with few answers; the rest follows."),
    )
    urgency_reasons = ArrayField(
        models.CharField(max_length=50, choices=UrgencyReason),
        verbose_name=_("why it is urgent"),
        default=list,
        blank=True,
        help_text=_("Needed unless the urgency is routine."),
    )
    next_decision_day = models.PositiveSmallIntegerField(
        _("days until you have to decide"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(90)],
        help_text=_("0 to 90 days from today."),
    )
    no_standard_of_care = models.BooleanField(
        _("no standard treatment is left"),
        null=True,
        blank=True,
        help_text=_("The board takes questions only when no standard treatment is left."),
    )
    no_standard_of_care_reason = models.TextField(
        _("why no standard treatment is left"),
        max_length=1500,
        blank=True,
        help_text=_("One or two sentences."),
    )

    submitter_role = choice_field(
        _("who submits"),
        SubmitterRole,
        _("The treating physician stays responsible for what is stated."),
        default=SubmitterRole.PHYSICIAN,
    )
    national_board_discussed = choice_field(
        _("discussed on a national board"),
        NationalBoard,
        _("Whether a board of your country discussed this question."),
    )
    no_therapy_yet = models.BooleanField(
        _("no treatment has been given yet"),
        default=False,
        help_text=_("Tick only when there is no line of treatment to list."),
    )
    earlier_treatment_text = models.TextField(
        _("earlier treatment in a few words"),
        max_length=1500,
        blank=True,
        help_text=_("For an emergency: the lines can be listed later. Days since diagnosis, no dates."),
    )
    decisive_finding_text = models.TextField(
        _("the decisive finding"),
        max_length=500,
        blank=True,
        help_text=_("For an emergency: the one result that matters most, e.g. KMT2A::AFF1, CD19 negative."),
    )

    germline_released_at = models.DateTimeField(null=True, blank=True, editable=False)
    germline_released_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects: ClassVar = CaseQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions: ClassVar = [
            ("view_case", "Open the dossier"),
            ("edit_case", "Fill in the dossier"),
            ("transcribe_case", "Type from a report into a submitted dossier"),
            ("read_germline", "Read germline results"),
            ("release_germline", "Show germline results to the whole panel"),
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
        ]
        constraints: ClassVar = [
            known_states("case_state_known", CaseState),
            *known("case", submission_type=SubmissionType, submitter_role=SubmitterRole),
            *known_or_empty(
                "case",
                treatment_intent=TreatmentIntent,
                urgency=Urgency,
                national_board_discussed=NationalBoard,
                not_eligible_reason=NotEligibleReason,
            ),
            *all_known("case", question_types=QuestionType, urgency_reasons=UrgencyReason),
            models.CheckConstraint(
                name="case_submitted_has_time",
                condition=Q(state__in=[CaseState.DRAFT, CaseState.WITHDRAWN]) | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_germline_released_by_and_at",
                condition=Q(germline_released_at__isnull=True, germline_released_by__isnull=True)
                | Q(germline_released_at__isnull=False, germline_released_by__isnull=False),
            ),
            models.CheckConstraint(
                name="case_next_decision_day_range",
                condition=Q(next_decision_day__isnull=True) | Q(next_decision_day__range=(0, 90)),
            ),
            models.CheckConstraint(
                name="case_not_eligible_has_reason",
                condition=~Q(state=CaseState.NOT_ELIGIBLE) | ~Q(not_eligible_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.code
