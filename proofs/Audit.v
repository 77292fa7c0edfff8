(** What every theorem rests on besides its own hypotheses: `make audit`
    fails unless the answer is nothing, each time. *)

From Proofs Require Import Model Criterion Information Tight Roots Outputs Examples Student Expectation Sampling.

(* The claims. *)
Print Assumptions sharp.
Print Assumptions window.
Print Assumptions gain.
Print Assumptions theorem1.
Print Assumptions calibrated.
Print Assumptions tight.
Print Assumptions ols_teacher.
Print Assumptions coordinatewise.

(* What goes with them. *)
Print Assumptions slope.
Print Assumptions theorem1_helps.
Print Assumptions calibrated_helps.
Print Assumptions calibrated_rate.
Print Assumptions tight_informations.
Print Assumptions sharp_traces.
Print Assumptions window_traces.
Print Assumptions gain_traces.
Print Assumptions qriskE.
Print Assumptions expI_syE.

(* The student and its expected risk. *)
Print Assumptions student_min.
Print Assumptions studentq_min.
Print Assumptions residuals.
Print Assumptions fixed_design.
Print Assumptions risk_expected.
Print Assumptions qrisk_expected.

(* Their hypotheses can be satisfied. *)
Print Assumptions sampling_exists.
Print Assumptions qsampling_exists.
Print Assumptions good_satisfies.
Print Assumptions good_ols.
Print Assumptions good_best.
Print Assumptions bounded_satisfies.
Print Assumptions harmful_satisfies.
Print Assumptions unbounded_satisfies.
Print Assumptions tight_satisfies.
Print Assumptions coordinatewise_satisfies.
