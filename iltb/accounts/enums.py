"""Roles on the portal."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody is to the board. A referring physician acts for a centre, the others for the board."""

    REFERRING_PHYSICIAN = "referring_physician", _("treating physician")
    COORDINATOR = "coordinator", _("coordinator")
    CHAIR = "chair", _("chair")
    EXPERT = "expert", _("expert")
    OBSERVER = "observer", _("observer")
    OPERATOR = "operator", _("operator")


class Expertise(models.TextChoices):
    """What an expert is asked for; quorum counts ``disease``, ``biology`` and ``early_phase``."""

    DISEASE = "disease", _("disease")
    BIOLOGY = "biology", _("biology and genetics")
    EARLY_PHASE = "early_phase", _("early-phase trials and new drugs")
    FLOW = "flow", _("flow cytometry")
    FUNCTIONAL = "functional", _("drug-response profiling")
    CELL_THERAPY = "cell_therapy", _("transplant and cell therapy")
    PHARMACY = "pharmacy", _("pharmacy")
