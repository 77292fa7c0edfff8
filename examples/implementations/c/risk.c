// SPDX-License-Identifier: GPL-3.0-or-later
// The student's expected risk and all that follows from it.
#include "cch.h"

// Traces over the outputs, in units of the square of the largest label unit.
typedef struct {
  double noise, teacher_noise, c;  // σε², ση², c
  double excess, difference;       // c − σε² and ση² − σε², each without cancellation
  double mismatch, k, unit;        // B
} moments;

static moments read_moments(const cJSON *input) {
  problem p = read_problem(input);
  int q = p.q, n = read_whole(input, "n", p.p2 + 2);
  moments m = {.k = (double)p.p2 / (n - p.p2 - 1)};
  for (int j = 0; j < q; j++)
    if (p.unit[j] > m.unit) m.unit = p.unit[j];
  for (int j = 0; j < q; j++) {
    double weight = p.unit[j] / m.unit * (p.unit[j] / m.unit);
    int t = j, y = q + j, d = 2 * q + j;
    m.noise += weight * AT(p.residual, y, y);
    m.teacher_noise += weight * AT(p.residual, t, t);
    m.c += weight * AT(p.residual, t, y);
    m.excess += weight * AT(p.residual, d, y);
    m.difference += weight * (AT(p.residual, d, y) + AT(p.residual, d, t));
    m.mismatch += weight * AT(p.explained, d, d);
  }
  return m;
}

void kd_risk(const cJSON *input, cJSON *output) {
  moments m = read_moments(input);
  double lambda = read_real(input, "lambda"), rest = 1 / (1 + lambda), alpha = lambda * rest;
  double variance = rest * rest * m.noise + 2 * rest * alpha * m.c + alpha * alpha * m.teacher_noise;
  put(output, "risk", (m.noise + alpha * alpha * m.mismatch + m.k * variance) * m.unit * m.unit);
}

void baseline_risk(const cJSON *input, cJSON *output) {
  moments m = read_moments(input);
  put(output, "risk", m.noise * (1 + m.k) * m.unit * m.unit);
}

void risk_slope(const cJSON *input, cJSON *output) {
  moments m = read_moments(input);
  put(output, "slope", 2 * m.k * m.excess * m.unit * m.unit + 0.0);
}

void window(const cJSON *input, cJSON *output) {
  moments m = read_moments(input);
  double d = m.mismatch + m.k * m.difference;
  if (m.excess >= 0) {
    cJSON_AddTrueToObject(output, "empty");
    return;
  }
  put(output, "lower", 0);
  if (d > 0) put(output, "upper", -2 * m.k * m.excess / d);
  else cJSON_AddNullToObject(output, "upper");
}

void best_lambda(const cJSON *input, cJSON *output) {
  moments m = read_moments(input);
  double bottom = m.mismatch + m.k * (m.difference - m.excess);
  if (m.excess >= 0) put(output, "lambda", 0);
  else if (bottom > 0) put(output, "lambda", -m.k * m.excess / bottom);
  else cJSON_AddNullToObject(output, "lambda");
}

void helps_for_small_lambda(const cJSON *input, cJSON *output) {
  cJSON_AddBoolToObject(output, "helps", read_moments(input).excess < 0);
}
