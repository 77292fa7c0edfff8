// SPDX-License-Identifier: GPL-3.0-or-later
// FLINT (exact integers and rationals) and MPFR (directed rounding). Only headers that both FLINT 2.9 and 3.x have.
#include <gmp.h>
#include <mpfr.h>
#include <flint/flint.h>
#include <flint/fmpz.h>
#include <flint/fmpz_mat.h>
#include <flint/fmpz_vec.h>
#include <flint/fmpq.h>
