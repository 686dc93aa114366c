"""One table for every vocabulary, and where each of them comes from."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from iltb.core.models import RandomKeyModel
from iltb.terminology.names import fold, searchable


class System(models.TextChoices):
    """The vocabularies that the portal knows."""

    ANTIGEN = "antigen", _("antigens")
    COUNTRY = "country", _("countries")
    DRUG = "drug", _("drugs")
    DRUG_CLASS = "drug_class", _("drug classes")
    ENTITY = "entity", _("disease entities")
    EVENT_CLASS = "event_class", _("molecular events")
    GENE = "gene", _("genes")
    REGIMEN = "regimen", _("regimens")


class CodeSystem(models.Model):
    """Where a vocabulary comes from, under which licence, and who answers for it.

    ``verified`` says that a named person of the board has checked the rows; ``last_checked_on`` says when somebody
    last compared them with the source, empty for never.
    """

    system = models.CharField(max_length=30, primary_key=True, choices=System)
    version = models.CharField(max_length=40)
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=100)
    retrieved_on = models.DateField()
    last_checked_on = models.DateField(null=True, blank=True)
    owner = models.CharField(max_length=100)
    verified = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.system} {self.version}"


class ConceptQuerySet(QuerySet["Concept"]):
    """Conditions on concepts."""

    def current(self, system: str) -> "ConceptQuerySet":
        """The concepts of one system that a new entry may use."""
        return self.filter(system=system, is_active=True)

    def named(self, text: str) -> "ConceptQuerySet":
        """Concepts one of whose names is ``text`` as a whole; none for text without letter or digit."""
        key = fold(text)
        return self.filter(names__contains=f"\n{key}\n") if key else self.none()

    def matching(self, text: str) -> "ConceptQuerySet":
        """Concepts with ``text`` in a name, the best first.

        Order: the code itself, another whole name, start of the code, start of another name, within a name; inside
        each the shorter code first.
        """
        key = fold(text)
        if not key:
            return self.none()
        rank = Case(
            When(names__startswith=f"\n{key}\n", then=Value(0)),
            When(names__contains=f"\n{key}\n", then=Value(1)),
            When(names__startswith=f"\n{key}", then=Value(2)),
            When(names__contains=f"\n{key}", then=Value(3)),
            default=Value(4),
        )
        return self.filter(names__contains=key).order_by(rank, Length("code"), "code")


class Concept(RandomKeyModel):
    """One coded thing. Rows are never deleted: what vanished from a release is switched off.

    ``version`` is the release that last contained the row. ``attributes`` holds what only its system has; the keys
    are the columns of ``data/<system>.csv``. A drug's ``classes`` are all classes it belongs to, the narrow ones
    first, ``main_classes`` the narrow ones alone; a gene has ``hgnc_id`` and ``previous_symbols``.
    """

    system = models.CharField(max_length=30, choices=System)
    code = models.CharField(max_length=60)
    display = models.CharField(max_length=200)
    version = models.CharField(max_length=40, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    synonyms = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    is_active = models.BooleanField(default=True)
    names = models.TextField(editable=False, default="", help_text=_("Every name as it is searched, one a line."))

    objects = ConceptQuerySet.as_manager()

    # Set by a search that found the concept by a name other than its code or display.
    matched_as: str = ""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["system", "code"], name="concept_code_once")]

    def __str__(self) -> str:
        return self.display

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the names as they are searched."""
        self.names = self.searchable_names()
        super().save(*args, **kwargs)

    def searchable_names(self) -> str:
        """Return code, display, synonyms and ambiguous names, folded."""
        return searchable(self.code, self.display, *self.other_names())

    def other_names(self) -> list[str]:
        """Return every name but code and display: synonyms, old symbols, brands, and names shared with others."""
        listed = [name for key in _NAME_KEYS for name in self.attributes.get(key, ())]
        return [*self.synonyms, *listed, *self.ambiguous_names()]

    def ambiguous_names(self) -> dict[str, list[str]]:
        """Return names that mean something else too, each with the codes outside this table that share it."""
        pairs = (entry.partition("=") for entry in self.attributes.get("ambiguous", ()))
        return {name: others.split("+") for name, _, others in pairs}

    @property
    def hint(self) -> str:
        """What tells similar entries apart in a list of options, e.g. the first class of a drug."""
        classes = self.attributes.get("main_classes") or [""]
        return str(classes[0] if self.system == System.DRUG else self.attributes.get("hint", ""))


_NAME_KEYS = ("previous_symbols", "brands", "short_names")
