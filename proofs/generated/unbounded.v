(** Written by `cch export unbounded.json --format coq`:
    order x1, x2, y; given x2 the teacher moves with the label one for one: no λ helps. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Statements Numbers ListMatrix Computed Refutations Agreement.

Definition sigma : matrixL :=
  [:: [:: wholeQ 3; wholeQ (-2); wholeQ 0];
      [:: wholeQ (-2); wholeQ 3; wholeQ 1];
      [:: wholeQ 0; wholeQ 1; wholeQ 1]].

Definition w1 : matrixL :=
  [:: [:: wholeQ 1]].

(** The claim is false over every ordered field. *)
Theorem unbounded (R : realFieldType) : ~ Claim.unbounded R.
Proof.
apply: (@refute_unbounded 1 1 sigma w1).
vm_cast_no_check (erefl true).
Qed.

(** var(y | x2), var(t | x2), c, B, var(t), var(y), e^{2I(t; s)}, e^{2I(s; y)} as the program
    computes them, and that they are the quantities of the model. *)
Definition moments : moments :=
  Moments (Qmake 2 3)
    (Qmake 5 3)
    (Qmake 2 3)
    (wholeQ 3)
    (wholeQ 3)
    (wholeQ 1)
    (Some (Qmake 9 5))
    (Some (Qmake 3 2)).

Theorem moments_agree (R : realFieldType) :
  moments_agree (model 1 1 sigma R) (teacher 1 w1 R) moments.
Proof. apply: agrees_sound; vm_cast_no_check (erefl true). Qed.
