(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Matrices of fractions as lists of rows, which the kernel computes with, and the
    matrices over an ordered field that they stand for.

    - [get M i j]     the entry;  [tab m n f] the m x n list of the f i j
    - [mx m n M]      the m x n matrix of M over R
    - [mulL], [subL], [trL], [blockL]  product, difference, transposed, a block
    - [invL]          the inverse of a positive definite matrix. Nothing is proved of
                      it: the result is multiplied out
    - [schurL n M]    what is left of M after one step of elimination, n x n
    - [definite n M]  every pivot of the n x n matrix is positive;
      [semidefinite n M] or zero, and then so are its row and column
    - [detL n M]      the product of the pivots *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Numbers.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Definition matrixL := seq (seq Q).
Definition get (M : matrixL) (i j : nat) : Q := nth zeroQ (nth [::] M i) j.
Definition tab (m n : nat) (f : nat -> nat -> Q) : matrixL :=
  mkseq (fun i => mkseq (f i) n) m.
Definition mulL (m n p : nat) (A B : matrixL) : matrixL :=
  tab m p (fun i j => sumQ n (fun k => mulQ (get A i k) (get B k j))).
Definition subL (m n : nat) (A B : matrixL) : matrixL :=
  tab m n (fun i j => subQ (get A i j) (get B i j)).
Definition trL (m n : nat) (A : matrixL) : matrixL := tab n m (fun i j => get A j i).
Definition blockL (r c m n : nat) (A : matrixL) : matrixL :=
  tab m n (fun i j => get A (r + i) (c + j)).
Definition joinL (m n : nat) (A B C D : matrixL) : matrixL :=
  tab (m + n) (m + n) (fun i j =>
    if (i < m)%N then if (j < m)%N then get A i j else get B i (j - m)
    else if (j < m)%N then get C (i - m) j else get D (i - m) (j - m)).
Definition traceL (n : nat) (A : matrixL) : Q := sumQ n (fun i => get A i i).
Definition schurL (n : nat) (M : matrixL) : matrixL :=
  tab n n (fun i j =>
    subQ (get M i.+1 j.+1) (divQ (mulQ (get M i.+1 0) (get M 0 j.+1)) (get M 0 0))).

Fixpoint invL (n : nat) (M : matrixL) : matrixL :=
  if n is n'.+1 then
    let T := invL n' (schurL n' M) in
    let a := get M 0 0 in
    let row := blockL 0 1 1 n' M in
    let col := blockL 1 0 n' 1 M in
    let rT := mulL 1 n' n' row T in
    let Tc := mulL n' n' 1 T col in
    tab n n (fun i j => match i, j with
      | O, O => divQ (addQ oneQ (divQ (get (mulL 1 n' 1 rT col) 0 0) a)) a
      | O, j'.+1 => subQ zeroQ (divQ (get rT 0 j') a)
      | i'.+1, O => subQ zeroQ (divQ (get Tc i' 0) a)
      | i'.+1, j'.+1 => get T i' j'
      end)
  else [::].
Definition isOneL (n : nat) (A : matrixL) : bool :=
  all (fun i => all (fun j => eqQ (get A i j) (if i == j then oneQ else zeroQ)) (iota 0 n))
      (iota 0 n).
Definition isZeroL (m n : nat) (A : matrixL) : bool :=
  all (fun i => all (fun j => eqQ (get A i j) zeroQ) (iota 0 n)) (iota 0 m).
Definition symmetricL (n : nat) (A : matrixL) : bool :=
  all (fun i => all (fun j => eqQ (get A i j) (get A j i)) (iota 0 n)) (iota 0 n).

