(** Written by `cch export more-features.json --format coq`:
    order x1, x2[0], x2[1], y; the second input leaves less of y than the teacher over-reacts to. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Statements Numbers ListMatrix Computed Refutations Agreement.
From Proofs Require Import StatementsFalse RefutationsTwo RefutationsRows.

Definition sigma : matrixL :=
  [:: [:: wholeQ 2; wholeQ 0; wholeQ 1; wholeQ 0];
      [:: wholeQ 0; wholeQ 1; wholeQ 1; wholeQ 1];
      [:: wholeQ 1; wholeQ 1; wholeQ 6; wholeQ (-1)];
      [:: wholeQ 0; wholeQ 1; wholeQ (-1); wholeQ 2]].

Definition w1 : matrixL :=
  [:: [:: wholeQ 1]].

(** The claim is false over every ordered field. *)
Theorem more_features (R : realFieldType) : ~ StatementsFalse.Claim.more_features R.
Proof.
apply: (@refute_more_features 1 1 1 sigma w1).
vm_cast_no_check (erefl true).
Qed.

(** var(y | x2), var(t | x2), c, B, var(t), var(y), e^{2I(t; s)}, e^{2I(s; y)} as the program
    computes them, and that they are the quantities of the model. *)
Definition moments : moments :=
  Moments (Qmake 1 5)
    (Qmake 9 5)
    (Qmake 2 5)
    (Qmake 14 5)
    (wholeQ 2)
    (wholeQ 2)
    (Some (Qmake 45 43))
    (Some (wholeQ 10)).

Theorem moments_agree (R : realFieldType) :
  moments_agree (model 1 2 sigma R) (teacher 1 w1 R) moments.
Proof. apply: agrees_sound; vm_cast_no_check (erefl true). Qed.
