(** The hypotheses of every theorem can be satisfied: explicit models with
    rational entries, p1 = p2 = 1 and n = 3. The hypotheses about the informations
    are evaluated by computation. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Information Tight Outputs.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Values.

Variable R : realFieldType.
Variables T W g h y : R.
Hypothesis W0 : 0 < W.
Hypothesis yW : W < y.
Hypothesis hh : h ^+ 2 < (T - g ^+ 2 / W) * (y - W).
Local Notation S := (inst T W g h y).
Local Notation w := (one1 R).

Lemma inst_informations :
  [/\ expI_ts S w = gexp2I T W g, expI_sy S = y / (y - W) & scale2 S w = T / y].
Proof.
have [FT FW Fg Fs Fc] := inst_facts W0 yW hh.
by split; rewrite /expI_ts /expI_sy /scale2 ?FT ?FW ?Fg ?Fs.
Qed.

Lemma inst_proj : proj S w = (g / W)%:M.
Proof.
by rewrite /proj /= invmx_scalar tr_scalar_mx /one1 -!scalar_mxM mulr1 mulrC.
Qed.

Lemma inst_eta : sigma_eta2 S w = T - g ^+ 2 / W.
Proof.
have [FT _ _ _ _] := inst_facts W0 yW hh.
rewrite (sigma_eta2E _ (inst_posdef W0 yW hh)) FT /gvv /inner inst_proj bil11.
by congr (_ - _); field; rewrite gt_eqF.
Qed.

Lemma inst_Bias : Bias S w = W * (g / W - 1) ^+ 2.
Proof.
rewrite /Bias inst_proj (inst_wstar _ _ _ _ W0) /one1.
rewrite -[_ - _](raddfB (@scalar_mx_additive R 1)) bil11.
by rewrite mulrCA -expr2.
Qed.

Lemma inst_cs : sigma_eps2 S = y - W /\ ceps S w = h.
Proof. by have [] := inst_facts W0 yW hh. Qed.

End Values.

Lemma kfac13 : kfac rat_realFieldType 1 3 = 1.
Proof. by []. Qed.

(* Theorem 1, the calibrated criterion, the least-squares teacher, and a best
   weight inside the range. *)
Definition good : cov rat_realFieldType 1 1 := inst 16%:R 16%:R 12%:R 4%:R 32%:R.

Lemma good_W : 0 < 16%:R :> rat. Proof. by []. Qed.
Lemma good_y : 16%:R < 32%:R :> rat. Proof. by []. Qed.
Lemma good_h : 4%:R ^+ 2 < (16%:R - 12%:R ^+ 2 / 16%:R) * (32%:R - 16%:R) :> rat.
Proof. by []. Qed.

Lemma good_satisfies :
  [/\ posdef good, one1 _ != 0 :> 'cV[rat]_1, wstar good != 0,
      expI_sy good < expI_ts good (one1 _) /\ var_t good (one1 _) <= var_y good
    & scale2 good (one1 _) < expI_ts good (one1 _) / expI_sy good].
Proof.
have [-> -> ->] := inst_informations good_W good_y good_h.
have [FT _ _ _ _] := inst_facts good_W good_y good_h.
split=> //; [exact: inst_posdef | exact: one1_neq0 | | ].
- by rewrite (inst_wstar _ _ _ _ good_W) one1_neq0.
- by rewrite FT.
Qed.

Lemma good_ols : ols good = one1 _.
Proof. by rewrite /ols /= invmx_scalar -scalar_mxM. Qed.

Lemma good_best : ceps good (one1 _) < sigma_eps2 good /\
  0 < alpha_best good (one1 _) 3 < 1.
Proof.
have [Fs Fc] := inst_cs good_W good_y good_h.
rewrite /alpha_best /curvature /Vdiff kfac13 Fs Fc.
by rewrite (inst_eta good_W good_y good_h) (inst_Bias _ _ _ _ good_W).
Qed.

(* A bounded window: c < var(y | x2) and D > 0. *)
Lemma bounded_satisfies : let S := inst 3%:R 1 0 0 2%:R in
  [/\ posdef S, ceps S (one1 rat_realFieldType) < sigma_eps2 S
    & 0 < Dcoef S (one1 _) 3].
Proof.
move=> S; have W0 : 0 < 1 :> rat by []. have yW : 1 < 2%:R :> rat by [].
have hh : 0 ^+ 2 < (3%:R - 0 ^+ 2 / 1) * (2%:R - 1) :> rat by [].
have [Fs Fc] := inst_cs W0 yW hh.
split; [exact: inst_posdef | by rewrite Fs Fc | ].
by rewrite /Dcoef kfac13 Fs (inst_eta W0 yW hh) (inst_Bias _ _ _ _ W0).
Qed.

(* An empty window, in spite of dependence: c > var(y | x2). *)
Lemma harmful_satisfies : let S := inst 5%:R 1 1 (8%:R / 5%:R) 2%:R in
  posdef S /\ sigma_eps2 S < ceps S (one1 rat_realFieldType).
Proof.
move=> S; have W0 : 0 < 1 :> rat by []. have yW : 1 < 2%:R :> rat by [].
have hh : (8%:R / 5%:R) ^+ 2 < (5%:R - 1 ^+ 2 / 1) * (2%:R - 1) :> rat by [].
have [Fs Fc] := inst_cs W0 yW hh.
by split; [exact: inst_posdef | rewrite Fs Fc].
Qed.

(* The more weight the better: alpha_best >= 1. *)
Lemma unbounded_satisfies : let S := inst 2%:R 1 1 (3%:R / 2%:R) 5%:R in
  posdef S /\ 1 <= alpha_best S (one1 rat_realFieldType) 3.
Proof.
move=> S; have W0 : 0 < 1 :> rat by []. have yW : 1 < 5%:R :> rat by [].
have hh : (3%:R / 2%:R) ^+ 2 < (2%:R - 1 ^+ 2 / 1) * (5%:R - 1) :> rat by [].
have [Fs Fc] := inst_cs W0 yW hh.
split; first exact: inst_posdef.
rewrite /alpha_best /curvature /Vdiff kfac13 Fs Fc.
by rewrite (inst_eta W0 yW hh) (inst_Bias _ _ _ _ W0).
Qed.

(* The premises of tight. *)
Lemma tight_satisfies :
  [/\ 0 < 1 :> rat, 1 < 2%:R :> rat, 1 ^+ 2 < 5%:R * 1 :> rat
    & gexp2I 5%:R 1 1 / (2%:R / (2%:R - 1)) < 5%:R / 2%:R :> rat].
Proof. by []. Qed.

Lemma coordinatewise_satisfies : let Q := one_out good in
  qposdef Q /\ forall j, scale2 (out Q j) (col j (one1 _))
    < expI_ts (out Q j) (col j (one1 _)) / expI_sy (out Q j).
Proof.
have [pg _ _ _ H] := good_satisfies.
split=> [|j]; first exact: one_out_posdef.
have -> : col j (one1 rat_realFieldType) = one1 _.
  by apply/colP => i; rewrite mxE (ord1 j).
by rewrite one_outE.
Qed.