Fixpoint definite (n : nat) (M : matrixL) : bool :=
  if n is n'.+1 then ltQ zeroQ (get M 0 0) && definite n' (schurL n' M) else true.
Fixpoint semidefinite (n : nat) (M : matrixL) : bool :=
  if n is n'.+1 then
    (ltQ zeroQ (get M 0 0) && semidefinite n' (schurL n' M))
    || [&& isZeroL 1 n M, isZeroL n 1 M & semidefinite n' (blockL 1 1 n' n' M)]
  else true.
Fixpoint detL (n : nat) (M : matrixL) : Q :=
  if n is n'.+1 then mulQ (get M 0 0) (detL n' (schurL n' M)) else oneQ.

Section Matrix.

Variable R : realFieldType.
Local Notation q := (ofQ R).

Definition mx m n (M : matrixL) : 'M[R]_(m, n) := \matrix_(i, j) q (get M i j).

Lemma get_tab m n f i j : (i < m)%N -> (j < n)%N -> get (tab m n f) i j = f i j.
Proof. by move=> im jn; rewrite /get nth_mkseq // nth_mkseq. Qed.

Lemma mx_tab m n f : mx m n (tab m n f) = \matrix_(i, j) q (f i j).
Proof. by apply/matrixP => i j; rewrite !mxE get_tab. Qed.

Lemma mxM m n p A B : mx m p (mulL m n p A B) = mx m n A *m mx n p B.
Proof.
rewrite mx_tab; apply/matrixP => i j; rewrite !mxE ofQ_sum.
by apply: eq_bigr => k _; rewrite ofQM !mxE.
Qed.

Lemma mxB m n A B : mx m n (subL m n A B) = mx m n A - mx m n B.
Proof. by rewrite mx_tab; apply/matrixP => i j; rewrite !mxE ofQB. Qed.

Lemma mxT m n A : mx n m (trL m n A) = (mx m n A)^T.
Proof. by rewrite mx_tab; apply/matrixP => i j; rewrite !mxE. Qed.

Lemma mx_trace n A : \tr (mx n n A) = q (traceL n A).
Proof. by rewrite /traceL ofQ_sum; apply: eq_bigr => i _; rewrite mxE. Qed.

Lemma mx_block r c m n A : mx m n (blockL r c m n A) = \matrix_(i, j) q (get A (r + i) (c + j)).
Proof. exact: mx_tab. Qed.

(* A block that is itself made of four blocks, or of two. *)
Lemma mx_block4 r c m m' n n' A :
  mx (m + m') (n + n') (blockL r c (m + m') (n + n') A)
  = block_mx (mx m n (blockL r c m n A)) (mx m n' (blockL r (c + n) m n' A))
      (mx m' n (blockL (r + m) c m' n A)) (mx m' n' (blockL (r + m) (c + n) m' n' A)).
Proof.
rewrite !mx_block -[LHS]submxK; congr block_mx; apply/matrixP => i j;
  by rewrite !mxE /= ?addnA.
Qed.

Lemma mx_block2 r c m n n' A :
  mx m (n + n') (blockL r c m (n + n') A)
  = row_mx (mx m n (blockL r c m n A)) (mx m n' (blockL r (c + n) m n' A)).
Proof.
rewrite !mx_block -[LHS]hsubmxK; congr row_mx; apply/matrixP => i j;
  by rewrite !mxE /= ?addnA.
Qed.

Lemma mx_join m n A B C D :
  mx (m + n) (m + n) (joinL m n A B C D)
  = block_mx (mx m m A) (mx m n B) (mx n m C) (mx n n D).
Proof.
rewrite mx_tab -[LHS]submxK; congr block_mx; apply/matrixP => i j; rewrite !mxE /=;
  by rewrite ?ltn_ord ?ltnNge ?leq_addr //= ?addKn.
Qed.

Lemma allP2 m n (f : nat -> nat -> bool) :
  all (fun i => all (f i) (iota 0 n)) (iota 0 m) ->
  forall i j, (i < m)%N -> (j < n)%N -> f i j.
Proof.
move=> /allP H i j im jn; have := H i; rewrite mem_iota => /(_ im)/allP/(_ j).
by rewrite mem_iota; apply.
Qed.

Lemma mx_one n A : isOneL n A -> mx n n A = 1%:M.
Proof.
move=> /allP2 H; apply/matrixP => i j; rewrite !mxE.
have := H i j (ltn_ord i) (ltn_ord j); rewrite -(ofQ_eq R) => /eqP->.
by rewrite -val_eqE /=; case: (_ == _); rewrite ?ofQ1 ?ofQ0.
Qed.

Lemma mx_zero m n A : isZeroL m n A -> mx m n A = 0.
Proof.
move=> /allP2 H; apply/matrixP => i j; rewrite !mxE.
by have := H i j (ltn_ord i) (ltn_ord j); rewrite -(ofQ_eq R) ofQ0 => /eqP.
Qed.

