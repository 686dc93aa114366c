"""Questions that the board adds for its disease groups, without a change of the programme."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.enums import DiseaseGroup, QuestionKind
from cases.models.case import Case
from cases.models.fields import all_known, choice_field, known, text_field
from iltb.core.models import RandomKeyModel


class BoardQuestionQuerySet(models.QuerySet["BoardQuestion"]):
    """Questions by where they are asked."""

    def asked_for(self, disease_group: str) -> Self:
        """Those in use for a disease group, and those for all."""
        return self.filter(
            Q(disease_groups=[]) | Q(disease_groups__contains=[disease_group]),
            is_active=True,
        )

    def asked_of(self, case: Case) -> Self:
        """Those in use for the disease group of ``case``."""
        diagnosis = getattr(case, "diagnosis", None)
        return self.asked_for(diagnosis.disease_group if diagnosis else "")


class BoardQuestion(RandomKeyModel):
    """One version of one question. A change is a new version; answers keep the words they were given to.

    No disease group means all of them. ``unit``, ``minimum`` and ``maximum`` belong to a number, ``choices`` to a
    choice.
    """

    key = models.CharField(
        _("key"),
        max_length=40,
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*$", _("Small letters, digits and underscores."))],
        help_text=_("Stays the same over all versions."),
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1, help_text=_("From 1."))
    label = models.CharField(_("question"), max_length=200, help_text=_("As physicians read it."))
    help_text = text_field(_("help"), _("One sentence below the question."), 300)
    kind = choice_field(_("kind of answer"), QuestionKind, _("Text, choice or number."), default=QuestionKind.TEXT)
    choices = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("answers to choose from"),
        default=list,
        blank=True,
        help_text=_("For a choice; at least two."),
    )
    unit = text_field(_("unit"), _("For a number."), 20)
    minimum = models.DecimalField(
        _("lowest answer"),
        max_digits=12,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=_("For a number."),
    )
    maximum = models.DecimalField(
        _("highest answer"),
        max_digits=12,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=_("For a number."),
    )
    disease_groups = ArrayField(
        models.CharField(max_length=30, choices=DiseaseGroup),
        verbose_name=_("asked for"),
        default=list,
        blank=True,
        help_text=_("Disease groups; none means all."),
    )
    is_active = models.BooleanField(_("in use"), default=True, help_text=_("Only one version of a key is in use."))
    created_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)

    objects: ClassVar = BoardQuestionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["key", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "version"], name="board_question_version_once"),
            models.UniqueConstraint(fields=["key"], condition=Q(is_active=True), name="board_question_one_in_use"),
            *known("board_question", kind=QuestionKind),
            *all_known("board_question", disease_groups=DiseaseGroup),
            models.CheckConstraint(
                name="board_question_choice_has_choices",
                condition=~Q(kind=QuestionKind.CHOICE) | Q(choices__len__gte=2),
            ),
            models.CheckConstraint(
                name="board_question_number_has_order",
                condition=Q(minimum__isnull=True) | Q(maximum__isnull=True) | Q(maximum__gte=models.F("minimum")),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class BoardAnswer(models.Model):
    """An answer with the words of the question as they were then."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="board_answers")
    question = models.ForeignKey(
        BoardQuestion,
        verbose_name=_("question"),
        on_delete=models.PROTECT,
        related_name="answers",
        help_text=_("The version that was answered."),
    )
    label = models.CharField(_("question"), max_length=200, help_text=_("As it read then."))
    help_text = text_field(_("help"), _("As it read then."), 300)
    unit = text_field(_("unit"), _("As it was then."), 20)
    answer = models.CharField(_("answer"), max_length=1000, help_text=_("A number is written with a point."))

    class Meta:
        ordering: ClassVar = ["question__key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "question"], name="board_answer_once"),
            models.CheckConstraint(name="board_answer_is_stated", condition=~Q(answer="")),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.answer}"
