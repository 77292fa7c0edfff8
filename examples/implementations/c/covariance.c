// SPDX-License-Identifier: GPL-3.0-or-later
// Σ and the informations in it.
#include <math.h>

#include "cch.h"

void put(cJSON *output, const char *name, double value) {
  if (!isfinite(value)) refuse("%s is not finite in double precision", name);
  cJSON_AddNumberToObject(output, name, value);
}

// Σ with variances between 1 and 4, and the powers of two that its units are.
matrix read_covariance(const cJSON *input, double **unit) {
  matrix sigma = read_matrix(input, "sigma");
  int p = sigma.rows;
  if (sigma.columns != p) refuse("sigma is not square");
  *unit = scratch(sizeof(double) * p);
  for (int i = 0; i < p; i++) {
    for (int j = 0; j < i; j++)
      if (AT(sigma, i, j) != AT(sigma, j, i)) refuse("sigma is not symmetric");
    if (!(AT(sigma, i, i) > 0)) refuse("sigma is not positive definite");
    (*unit)[i] = power_of_two(sqrt(AT(sigma, i, i)));
  }
  for (int j = 0; j < p; j++)
    for (int i = 0; i < p; i++) AT(sigma, i, j) = AT(sigma, i, j) / (*unit)[i] / (*unit)[j];
  cholesky(sigma, "sigma");
  return sigma;
}

static matrix read_indices(const cJSON *input, const char *name, bool *seen, int p) {
  matrix list = read_column(input, name);
  for (int i = 0; i < list.rows; i++) {
    double index = list.at[i];
    if (index != floor(index) || index < 0 || index >= p) refuse("%s: %g is no index", name, index);
    if (seen[(int)index]) refuse("index %g appears twice", index);
    seen[(int)index] = true;
  }
  return list;
}

static matrix chosen(matrix m, matrix rows, matrix columns) {
  matrix result = zeros(rows.rows, columns.rows);
  for (int i = 0; i < rows.rows; i++)
    for (int j = 0; j < columns.rows; j++) AT(result, i, j) = AT(m, (int)rows.at[i], (int)columns.at[j]);
  return result;
}

void mutual_information(const cJSON *input, cJSON *output) {
  double *unit;
  matrix sigma = read_covariance(input, &unit);
  bool *seen = scratch(sizeof(bool) * sigma.rows);
  matrix u = read_indices(input, "u", seen, sigma.rows), w = read_indices(input, "w", seen, sigma.rows);
  put(output, "nats", information(chosen(sigma, u, u), chosen(sigma, w, w), chosen(sigma, u, w)));
}

// The problem with the teacher of this name; where that is NULL, without one.
problem read_problem_by(const cJSON *input, const char *teacher) {
  problem p = {.p2 = read_whole(input, "p2", 1), .q = read_whole(input, "q", 1)};
  int p1 = read_whole(input, "p1", 1), p2 = p.p2, q = p.q;
  double *unit;
  matrix sigma = read_covariance(input, &unit);
  if ((double)p1 + p2 + q != sigma.rows) refuse("sigma has %d rows, not p1 + p2 + q", sigma.rows);
  matrix w1 = teacher ? read_matrix(input, teacher) : zeros(p1, q);
  if (w1.rows != p1 || w1.columns != q) refuse("%s is %d × %d, not p1 × q", teacher, w1.rows, w1.columns);
  p.unit = unit + p1 + p2;
  // The columns of the map: x2, then t, y and t − y, each in the units of its label.
  matrix map = zeros(sigma.rows, p2 + 3 * q);
  for (int j = 0; j < p2; j++) AT(map, p1 + j, j) = 1;
  for (int j = 0; j < q; j++) {
    for (int i = 0; i < p1; i++) {
      AT(map, i, p2 + j) = AT(map, i, p2 + 2 * q + j) = AT(w1, i, j) * (unit[i] / p.unit[j]);
      p.has_teacher |= AT(w1, i, j) != 0;
    }
    AT(map, p1 + p2 + j, p2 + q + j) = 1;
    AT(map, p1 + p2 + j, p2 + 2 * q + j) = -1;
    for (int i = 0; i < p2; i++) p.has_student |= AT(sigma, p1 + i, p1 + p2 + j) != 0;
  }
  matrix all = product(map, true, product(sigma, false, map, false), false);
  matrix scores = solve_lower(cholesky(part(all, 0, p2, 0, p2), "sigma"), part(all, 0, p2, p2, 3 * q));
  p.total = part(all, p2, 3 * q, p2, 3 * q);
  p.explained = product(scores, true, scores, false);
  p.p1 = p1;
  p.sigma = sigma;
  p.w1 = w1;
  p.map = part(map, 0, sigma.rows, p2, 3 * q);
  p.scores = scores;
  p.residual = zeros(3 * q, 3 * q);
  for (int i = 0; i < 9 * q * q; i++) p.residual.at[i] = p.total.at[i] - p.explained.at[i];
  return p;
}

problem read_problem(const cJSON *input) { return read_problem_by(input, "w1"); }

static problem read_informative(const cJSON *input) {
  problem p = read_problem(input);
  if (!p.has_teacher) refuse("w1 is zero: the teacher predicts nothing");
  if (!p.has_student) refuse("w* is zero: x2 tells nothing about y");
  return p;
}

static void informations(const cJSON *input, double *ts, double *sy) {
  problem p = read_informative(input);
  int q = p.q;
  matrix s = part(p.explained, q, q, q, q);
  *ts = information(part(p.total, 0, q, 0, q), s, part(p.explained, 0, q, q, q));
  *sy = information(s, part(p.total, q, q, q, q), s);
}

void cch(const cJSON *input, cJSON *output) {
  double ts, sy;
  informations(input, &ts, &sy);
  put(output, "i_ts", ts);
  put(output, "i_sy", sy);
  put(output, "delta", ts - sy);
}

void cch_predicts(const cJSON *input, cJSON *output) {
  double ts, sy;
  informations(input, &ts, &sy);
  cJSON_AddBoolToObject(output, "predicts", ts > sy);
}

// I(t; s | y), of what a regression on y leaves of t and s.
void conditional_information(const cJSON *input, cJSON *output) {
  problem p = read_informative(input);
  int q = p.q;
  matrix all = zeros(2 * q, 2 * q), by = zeros(q, 2 * q);
  for (int i = 0; i < q; i++)
    for (int j = 0; j < q; j++) {
      AT(all, i, j) = AT(p.total, i, j);
      AT(all, i, q + j) = AT(p.explained, i, q + j);
      AT(all, q + i, j) = AT(p.explained, q + i, j);
      AT(all, q + i, q + j) = AT(p.explained, q + i, q + j);
      AT(by, i, j) = AT(p.total, q + i, j);
      AT(by, i, q + j) = AT(p.explained, q + i, q + j);
    }
  matrix seen = solve_lower(cholesky(part(p.total, q, q, q, q), "the covariance of y"), by);
  matrix explained = product(seen, true, seen, false);
  for (int i = 0; i < 4 * q * q; i++) all.at[i] -= explained.at[i];
  put(output, "nats", information(part(all, 0, q, 0, q), part(all, q, q, q, q), part(all, 0, q, q, q)));
}
