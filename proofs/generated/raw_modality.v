(** Written by `cch export raw-modality.json --format coq`:
    order x1, x2, y; the second x1 tells about x2 but not about y. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Statements Numbers ListMatrix Computed Refutations Agreement.

Definition sigma : matrixL :=
  [:: [:: wholeQ 5; wholeQ 0; wholeQ (-1); wholeQ 5];
      [:: wholeQ 0; wholeQ 2; wholeQ (-1); wholeQ 0];
      [:: wholeQ (-1); wholeQ (-1); wholeQ 2; wholeQ (-2)];
      [:: wholeQ 5; wholeQ 0; wholeQ (-2); wholeQ 6]].

Definition w1 : matrixL :=
  [:: [:: wholeQ 1];
      [:: wholeQ 0]].

(** The claim is false over every ordered field. *)
Theorem raw_modality (R : realFieldType) : ~ Claim.raw_modality R.
Proof.
apply: (@refute_raw_modality 2 1 sigma).
vm_cast_no_check (erefl true).
Qed.

(** var(y | x2), var(t | x2), c, B, var(t), var(y), e^{2I(t; s)}, e^{2I(s; y)} as the program
    computes them, and that they are the quantities of the model. *)
Definition moments : moments :=
  Moments (wholeQ 4)
    (Qmake 9 2)
    (wholeQ 4)
    (Qmake 1 2)
    (wholeQ 5)
    (wholeQ 6)
    (Some (Qmake 10 9))
    (Some (Qmake 3 2)).

Theorem moments_agree (R : realFieldType) :
  moments_agree (model 2 1 sigma R) (teacher 2 w1 R) moments.
Proof. apply: agrees_sound; vm_cast_no_check (erefl true). Qed.
