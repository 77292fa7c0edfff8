(** Written by `cch export vector-label.json --format coq`:
    order x1, x2, y; y2 has the larger scale, and its teacher over-reacts. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Statements Numbers ListMatrix Computed Refutations Agreement.

Definition sigma : matrixL :=
  [:: [:: wholeQ 1; wholeQ 2; wholeQ 0; wholeQ 0; wholeQ 0; wholeQ (-2)];
      [:: wholeQ 2; wholeQ 5; wholeQ 0; wholeQ 2; wholeQ 0; wholeQ (-4)];
      [:: wholeQ 0; wholeQ 0; wholeQ 1; wholeQ 0; wholeQ 0; wholeQ 4];
      [:: wholeQ 0; wholeQ 2; wholeQ 0; wholeQ 5; wholeQ 1; wholeQ 0];
      [:: wholeQ 0; wholeQ 0; wholeQ 0; wholeQ 1; wholeQ 2; wholeQ 0];
      [:: wholeQ (-2); wholeQ (-4); wholeQ 4; wholeQ 0; wholeQ 0; wholeQ 21]].

Definition w1 : matrixL :=
  [:: [:: Qmake 1 3; wholeQ 0];
      [:: wholeQ 0; wholeQ (-2)]].

(** The claim is false over every ordered field. *)
Theorem vector_label (R : realFieldType) : ~ Claim.vector_label R.
Proof.
apply: (@refute_vector_label 2 2 2 sigma w1).
vm_cast_no_check (erefl true).
Qed.

(** var(y | x2), var(t | x2), c, B, var(t), var(y), e^{2I(t; s)}, e^{2I(s; y)} as the program
    computes them, and that they are the quantities of the model. *)
Definition moments : moments :=
  Moments (Qmake 34 5)
    (Qmake 761 45)
    (wholeQ 8)
    (Qmake 97 5)
    (Qmake 181 9)
    (wholeQ 23)
    (Some (wholeQ 5))
    (Some (Qmake 14 3)).

Theorem moments_agree (R : realFieldType) :
  qmoments_agree (qmodel 2 2 2 sigma R) (qteacher 2 2 w1 R) moments.
Proof. apply: qagrees_sound; vm_cast_no_check (erefl true). Qed.
