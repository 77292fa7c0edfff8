// GSL's samplers and distributions. OpenBLAS's cblas.h stands in for gsl_cblas.h: the two clash in one Swift file.
#include <cblas.h>
#define __GSL_CBLAS_H__
#include <gsl/gsl_errno.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_psi.h>

// A C global that is mutable cannot be named from Swift 6; this function can.
static inline const gsl_rng_type *cgsl_mersenne_twister(void) { return gsl_rng_mt19937; }
