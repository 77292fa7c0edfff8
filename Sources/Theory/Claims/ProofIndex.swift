// Written by `make -C proofs index` from what Coq prints; not to be edited.

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
  ]
}
