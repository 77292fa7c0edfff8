// SPDX-License-Identifier: GPL-3.0-or-later
// GSL's samplers and distributions. OpenBLAS's cblas.h stands in for gsl_cblas.h: the two clash in one Swift file.
// A file that uses BLAS in a target that imports both modules must import both: the compiler gives cblas.h to either.
#include <cblas.h>
#define __GSL_CBLAS_H__
#include <gsl/gsl_errno.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_psi.h>
