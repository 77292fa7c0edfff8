(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The counterexample to the claim about classes, of which there is no certificate yet: numbers
    alone, and the kernel computes. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import StatementsClasses Numbers TheoremsClasses.

Section Counterexamples.

Variable R : realFieldType.

(* One cell, two rows, a label of probability 1/10. *)
Theorem label_smoothing_informs : ~ StatementsClasses.Claim.label_smoothing_informs R.
Proof.
apply: (@refute_label_smoothing_informs 2 2 [:: Qmake 9 10; Qmake 1 10]).
vm_cast_no_check (erefl true).
Qed.

End Counterexamples.
