// SPDX-License-Identifier: GPL-3.0-or-later
// Operations on rows of data.
#include <cblas.h>
#include <lapacke.h>
#include <math.h>
#include <stdlib.h>

#include "cch.h"

void fit_student(const cJSON *input, cJSON *output) {
  matrix x2 = read_matrix(input, "x2"), y = read_matrix(input, "y"), t = read_matrix(input, "t");
  int n = x2.rows, p2 = x2.columns, q = y.columns;
  double lambda = read_real(input, "lambda"), rest = 1 / (1 + lambda);
  if (y.rows != n || t.rows != n || t.columns != q) refuse("x2, y and t have different numbers of rows");
  if (n < p2) refuse("x2: dependent columns");
  double *unit = scratch(sizeof(double) * p2), *reflectors = scratch(sizeof(double) * p2);
  for (int j = 0; j < p2; j++) {
    double largest = fabs(AT(x2, cblas_idamax(n, &AT(x2, 0, j), 1), j));
    if (!(largest > 0)) refuse("x2: dependent columns");
    unit[j] = power_of_two(largest);
    for (int i = 0; i < n; i++) AT(x2, i, j) /= unit[j];
  }
  matrix target = zeros(n, q);
  for (int i = 0; i < n * q; i++) target.at[i] = rest * y.at[i] + lambda * rest * t.at[i];
  qr(&x2, reflectors, "x2");
  LAPACKE_dormqr(LAPACK_COL_MAJOR, 'L', 'T', n, q, p2, x2.at, n, reflectors, target.at, n);
  cblas_dtrsm(CblasColMajor, CblasLeft, CblasUpper, CblasNoTrans, CblasNonUnit, p2, q, 1, x2.at, n, target.at, n);
  cJSON *w = cJSON_AddArrayToObject(output, "w");
  for (int i = 0; i < p2; i++) {
    cJSON *row = q == 1 ? w : cJSON_CreateArray();
    for (int j = 0; j < q; j++) {
      double weight = AT(target, i, j) / unit[i];
      if (!isfinite(weight)) refuse("w is not finite in double precision");
      cJSON_AddItemToArray(row, cJSON_CreateNumber(weight));
    }
    if (q > 1) cJSON_AddItemToArray(w, row);
  }
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// The distances of all rows from row i in the max norm; its own is infinite.
static void distances(matrix side, int i, double *d) {
  for (int j = 0; j < side.rows; j++) {
    d[j] = j == i ? INFINITY : 0;
    for (int a = 0; a < side.columns; a++) d[j] = fmax(d[j], fabs(AT(side, i, a) - AT(side, j, a)));
  }
}

// Kraskov, Stögbauer & Grassberger 2004; rows that tie with the k-th neighbour count as within its distance.
void ksg(const cJSON *input, cJSON *output) {
  matrix x = read_matrix(input, "x"), y = read_matrix(input, "y");
  int n = x.rows, k = read_whole(input, "k", 1), variant = read_whole(input, "variant", 1);
  if (y.rows != n) refuse("x and y have different numbers of rows");
  if (k >= n) refuse("k is %d, not less than the number of rows", k);
  if (variant > 2) refuse("variant must be 1 or 2");
  double *dx = scratch(sizeof(double) * n), *dy = scratch(sizeof(double) * n), *joint = scratch(sizeof(double) * n);
  double *psi = scratch(sizeof(double) * (n + 1)), sum = 0;  // ψ of whole numbers plus γ, which cancels
  for (int m = 1; m < n; m++) psi[m + 1] = psi[m] + 1.0 / m;
  for (int i = 0; i < n; i++) {
    distances(x, i, dx);
    distances(y, i, dy);
    for (int j = 0; j < n; j++) joint[j] = fmax(dx[j], dy[j]);
    qsort(joint, n, sizeof(double), ascending);
    double radius = joint[k - 1], reach_x = 0, reach_y = 0;
    int near_x = 0, near_y = 0;
    for (int j = 0; j < n; j++)
      if (fmax(dx[j], dy[j]) <= radius) {
        reach_x = fmax(reach_x, dx[j]);
        reach_y = fmax(reach_y, dy[j]);
      }
    for (int j = 0; j < n; j++) {
      near_x += variant == 1 ? dx[j] < radius : dx[j] <= reach_x;
      near_y += variant == 1 ? dy[j] < radius : dy[j] <= reach_y;
    }
    sum += variant == 1 ? psi[near_x + 1] + psi[near_y + 1] : psi[near_x] + psi[near_y];
  }
  put(output, "nats", psi[k] - (variant == 1 ? 0 : 1.0 / k) + psi[n] - sum / n);
}

// ψ, shifted up to where its asymptotic series is exact.
static double digamma(double z) {
  double result = 0;
  for (; z < 12; z++) result -= 1 / z;
  double r = 1 / (z * z);
  return result + log(z) - 0.5 / z
         - r * (1. / 12 - r * (1. / 120 - r * (1. / 252 - r * (1. / 240 - r * (1. / 132 - r * (691. / 32760))))));
}

// The sample's columns, centred and scaled; what is added to a column first changes nothing.
static void standardise(matrix side, matrix all, int column) {
  int n = side.rows;
  for (int j = 0; j < side.columns; j++, column++) {
    double *to = &AT(all, 0, column), mean = 0;
    for (int i = 0; i < n; i++) to[i] = AT(side, i, j) - AT(side, 0, j);
    double largest = fabs(to[cblas_idamax(n, to, 1)]);
    if (!(largest > 0)) refuse("singular sample covariance: a constant column");
    for (int i = 0; i < n; i++) mean += (to[i] /= power_of_two(largest)) / n;
    for (int i = 0; i < n; i++) to[i] -= mean;
  }
}

void gaussian_plugin(const cJSON *input, cJSON *output) {
  matrix x = read_matrix(input, "x"), y = read_matrix(input, "y");
  int n = x.rows, p1 = x.columns, p2 = y.columns;
  bool corrected = reads_text(input, "correction", "digamma");
  if (!corrected && !reads_text(input, "correction", "none")) refuse("correction must be \"none\" or \"digamma\"");
  if (y.rows != n) refuse("x and y have different numbers of rows");
  if (n <= p1 + p2) refuse("singular sample covariance: too few rows");
  matrix all = zeros(n, p1 + p2);
  standardise(x, all, 0);
  standardise(y, all, p1);
  double *reflectors = scratch(sizeof(double) * (p1 + p2)), nats = 0;
  qr(&all, reflectors, "singular sample covariance");
  // In y's columns of the factor the first p1 rows are what x explains of y, the rest what it does not.
  matrix own = part(all, 0, p1 + p2, p1, p2);
  for (int j = 0; j < p2; j++)
    for (int i = p1 + j + 1; i < p1 + p2; i++) AT(own, i, j) = 0;
  qr(&own, reflectors, "singular sample covariance");
  for (int j = 0; j < p2; j++) nats += log(fabs(AT(own, j, j) / AT(all, p1 + j, p1 + j)));
  for (int i = 1; corrected && i <= p2; i++) nats -= 0.5 * (digamma((n - i) / 2.0) - digamma((n - p1 - i) / 2.0));
  put(output, "nats", nats);
}
