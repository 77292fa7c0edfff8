(** Written by `cch export two-informations-decide.json --format coq`:
    order x1[0], x1[1], x2, y; both tell as much of x2, the second shares more with y. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Statements Numbers ListMatrix Computed Refutations Agreement.
From Proofs Require Import StatementsFalse RefutationsTwo RefutationsRows.

Definition sigma : matrixL :=
  [:: [:: wholeQ 3; wholeQ 0; wholeQ 2; wholeQ 1];
      [:: wholeQ 0; wholeQ 3; wholeQ 2; wholeQ 2];
      [:: wholeQ 2; wholeQ 2; wholeQ 6; wholeQ 3];
      [:: wholeQ 1; wholeQ 2; wholeQ 3; wholeQ 2]].

Definition w1 : matrixL :=
  [:: [:: Qmake 1 3];
      [:: Qmake 2 3]].

(** The claim is false over every ordered field. *)
Theorem two_informations_decide (R : realFieldType) : ~ StatementsFalse.Claim.two_informations_decide R.
Proof.
apply: (@refute_two_informations_decide 1 1 ([:: [:: wholeQ 3; wholeQ 2; wholeQ 1];
      [:: wholeQ 2; wholeQ 6; wholeQ 3];
      [:: wholeQ 1; wholeQ 3; wholeQ 2]]) ([:: [:: wholeQ 3; wholeQ 2; wholeQ 2];
      [:: wholeQ 2; wholeQ 6; wholeQ 3];
      [:: wholeQ 2; wholeQ 3; wholeQ 2]])).
vm_cast_no_check (erefl true).
Qed.

(** var(y | x2), var(t | x2), c, B, var(t), var(y), e^{2I(t; s)}, e^{2I(s; y)} as the program
    computes them, and that they are the quantities of the model. *)
Definition moments : moments :=
  Moments (Qmake 1 2)
    (wholeQ 1)
    (Qmake 2 3)
    (Qmake 1 6)
    (Qmake 5 3)
    (wholeQ 2)
    (Some (Qmake 5 3))
    (Some (wholeQ 4)).

Theorem moments_agree (R : realFieldType) :
  moments_agree (model 2 1 sigma R) (teacher 2 w1 R) moments.
Proof. apply: agrees_sound; vm_cast_no_check (erefl true). Qed.
