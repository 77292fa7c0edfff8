(** Written by `cch export drop-harmful-teacher.json --format coq`:
    order x1, x2, y; with a multiple of the first teacher's opposite the student can shrink. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Statements Numbers ListMatrix Computed Refutations Agreement.
From Proofs Require Import StatementsFalse RefutationsTwo RefutationsRows.

Definition sigma : matrixL :=
  [:: [:: wholeQ 2; wholeQ 1; wholeQ 0];
      [:: wholeQ 1; wholeQ 2; wholeQ 1];
      [:: wholeQ 0; wholeQ 1; wholeQ 1]].

Definition w1 : matrixL :=
  [:: [:: wholeQ 1]].

(** The claim is false over every ordered field. *)
Theorem drop_harmful_teacher (R : realFieldType) : ~ StatementsFalse.Claim.drop_harmful_teacher R.
Proof.
apply: (@refute_drop_harmful_teacher 1 1 3 (Qmake 3 8) (Qmake 1 8) sigma w1 ([:: [:: wholeQ (-1)]])).
vm_cast_no_check (erefl true).
Qed.

(** var(y | x2), var(t | x2), c, B, var(t), var(y), e^{2I(t; s)}, e^{2I(s; y)} as the program
    computes them, and that they are the quantities of the model. *)
Definition moments : moments :=
  Moments (Qmake 1 2)
    (Qmake 3 2)
    (Qmake (-1) 2)
    (wholeQ 0)
    (wholeQ 2)
    (wholeQ 1)
    (Some (Qmake 4 3))
    (Some (wholeQ 2)).

Theorem moments_agree (R : realFieldType) :
  moments_agree (model 1 1 sigma R) (teacher 1 w1 R) moments.
Proof. apply: agrees_sound; vm_cast_no_check (erefl true). Qed.

(** n, k, R0, R'(0), D, the weights that help, the best one, and R(lambda). *)
Definition training : training :=
  Training 3
    (wholeQ 1)
    (wholeQ 1)
    (wholeQ (-2))
    (wholeQ 1)
    (Below (wholeQ 2))
    (Best (Qmake 1 2))
    None.

Theorem training_agree (R : realFieldType) :
  training_agree (model 1 1 sigma R) (teacher 1 w1 R) training.
Proof. apply: trains_sound; vm_cast_no_check (erefl true). Qed.