Lemma mx_nonzero m n A : ~~ isZeroL m n A -> mx m n A != 0.
Proof.
apply: contra => /eqP/matrixP E; apply/allP => i; rewrite mem_iota => im.
apply/allP => j; rewrite mem_iota => jn; rewrite -(ofQ_eq R) ofQ0.
by have := E (Ordinal im) (Ordinal jn); rewrite !mxE => /eqP.
Qed.

Lemma mx_sym n A : symmetricL n A -> (mx n n A)^T = mx n n A.
Proof.
move=> /allP2 H; apply/matrixP => i j; rewrite !mxE.
by have := H j i (ltn_ord j) (ltn_ord i); rewrite -(ofQ_eq R) => /eqP.
Qed.

Lemma mx_inv n A B : isOneL n (mulL n n n A B) -> invmx (mx n n A) = mx n n B.
Proof.
move=> /mx_one; rewrite mxM => AB; have [U _] := mulmx1_unit AB.
by rewrite -[RHS](mulKmx U) AB mulmx1.
Qed.

Section Step.

Variables (n : nat) (M : matrixL).
Let a := q (get M 0 0).
Let b := mx 1 n (blockL 0 1 1 n M).
Let c := mx n 1 (blockL 1 0 n 1 M).
Let D := mx n n (blockL 1 1 n n M).

Lemma mx_split : mx n.+1 n.+1 M = block_mx a%:M b c D :> 'M_(1 + n).
Proof.
rewrite /b /c /D !mx_block -[LHS](@submxK _ 1 n 1 n); congr block_mx.
- by apply/matrixP => i j; rewrite !mxE !ord1 mulr1n.
- by apply/matrixP => i j; rewrite !mxE !ord1.
- by apply/matrixP => i j; rewrite !mxE !ord1.
- by apply/matrixP => i j; rewrite !mxE.
Qed.

Lemma mx_schur : mx n n (schurL n M) = D - a^-1 *: (c *m b).
Proof.
rewrite /schurL /D /c /b !mx_block mx_tab; apply/matrixP => i j.
by rewrite !mxE big_ord1 !mxE ofQB ofQ_div ofQM [_ / q _]mulrC ?addn0 ?add0n.
Qed.

Lemma det_step : a != 0 ->
  \det (mx n.+1 n.+1 M) = a * \det (mx n n (schurL n M)).
Proof.
move=> a0; have E : mx n.+1 n.+1 M
    = block_mx 1%:M 0 (a^-1 *: c) 1%:M *m block_mx a%:M b 0 (mx n n (schurL n M)) :> 'M_(1 + n).
  rewrite mx_split mx_schur mulmx_block !mul1mx !mul0mx !addr0 mul_mx_scalar scalerA.
  by rewrite divff // scale1r -scalemxAl addrC subrK.
move: (congr1 (@determinant _ _) E).
by rewrite det_mulmx det_lblock det_ublock !det1 !mul1r det_scalar1.
Qed.

Hypothesis sym : (mx n.+1 n.+1 M)^T = mx n.+1 n.+1 M.

Lemma split_sym : c = b^T /\ D^T = D.
Proof.
have : (block_mx a%:M b c D)^T = block_mx a%:M b c D by rewrite -mx_split.
by rewrite tr_block_mx => /eq_block_mx[_ _ <- ->].
Qed.

Lemma schur_sym : (mx n n (schurL n M))^T = mx n n (schurL n M).
Proof.
have [cb DT] := split_sym; rewrite mx_schur linearB /= DT linearZ /= trmx_mul cb trmxK.
by [].
Qed.

Lemma form_step (x : 'cV[R]_1) (y : 'cV[R]_n) : a != 0 ->
  bil (col_mx x y) (block_mx a%:M b c D) (col_mx x y)
  = a * (x 0 0 + (b *m y) 0 0 / a) ^+ 2 + bil y (mx n n (schurL n M)) y.
Proof.
move=> a0; have [cb _] := split_sym; rewrite mx_schur !bil_dot mul_block_col dot_col.
rewrite mulmxBl -scalemxAl -[c *m b *m y]mulmxA dotBr dotZr !dotDr cb -!dot_mull.
move: (dot y (D *m y)) (b *m y) => v u; rewrite [x]mx11_scalar [u]mx11_scalar.
move: (x 0 0) (u 0 0) => {x u} x u.
by rewrite mul_scalar_mx dotZr !dot11 !mxE !mulr1n; field.
Qed.

End Step.

