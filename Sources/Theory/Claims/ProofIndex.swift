// SPDX-License-Identifier: GPL-3.0-or-later
// Written by `make -C proofs index` from what Coq prints; not to be edited.
// swift-format-ignore-file

extension Theorem {
  /// What Coq has checked about each claim, by the name of its statement.
  static let index: [String: Theorem] = [
    "sharp": Theorem(holds: true, name: "sharp", file: "proofs/Theorems.v"),
    "theorem1": Theorem(holds: true, name: "theorem1", file: "proofs/Theorems.v"),
    "calibrated": Theorem(holds: true, name: "calibrated", file: "proofs/Theorems.v"),
    "tight": Theorem(holds: true, name: "tight", file: "proofs/Theorems.v"),
    "ols_teacher": Theorem(holds: true, name: "ols_teacher", file: "proofs/Theorems.v"),
    "window": Theorem(holds: true, name: "window", file: "proofs/Theorems.v"),
    "gain": Theorem(holds: true, name: "gain", file: "proofs/Theorems.v"),
    "coordinatewise": Theorem(holds: true, name: "coordinatewise", file: "proofs/Theorems.v"),
    "unbounded": Theorem(holds: false, name: "unbounded", file: "proofs/generated/unbounded.v"),
    "aligned": Theorem(holds: false, name: "aligned", file: "proofs/generated/aligned.v"),
    "converse": Theorem(holds: false, name: "converse", file: "proofs/generated/converse.v"),
    "fixed_lambda": Theorem(holds: false, name: "fixed_lambda", file: "proofs/generated/fixed_lambda.v"),
    "vector_label": Theorem(holds: false, name: "vector_label", file: "proofs/generated/vector_label.v"),
    "raw_modality": Theorem(holds: false, name: "raw_modality", file: "proofs/generated/raw_modality.v"),
    "teacher_ranking": Theorem(holds: false, name: "teacher_ranking", file: "proofs/generated/teacher_ranking.v"),
    "tuned_sharp": Theorem(holds: true, name: "tuned_sharp", file: "proofs/TheoremsBaseline.v"),
    "signed_cch": Theorem(holds: true, name: "signed_cch", file: "proofs/TheoremsBaseline.v"),
    "conditional_independence": Theorem(holds: true, name: "conditional_independence", file: "proofs/TheoremsBaseline.v"),
    "ols_sharp": Theorem(holds: true, name: "ols_sharp", file: "proofs/TheoremsBaseline.v"),
    "weak_modalities": Theorem(holds: true, name: "weak_modalities", file: "proofs/TheoremsBaseline.v"),
    "calibrate_first": Theorem(holds: true, name: "calibrate_first", file: "proofs/TheoremsBaseline.v"),
    "crossover": Theorem(holds: true, name: "crossover", file: "proofs/TheoremsBaseline.v"),
    "ensemble": Theorem(holds: true, name: "ensemble", file: "proofs/TheoremsBaseline.v"),
    "kd_beats_shrinkage": Theorem(holds: false, name: "kd_beats_shrinkage", file: "proofs/generated/kd_beats_shrinkage.v"),
    "ols_teacher_helps": Theorem(holds: false, name: "ols_teacher_helps", file: "proofs/generated/ols_teacher_helps.v"),
    "drop_harmful_teacher": Theorem(holds: false, name: "drop_harmful_teacher", file: "proofs/generated/drop_harmful_teacher.v"),
    "survives_ridge": Theorem(holds: false, name: "survives_ridge", file: "proofs/generated/survives_ridge.v"),
    "two_informations_decide": Theorem(holds: false, name: "two_informations_decide", file: "proofs/generated/two_informations_decide.v"),
    "more_features": Theorem(holds: false, name: "more_features", file: "proofs/generated/more_features.v"),
    "fresh_is_better": Theorem(holds: false, name: "fresh_is_better", file: "proofs/generated/fresh_is_better.v"),
    "average_criterion": Theorem(holds: false, name: "average_criterion", file: "proofs/generated/average_criterion.v"),
    "joint_teacher": Theorem(holds: true, name: "joint_teacher", file: "proofs/TheoremsRows.v"),
    "sampled_joint_teacher": Theorem(holds: true, name: "sampled_joint_teacher", file: "proofs/TheoremsRows.v"),
    "same_rows_teacher": Theorem(holds: true, name: "same_rows_teacher", file: "proofs/TheoremsRows.v"),
    "unlabelled": Theorem(holds: true, name: "unlabelled", file: "proofs/TheoremsRows.v"),
    "pseudo_labels": Theorem(holds: true, name: "pseudo_labels", file: "proofs/TheoremsDesign.v"),
    "ridge_orthogonal": Theorem(holds: true, name: "ridge_orthogonal", file: "proofs/TheoremsDesign.v"),
    "leverage": Theorem(holds: true, name: "leverage", file: "proofs/TheoremsDesign.v"),
    "wrong_decision": Theorem(holds: true, name: "wrong_decision", file: "proofs/TheoremsDesign.v", assuming: ["slope_estimate"]),
  ]
}
