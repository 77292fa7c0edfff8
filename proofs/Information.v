(** The criteria in terms of informations: under construction. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion.
