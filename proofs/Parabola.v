(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** A parabola r - d x + q x^2, as every risk here is in a weight: when some x > 0 makes it
    less than r, and how much less it can become.

    - [parabola r d q x]  r - d x + q x^2 *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Parabola.

Variable R : realFieldType.
Implicit Types r d q x : R.

Definition parabola r d q x : R := r - d * x + q * x ^+ 2.

Lemma parabolaE r d q x : parabola r d q x - r = x * (x * q - d).
Proof. by rewrite /parabola; ring. Qed.

Lemma parabola0 r d q : parabola r d q 0 = r.
Proof. by rewrite /parabola; ring. Qed.

Lemma parabola_lt r d q x : 0 < x -> (parabola r d q x < r) = (x * q < d).
Proof. by move=> x0; rewrite -[LHS]subr_lt0 parabolaE pmulr_rlt0 // subr_lt0. Qed.

Lemma parabola_small r d q : 0 < d -> helps_small (parabola r d q) r.
Proof.
move=> d0; have q0 : 0 < 1 + `|q| by rewrite ltr_paddr.
exists (d / (1 + `|q|)); first by rewrite divr_gt0.
move=> x /andP[x0]; rewrite ltr_pdivl_mulr // => H; rewrite parabola_lt //.
by apply: le_lt_trans H; rewrite ler_pmul2l // (le_trans (ler_norm _)) // ler_addr ler01.
Qed.

Lemma parabola_some r d q : 0 <= q -> helps_some (parabola r d q) r -> 0 < d.
Proof.
move=> q0 [x x0]; rewrite parabola_lt //; apply: le_lt_trans.
by rewrite mulr_ge0 // ltW.
Qed.

(** Some x > 0 helps iff all small ones do iff the slope at 0 is negative. *)
Theorem parabola_helps r d q : 0 <= q ->
  (helps_some (parabola r d q) r <-> 0 < d) /\ (helps_small (parabola r d q) r <-> 0 < d).
Proof.
move=> q0; split; split=> [|d0].
- exact: parabola_some.
- by apply: helps_small_some; apply: parabola_small.
- by move/helps_small_some; apply: parabola_some.
- exact: parabola_small.
Qed.

Lemma helps_small_ext (f g : R -> R) r : f =1 g -> helps_small f r <-> helps_small g r.
Proof. by move=> fg; split=> -[eps eps0 H]; exists eps => // l /H; rewrite fg. Qed.

Lemma helps_some_ext (f g : R -> R) r : f =1 g -> helps_some f r <-> helps_some g r.
Proof. by move=> fg; split=> -[l l0 H]; exists l => //; rewrite ?fg // -fg. Qed.

Lemma parabola_vertex r d q x : q != 0 ->
  parabola r d q x = r - d ^+ 2 / (4%:R * q) + q * (x - d / (2%:R * q)) ^+ 2.
Proof. by move=> q0; rewrite /parabola; field. Qed.

Lemma parabola_min r d q x : 0 < q -> r - d ^+ 2 / (4%:R * q) <= parabola r d q x.
Proof.
by move=> q0; rewrite parabola_vertex ?gt_eqF // ler_addl mulr_ge0 ?sqr_ge0 // ltW.
Qed.

End Parabola.
