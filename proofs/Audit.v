(** What every theorem rests on besides its own hypotheses: `make audit`
    fails unless the answer is nothing, each time. *)

From Proofs Require Import Model Criterion Information.

Print Assumptions sharp.
Print Assumptions slope.
Print Assumptions window.
Print Assumptions gain.
