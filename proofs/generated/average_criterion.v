(** Written by `cch export average-criterion.json --format coq`:
    order x1, x2, y; the row that pulls the mean down has no leverage. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Statements Numbers ListMatrix Computed Refutations Agreement.
From Proofs Require Import StatementsFalse RefutationsTwo RefutationsRows.

Definition sigma : matrixL :=
  [:: [:: wholeQ 1; wholeQ 0; wholeQ 0];
      [:: wholeQ 0; wholeQ 1; wholeQ 0];
      [:: wholeQ 0; wholeQ 0; wholeQ 1]].

Definition w1 : matrixL :=
  [:: [:: wholeQ 1]].

(** The claim is false over every ordered field. *)
Theorem average_criterion (R : realFieldType) : ~ StatementsFalse.Claim.average_criterion R.
Proof.
apply: (@refute_average_criterion 2 1 ([:: [:: wholeQ 1]]) ([:: [:: wholeQ 1];
      [:: wholeQ 0]]) ([:: [:: wholeQ 1; wholeQ 1; wholeQ 1];
      [:: wholeQ 1; wholeQ 0; wholeQ 1]])).
vm_cast_no_check (erefl true).
Qed.

(** var(y | x2), var(t | x2), c, B, var(t), var(y), e^{2I(t; s)}, e^{2I(s; y)} as the program
    computes them, and that they are the quantities of the model. *)
Definition moments : moments :=
  Moments (wholeQ 1)
    (wholeQ 1)
    (wholeQ 0)
    (wholeQ 0)
    (wholeQ 1)
    (wholeQ 1)
    None
    None.

Theorem moments_agree (R : realFieldType) :
  moments_agree (model 1 1 sigma R) (teacher 1 w1 R) moments.
Proof. apply: agrees_sound; vm_cast_no_check (erefl true). Qed.
