(** Written by `cch export fresh-is-better.json --format coq`:
    order x1, x2, y; anti-correlated residuals cancel on the same rows only. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Statements Numbers ListMatrix Computed Refutations Agreement.
From Proofs Require Import StatementsFalse RefutationsTwo RefutationsRows.

Definition sigma : matrixL :=
  [:: [:: wholeQ 1; wholeQ 0; wholeQ (-1)];
      [:: wholeQ 0; wholeQ 1; wholeQ 1];
      [:: wholeQ (-1); wholeQ 1; wholeQ 3]].

Definition w1 : matrixL :=
  [:: [:: wholeQ 1]].

(** The claim is false over every ordered field. *)
Theorem fresh_is_better (R : realFieldType) : ~ StatementsFalse.Claim.fresh_is_better R.
Proof.
apply: (@refute_fresh_is_better 1 1 3 (wholeQ 1) sigma w1).
vm_cast_no_check (erefl true).
Qed.

(** var(y | x2), var(t | x2), c, B, var(t), var(y), e^{2I(t; s)}, e^{2I(s; y)} as the program
    computes them, and that they are the quantities of the model. *)
Definition moments : moments :=
  Moments (wholeQ 2)
    (wholeQ 1)
    (wholeQ (-1))
    (wholeQ 1)
    (wholeQ 1)
    (wholeQ 3)
    (Some (wholeQ 1))
    (Some (Qmake 3 2)).

Theorem moments_agree (R : realFieldType) :
  moments_agree (model 1 1 sigma R) (teacher 1 w1 R) moments.
Proof. apply: agrees_sound; vm_cast_no_check (erefl true). Qed.

(** n, k, R0, R'(0), D, the weights that help, the best one, and R(lambda). *)
Definition training : training :=
  Training 3
    (wholeQ 1)
    (wholeQ 4)
    (wholeQ (-6))
    (wholeQ 0)
    All
    (Best (wholeQ 1))
    None.

Theorem training_agree (R : realFieldType) :
  training_agree (model 1 1 sigma R) (teacher 1 w1 R) training.
Proof. apply: trains_sound; vm_cast_no_check (erefl true). Qed.