Lemma mx_det n M : definite n M -> \det (mx n n M) = q (detL n M).
Proof.
elim: n M => [|n IH] M /=; first by rewrite det_mx00 ofQ1.
rewrite -(ofQ_gt0 R) => /andP[a0 D]; rewrite det_step ?gt_eqF // (IH _ D).
by rewrite ofQM.
Qed.

Lemma det_gt0 n M : definite n M -> 0 < \det (mx n n M).
Proof.
elim: n M => [|n IH] M /=; first by rewrite det_mx00 ltr01.
rewrite -(ofQ_gt0 R) => /andP[a0 D]; rewrite det_step ?gt_eqF //.
by rewrite mulr_gt0 // IH.
Qed.

Lemma col_split n (x : 'cV[R]_n.+1) :
  exists u v, x = col_mx (u : 'cV[R]_1) (v : 'cV[R]_n) :> 'cV_(1 + n).
Proof. by exists (usubmx (x : 'cV_(1 + n))), (dsubmx (x : 'cV_(1 + n))); rewrite vsubmxK. Qed.

Lemma definite_pos n M : (mx n n M)^T = mx n n M -> definite n M ->
  forall x : 'cV[R]_n, x != 0 -> 0 < bil x (mx n n M) x.
Proof.
elim: n M => [|n IH] M sym /= pM x; first by rewrite [x]flatmx0 eqxx.
move: pM; rewrite -(ofQ_gt0 R) => /andP[a0 pS].
have [u [v E]] := col_split x => nz.
have {nz} : col_mx u v != 0 :> 'cV_(1 + n) by rewrite -E.
rewrite E mx_split col_mx_eq0 negb_and => nz.
rewrite form_step ?gt_eqF //; have S := IH _ (schur_sym sym) pS v.
have [v0|v0] := eqVneq v 0; last first.
  by rewrite ltr_paddl ?S // mulr_ge0 ?sqr_ge0 // ltW.
move: nz; rewrite v0 eqxx orbF mulmx0 mxE mul0r addr0 [bil 0 _ _]bil_dot dot0l addr0 => u0.
rewrite mulr_gt0 // exprn_even_gt0 //=; apply: contra u0 => /eqP E0.
by rewrite [u]mx11_scalar E0 raddf0.
Qed.

Lemma semidefinite_ge0 n M : (mx n n M)^T = mx n n M -> semidefinite n M ->
  forall x : 'cV[R]_n, 0 <= bil x (mx n n M) x.
Proof.
elim: n M => [|n IH] M sym /= pM x; first by rewrite [x]flatmx0 bil_dot mulmx0 dot0r.
have [u [v ->]] := col_split x; rewrite mx_split.
case/orP: pM => [/andP[] | /and3P[row col pD]].
  rewrite -(ofQ_gt0 R) => a0 pS.
  rewrite form_step ?gt_eqF // addr_ge0 ?(IH _ (schur_sym sym) pS) //.
  by rewrite mulr_ge0 ?sqr_ge0 // ltW.
have [_ DT] := split_sym sym; have := IH _ DT pD v.
have zero i j : eqQ (get M i j) zeroQ -> q (get M i j) = 0.
  by rewrite -(ofQ_eq R) ofQ0 => /eqP.
have a0 : q (get M 0 0) = 0 by apply/zero/(allP2 row).
have b0 : mx 1 n (blockL 0 1 1 n M) = 0.
  by rewrite mx_block; apply/matrixP => i j; rewrite !mxE (ord1 i); apply: zero; exact: (allP2 row (isT
    : (0 < 1)%N) (ltn_ord j : (j.+1 < n.+1)%N)).
have c0 : mx n 1 (blockL 1 0 n 1 M) = 0.
  by rewrite mx_block; apply/matrixP => i j; rewrite !mxE (ord1 j); apply: zero; exact: (allP2 col
    (ltn_ord i : (i.+1 < n.+1)%N) (isT : (0 < 1)%N)).
rewrite a0 b0 c0 raddf0; move: (mx n n (blockL 1 1 n n M)) => D.
have E : bil (col_mx u v) (block_mx 0 0 0 D) (col_mx u v) = bil v D v.
  rewrite !bil_dot mul_block_col !mul0mx !add0r /dot tr_col_mx mul_row_col mulmx0.
  by rewrite add0r.
by rewrite -E.
Qed.

End Matrix.
