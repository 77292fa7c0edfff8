(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The hypotheses of [risk_expected] can be satisfied: for every positive definite
    model, every teacher and every n >= p2 + 2, noise on finitely many points and two
    designs have the moments that are asked for. (They are not Gaussian; nothing that
    is proved about the risk needs it.)

    - [noise_expectation]  weights on the points None and Some (j, i, kind, sign); at
                           the latter only row i of column j has noise, of size +-M
    - [design_expectation] a mean over two designs, multiples of the identity on top
                           of zeros *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Outputs Student Expectation.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Noise.

Variables (R : realFieldType) (q n : nat) (s c v : 'I_q -> R).
Hypothesis s0 : forall j, 0 < s j.
Hypothesis cs : forall j, c j ^+ 2 <= s j * v j.

Definition points := option ('I_q * 'I_n * bool * bool).

Let d j := v j - c j ^+ 2 / s j.
Let total := \sum_(j < q) \sum_(i < n) (s j + d j).
Let M := 1 + total.

Lemma d_ge0 j : 0 <= d j.
Proof. by rewrite subr_ge0 ler_pdivr_mulr // mulrC. Qed.

Lemma total_ge0 : 0 <= total.
Proof. by do 2!apply: sumr_ge0 => ? _; rewrite addr_ge0 ?d_ge0 // ltW. Qed.

Lemma M_gt0 : 0 < M. Proof. by rewrite ltr_paddr ?total_ge0 ?ltr01. Qed.

Definition weight (x : points) : R :=
  match x with
  | None => 1 - total / M ^+ 2
  | Some (j, _, kind, _) => (if kind then s j else d j) / (2%:R * M ^+ 2)
  end.

Definition noise_mean (f : points -> R) : R :=
  weight None * f None + \sum_j \sum_i \sum_(kind : bool) \sum_(sign : bool)
    weight (Some (j, i, kind, sign)) * f (Some (j, i, kind, sign)).

Lemma weight_ge0 x : 0 <= weight x.
Proof.
have M2 : 0 < M ^+ 2 by rewrite exprn_gt0 ?M_gt0.
case: x => [[[[j i] kind] sign]|] /=.
  by case: kind; rewrite divr_ge0 ?d_ge0 ?(ltW (s0 j)) // ltW // mulr_gt0 ?ltr0n.
rewrite subr_ge0 ler_pdivr_mulr // mul1r /M; move: total total_ge0 => t t0.
have -> : (1 + t) ^+ 2 = t + (1 + t + t ^+ 2) by ring.
by rewrite ler_addl !addr_ge0 ?ler01 ?sqr_ge0.
Qed.

Lemma noise_mean_lin a f b g :
  noise_mean (fun x => a * f x + b * g x) = a * noise_mean f + b * noise_mean g.
Proof.
rewrite /noise_mean !mulrDr addrACA !mulr_sumr -big_split /=; congr (_ + _).
  by ring.
apply: eq_bigr => j _; rewrite !mulr_sumr -big_split /=; apply: eq_bigr => i _.
by rewrite !big_bool /=; ring.
Qed.

Lemma noise_mean_le f g : (forall x, f x <= g x) -> noise_mean f <= noise_mean g.
Proof.
move=> H; rewrite ler_add ?ler_wpmul2l ?weight_ge0 //.
do 4!(apply: ler_sum => ? _); by rewrite ler_wpmul2l ?weight_ge0.
Qed.

Lemma noise_mean_cst a : noise_mean (fun=> a) = a.
Proof.
have Mn : M != 0 by rewrite gt_eqF ?M_gt0.
transitivity ((1 - total / M ^+ 2) * a + total / M ^+ 2 * a); last by ring.
rewrite /noise_mean /=; congr (_ + _).
rewrite mulrAC /total mulr_suml mulr_suml; apply: eq_bigr => j _.
rewrite mulr_suml mulr_suml; apply: eq_bigr => i _.
by rewrite !big_bool /=; move: (s j) (d j) M Mn => x y m Mn; field.
Qed.

Definition noise_expectation : expectation R points := {|
  has_mean := fun=> True;
  mean := noise_mean;
  has_mean_ext := fun _ _ _ _ => I;
  has_mean_cst := fun=> I;
  has_mean_lin := fun _ _ _ _ _ _ => I;
  mean_cst := noise_mean_cst;
  mean_lin := fun a f b g _ _ => noise_mean_lin a f b g;
  mean_le := fun f g _ _ H => noise_mean_le H |}.

Definition signed (sign : bool) : R := if sign then M else - M.
Definition noise_e (x : points) : 'M[R]_(n, q) :=
  if x is Some (j, i, kind, sign)
  then (if kind then signed sign else 0) *: delta_mx i j else 0.
Definition noise_h (x : points) : 'M[R]_(n, q) :=
  if x is Some (j, i, kind, sign)
  then (if kind then c j / s j * signed sign else signed sign) *: delta_mx i j else 0.

Lemma noise_mean_at j i (f : points -> R) (F : bool -> bool -> R) :
  f None = 0 ->
  (forall j' i' kind sign,
     f (Some (j', i', kind, sign)) = F kind sign *+ ((i == i') && (j == j'))) ->
  noise_mean f = s j / (2%:R * M ^+ 2) * (F true true + F true false)
                 + d j / (2%:R * M ^+ 2) * (F false true + F false false).
Proof.
move=> f0 fE; rewrite /noise_mean f0 mulr0 add0r.
rewrite (bigD1 j) //= [X in _ + X]big1 ?addr0 => [|j' ne]; last first.
  rewrite big1 // => i' _.
  by rewrite !big_bool /= !fE [j == j']eq_sym (negbTE ne) !andbF !mulr0n !mulr0 !addr0.
rewrite (bigD1 i) //= [X in _ + X]big1 ?addr0 => [|i' ne]; last first.
  by rewrite !big_bool /= !fE [i == i']eq_sym (negbTE ne) !mulr0n !mulr0 !addr0.
by rewrite !big_bool /= !fE !eqxx !mulr1n !mulrDr.
Qed.

Lemma noise_exists j :
  noise_moments noise_expectation (fun x => col j (noise_e x)) (fun x => col j (noise_h x))
    (s j) (c j) (v j).
Proof.
have Mn : M != 0 by rewrite gt_eqF ?M_gt0.
have sn : s j != 0 by rewrite gt_eqF.
pose E (kind sign : bool) := if kind then signed sign else 0.
pose H (kind sign : bool) := if kind then c j / s j * signed sign else signed sign.
pose fe i x := col j (noise_e x) i 0; pose fh i x := col j (noise_h x) i 0.
have eE i j' i' kind sign : fe i (Some (j', i', kind, sign))
    = E kind sign *+ ((i == i') && (j == j')).
  by rewrite /fe !mxE mulr_natr.
have hE i j' i' kind sign : fh i (Some (j', i', kind, sign))
    = H kind sign *+ ((i == i') && (j == j')).
  rewrite /fh !mxE mulr_natr /H; case: (_ =P j') => [->//|_]; by rewrite !andbF !mulr0n.
have P i i' (x y : bool -> bool -> R) j' k kind sign :
    x kind sign *+ ((i == k) && (j == j')) * (y kind sign *+ ((i' == k) && (j == j')))
    = (x kind sign * y kind sign *+ (i == i')) *+ ((i == k) && (j == j')).
  case: (j == j'); rewrite ?andbF ?andbT ?mulr0n ?mul0r //.
  have [ik|ik] := eqVneq i k; rewrite ?mulr0n ?mul0r // -ik [i' == i]eq_sym.
  by case: (i == i'); rewrite ?mulr0n ?mulr0 ?mulr1n.
have product (f g : 'I_n -> points -> R) F G :
    (forall i j' k b b', f i (Some (j', k, b, b')) = F b b' *+ ((i == k) && (j == j'))) ->
    (forall i j' k b b', g i (Some (j', k, b, b')) = G b b' *+ ((i == k) && (j == j'))) ->
    forall i i' j' k b b', f i (Some (j', k, b, b')) * g i' (Some (j', k, b, b'))
      = (F b b' * G b b' *+ (i == i')) *+ ((i == k) && (j == j')).
  by move=> fE gE i i' j' k b b'; rewrite fE gE P.
have N0 i : fe i None = 0 /\ fh i None = 0 by rewrite /fe /fh !mxE.
split=> [i|i|i i'|i i'|i i']; split=> //=.
- rewrite (noise_mean_at (N0 i).1 (eE i)) /E /=; ring.
- rewrite (noise_mean_at (N0 i).2 (hE i)) /H /=; ring.
- apply: etrans (@noise_mean_at j i (fun x => fe i x * fe i' x) _ _ (product _ _ _ _ eE eE i i')) _.
  + by rewrite (N0 i).1 mul0r.
  + by rewrite /E /signed; case: (i == i'); rewrite ?mulr1n ?mulr0n; field.
- apply: etrans (@noise_mean_at j i (fun x => fe i x * fh i' x) _ _ (product _ _ _ _ eE hE i i')) _.
  + by rewrite (N0 i).1 mul0r.
  + by rewrite /E /H /signed; case: (i == i'); rewrite ?mulr1n ?mulr0n; field; rewrite Mn.
- apply: etrans (@noise_mean_at j i (fun x => fh i x * fh i' x) _ _ (product _ _ _ _ hE hE i i')) _.
  + by rewrite (N0 i).2 mul0r.
  + by rewrite /H /signed /d; case: (i == i'); rewrite ?mulr1n ?mulr0n; field; rewrite Mn.
Qed.

End Noise.

Section Design.

Variables (R : realFieldType) (p n : nat) (M : 'M[R]_p) (k : R).
Hypotheses (trM : 0 < \tr M) (k0 : 0 < k) (pn : (p <= n)%N).

Let m := \tr M / k.
(* tr (M (X^T X)^-1) for the multiple x of the identity, and its two values. *)
Let value (x : R) := \tr M / x ^+ 2.
Let large := 1 + m.
Let small := m / (1 + m).
Let th := (value small - k) / (value small - value large).

Lemma m_gt0 : 0 < m. Proof. exact: divr_gt0. Qed.
Lemma large_gt0 : 0 < large. Proof. by rewrite addr_gt0 ?ltr01 ?m_gt0. Qed.
Lemma small_gt0 : 0 < small. Proof. by rewrite divr_gt0 ?m_gt0 ?large_gt0. Qed.

Lemma value_large : value large < k.
Proof.
rewrite /value ltr_pdivr_mulr ?exprn_gt0 ?large_gt0 // -ltr_pdivr_mull // mulrC -/m /large.
rewrite -subr_gt0; have -> : (1 + m) ^+ 2 - m = 1 + m + m ^+ 2 by ring.
by rewrite !addr_gt0 ?ltr01 ?exprn_gt0 ?m_gt0.
Qed.

Lemma value_small : k < value small.
Proof.
rewrite /value ltr_pdivl_mulr ?exprn_gt0 ?small_gt0 // -ltr_pdivl_mull // mulrC -/m.
rewrite /small expr_div_n ltr_pdivr_mulr ?exprn_gt0 ?large_gt0 // -subr_gt0.
have -> : m * (1 + m) ^+ 2 - m ^+ 2 = m * (1 + m + m ^+ 2) by ring.
by rewrite mulr_gt0 ?addr_gt0 ?ltr01 ?exprn_gt0 ?m_gt0.
Qed.

Lemma th_in : 0 <= th /\ 0 <= 1 - th.
Proof.
have vl := value_large; have vs := value_small.
have D : 0 < value small - value large by rewrite subr_gt0 (lt_trans vl).
split; first by rewrite divr_ge0 ?subr_ge0 ?ltW // -subr_gt0.
by rewrite subr_ge0 ler_pdivr_mulr // mul1r ler_add2l ler_opp2 ltW.
Qed.

Definition design_mean (f : bool -> R) : R := th * f true + (1 - th) * f false.

Lemma design_mean_lin a f b g :
  design_mean (fun x => a * f x + b * g x) = a * design_mean f + b * design_mean g.
Proof. by rewrite /design_mean; ring. Qed.

Lemma design_mean_le f g : (forall x, f x <= g x) -> design_mean f <= design_mean g.
Proof. by have [t0 t1] := th_in => H; rewrite ler_add ?ler_wpmul2l. Qed.

Lemma design_mean_cst a : design_mean (fun=> a) = a.
Proof. by rewrite /design_mean; ring. Qed.

Definition design_expectation : expectation R bool := {|
  has_mean := fun=> True;
  mean := design_mean;
  has_mean_ext := fun _ _ _ _ => I;
  has_mean_cst := fun=> I;
  has_mean_lin := fun _ _ _ _ _ _ => I;
  mean_cst := design_mean_cst;
  mean_lin := fun a f b g _ _ => design_mean_lin a f b g;
  mean_le := fun f g _ _ H => design_mean_le H |}.

Definition design (x : bool) : 'M[R]_(n, p) := (if x then large else small) *: pid_mx p.

Lemma design_rank x : \rank (design x) = p.
Proof.
rewrite /design mxrank_scale_nz ?rank_pid_mx //.
by case: x; rewrite gt_eqF ?large_gt0 ?small_gt0.
Qed.

Lemma design_gram x :
  \tr (M *m invmx ((design x)^T *m design x)) = value (if x then large else small).
Proof.
rewrite /design [(_ *: _)^T]linearZ /= tr_pid_mx -scalemxAl -scalemxAr mul_pid_mx scalerA -expr2.
rewrite minnn (minn_idPr pn) pid_mx_1 scalemx1 invmx_scalar mul_mx_scalar.
by rewrite mxtraceZ mulrC.
Qed.

Lemma design_exists :
  mean_is design_expectation (fun x => \tr (M *m invmx ((design x)^T *m design x))) k.
Proof.
split=> //; rewrite /= /design_mean !design_gram.
have : value small - value large != 0.
  by rewrite gt_eqF // subr_gt0 (lt_trans value_large value_small).
rewrite /th; move: (value small) (value large) => a b ab; by field.
Qed.

End Design.

Section Both.

Variables (R : realFieldType) (p1 p2 n : nat).
Hypotheses (p2_gt0 : (0 < p2)%N) (n_large : (p2 + 2 <= n)%N).

Lemma trace_gt0 (M : 'M[R]_p2) : (forall b, b != 0 -> 0 < bil b M b) -> 0 < \tr M.
Proof.
move=> pM; apply: (sum_gt0 p2_gt0) => j.
have := pM (delta_mx j 0); rewrite bil_dot -colE /dot trmx_delta -rowE !mxE; apply.
apply/negP => /eqP/matrixP/(_ j 0); rewrite !mxE !eqxx => /eqP.
by rewrite oner_eq0.
Qed.

(** There are noise and designs as [qrisk_expected] asks for. *)
Theorem qsampling_exists q (Q : qcov R p1 p2 q) (W1 : 'M[R]_(p1, q)) : qposdef Q ->
  exists D N (Ed : expectation R D) (En : expectation R N)
    (X : D -> 'M[R]_(n, p2)) (e h : N -> 'M[R]_(n, q)),
  [/\ forall d, \rank (X d) = p2,
      mean_is Ed (fun d => \tr (M22 Q *m invmx ((X d)^T *m X d))) (kfac R p2 n)
    & forall j, noise_moments En (fun x => col j (e x)) (fun x => col j (h x))
        (residual_variance (out Q j)) (residual_covariance (out Q j) (col j W1))
          (teacher_residual_variance (out Q j) (col j W1))].
Proof.
move=> pQ; have k0 := kfac_gt0 R p2_gt0 n_large.
have tr0 : 0 < \tr (M22 Q).
  apply: trace_gt0 => b b0; have := qform_pos pQ (a := 0) (b := b) (z := 0).
  rewrite b0 orbT /qform !bil_dot !mulmx0 !dot0l !dot0r => /(_ isT).
  by rewrite !mulr0 !addr0 add0r -bil_dot.
have pn : (p2 <= n)%N by apply: leq_trans n_large; apply: leq_addr.
have s0 j := residual_variance_gt0 0 (out_posdef pQ j).
have cs j := residual_covariance2_le (col j W1) (out_posdef pQ j).
exists bool, (points q n), (design_expectation tr0 k0), (noise_expectation n s0 cs).
do 3!eexists; split; last by move=> j; apply: noise_exists.
- by move=> d; apply: (design_rank tr0 k0 pn).
- exact: design_exists.
Qed.

(** There are noise and designs as [risk_expected] asks for. *)
Theorem sampling_exists (S : cov R p1 p2) (w1 : 'cV[R]_p1) : posdef S ->
  exists D N (Ed : expectation R D) (En : expectation R N)
    (X : D -> 'M[R]_(n, p2)) (e h : N -> 'cV[R]_n),
  [/\ forall d, \rank (X d) = p2,
      mean_is Ed (fun d => design_trace S (X d)) (kfac R p2 n)
    & noise_moments En e h (residual_variance S) (residual_covariance S w1) (teacher_residual_variance
      S w1)].
Proof.
move=> pS; have [D [N [Ed [En [X [e [h [full k_mean H]]]]]]]] :=
  qsampling_exists (w1 : 'M_(p1, 1)) (one_out_posdef pS).
exists D, N, Ed, En, X, (fun x => col 0 (e x)), (fun x => col 0 (h x)); split=> //.
have w1E : col 0 (w1 : 'M_(p1, 1)) = w1 by apply/colP => i; rewrite mxE.
by have := H 0; rewrite one_outE w1E.
Qed.

End Both.
