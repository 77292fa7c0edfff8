// LAPACK's factorisations through their C interface, and the BLAS under them.
#include <cblas.h>
#include <lapacke.h>
