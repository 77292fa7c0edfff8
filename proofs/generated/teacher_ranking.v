(** Written by `cch export teacher-ranking.json --format coq`:
    order x1a, x1b, x2, y; only the first candidate tells anything about s, and both have the same c. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Statements Numbers ListMatrix Computed Refutations Agreement.

Definition sigma : matrixL :=
  [:: [:: wholeQ 1; wholeQ 0; wholeQ 1; wholeQ 1];
      [:: wholeQ 0; wholeQ 2; wholeQ 0; wholeQ 1];
      [:: wholeQ 1; wholeQ 0; wholeQ 2; wholeQ 1];
      [:: wholeQ 1; wholeQ 1; wholeQ 1; wholeQ 2]].

Definition w1 : matrixL :=
  [:: [:: wholeQ 1];
      [:: Qmake 1 2]].

(** The claim is false over every ordered field. *)
Theorem teacher_ranking (R : realFieldType) : ~ Claim.teacher_ranking R.
Proof.
apply: (@refute_teacher_ranking 1 1 1 sigma).
vm_cast_no_check (erefl true).
Qed.

(** var(y | x2), var(t | x2), c, B, var(t), var(y), e^{2I(t; s)}, e^{2I(s; y)} as the program
    computes them, and that they are the quantities of the model. *)
Definition moments : moments :=
  Moments (Qmake 3 2)
    (wholeQ 1)
    (wholeQ 1)
    (wholeQ 0)
    (Qmake 3 2)
    (wholeQ 2)
    (Some (Qmake 3 2))
    (Some (Qmake 4 3)).

Theorem moments_agree (R : realFieldType) :
  moments_agree (model 2 1 sigma R) (teacher 2 w1 R) moments.
Proof. apply: agrees_sound; vm_cast_no_check (erefl true). Qed.
