"""Vignette V2 as rows: T-ALL, refractory first relapse, two targets that disagree; voted on, drafted, not signed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from boards.letters.compose import compose
from boards.letters.context import LetterContext
from boards.models import (
    Advice,
    AdviceOption,
    Ballot,
    Board,
    Meeting,
    Option,
    OptionRecusal,
    Review,
    Seat,
    Vote,
)
from boards.services.voting import counted, rule_of
from cases.models import Case, CaseRevision, Recusal
from cases.services.freezing import content_of, freeze
from iltb.accounts.enums import Expertise
from iltb.accounts.models import User
from tests.boards.letters.vignette_dossier import MET, dossier_of_vignette_two
from tests.factories.accounts import chair, coordinator, expert
from trials.importers.own import TrialRecord, read_file
from trials.matching.criteria import parse
from trials.matching.explain import explain
from trials.matching.facts import facts_of
from trials.models import Arm, Match, MatchRun, Site, Trial, TrialIdentifier, TrialVersion

CATALOGUE = Path(__file__).parents[3] / "trials" / "data" / "catalogue"
CLOSED = datetime(2026, 11, 21, 15, 12, tzinfo=UTC)
SIGNED = datetime(2026, 11, 22, 10, 41, tzinfo=UTC)
SUMMARY = """Two axes disagree: IL7R gain of function points to JAK-STAT, the drug response to SRC family kinases.
Ask the HEM-iSMART trial office today for sub-protocol C; ruxolitinib with venetoclax suits the genotype.
If no slot opens within four days, begin daratumumab with chemotherapy as a bridge.
Aim at transplant from the haploidentical donor as soon as marrow blasts are below 5 %."""
OPTIONS = (
    (
        {
            "type": "clinical_trial",
            "title": "HEM-iSMART C: ruxolitinib, venetoclax, dexamethasone and chemotherapy",
            "targets": "IL7R p.(Leu242_Leu243insAsnProCys), VAF 39 % at relapse and diagnosis",
            "rationale": "Insertion in the transmembrane domain of IL7R, clonal at both time points, activates JAK-STAT. "
            "The ex-vivo response to ruxolitinib is only intermediate, so the genomic and the functional axis disagree.",
            "strength": "conditional",
            "evidence": "moderate",
            "access_route": "trial",
            "cautions": "Levofloxacin prolongs QT; ECG before the first dose. Check CYP3A4 inhibitors before venetoclax.",
            "fallback": "Same drugs off label, after approval of the hospital",
            "references": "NCT05745714; doi:10.1182/blood-2012-01-403519",
        },
        ("strongly_for", "for", "for", "for", "against"),
        "hem-ismart-c",
    ),
    (
        {
            "type": "off_label_targeted",
            "title": "Daratumumab with vincristine, prednisone, doxorubicin and asparaginase",
            "targets": "CD38 97 % of blasts, bright",
            "rationale": "High response rate of children with relapsed T-ALL in DELPHINUS; CD38 is bright and homogeneous here.",
            "strength": "conditional",
            "evidence": "high",
            "access_route": "off_label_reimbursed",
            "cautions": "Interferes with blood group serology; send samples to the blood bank first.",
            "fallback": "Venetoclax with dexamethasone",
            "references": "NCT03384654",
        },
        ("for", "for", "for", "neutral", "for"),
        "",
    ),
    (
        {
            "type": "standard_or_conventional_chemo_immunotherapy",
            "direction": "against",
            "title": "Another nelarabine block",
            "targets": "",
            "rationale": "Refractory to the first block, and peripheral neuropathy of grade 2 is still there.",
            "strength": "strong",
            "evidence": "not_graded",
            "access_route": "not_applicable",
        },
        ("strongly_for", "for", "for", "for", "for"),
        "",
    ),
    (
        {
            "type": "clinical_trial",
            "title": "HEM-iSMART B: dasatinib, venetoclax, dexamethasone and chemotherapy",
            "targets": "Dasatinib, 96th percentile of 52 samples ex vivo",
            "rationale": "The strongest functional hit, at a concentration that can be reached, without an ABL-class lesion.",
            "strength": "exploratory",
            "evidence": "intermediate",
            "access_route": "trial",
            "cautions": "The public text of the trial asks for a pathway lesion; a functional hit alone may not be enough.",
        },
        ("for", "for", "for", "against", "against"),
        "hem-ismart-b",
    ),
    (
        {
            "type": "cellular_therapy_CART_DLI_NK",
            "title": "CD7 CAR T cells without debulking first",
            "targets": "CD7 99.6 % of blasts",
            "rationale": "The antigen is bright and present on nearly all blasts.",
            "strength": "exploratory",
            "evidence": "moderate",
            "access_route": "trial",
            "cautions": "Blasts double in less than two weeks; manufacture takes longer. Ask again after debulking.",
        },
        ("against", "against", "neutral", "for", None),
        "",
    ),
)


@dataclass
class Story:
    """The advice in the chair's hands and who is around it."""

    advice: Advice
    chair: User
    case: Case


def vignette_two(*, urgency: str = "emergency", registry: bool = True, voters: int = 5) -> Story:
    """Everything up to the signature; only the first ``voters`` of the five seats vote."""
    case = dossier_of_vignette_two(urgency=urgency, registry=registry)
    revision = freeze(case=case, content=content_of(case), author=case.author)
    board, _created = Board.objects.get_or_create(name="international Leukemia/Lymphoma Target Board")
    meeting = Meeting.objects.create(board=board, starts_at=MET)
    review = Review.objects.create(case=case, revision=revision, board=board, meeting=meeting, state="discussed")
    seats = seated(review)
    ballot = Ballot.objects.create(review=review, opened_by=seats[0].user)
    offered = [
        _option(review, seats[:voters], ballot, values, positions[:voters], trial)
        for values, positions, trial in OPTIONS
    ]
    match(revision, [option.arm for option in offered if option.arm])
    close(ballot)
    advice = drafted(review, ballot)
    return Story(advice=advice, chair=named(chair(), "Prof. Dr. Ingeborg Aaltonen"), case=case)


