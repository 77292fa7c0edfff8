(** Written by `cch export first.json --format coq`:
    order x1, x2, y. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Statements Numbers ListMatrix Computed Refutations Agreement.

Definition sigma : matrixL :=
  [:: [:: wholeQ 2; wholeQ 1; wholeQ 2];
      [:: wholeQ 1; wholeQ 1; wholeQ 1];
      [:: wholeQ 2; wholeQ 1; wholeQ 4]].

Definition w1 : matrixL :=
  [:: [:: wholeQ 1]].

(** var(y | x2), var(t | x2), c, B, var(t), var(y), e^{2I(t; s)}, e^{2I(s; y)} as the program
    computes them, and that they are the quantities of the model. *)
Definition moments : moments :=
  Moments (wholeQ 3)
    (wholeQ 1)
    (wholeQ 1)
    (wholeQ 0)
    (wholeQ 2)
    (wholeQ 4)
    (Some (wholeQ 2))
    (Some (Qmake 4 3)).

Theorem moments_agree (R : realFieldType) :
  moments_agree (model 1 1 sigma R) (teacher 1 w1 R) moments.
Proof. apply: agrees_sound; vm_cast_no_check (erefl true). Qed.

(** n, k, R0, R'(0), D, the weights that help, the best one, and R(lambda). *)
Definition training : training :=
  Training 3
    (wholeQ 1)
    (wholeQ 6)
    (wholeQ (-4))
    (wholeQ (-2))
    All
    Largest
    (Some (Qmake 1 2, Qmake 44 9)).

Theorem training_agree (R : realFieldType) :
  training_agree (model 1 1 sigma R) (teacher 1 w1 R) training.
Proof. apply: trains_sound; vm_cast_no_check (erefl true). Qed.
