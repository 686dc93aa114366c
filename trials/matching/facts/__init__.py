"""The facts of one frozen revision, each known, tested and not found, not tested, or unknown.

Each module holds one group: what the registry says about its facts, and how they are read.
"""

from types import MappingProxyType

from trials.matching.antigens import antigens_of
from trials.matching.facts import burden, condition, disease, effect, findings, patient, support, therapy, transplants
from trials.matching.facts.model import Fact, Facts, Therapy, Topics
from trials.matching.facts.values import Block, age_after, block, number, rows
from trials.matching.specimens import molecular_profile

__all__ = ("Fact", "Facts", "Therapy", "Topics", "age_after", "facts_of")


def facts_of(content: Block, *, elapsed_days: int = 0) -> Facts:
    """Read the facts of a frozen revision as they stand ``elapsed_days`` after its submission.

    Inherited findings are not read: everybody who sees a case sees its matches, and few may see those findings.
    Missing blocks and unreadable values become unknown, never absent; nothing here raises for a thin dossier or one
    that was frozen before a block existed.
    """
    measured = burden.read(content)
    given = therapy.exposures(content, none_given=bool(content.get("no_therapy_yet")))
    groups = (
        therapy.read(content, given, elapsed_days),
        effect.read(content, given),
        transplants.read(content, given, elapsed_days),
        support.read(content),
        findings.read(content),
    )
    flat = {
        **patient.read(content, elapsed_days),
        **measured,
        **disease.read(content, measured, burden.mrd_by_method(content)),
        **condition.read(content),
    }
    topics: dict[str, Topics] = {}
    for plain, about in groups:
        flat |= plain
        topics |= about
    specimens = rows(content, "specimens")
    antigens, no_antigens = antigens_of(specimens, rows(content, "therapy_lines"), rows(content, "cell_therapies"))
    return Facts(
        flat=MappingProxyType(flat),
        topics=MappingProxyType(topics),
        molecular=molecular_profile(specimens, rows(content, "transplants")),
        antigens=antigens,
        no_antigens=no_antigens,
        therapy=given,
        stated_age_months=number(block(content, "patient").get("age_months_at_submission")),
        elapsed_days=elapsed_days,
    )