def named(user: User, name: str) -> User:
    User.objects.filter(pk=user.pk).update(full_name=name)
    user.full_name = name
    return user


def seated(review: Review) -> list[Seat]:
    panel = (
        ("Dr. Ana Ferreira", Expertise.DISEASE, "none", ""),
        ("Prof. Tomáš Dvořák", Expertise.BIOLOGY, "none", ""),
        ("Dr. Birgit Søndergaard", Expertise.EARLY_PHASE, "investigator", "HEM-iSMART, local investigator"),
        ("Dr. Chiara Esposito", Expertise.FLOW, "none", ""),
        (
            "Dr. Zoë Okonkwo-Łukasik",
            Expertise.CELL_THERAPY,
            "financial",
            "advisory board of a maker of CD7 CAR T cells",
        ),
    )
    seats = [
        Seat.objects.create(
            review=review,
            user=expert(expertise, name=name),
            expertise=expertise,
            state="accepted",
            interest_level=level,
            interest_text=text,
            declared_at=MET,
        )
        for name, expertise, level, text in panel
    ]
    Recusal.objects.create(case=review.case, user=expert(Expertise.DISEASE, name="Dr. Pim de Boer"))
    return seats


def _option(review: Review, seats: list[Seat], ballot: Ballot, values: dict, positions: tuple, trial: str) -> Option:
    arm = published(trial) if trial else None
    option = Option.objects.create(review=review, proposed_by=seats[0].user, arm=arm, **values)
    for seat, position in zip(seats, positions, strict=True):
        if position is None:
            OptionRecusal.objects.create(option=option, seat=seat)
            continue
        Vote.objects.create(ballot=ballot, option=option, seat=seat, revision=review.revision, position=position)
    return option


def published(key: str) -> Arm:
    """The trial of the catalogue file as rows, and its first cohort."""
    known = Arm.objects.filter(version__trial__key=key).order_by("-version__number", "position").first()
    return known or store_trial(read_file(CATALOGUE / f"{key}.yaml", today=SIGNED.date()))


def store_trial(record: TrialRecord) -> Arm:
    trial = Trial.objects.create(
        key=record.key,
        title=record.title,
        status=record.status,
        status_as_of=record.status_as_of,
        last_checked_on=record.last_checked_on,
    )
    for number in record.identifiers:
        TrialIdentifier.objects.create(
            trial=trial, system=number.system, value=number.value, is_confirmed=number.confirmed
        )
    for country in record.countries:
        Site.objects.create(trial=trial, country_code=country)
    version = TrialVersion.objects.create(
        trial=trial,
        number=1,
        verification=record.verification,
        countries_complete=record.countries_complete,
        fingerprint=record.fingerprint,
    )
    arms = [
        Arm.objects.create(
            version=version, key=arm.key, title=arm.title, criteria=dict(arm.criteria), status=arm.status or ""
        )
        for arm in record.arms
    ]
    TrialVersion.objects.filter(pk=version.pk).update(state="published", published_at=MET)
    return arms[0]


def match(revision: CaseRevision, arms: list[Arm]) -> MatchRun:
    run = MatchRun.objects.create(
        revision=revision,
        state="done",
        catalogue="as-published",
        evaluated_on=date(2026, 11, 20),
    )
    facts = facts_of(revision.content)
    for rank, arm in enumerate(arms, start=1):
        explanation = explain(parse(arm.criteria), facts)
        Match.objects.create(
            run=run,
            arm=arm,
            rank=rank,
            outcome=explanation.outcome.value,
            availability="unknown",
            explanation=explanation.to_json()["criteria"],
            order=[],
        )
    return run


def close(ballot: Ballot) -> None:
    ballot.result = counted(ballot, rule_of(ballot.review.board))
    ballot.state, ballot.closed_at, ballot.closed_by = "closed", CLOSED, ballot.opened_by
    ballot.save()


def drafted(review: Review, ballot: Ballot) -> Advice:
    advice = Advice.objects.create(
        review=review,
        drafted_by=named(coordinator(), "Sanne Visser"),
        state="in_review",
        summary=SUMMARY,
        first_step="The treating physician calls the trial office of HEM-iSMART C today; the biologist sends the IL7R report.",
        cautions="Tumour lysis is likely with 66 % blasts. Peripheral neuropathy of grade 2: no further neurotoxic drug "
        "without need.\nDexamethasone resistance was seen ex vivo although the trial backbones contain it.",
        diagnostics="Repeat the karyotype from the next marrow. Measure CD7 and CD38 again after debulking: it decides on "
        "CAR T cells.",
        discordance="Two voters hold that a functional hit without a lesion does not justify the SRC arm while the "
        "genotype offers another; three would try it first because the response ex vivo was the strongest seen.",
    )
    outcomes = {"adopted": "adopted", "split": "split"}
    for line in ballot.result["counts"]:
        AdviceOption.objects.create(
            advice=advice,
            option_id=line["option"],
            outcome=outcomes.get(line["outcome"], "not_advised"),
            rank=line["rank"],
            votes_for=line["votes_for"],
            votes_neutral=line["neutral"],
            votes_against=line["against"],
            votes_abstained=line["abstained"],
        )
    return advice


def letter_of(story: Story) -> LetterContext:
    return compose(story.advice, signed_by=story.chair, signed_at=SIGNED)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")
