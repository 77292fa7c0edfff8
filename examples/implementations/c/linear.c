// SPDX-License-Identifier: GPL-3.0-or-later
// Factors of matrices, by LAPACK.
#include <cblas.h>
#include <float.h>
#include <lapacke.h>
#include <math.h>

#include "cch.h"

matrix part(matrix m, int row, int rows, int column, int columns) {
  matrix result = zeros(rows, columns);
  for (int j = 0; j < columns; j++)
    for (int i = 0; i < rows; i++) AT(result, i, j) = AT(m, row + i, column + j);
  return result;
}

matrix product(matrix a, bool transposed_a, matrix b, bool transposed_b) {
  int inner = transposed_a ? a.rows : a.columns;
  matrix result = zeros(transposed_a ? a.columns : a.rows, transposed_b ? b.rows : b.columns);
  cblas_dgemm(CblasColMajor, transposed_a ? CblasTrans : CblasNoTrans, transposed_b ? CblasTrans : CblasNoTrans,
              result.rows, result.columns, inner, 1, a.at, a.rows, b.at, b.rows, 0, result.at, result.rows);
  return result;
}

// L with m = LLᵀ, zero above the diagonal.
matrix cholesky(matrix m, const char *name) {
  matrix l = part(m, 0, m.rows, 0, m.columns);
  for (int i = 0; i < m.rows; i++)
    if (!(AT(m, i, i) > 0)) refuse("%s is not positive definite", name);
  if (LAPACKE_dpotrf(LAPACK_COL_MAJOR, 'L', m.rows, l.at, m.rows)) refuse("%s is not positive definite", name);
  for (int j = 0; j < m.rows; j++) {
    if (AT(l, j, j) * AT(l, j, j) <= 4 * DBL_EPSILON * m.rows * AT(m, j, j))
      refuse("%s is not positive definite", name);
    for (int i = 0; i < j; i++) AT(l, i, j) = 0;
  }
  return l;
}

matrix solve_lower(matrix lower, matrix right) {
  matrix result = part(right, 0, right.rows, 0, right.columns);
  cblas_dtrsm(CblasColMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, right.rows, right.columns, 1,
              lower.at, lower.rows, result.at, result.rows);
  return result;
}

// Householder QR in place; a pivot that is lost in the rounding of its column means dependent columns.
void qr(matrix *m, double *reflectors, const char *name) {
  double norms[m->columns];
  for (int j = 0; j < m->columns; j++) norms[j] = cblas_dnrm2(m->rows, &AT(*m, 0, j), 1);
  LAPACKE_dgeqrf(LAPACK_COL_MAJOR, m->rows, m->columns, m->at, m->rows, reflectors);
  for (int j = 0; j < m->columns; j++)
    if (!(fabs(AT(*m, j, j)) > 8 * DBL_EPSILON * m->rows * norms[j])) refuse("%s: dependent columns", name);
}

// I of two Gaussian vectors from their covariances, −½ Σ ln(1−ρ²) over the canonical correlations.
double information(matrix a, matrix b, matrix cross) {
  int count = a.rows < b.rows ? a.rows : b.rows;
  double squares[count], nats = 0;
  if (a.rows == 1 && b.rows == 1) {
    squares[0] = *cross.at / *a.at * (*cross.at / *b.at);
  } else {
    matrix left = solve_lower(cholesky(a, "a covariance"), cross), flipped = zeros(cross.columns, cross.rows);
    for (int i = 0; i < cross.rows; i++)
      for (int j = 0; j < cross.columns; j++) AT(flipped, j, i) = AT(left, i, j);
    matrix whitened = solve_lower(cholesky(b, "a covariance"), flipped);
    double superdiagonal[count];
    if (LAPACKE_dgesvd(LAPACK_COL_MAJOR, 'N', 'N', whitened.rows, whitened.columns, whitened.at, whitened.rows,
                       squares, NULL, 1, NULL, 1, superdiagonal))
      refuse("the singular values did not converge");
    for (int i = 0; i < count; i++) squares[i] *= squares[i];
  }
  for (int i = 0; i < count; i++) {
    if (!(squares[i] < 1)) refuse("the variables determine each other");
    nats -= 0.5 * log1p(-squares[i]);
  }
  return nats + 0.0;
}
