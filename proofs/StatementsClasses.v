(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Statements about classes: the finite model of Classes.v. To be read like Statements.v. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Criterion Classes.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Words.

Variables (R : realFieldType) (I O : finType) (K : nat) (C : classes R I O K).
Let hotD i o k : hot C i o k = (label C i o == k)%:R := erefl.
Let cell_meanD i f : cell_mean C i f = \sum_o law C i o * f o := erefl.
Let cell_covD i f g : cell_cov C i f g
  = \sum_o law C i o * ((f o - cell_mean C i f) * (g o - cell_mean C i g)) := erefl.
Let label_varD i : label_var C i = \sum_k cell_cov C i (hot C i ^~ k) (hot C i ^~ k) := erefl.
Let soft_covD i : soft_cov C i = \sum_k cell_cov C i (soft C i ^~ k) (hot C i ^~ k) := erefl.
Let soft_varD i : soft_var C i = \sum_k cell_cov C i (soft C i ^~ k) (soft C i ^~ k) := erefl.
Let leanD i : lean C i
  = \sum_k (cell_mean C i (soft C i ^~ k) - cell_mean C i (hot C i ^~ k)) ^+ 2 := erefl.
(* The mean of rows C i uncorrelated rows has 1 / rows C i times the variance of one. *)
Let brierD al : brier C al = \sum_i weight C i * (label_var C i + al ^+ 2 * lean C i
  + ((1 - al) ^+ 2 * label_var C i + 2%:R * al * (1 - al) * soft_cov C i + al ^+ 2 * soft_var C i)
    / (rows C i)%:R) := erefl.

End Words.

Module Claim.
Section Claims.

Variable R : realFieldType.

(** Small alpha help for every teacher, unless each cell that counts has one label only or
    t = y almost surely; and then no alpha helps. In every cell cov(t, y) <= var(y). *)
Definition soft_labels : Prop := forall (I O : finType) K (C : classes R I O K), proper C ->
  [/\ forall i, soft_cov C i <= label_var C i,
      helps_small (brier C) (brier C 0) <-> exists i, open_cell C i
    & helps_some (brier C) (brier C 0) <-> exists i, open_cell C i].

(** FALSE. If distillation helps, the teacher tells something: here even less is asked for than
    I(t; s) > 0, namely that the soft label is not the same in all cells and outcomes. *)
Definition label_smoothing_informs : Prop :=
  forall (I O : finType) K (C : classes R I O K), proper C ->
  helps_small (brier C) (brier C 0) ->
  exists i o j u, [/\ 0 < law C i o, 0 < law C j u & exists k, soft C i o k != soft C j u k].

End Claims.
End Claim.

Module Fact.
Section Facts.

Variable R : realFieldType.

(** No teacher over-reacts to a class. In every cell the covariance of a class's indicator and its
    soft label is at most pi (1 - pi), the indicator's variance: beta <= 1, in the linear model's
    words. It is less exactly if the class is neither sure nor ruled out and some soft label is not
    the label. With two classes, where soft label and indicator of one are those of the other
    subtracted from 1, this is all that there is to say. *)
Definition no_over_reaction : Prop := forall (I O : finType) K (C : classes R I O K), proper C ->
  forall i k,
  let pi := cell_mean C i (hot C i ^~ k) in
  let reaction := cell_cov C i (soft C i ^~ k) (hot C i ^~ k) in
  [/\ cell_cov C i (hot C i ^~ k) (hot C i ^~ k) = pi * (1 - pi),
      reaction <= pi * (1 - pi)
    & reaction < pi * (1 - pi)
      <-> 0 < pi < 1 /\ exists o, 0 < law C i o /\ soft C i o k != hot C i o k].

End Facts.
End Fact.

Module Satisfiable.

(* A proper model with an open cell, and one without. *)
Definition soft_labels (R : realFieldType) : Prop :=
  (exists (I O : finType) K (C : classes R I O K), proper C /\ exists i, open_cell C i) /\
  (exists (I O : finType) K (C : classes R I O K), proper C /\ forall i, ~ open_cell C i).

End Satisfiable.
