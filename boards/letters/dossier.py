"""The case as the letter tells it: from the frozen revision alone."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.letters import results, wording
from boards.letters.context import (
    Finding,
    Findings,
    Mark,
    Question,
    Row,
    SpecimenResult,
    Synopsis,
    TreatmentLine,
)
from cases import enums
from cases.completeness import Level, missing
from cases.queries import words
from cases.queries.dossier import kind_of_line
from iltb.core.charts import DAYS_PER_MONTH

Content = Mapping[str, Any]

_UNANSWERED: Final = (
    enums.BlockStatus.FAILED,
    enums.BlockStatus.PENDING,
    enums.BlockStatus.NOT_DONE,
    enums.BlockStatus.UNKNOWN,
)
_KINDS_OF_RESULT: Final = ("variants", "fusions", "antigens", "tested_absent")


def question(content: Content) -> Question:
    """The question, verbatim, and its frame."""
    case = content["case"]
    rows = [
        Row(_("Aim of treatment"), words.label(enums.TreatmentIntent, case["treatment_intent"])),
        Row(_("About"), words.labels(enums.QuestionType, case["question_types"])),
        Row(_("Urgency"), words.label(enums.Urgency, case["urgency"])),
    ]
    if case["next_decision_day"] is not None:
        rows.append(Row(_("Decision needed within"), words.number(case["next_decision_day"], _("days"))))
    return Question(text=case["question_text"].strip(), rows=tuple(rows))


def synopsis(content: Content) -> Synopsis:
    """Who, what, where it stands, and what was given; no calendar date."""
    lines = tuple(_line(line) for line in content["therapy_lines"])
    relapse = content["status"]["time_to_first_relapse_months"]
    marks = () if relapse is None else (Mark(round(relapse * DAYS_PER_MONTH), _("first relapse")),)
    if lines:
        no_lines = ""
    else:
        no_lines = (
            _("No treatment was given yet.") if content["no_therapy_yet"] else _("No earlier treatment is stated.")
        )
    return Synopsis(
        rows=(*(Row(label, value) for label, value in _synopsis_rows(content)), *results.further_rows(content)),
        lines=lines,
        no_lines=no_lines,
        marks=marks,
        until_day=_day_of_question(content["patient"]),
    )


def _synopsis_rows(content: Content) -> Iterator[tuple[str, str]]:
    patient, diagnosis, status = content["patient"], content["diagnosis"], content["status"]
    sex = words.label(enums.Sex, patient["sex"])
    yield _("Age and sex"), f"{words.age(patient['age_months_at_submission'])}, {sex}"
    yield (
        _("Diagnosis"),
        _("%(entity)s (%(classification)s), first diagnosed at the age of %(age)s")
        % {
            "entity": words.named(diagnosis["entity"]),
            "classification": words.label(enums.Classification, diagnosis["classification_used"]),
            "age": words.age(patient["age_months_at_diagnosis"]),
        },
    )
    yield (
        _("At diagnosis"),
        _("white cells %(wbc)s, CNS status %(cns)s, protocol: %(protocol)s")
        % {
            "wbc": words.number(diagnosis["initial_wbc"], "×10⁹/L"),
            "cns": words.label(enums.CnsStatus, diagnosis["initial_cns_status"]),
            "protocol": words.text(diagnosis["frontline_protocol"]),
        },
    )
    yield _("Status now"), words.label(enums.StatusNow, status["status_now"])
    yield _("Relapses"), _relapses(status)
    yield _("Sites of disease"), words.labels(enums.Site, status["sites"])
    yield _("Marrow blasts"), _blasts(status)
    yield _("CNS status now"), words.label(enums.CnsStatus, status["cns_status"])
    yield _("Weight"), words.number(patient["weight_kg"], "kg")
    yield _("Height"), words.number(patient["height_cm"], "cm")
    yield _("Down syndrome"), words.label(enums.YesNoUnknown, patient["down_syndrome"])
    yield _("Country of treatment"), words.named(patient["country"])
    yield _("Why no standard treatment is left"), words.text(content["case"]["no_standard_of_care_reason"])


def _relapses(status: Content) -> str:
    number, first = status["relapse_number"], status["time_to_first_relapse_months"]
    if not number or first is None:
        return words.count(number)
    return _("%(number)s; the first %(first)s after diagnosis") % {
        "number": number,
        "first": words.number(first, _("months")),
    }


def _blasts(status: Content) -> str:
    morphology, flow = status["bm_blasts_morphology_pct_of_cells"], status["bm_blasts_flow_pct_of_cells"]
    if morphology is None and flow is None:
        return words.not_stated()
    return _("%(morphology)s by morphology, %(flow)s by flow") % {
        "morphology": words.percent(morphology),
        "flow": words.percent(flow),
    }


def _day_of_question(patient: Content) -> int:
    now, then = patient["age_months_at_submission"], patient["age_months_at_diagnosis"]
    return 0 if now is None or then is None else round((now - then) * DAYS_PER_MONTH)


def _line(line: Content) -> TreatmentLine:
    start, stop = line["start_on_day"], line["stop_on_day"]
    days = _("from day %(start)s") if stop is None else _("day %(start)s to %(stop)s")
    return TreatmentLine(
        number=line["line_number"],
        setting=words.label(enums.LineSetting, line["setting"]),
        regimen=line["regimen_name"],
        drugs=", ".join(drug["display"] for drug in line["drugs"]),
        days=days % {"start": start, "stop": stop},
        stop_reason=words.label(enums.StopReason, line["stop_reason"]),
        response=words.label(enums.BestResponse, line["best_response"]),
        kind=kind_of_line(line),
        start_on_day=start,
        stop_on_day=stop,
    )


def findings(content: Content) -> Findings:
    """Found, looked for and not found, and never answered: three things, each as visible as the others."""
    specimens = sorted(content["specimens"], key=_current_and_newest_first)
    return Findings(
        found=(
            *(finding for specimen in specimens for finding in _found(specimen)),
            *results.drug_responses(content),
        ),
        not_found=tuple(
            SpecimenResult(_where(specimen), ", ".join(specimen["tested_absent"]), _("tested, not found"))
            for specimen in specimens
            if specimen["tested_absent"]
        ),
        unanswered=tuple(_assays(specimens, _UNANSWERED)),
        done=tuple(_assays(specimens, (enums.BlockStatus.DONE,))),
    )


def _current_and_newest_first(specimen: Content) -> tuple[bool, int]:
    day = specimen["taken_on_day"]
    return not specimen["is_current_disease"], 1 if day is None else -day


def _where(specimen: Content) -> str:
    where = wording.specimen(specimen)
    return where if specimen["is_current_disease"] else _("%(where)s (before the last remission)") % {"where": where}


def _found(specimen: Content) -> Iterator[Finding]:
    where = _where(specimen)
    for variant in specimen["variants"]:
        yield _variant(variant, where)
    for fusion in specimen["fusions"]:
        yield _fusion(fusion, where)
    for antigen in specimen["antigens"]:
        yield _antigen(antigen, where)
    yield from results.of_specimen(specimen, where)


def _variant(variant: Content, where: str) -> Finding:
    changes = [change for change in (variant["hgvs_p"], variant["hgvs_c"]) if change]
    if variant["variant_class"] != enums.VariantClass.SMALL:
        changes.insert(0, words.label(enums.VariantClass, variant["variant_class"]))
    details = [*changes[1:], variant["transcript"] or ""]
    if variant["length_bp"] is not None:
        details.append(words.number(variant["length_bp"], _("base pairs")))
    if variant["allelic_ratio"] is not None:
        details.append(_("allelic ratio %(ratio)s") % {"ratio": words.number(variant["allelic_ratio"])})
    vaf = variant["vaf"]
    return Finding(
        name=f"{variant['gene']} {changes[0] if changes else _('change not stated')}",
        detail=", ".join(filter(None, details)),
        specimen=where,
        value=_("VAF not stated") if vaf is None else f"VAF {words.percent(Decimal(vaf) * 100)}",
        comment="; ".join(
            [
                words.label(enums.Oncogenicity, variant["oncogenicity"]),
                _("origin: %(origin)s") % {"origin": words.label(enums.Origin, variant["origin"])},
            ],
        ),
    )


def _fusion(fusion: Content, where: str) -> Finding:
    first, second = fusion["five_prime_gene"], fusion["three_prime_gene"]
    name = f"{first}::{second}" if second else _("%(gene)s rearranged, partner unknown") % {"gene": first}
    return Finding(
        name=name,
        detail=_("fusion"),
        specimen=where,
        value=_("present"),
        comment="; ".join(
            [
                _("in frame: %(answer)s") % {"answer": words.label(enums.YesNoUnknown, fusion["in_frame"])},
                _("role: %(role)s") % {"role": words.label(enums.DriverClass, fusion["driver_class"])},
            ],
        ),
    )


def _antigen(antigen: Content, where: str) -> Finding:
    share = antigen["percent_positive"]
    of = words.label(enums.PercentOf, antigen["percent_of"])
    comments = [
        _("intensity: %(intensity)s") % {"intensity": words.label(enums.Intensity, antigen["intensity"])},
        _("pattern: %(pattern)s") % {"pattern": words.label(enums.Pattern, antigen["pattern"])},
    ]
    if antigen["negative_subclone_pct"] is not None:
        share_negative = words.percent(antigen["negative_subclone_pct"])
        comments.append(_("negative part %(share)s") % {"share": share_negative})
    compartment = words.label(enums.Compartment, antigen["compartment"])
    return Finding(
        name=antigen["antigen"],
        detail=f"{compartment}, {words.label(enums.AntigenMethod, antigen['method'])}",
        specimen=where,
        value=_("not quantified") if share is None else f"{words.percent(share)} {of}",
        comment="; ".join(comments),
    )


def _assays(specimens: Iterable[Content], states: Iterable[enums.BlockStatus]) -> Iterator[SpecimenResult]:
    states = tuple(states)
    for specimen in specimens:
        for state in states:
            methods = [
                words.label(enums.AssayType, assay["assay_type"])
                for assay in specimen["assays"]
                if assay["status"] == state
            ]
            if methods:
                yield SpecimenResult(_where(specimen), ", ".join(methods), str(state.label))


def gaps(content: Content) -> tuple[str, ...]:
    """What the advice had to do without: the day of the profile, what was to follow, what was recommended."""
    return tuple(filter(None, (_profile_day(content), _still_to_follow(content), _not_given(content))))


def _profile_day(content: Content) -> str:
    with_results = [item for item in content["specimens"] if any(item[kind] for kind in _KINDS_OF_RESULT)]
    if not with_results:
        return _("There is no profile: no specimen has a result.")
    newest = min(with_results, key=_current_and_newest_first)
    text = _("The profile that the advice rests on comes from specimen %(specimen)s.")
    if not newest["is_current_disease"]:
        text += " " + _("It is not of the current disease and may be out of date.")
    return text % {"specimen": wording.specimen(newest)}


def _still_to_follow(content: Content) -> str:
    """Of an emergency: what a routine case must state."""
    absent = [str(item.sentence).rstrip(".") for item in missing(content) if item.level is Level.TO_FOLLOW]
    return _("To follow after this emergency question: %(names)s.") % {"names": "; ".join(absent)} if absent else ""


def _not_given(content: Content) -> str:
    """What was recommended and not stated, by name where it bears on the choice; the rest as a number."""
    names = {
        "height_cm": _("height"),
        "specimens": _("a result on the current disease"),
        "germline": _("germline testing"),
        "ex_vivo": _("drug response ex vivo"),
        "qtcf_ms": _("QTc"),
        "growth_rate": _("growth of the disease"),
        "comedications": _("other drugs taken"),
        "contraindications": _("contraindications"),
        "donor_status": _("donor"),
        "willing_to_travel": _("willingness to travel"),
        "can_swallow": _("whether tablets can be swallowed"),
        "next_decision_day": _("the time until the decision"),
    }
    absent = [item.field for item in missing(content) if item.level is Level.RECOMMENDED]
    if not absent:
        return _("Everything that the form recommends was stated.")
    named = [name for field, name in names.items() if field in absent]
    others = len(set(absent) - set(names))
    if others:
        more = ngettext("%(count)s further answer", "%(count)s further answers", others)
        named.append(more % {"count": others})
    return _("Recommended but not stated in the submission: %(names)s.") % {"names": wording.joined(named)}
