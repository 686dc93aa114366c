"""The story's scenes in their order."""

from __future__ import annotations

from launcher.scenes import advice, dossier, panel, triage

STEPS = (*dossier.STEPS, *triage.STEPS, *panel.STEPS, *advice.STEPS)
