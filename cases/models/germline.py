"""Inherited variants and predisposition."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import (
    BlockStatus,
    GeneticsReferral,
    GermlineMaterial,
    GermlineMethod,
    GermlineResult,
    YesNoUnknown,
    Zygosity,
)
from cases.models.case import Case
from cases.models.fields import (
    choice_field,
    coding_change_field,
    gene_field,
    gene_symbol_field,
    known_or_empty,
    protein_change_field,
    ranges,
    states_something,
    text_field,
    transcript_field,
    tri_field,
    whole_field,
)


class Germline(models.Model):
    """Whether the germline was tested, how, and with which result. It can matter for the choice of a donor."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="germline")
    status = choice_field(_("germline testing"), BlockStatus, _("“Not done” is an answer."))
    result = choice_field(_("result"), GermlineResult, _("Pathogenic means ACMG class 4 or 5."))
    method = choice_field(_("method"), GermlineMethod, _("How it was tested."))
    material = choice_field(_("material"), GermlineMaterial, _("After a transplant, blood is the donor's."))
    gene_list_covered = text_field(_("genes covered"), _("Panel name or genes, at most 500 characters."), 500)
    clinical_suspicion = tri_field(
        _("clinical suspicion of a predisposition"),
        _("Family history, second cancer, signs of a syndrome."),
    )
    genetics_referral = choice_field(_("seen by genetics"), GeneticsReferral, _("Whether a geneticist is involved."))
    note = text_field(_("note"), _("At most 300 characters."), 300)

    class Meta:
        constraints: ClassVar = [
            *known_or_empty(
                "germline",
                status=BlockStatus,
                result=GermlineResult,
                method=GermlineMethod,
                material=GermlineMaterial,
                clinical_suspicion=YesNoUnknown,
                genetics_referral=GeneticsReferral,
            ),
        ]

    def __str__(self) -> str:
        return f"germline of {self.case}"


class GermlineVariant(models.Model):
    """An inherited variant; ``acmg_class`` from 1 (benign) to 5 (pathogenic)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="germline_variants")
    gene = gene_field()
    gene_symbol = gene_symbol_field("TP53")
    transcript = transcript_field("NM_000546.6")
    hgvs_c = coding_change_field("c.743G>A")
    hgvs_p = protein_change_field("p.(Arg248Gln)")
    acmg_class = whole_field(_("ACMG class"), _("1 benign to 5 pathogenic."), 1, 5)
    zygosity = choice_field(_("zygosity"), Zygosity, _("As the laboratory reports it."))

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            *ranges("germline_variant", acmg_class=(1, 5)),
            *known_or_empty("germline_variant", zygosity=Zygosity),
            states_something("germline_variant_names_a_gene", "gene_symbol"),
        ]

    def __str__(self) -> str:
        return f"{self.gene_symbol} {self.hgvs_p or self.hgvs_c}".strip()
