(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Classes: a second model, finite and exact. The features take finitely many values, the
    cells; in a cell each outcome o has a probability, a label and a soft label of the teacher.
    The student is the table of the cells' mean mixed labels (1 - alpha) y + alpha t, which
    minimises cross-entropy at temperature 1 and squared error alike; its risk is Brier's.

    - [classes R I O K]  cells I, outcomes O, K labels: the weight of a cell, its number of
      training rows, the law of its outcomes, label and soft label of an outcome
    - [proper C]     weights and probabilities are >= 0 and the latter add up to 1, each cell has
      a row, and soft labels are >= 0 and add up to 1
    - [hot C i o k]  1 if the outcome o of the cell i has the label k, else 0
    - [cell_mean C i f], [cell_cov C i f g]  mean and covariance in the cell i
    - [label_var C i], [soft_cov C i], [soft_var C i]  var(y), cov(t, y), var(t), added up over labels
    - [brier C al]   the mean Brier risk over training samples, for the given counts
    - [open_cell C i]  two labels occur in the cell, and a soft label that is not the label *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Parabola.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Record classes (R : realFieldType) (I O : finType) (K : nat) := Classes {
  weight : I -> R; rows : I -> nat; law : I -> O -> R; label : I -> O -> 'I_K;
  soft : I -> O -> 'I_K -> R }.

Section Classes.

Variables (R : realFieldType) (I O : finType) (K : nat) (C : classes R I O K).

Record proper : Prop := Proper {
  weight_ge0 : forall i, 0 <= weight C i;
  rows_gt0 : forall i, (0 < rows C i)%N;
  law_ge0 : forall i o, 0 <= law C i o;
  law_total : forall i, \sum_o law C i o = 1;
  soft_ge0 : forall i o k, 0 <= soft C i o k;
  soft_total : forall i o, \sum_k soft C i o k = 1 }.

Definition hot i o k : R := (label C i o == k)%:R.
Definition cell_mean i (f : O -> R) : R := \sum_o law C i o * f o.
Definition cell_cov i (f g : O -> R) : R :=
  \sum_o law C i o * ((f o - cell_mean i f) * (g o - cell_mean i g)).
Definition label_var i : R := \sum_k cell_cov i (hot i ^~ k) (hot i ^~ k).
Definition soft_cov i : R := \sum_k cell_cov i (soft C i ^~ k) (hot i ^~ k).
Definition soft_var i : R := \sum_k cell_cov i (soft C i ^~ k) (soft C i ^~ k).
Definition lean i : R := \sum_k (cell_mean i (soft C i ^~ k) - cell_mean i (hot i ^~ k)) ^+ 2.
Definition brier (al : R) : R := \sum_i weight C i * (label_var i + al ^+ 2 * lean i
  + ((1 - al) ^+ 2 * label_var i + 2%:R * al * (1 - al) * soft_cov i + al ^+ 2 * soft_var i)
    / (rows C i)%:R).
Definition open_cell i : Prop := [/\ 0 < weight C i,
  exists o o', [/\ 0 < law C i o, 0 < law C i o' & label C i o != label C i o']
  & exists o k, 0 < law C i o /\ soft C i o k != hot i o k].

Hypothesis ok : proper.

(* An independent copy: 2 cov(f, g) is the mean of (f - f') (g - g'). *)
Lemma cov_pairs i f g : 2%:R * cell_cov i f g =
  \sum_o \sum_o' law C i o * law C i o' * ((f o - f o') * (g o - g o')).
Proof.
have tot := law_total ok i; set a := cell_mean i f; set b := cell_mean i g.
have fa : \sum_o law C i o * (f o - a) = 0.
  by rewrite (eq_bigr (fun o => law C i o * f o - law C i o * a)) => [|o _]; rewrite ?mulrBr //
             sumrB -mulr_suml tot mul1r subrr.
have gb : \sum_o law C i o * (g o - b) = 0.
  by rewrite (eq_bigr (fun o => law C i o * g o - law C i o * b)) => [|o _]; rewrite ?mulrBr //
             sumrB -mulr_suml tot mul1r subrr.
pose F o := f o - a; pose G o := g o - b; pose p o := law C i o.
have E : \sum_o \sum_o' p o * p o' * ((f o - f o') * (g o - g o'))
  = \sum_o (p o * (F o * G o) * 1 - p o * F o * 0 - p o * G o * 0 + p o * cell_cov i f g).
  apply: eq_bigr => o _; rewrite -[X in _ * X - _ - _ + _]tot -[X in _ - p o * F o * X - _ + _]gb.
  rewrite -[X in _ - _ - p o * G o * X + _]fa /cell_cov !mulr_sumr -!sumrB -big_split /=.
  by apply: eq_bigr => o' _; rewrite /F /G /p -/a -/b; ring.
rewrite E big_split /= -mulr_suml tot mul1r !sumrB -!mulr_suml !mulr0 !subr0 mulr1.
by rewrite /cell_cov -/a -/b mulr_natl mulr2n.
Qed.

Lemma cov_ge0 i f : 0 <= cell_cov i f f.
Proof. by rewrite sumr_ge0 // => o _; rewrite mulr_ge0 ?(law_ge0 ok) // -expr2 sqr_ge0. Qed.

(* What two outcomes add to var(y) - cov(t, y). *)
Definition pair i o o' : R := \sum_k
  ((hot i o k - hot i o' k) ^+ 2 - (soft C i o k - soft C i o' k) * (hot i o k - hot i o' k)).

Lemma hot_sum i o (f : 'I_K -> R) : \sum_k f k * hot i o k = f (label C i o).
Proof.
rewrite (bigD1 (label C i o)) //= /hot eqxx mulr1 big1 ?addr0 // => k nk.
by rewrite eq_sym (negbTE nk) mulr0.
Qed.

Lemma pairE i o o' : pair i o o' = if label C i o == label C i o' then 0 else
  (1 - soft C i o (label C i o)) + soft C i o (label C i o')
  + soft C i o' (label C i o) + (1 - soft C i o' (label C i o')).
Proof.
rewrite /pair; case: (label C i o =P label C i o') => [E|ne].
  by rewrite big1 // => k _; rewrite /hot E subrr expr0n mulr0 subr0.
rewrite (eq_bigr (fun k => (hot i o k - hot i o' k - (soft C i o k - soft C i o' k)) * hot i o k
   - (hot i o k - hot i o' k - (soft C i o k - soft C i o' k)) * hot i o' k)) => [|k _]; last by ring.
have n1 : (label C i o == label C i o') = false by apply/eqP.
have n2 : (label C i o' == label C i o) = false by rewrite eq_sym.
rewrite sumrB !hot_sum /hot !eqxx n1 n2 /=.
by move: (soft C i o _) (soft C i o _) (soft C i o' _) (soft C i o' _) => *; ring.
Qed.

Lemma soft_le1 i o k : soft C i o k <= 1.
Proof.
rewrite -(soft_total ok i o) (bigD1 k) //= ler_addl sumr_ge0 // => j _; exact: soft_ge0.
Qed.

Lemma pair_ge0 i o o' : 0 <= pair i o o'.
Proof.
have le1 j u k : 0 <= 1 - soft C j u k by rewrite subr_ge0 soft_le1.
rewrite pairE; case: (_ == _) => //; apply: addr_ge0 => //.
by apply: addr_ge0; [apply: addr_ge0 => //|]; apply: soft_ge0.
Qed.

Lemma hot_soft i o : soft C i o (label C i o) = 1 -> forall k, soft C i o k = hot i o k.
Proof.
move=> one k; have [<-|nk] := eqVneq (label C i o) k; first by rewrite /hot eqxx.
rewrite /hot (negbTE nk) mulr0n; apply/eqP; rewrite eq_le (soft_ge0 ok) andbT.
have rest : \sum_(j | j != label C i o) soft C i o j = 0.
  by apply: (addrI 1); rewrite addr0 -[RHS](soft_total ok i o) [RHS](bigD1 (label C i o)) //= one.
rewrite -rest (bigD1 k) 1?eq_sym //= ler_addl sumr_ge0 // => j _; exact: soft_ge0.
Qed.

Lemma pair_gt0 i o o' : (0 < pair i o o') = (label C i o != label C i o')
  && ((soft C i o (label C i o) != 1) || (soft C i o' (label C i o') != 1)).
Proof.
rewrite pairE; case: eqP => [_|ne] /=; first by rewrite ltxx.
have s0 := soft_ge0 ok; have l1 j u k : 0 <= 1 - soft C j u k by rewrite subr_ge0 soft_le1.
have n1 : (label C i o == label C i o') = false by apply/eqP.
case: (eqVneq (soft C i o (label C i o)) 1) => [a1|a1] /=; last first.
  have h : 0 < 1 - soft C i o (label C i o) by rewrite subr_gt0 lt_neqAle a1 soft_le1.
  by do 3!(apply: ltr_paddr; first by (exact: l1 || exact: s0)).
case: (eqVneq (soft C i o' (label C i o')) 1) => [b1|b1] /=; last first.
  have h : 0 < 1 - soft C i o' (label C i o') by rewrite subr_gt0 lt_neqAle b1 soft_le1.
  apply: ltr_paddl => //.
  by apply: addr_ge0; [apply: addr_ge0|]; [apply: l1 | apply: s0 | apply: s0].
have n2 : (label C i o' == label C i o) = false by rewrite eq_sym.
by rewrite a1 b1 (hot_soft a1) (hot_soft b1) /hot n1 n2 mulr0n subrr !addr0 ltxx.
Qed.

Lemma gap_pairs i : 2%:R * (label_var i - soft_cov i) =
  \sum_o \sum_o' law C i o * law C i o' * pair i o o'.
Proof.
rewrite /label_var /soft_cov -sumrB mulr_sumr.
rewrite (eq_bigr (fun k => \sum_o \sum_o' law C i o * law C i o' *
   ((hot i o k - hot i o' k) ^+ 2 - (soft C i o k - soft C i o' k) * (hot i o k - hot i o' k)))).
  rewrite exchange_big; apply: eq_bigr => o _; rewrite exchange_big; apply: eq_bigr => o' _.
  by rewrite -mulr_sumr.
move=> k _; rewrite mulrBr !cov_pairs -sumrB; apply: eq_bigr => o _; rewrite -sumrB.
by apply: eq_bigr => o' _; rewrite -mulrBr expr2.
Qed.

Lemma gap_ge0 i : 0 <= label_var i - soft_cov i.
Proof.
rewrite -(pmulr_rge0 _ (ltr0n R 2)) gap_pairs; apply: sumr_ge0 => o _; apply: sumr_ge0 => o' _.
by rewrite mulr_ge0 ?pair_ge0 // mulr_ge0 ?(law_ge0 ok).
Qed.

Lemma sum_gt0P (T : finType) (f : T -> R) : (forall x, 0 <= f x) ->
  0 < \sum_x f x <-> exists x, 0 < f x.
Proof.
move=> f0; split=> [H|[x fx]]; last by rewrite (bigD1 x) //= ltr_paddr ?sumr_ge0.
apply/existsP; apply: contraTT H => /existsPn none; rewrite -leNgt -oppr_ge0 -sumrN.
by apply: sumr_ge0 => x _; rewrite oppr_ge0 leNgt none.
Qed.

Lemma gap_gt0 i : 0 < label_var i - soft_cov i <-> exists o o',
  [/\ 0 < law C i o, 0 < law C i o' & 0 < pair i o o'].
Proof.
rewrite -(pmulr_rgt0 _ (ltr0n R 2)) gap_pairs.
have term o o' : 0 <= law C i o * law C i o' * pair i o o'.
  by rewrite mulr_ge0 ?pair_ge0 // mulr_ge0 ?(law_ge0 ok).
have inner o : 0 <= \sum_o' law C i o * law C i o' * pair i o o' by rewrite sumr_ge0.
rewrite sum_gt0P //; split=> [[o]|[o [o' [lo lo' po]]]]; last first.
  by exists o; apply/(sum_gt0P (term o)); exists o'; rewrite !mulr_gt0.
move/(sum_gt0P (term o)) => [o' H]; exists o, o'; move: H.
have [l l'] := (law_ge0 ok i o, law_ge0 ok i o').
have pos x : 0 <= x -> (0 < x) = (x != 0) by move=> x0; rewrite lt_neqAle eq_sym x0 andbT.
by rewrite !pos ?pair_ge0 // !mulf_eq0 !negb_or => /andP[/andP[-> ->] ->].
Qed.

Lemma open_cellE i : 0 < weight C i ->
  open_cell i <-> 0 < label_var i - soft_cov i.
Proof.
move=> w0; rewrite gap_gt0; split=> [[_ [o [o' [lo lo' d]]] [u [k [lu ne]]]]|[o [o' [lo lo']]]].
  have nu : soft C i u (label C i u) != 1.
    by apply: contra ne => /eqP one; rewrite hot_soft.
  have [e|e] := eqVneq (label C i u) (label C i o).
    by exists u, o'; rewrite pair_gt0 e d -e nu.
  by exists u, o; rewrite pair_gt0 e nu.
rewrite pair_gt0 => /andP[d ne]; split=> //; first by exists o, o'.
case/orP: ne => ne; [exists o, (label C i o) | exists o', (label C i o')]; split=> //;
  by rewrite /hot eqxx.
Qed.

(* The risk is a parabola in alpha. *)
Lemma brier_line al : brier al = parabola (brier 0)
  (2%:R * \sum_i weight C i / (rows C i)%:R * (label_var i - soft_cov i))
  (\sum_i weight C i * (lean i + (label_var i - 2%:R * soft_cov i + soft_var i) / (rows C i)%:R)) al.
Proof.
rewrite /parabola mulr_sumr !mulr_suml -sumrB -big_split /=; apply: eq_bigr => i _.
have n0 : (rows C i)%:R != 0 :> R by rewrite pnatr_eq0 -lt0n (rows_gt0 ok).
by move: (weight C i) (label_var i) (soft_cov i) (soft_var i) (lean i) (_%:R) n0 => *; field.
Qed.

Lemma brier_curved :
  0 <= \sum_i weight C i * (lean i + (label_var i - 2%:R * soft_cov i + soft_var i) / (rows C i)%:R).
Proof.
apply: sumr_ge0 => i _; rewrite mulr_ge0 ?(weight_ge0 ok) // addr_ge0 //.
  by apply: sumr_ge0 => k _; apply: sqr_ge0.
rewrite divr_ge0 ?ler0n // /label_var /soft_cov /soft_var mulr_sumr -sumrB -big_split /=.
apply: sumr_ge0 => k _; rewrite /cell_cov mulr_sumr -sumrB -big_split /= sumr_ge0 // => o _.
set x := hot i o k - _; set y := soft C i o k - _.
have -> : law C i o * (x * x) - 2%:R * (law C i o * (y * x)) + law C i o * (y * y)
  = law C i o * (x - y) ^+ 2 by ring.
by rewrite mulr_ge0 ?(law_ge0 ok) // sqr_ge0.
Qed.

(** Small alpha help exactly if some cell is open. *)
Theorem brier_helps :
  (helps_small brier (brier 0) <-> exists i, open_cell i)
  /\ (helps_some brier (brier 0) <-> exists i, open_cell i).
Proof.
pose term i := weight C i / (rows C i)%:R * (label_var i - soft_cov i).
have rpos i : 0 < (rows C i)%:R :> R by rewrite ltr0n (rows_gt0 ok).
have term0 i : 0 <= term i.
  by rewrite mulr_ge0 ?gap_ge0 // divr_ge0 ?(weight_ge0 ok) // ltW.
have slope : (0 < 2%:R * (\sum_i term i)) <-> exists i, open_cell i.
  rewrite pmulr_rgt0 ?ltr0n // sum_gt0P //; split=> -[i H]; exists i.
    have w0 : 0 < weight C i.
      rewrite lt_neqAle eq_sym (weight_ge0 ok) andbT; apply/eqP => w0.
      by move: H; rewrite /term w0 !mul0r ltxx.
    by apply/(open_cellE w0); move: H; rewrite /term pmulr_rgt0 // divr_gt0.
  have [w0 _ _] := H; move/(open_cellE w0): H => g0.
  by rewrite /term mulr_gt0 // divr_gt0.
have [some small] := parabola_helps (brier 0) (2%:R * \sum_i term i) brier_curved.
by rewrite (helps_small_ext _ brier_line) (helps_some_ext _ brier_line) small some slope.
Qed.

End Classes.
