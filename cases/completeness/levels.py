"""How much each column matters: M mandatory, C when its condition holds, R recommended, O optional, auto by the system.

What is not named is optional. The conditions stand in the questions (``header``, ``evidence``).
"""

from collections.abc import Mapping
from typing import Final


def _levels(**names: str) -> dict[str, str]:
    return {column: level for level, columns in names.items() for column in columns.split()}


LEVELS: Final[Mapping[str, Mapping[str, str]]] = {
    "Case": _levels(
        auto="code submission_type submitter_role",
        M="question_text question_types treatment_intent urgency no_standard_of_care no_standard_of_care_reason",
        C="urgency_reasons no_therapy_yet earlier_treatment_text decisive_finding_text",
        R="next_decision_day national_board_discussed",
    ),
    "Patient": _levels(
        M="age_months_at_submission age_months_at_diagnosis sex country weight_kg down_syndrome",
        C="fertility_or_pregnancy",
        R="height_cm other_syndromes",
    ),
    "Diagnosis": _levels(
        M="disease_group entity",
        auto="classification_used",
        C="lymphoma_stage_initial",
        R="initial_risk_group initial_wbc initial_cns_status secondary_disease frontline_protocol",
    ),
    "DiseaseStatus": _levels(
        M="status_now relapse_number sites cns_status",
        C="time_to_first_relapse_months refractory_definition bm_blasts_status bm_blasts_morphology_pct_of_cells"
        " testicular",
        R="relapse_timing_class bm_blasts_flow_pct_of_cells pb_blasts_pct_of_cells wbc anc hb_g_dl platelets"
        " growth_rate csf_wbc_per_ul csf_flow extramedullary_biopsy_confirmed",
    ),
    "DiseaseMass": _levels(M="site", C="size_cm deauville suv_max"),
    "MrdMeasurement": _levels(
        auto="comparator",
        M="status method tissue mrd_fraction",
        R="detection_limit quantifiable measured_on_day after after_number is_current",
        C="cells_measured",
    ),
    "Specimen": _levels(
        auto="label blasts_comparator",
        M="tissue time_point",
        R="taken_on_day blasts_pct_of_cells blast_method",
        C="donor_chimerism_pct",
    ),
    "Assay": _levels(
        M="assay_type status",
        C="expected_day",
        R="tumour_content_pct matched_germline reference_genome mean_coverage lab_turnaround_days",
    ),
    "VariantFinding": _levels(
        auto="gene vaf_comparator",
        M="gene_symbol hgvs_p",
        C="length_bp allelic_ratio",
        R="transcript hgvs_c vaf zygosity origin oncogenicity depth variant_class",
    ),
    "FusionFinding": _levels(
        M="five_prime_gene", R="three_prime_gene in_frame driver_class detected_by spanning_reads"
    ),
    "AntigenFinding": _levels(
        auto="percent_comparator compartment method percent_of",
        M="antigen intensity",
        C="percent_positive negative_subclone_pct h_score",
        R="pattern",
    ),
    "NegativeFinding": _levels(M="target"),
    "Karyotype": _levels(auto="iscn_normalised", M="iscn", R="n_metaphases ploidy_class abnormality_count"),
    "FishFinding": _levels(M="probe result", R="pct_nuclei"),
    "CopyNumberFinding": _levels(auto="gene", M="gene_symbol region change", R="copies focal size_mb"),
    "MolecularSignature": _levels(R="ploidy_class ph_like_signature ikzf1_plus hrd tmb_mut_per_mb msi_or_dmmr"),
    "ExpressionOutlier": _levels(
        auto="gene",
        M="gene_symbol reference_cohort",
        R="value_tpm percentile z_score reference_cohort_n same_disease_reference",
    ),
    "MethylationResult": _levels(M="classifier methylation_class", R="version score"),
    "Clone": _levels(M="clone_label", R="ccf seen_at"),
    "Germline": _levels(
        C="status",
        R="result method material gene_list_covered clinical_suspicion genetics_referral",
    ),
    "GermlineVariant": _levels(auto="gene", M="gene_symbol acmg_class", R="transcript hgvs_c hgvs_p zygosity"),
    "ExVivoPanel": _levels(
        auto="status",
        M="assay_platform sample_type fresh_or_frozen exposure_hours qc",
        C="expected_day",
        R="laboratory specimen blast_purity_start_pct viability_start_pct",
    ),
    "DrugResponse": _levels(
        auto="concept comparator",
        M="name readout value unit interpretation",
        C="reference_cohort_n dose_nm",
        R="percentile_in_cohort reference_same_disease clinically_achievable",
    ),
    "TherapyLine": _levels(
        auto="line_number",
        M="setting regimen_name start_on_day stop_reason best_response",
        R="stop_on_day response_duration_days trial_id",
    ),
    "TherapyDrug": _levels(auto="concept", R="name route n_cycles last_given_on_day cumulative_dose_mg_m2"),
    "Toxicity": _levels(M="term grade", R="ongoing"),
    "Transplant": _levels(
        auto="number",
        M="donor",
        R="on_day stem_cell_source conditioning conditioning_text tbi_gy intensity t_depletion remission_before"
        " agvhd_max_grade cgvhd donor_chimerism_pct immunosuppression_now dli_number sos relapse_on_day",
    ),
    "CellTherapy": _levels(
        auto="number",
        R="target_antigens product on_day donor_source lymphodepletion dose_10e6_per_kg crs_grade icans_grade iec_hs"
        " best_response aplasia_months loss_reason manufacturing_failed leftover_product",
    ),
    "Exposure": _levels(R="asparaginase_allergy cranial_radiotherapy_gy blinatumomab_cns_toxicity inotuzumab_sos"),
    "Condition": _levels(
        auto="performance_scale",
        M="performance_score performance_not_assessable alt_x_uln bilirubin_total_x_uln creatinine_x_uln"
        " crcl_ml_min_1_73 lvef_pct sf_pct active_infection not_done",
        C="gvhd_acute_grade gvhd_chronic systemic_immunosuppression steroid_mg_kg_day infection_organisms"
        " neuropathy_grade",
        R="ast_x_uln bilirubin_direct_x_uln qtcf_ms qtc_formula spo2_room_air_pct hepatitis_hiv neuro organ_history"
        " can_swallow family_wishes no_comedication no_contraindications",
    ),
    "Comedication": _levels(auto="concept", M="name", R="cyp3a4 pgp_inhibitor qt_prolonging acid_suppressant"),
    "Contraindication": _levels(auto="concept", M="name", R="reason"),
    "AccessNeeds": _levels(M="no_trials_considered", R="willing_to_travel donor_status"),
    "TrialConsidered": _levels(M="trial outcome", C="reason"),
    "DrugAccess": _levels(auto="concept", M="name access"),
    "Consent": _levels(
        auto="confirmed_by confirmed_at secondary_research",
        M="board_discussion registry_follow_up given_by deidentification_confirmed",
        C="assent",
        R="germline_return form_version",
    ),
    "BoardAnswer": _levels(auto="question label help_text unit", R="answer"),
    "Transcription": _levels(
        auto="section specimen transcribed_by transcribed_at confirmed_by confirmed_at",
    ),
}
