(** Written by `cch export ols-teacher-helps.json --format coq`:
    order x1, x2, y; given x2 the least-squares teacher moves with the label one for one. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Statements Numbers ListMatrix Computed Refutations Agreement.
From Proofs Require Import StatementsFalse RefutationsTwo RefutationsRows.

Definition sigma : matrixL :=
  [:: [:: wholeQ 2; wholeQ 1; wholeQ 2];
      [:: wholeQ 1; wholeQ 2; wholeQ 2];
      [:: wholeQ 2; wholeQ 2; wholeQ 3]].

Definition w1 : matrixL :=
  [:: [:: wholeQ 1]].

(** The claim is false over every ordered field. *)
Theorem ols_teacher_helps (R : realFieldType) : ~ StatementsFalse.Claim.ols_teacher_helps R.
Proof.
apply: (@refute_ols_teacher_helps 1 1 sigma).
vm_cast_no_check (erefl true).
Qed.

(** var(y | x2), var(t | x2), c, B, var(t), var(y), e^{2I(t; s)}, e^{2I(s; y)} as the program
    computes them, and that they are the quantities of the model. *)
Definition moments : moments :=
  Moments (wholeQ 1)
    (Qmake 3 2)
    (wholeQ 1)
    (Qmake 1 2)
    (wholeQ 2)
    (wholeQ 3)
    (Some (Qmake 4 3))
    (Some (wholeQ 3)).

Theorem moments_agree (R : realFieldType) :
  moments_agree (model 1 1 sigma R) (teacher 1 w1 R) moments.
Proof. apply: agrees_sound; vm_cast_no_check (erefl true). Qed.
