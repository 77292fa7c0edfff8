(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The statements of Statements.v that are true, each from the theorem that proves it. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring reals exp.
From Proofs Require Import Model Criterion Information Tight Outputs Student Expectation Reals.
From Proofs Require Import Statements.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma nonzero_size (R : realFieldType) p (w : 'cV[R]_p) : w != 0 -> (0 < p)%N.
Proof. by case: p w => // w; rewrite flatmx0 eqxx. Qed.

Section Claims.

Variable R : realFieldType.

Theorem sharp : Claim.sharp R.
Proof. by move=> p1 p2 S w1 n [pS _ /nonzero_size p20 hn]; apply: Criterion.sharp. Qed.

Theorem theorem1 : Claim.theorem1 R.
Proof.
move=> p1 p2 S w1 n [[pS w0 ws0 hn] inf ty]; have cs := Information.theorem1 pS inf ty.
by split=> //; apply/(sharp (And4 pS w0 ws0 hn)).2.
Qed.

Theorem calibrated : Claim.calibrated R.
Proof.
move=> p1 p2 S w1 n; split=> [[[pS w0 ws0 hn] H]|[pS w0 ws0 hn]].
  have [C _ _] := Information.calibrated w1 pS.
  by split; [exact: C | apply/(sharp (And4 pS w0 ws0 hn)).2; exact: C].
have [_ B r] := Information.calibrated w1 pS; split; first exact: B.
move=> eps /(Criterion.slope S w1 n).2[d d0 H]; exists d => // l l0 ld.
by rewrite -[_ * (1 - _)]r; apply: H.
Qed.

Theorem tight : Claim.tight R.
Proof. by move=> p1 p2 T W g y [p10 p20 /andP[W0 yW] gTW prem]; apply: Tight.tight. Qed.

Theorem ols_teacher : Claim.ols_teacher R.
Proof.
move=> p1 p2 S n [pS w0 ws0 hn]; have [ty C] := Information.ols_teacher pS.
split; first exact: ltW.
by move/C => cs; apply/(sharp (And4 pS w0 ws0 hn)).2.
Qed.

Theorem window : Claim.window R.
Proof.
move=> p1 p2 S w1 n [pS _ /nonzero_size p20 hn] l l0.
have [_ bounded all none] := Criterion.window w1 pS p20 hn l0.
have [sc|cs] := lerP (residual_variance S) (residual_covariance S w1).
  by rewrite ltNge none //; split=> // [] [].
have [D0|D0] := lerP (window_divisor S w1 n) 0; first by rewrite all //; split.
by rewrite bounded //; split=> [lt|[_ /(_ isT)]].
Qed.

Theorem gain : Claim.gain R.
Proof.
move=> p1 p2 S w1 n [pS _ /nonzero_size p20 hn] /=.
have [A0 mix convex none [larger inside]] := Criterion.gain w1 pS p20 hn.
by split=> //; rewrite subr_le0 risk_at0.
Qed.

Theorem coordinatewise : Claim.coordinatewise R.
Proof.
move=> p1 p2 q Q W1 n [pQ q0 hn H]; have [_ ws0 _] := H (Ordinal q0).
by apply: Outputs.coordinatewise => // [|j]; [exact: nonzero_size ws0 | have [] := H j].
Qed.

Theorem student_min : Fact.student_min R.
Proof. by move=> n p X y t l w full l0 /=; apply: Student.student_min. Qed.

Theorem fixed_design : Fact.fixed_design R.
Proof.
move=> p1 p2 n S w1 X l N E e h pS full l0 H.
exact: (Expectation.fixed_design pS full l0 H).
Qed.

Theorem risk_expected : Fact.risk_expected R.
Proof.
move=> p1 p2 n S w1 D Ed X N En e h l [pS full k_mean H] l0.
exact: (Expectation.risk_expected pS full k_mean H l0).
Qed.

Theorem sharp_traces : Fact.sharp_traces R.
Proof. by move=> p1 p2 q Q W1 n [pQ q0 p20 hn]; apply: Outputs.sharp_traces. Qed.

Theorem window_traces : Fact.window_traces R.
Proof.
move=> p1 p2 q Q W1 n l [pQ q0 p20 hn] l0.
by have [] := Outputs.window_traces W1 pQ q0 p20 hn l0.
Qed.

Theorem gain_traces : Fact.gain_traces R.
Proof.
move=> p1 p2 q Q W1 n [pQ q0 p20 hn] inside.
by have [_ _ _ /(_ inside)[_ _]] := Outputs.gain_traces W1 pQ q0 p20 hn.
Qed.

End Claims.

(** The claims over the real numbers, with the logarithm: they rest on the axioms with which
    mathcomp-analysis defines it. *)
Section Nats.

Variable R : realType.

Theorem theorem1_nats : Nats.theorem1 R.
Proof.
move=> p1 p2 S w1 n [pS w0 ws0 hn] inf ty.
by apply: Reals.theorem1_nats => //; exact: nonzero_size ws0.
Qed.

Theorem calibrated_nats : Nats.calibrated R.
Proof.
move=> p1 p2 S w1 n [pS w0 ws0 hn].
by apply: Reals.calibrated_nats => //; exact: nonzero_size ws0.
Qed.

Theorem tight_nats : Nats.tight R.
Proof. by move=> p1 p2 I1 I2 a *; apply: Reals.tight_nats. Qed.

Theorem coordinatewise_nats : Nats.coordinatewise R.
Proof.
move=> p1 p2 q Q W1 n pQ q0 hn H; have [_ ws0 _] := H (Ordinal q0).
by apply: Reals.coordinatewise_nats => // [|j|j|j]; [exact: nonzero_size ws0 | | |];
   have [] := H j.
Qed.

End Nats.
