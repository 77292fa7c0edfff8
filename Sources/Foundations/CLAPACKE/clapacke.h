// SPDX-License-Identifier: GPL-3.0-or-later
// LAPACK's factorisations through their C interface, and the BLAS under them.
#include <cblas.h>
#include <lapacke.h>
