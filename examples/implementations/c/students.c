// SPDX-License-Identifier: GPL-3.0-or-later
// Students that may shrink, further rows, other teachers; for several outputs one weight of each teacher for all of them.
#include <math.h>

#include "cch.h"

// The trace over the outputs of a part of the covariance of (t, y, t−y), in units of the square of the largest label unit.
enum { T, Y, D };

static double largest_unit(problem p) {
  double unit = 0;
  for (int j = 0; j < p.q; j++) unit = fmax(unit, p.unit[j]);
  return unit;
}

static double trace(problem p, matrix m, int a, int b) {
  double unit = largest_unit(p), sum = 0;
  for (int j = 0; j < p.q; j++) sum += p.unit[j] / unit * (p.unit[j] / unit) * AT(m, a * p.q + j, b * p.q + j);
  return sum;
}

static void put_squared(cJSON *output, const char *name, problem p, double value) {
  put(output, name, value * largest_unit(p) * largest_unit(p));
}

static double noise_of(problem p, double rows) { return p.p2 / (rows - p.p2 - 1); }

// The number of training rows, of which there must be more than this.
static double read_rows(const cJSON *input, int inputs) { return read_whole(input, "n", inputs + 2); }

// cov(t,s)σε² − var(s)c, which has the sign of corr(t,s|y).
static double alignment(problem p) {
  return trace(p, p.explained, T, Y) * trace(p, p.residual, Y, Y) - trace(p, p.explained, Y, Y) * trace(p, p.residual, T, Y);
}

void tuned_helps(const cJSON *input, cJSON *output) {
  problem p = read_problem(input);
  if (cJSON_HasObjectItem(input, "n")) read_rows(input, p.p2);
  cJSON_AddBoolToObject(output, "helps", alignment(p) > 0);
}

void tuned_gain(const cJSON *input, cJSON *output) {
  problem p = read_problem(input);
  double k = noise_of(p, read_rows(input, p.p2)), pull = k * alignment(p);
  double label = trace(p, p.explained, Y, Y) + k * trace(p, p.residual, Y, Y);
  double both = trace(p, p.explained, T, Y) + k * trace(p, p.residual, T, Y);
  double teacher = trace(p, p.explained, T, T) + k * trace(p, p.residual, T, T);
  if (pull <= 0) put(output, "gain", 0);
  else put_squared(output, "gain", p, pull / label * (pull / label) / (teacher - both / label * both));
}

// σε² + ‖kept·((1−α)w* + αv) − w*‖² + the noise of the two fits and of what they share.
static void put_mixed(cJSON *output, problem p, double lambda, double kept, double own, double shared, double teacher) {
  double rest = 1 / (1 + lambda), alpha = lambda * rest, lost = 1 - kept;
  double bias = lost * lost * trace(p, p.explained, Y, Y) - 2 * lost * kept * alpha * trace(p, p.explained, D, Y)
                + kept * alpha * kept * alpha * trace(p, p.explained, D, D);
  double noise = rest * rest * own * trace(p, p.residual, Y, Y) + 2 * rest * alpha * shared * trace(p, p.residual, T, Y)
                 + alpha * alpha * teacher * trace(p, p.residual, T, T);
  put_squared(output, "risk", p, trace(p, p.residual, Y, Y) + bias + noise);
}

void unlabelled_risk(const cJSON *input, cJSON *output) {
  problem p = read_problem(input);
  double n = read_rows(input, p.p2), all = noise_of(p, n + read_whole(input, "unlabelled", 0));
  put_mixed(output, p, read_real(input, "lambda"), 1, noise_of(p, n), all, all);
}

// X2ᵀX2 = nΣ22: the weights are n/(n+μ) times those of least squares.
void ridge_risk(const cJSON *input, cJSON *output) {
  problem p = read_problem(input);
  double n = read_rows(input, p.p2), kept = n / (n + read_real(input, "ridge")), noise = kept * kept * p.p2 / n;
  put_mixed(output, p, read_real(input, "lambda"), kept, noise, noise, noise);
}

// tr var(y | x1, x2), from the last rows of the factor of Σ.
static double full_noise(problem p) {
  matrix factor = cholesky(p.sigma, "sigma");
  double unit = largest_unit(p), sum = 0;
  int inputs = p.p1 + p.p2;
  for (int i = 0; i < p.q; i++)
    for (int j = 0; j <= i; j++) {
      double root = AT(factor, inputs + i, inputs + j) * (p.unit[i] / unit);
      sum += root * root;
    }
  return sum;
}

