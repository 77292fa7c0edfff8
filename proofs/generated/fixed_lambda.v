(** Written by `cch export fixed-lambda.json --format coq`:
    order x1, x2, y; the window of helpful λ ends below 1/2. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Statements Numbers ListMatrix Computed Refutations Agreement.

Definition sigma : matrixL :=
  [:: [:: wholeQ 1; wholeQ (-1); wholeQ 0];
      [:: wholeQ (-1); wholeQ 2; wholeQ 1];
      [:: wholeQ 0; wholeQ 1; wholeQ 2]].

Definition w1 : matrixL :=
  [:: [:: wholeQ 1]].

(** The claim is false over every ordered field. *)
Theorem fixed_lambda (R : realFieldType) : ~ Claim.fixed_lambda R.
Proof.
apply: (@refute_fixed_lambda 1 1 5 (Qmake 1 2) sigma w1).
vm_cast_no_check (erefl true).
Qed.

(** var(y | x2), var(t | x2), c, B, var(t), var(y), e^{2I(t; s)}, e^{2I(s; y)} as the program
    computes them, and that they are the quantities of the model. *)
Definition moments : moments :=
  Moments (Qmake 3 2)
    (Qmake 1 2)
    (Qmake 1 2)
    (wholeQ 2)
    (wholeQ 1)
    (wholeQ 2)
    (Some (wholeQ 2))
    (Some (Qmake 4 3)).

Theorem moments_agree (R : realFieldType) :
  moments_agree (model 1 1 sigma R) (teacher 1 w1 R) moments.
Proof. apply: agrees_sound; vm_cast_no_check (erefl true). Qed.

(** n, k, R0, R'(0), D, the weights that help, the best one, and R(lambda). *)
Definition training : training :=
  Training 5
    (Qmake 1 3)
    (wholeQ 2)
    (Qmake (-2) 3)
    (Qmake 5 3)
    (Below (Qmake 2 5))
    (Best (Qmake 1 6))
    (Some (Qmake 1 2, Qmake 55 27)).

Theorem training_agree (R : realFieldType) :
  training_agree (model 1 1 sigma R) (teacher 1 w1 R) training.
Proof. apply: trains_sound; vm_cast_no_check (erefl true). Qed.
