(** The counterexamples to the claims of part two, until certificates are exported for them:
    numbers alone, and the kernel computes. Order x1, x2, y unless said otherwise. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Statements StatementsFalse StatementsClasses Numbers ListMatrix Computed.
From Proofs Require Import RefutationsTwo RefutationsRows TheoremsClasses.

Local Open Scope Z_scope.

(* A whole matrix, and one of halves, quarters, ... *)
Definition whole (rows : seq (seq Z)) : matrixL := map (map wholeQ) rows.
Definition over (d : positive) (rows : seq (seq Z)) : matrixL := map (map (Qmake ^~ d)) rows.
Definition w1 : matrixL := [:: [:: oneQ]].

Section Counterexamples.

Variable R : realFieldType.

(* t is independent of the rest: shrinkage reaches 3/2, distillation 5/3. *)
Theorem kd_beats_shrinkage : ~ StatementsFalse.Claim.kd_beats_shrinkage R.
Proof.
apply: (@refute_kd_beats_shrinkage 1 1 3 (whole [:: [:: 1; 0; 0]; [:: 0; 1; 1]; [:: 0; 1; 2]]) w1).
vm_cast_no_check (erefl true).
Qed.

(* c = 7/5 > 6/5. *)
Theorem ols_teacher_helps : ~ StatementsFalse.Claim.ols_teacher_helps R.
Proof.
apply: (@refute_ols_teacher_helps 1 1 (whole [:: [:: 2; -1; -2]; [:: -1; 5; 3]; [:: -2; 3; 3]])).
vm_cast_no_check (erefl true).
Qed.

(* Order t1, t2, x2, y: with t1 alone 21/11, with weights 1/3 and 1/3 61/36. *)
Theorem drop_harmful_teacher : ~ StatementsFalse.Claim.drop_harmful_teacher R.
Proof.
apply: (@refute_drop_harmful_teacher 2 1 3 (Qmake 1 3) (Qmake 1 3)
  (over 8 [:: [:: 136; -64; 32; 32]; [:: -64; 48; -16; -7]; [:: 32; -16; 8; 8]; [:: 32; -7; 8; 16]])
  (whole [:: [:: 1]; [:: 0]]) (whole [:: [:: 0]; [:: 1]])).
vm_cast_no_check (erefl true).
Qed.

Theorem survives_ridge : ~ StatementsFalse.Claim.survives_ridge R.
Proof.
apply: (@refute_survives_ridge 1 1 4 oneQ (over 2 [:: [:: 2; 0; 0]; [:: 0; 2; 2]; [:: 0; 2; 3]]) w1).
vm_cast_no_check (erefl true).
Qed.

Theorem two_informations_decide : ~ StatementsFalse.Claim.two_informations_decide R.
Proof.
apply: (@refute_two_informations_decide 1 1 (whole [:: [:: 6; -1; -1]; [:: -1; 1; 2]; [:: -1; 2; 5]])
  (whole [:: [:: 6; -1; 4]; [:: -1; 1; -2]; [:: 4; -2; 5]])).
vm_cast_no_check (erefl true).
Qed.

(* Order x1, x2a, x2b, y. *)
Theorem more_features : ~ StatementsFalse.Claim.more_features R.
Proof.
apply: (@refute_more_features 1 1 1
  (whole [:: [:: 5; 2; 0; 0]; [:: 2; 9; 2; -2]; [:: 0; 2; 1; 0]; [:: 0; -2; 0; 1]]) w1).
vm_cast_no_check (erefl true).
Qed.

(* c = -1/2: the best gains are 3/4 on the student's own rows and 1/2 on fresh ones. *)
Theorem fresh_is_better : ~ StatementsFalse.Claim.fresh_is_better R.
Proof.
apply: (@refute_fresh_is_better 1 1 3 oneQ (over 2 [:: [:: 4; 2; 1]; [:: 2; 2; 2]; [:: 1; 2; 4]]) w1).
vm_cast_no_check (erefl true).
Qed.

(* x2 = 1 and 2; var(y | x2), c, var(t | x2) of the two rows. *)
Theorem average_criterion : ~ StatementsFalse.Claim.average_criterion R.
Proof.
apply: (@refute_average_criterion 2 1 w1 (whole [:: [:: 1]; [:: 2]])
  (whole [:: [:: 3; 0; 2]; [:: 1; 2; 5]])).
vm_cast_no_check (erefl true).
Qed.

(* One cell, two rows, a label of probability 1/10. *)
Theorem label_smoothing_informs : ~ StatementsClasses.Claim.label_smoothing_informs R.
Proof.
apply: (@refute_label_smoothing_informs 2 2 [:: Qmake 9 10; Qmake 1 10]).
vm_cast_no_check (erefl true).
Qed.

End Counterexamples.