void joint_teacher_risk(const cJSON *input, cJSON *output) {
  problem p = read_problem_by(input, NULL);
  double k = noise_of(p, read_rows(input, p.p2)), lambda = read_real(input, "lambda");
  double rest = 1 / (1 + lambda), alpha = lambda * rest, noise = trace(p, p.residual, Y, Y), least = full_noise(p);
  double risk = noise + k * (rest * rest * noise + (2 * rest * alpha + alpha * alpha) * (noise - least));
  int inputs = p.p1 + p.p2;
  if (cJSON_HasObjectItem(input, "teacher_rows")) {
    double rows = read_whole(input, "teacher_rows", inputs + 2);
    risk += alpha * alpha * least / (rows - inputs - 1) * (p.p2 + k * p.p1);
  }
  put_squared(output, "risk", p, risk);
}

void pseudo_label_risk(const cJSON *input, cJSON *output) {
  problem p = read_problem_by(input, NULL);
  int inputs = p.p1 + p.p2;
  double n = read_rows(input, inputs), m = read_whole(input, "unlabelled", 0), lambda = read_real(input, "lambda");
  double alpha = lambda / (1 + lambda), noise = trace(p, p.residual, Y, Y), least = full_noise(p);
  double k = noise_of(p, n), gap = k * m / (n + m - p.p2 - 1), fitted = least * p.p1 / (n - inputs - 1);
  double saved = (2 * alpha - alpha * alpha) * (noise - least) - alpha * alpha * fitted;
  put_squared(output, "risk", p, noise + k * noise - gap * saved);
}

// Of two teachers, (B̄ + kV̄)b = k(σε²1 − c).
void ensemble_weights(const cJSON *input, cJSON *output) {
  problem p[2] = {read_problem(input), read_problem_by(input, "w1b")};
  double k = noise_of(p[0], read_rows(input, p[0].p2)), pull[2], form[2][2], unit[2];
  bool differ = false;
  for (int i = 0; i < p[0].p1 * p[0].q; i++) differ |= p[0].w1.at[i] != p[1].w1.at[i];
  if (!differ) refuse("w1b is the same teacher as w1");
  for (int i = 0; i < 2; i++) {
    pull[i] = -k * trace(p[i], p[i].residual, D, Y);
    for (int j = 0; j < 2; j++) {
      matrix total = product(p[i].map, true, product(p[0].sigma, false, p[j].map, false), false);
      matrix explained = product(p[i].scores, true, p[j].scores, false);
      double seen = trace(p[i], explained, D, D);
      form[i][j] = seen + k * (trace(p[i], total, D, D) - seen);
    }
  }
  for (int i = 0; i < 2; i++) unit[i] = power_of_two(sqrt(form[i][i]));
  double a = form[0][0] / unit[0] / unit[0], b = form[0][1] / unit[0] / unit[1], d = form[1][1] / unit[1] / unit[1];
  double g = pull[0] / unit[0], h = pull[1] / unit[1], rest = d - b / a * b, second = (h - b / a * g) / rest;
  double weights[2] = {(g - b * second) / a / unit[0], second / unit[1]};
  cJSON *list = cJSON_AddArrayToObject(output, "weights");
  for (int i = 0; i < 2; i++) {
    if (!isfinite(weights[i])) refuse("weights are not finite in double precision");
    cJSON_AddItemToArray(list, cJSON_CreateNumber(weights[i]));
  }
  put_squared(output, "gain", p[0], pull[0] * weights[0] + pull[1] * weights[1]);
}

void crossover(const cJSON *input, cJSON *output) {
  problem p = read_problem(input);
  double lambda = read_real(input, "lambda");
  if (!(lambda > 0)) refuse("lambda is 0");
  double excess = trace(p, p.residual, D, Y), mismatch = trace(p, p.explained, D, D);
  double saved = -2 * excess - lambda * (excess + trace(p, p.residual, D, T));
  if (mismatch > 0) put(output, "n", p.p2 + 1 + p.p2 * saved / lambda / mismatch);
  else if (saved > 0) cJSON_AddNullToObject(output, "n");
  else cJSON_AddTrueToObject(output, "empty");
}
