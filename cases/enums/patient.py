"""The patient, as far as an anonymised dossier may know."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sex(TextChoices):
    FEMALE = "female", _("female")
    MALE = "male", _("male")
    OTHER = "other_or_undetermined", _("other or undetermined")


class OtherSyndrome(TextChoices):
    NF1 = "NF1", _("neurofibromatosis type 1")
    NOONAN = "noonan", _("Noonan syndrome")
    LI_FRAUMENI = "li_fraumeni", _("Li-Fraumeni syndrome")
    FANCONI = "fanconi", _("Fanconi anaemia")
    ATAXIA = "ataxia_telangiectasia", _("ataxia telangiectasia")
    BLOOM = "bloom", _("Bloom syndrome")
    CMMRD = "CMMRD", _("constitutional mismatch repair deficiency")
    GATA2 = "GATA2", _("GATA2 deficiency")
    SAMD9 = "SAMD9_SAMD9L", _("SAMD9 or SAMD9L syndrome")
    RUNX1 = "RUNX1_FPD", _("RUNX1 familial platelet disorder")
    CBL = "CBL", _("CBL syndrome")
    IMMUNODEFICIENCY = "immunodeficiency_other", _("other immunodeficiency")
    OTHER = "other", _("other")
    NONE = "none", _("none")
    UNKNOWN = "unknown", _("unknown")


class Pregnancy(TextChoices):
    NOT_APPLICABLE = "not_applicable", _("does not apply")
    EXCLUDED = "pregnancy_excluded", _("pregnancy excluded")
    PREGNANT = "pregnant", _("pregnant")
    NOT_TESTED = "not_tested", _("not tested")
