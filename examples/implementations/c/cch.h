// SPDX-License-Identifier: GPL-3.0-or-later
// The operations of the protocol in C: what the files share.
#ifndef CCH_H
#define CCH_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

// A matrix, column by column; its memory lasts until the answer is written.
typedef struct {
  int rows, columns;
  double *at;
} matrix;

#define AT(m, i, j) ((m).at[(i) + (size_t)(j) * (m).rows])

// refuse.c: ends the operation with the answer "errored".
_Noreturn void refuse(const char *format, ...);
void *scratch(size_t bytes);

// input.c: reading, with every rule that a single value can break.
matrix zeros(int rows, int columns);
matrix read_matrix(const cJSON *input, const char *name);
matrix read_column(const cJSON *input, const char *name);
int read_whole(const cJSON *input, const char *name, int least);
double read_real(const cJSON *input, const char *name);
bool reads_text(const cJSON *input, const char *name, const char *text);
const cJSON *member(const cJSON *input, const char *name);
double power_of_two(double value);

// linear.c: factors of matrices; each refuses what is singular in double precision.
matrix part(matrix m, int row, int rows, int column, int columns);
matrix product(matrix a, bool transposed_a, matrix b, bool transposed_b);
matrix cholesky(matrix m, const char *name);
matrix solve_lower(matrix lower, matrix right);
void qr(matrix *m, double *reflectors, const char *name);
double information(matrix a, matrix b, matrix cross);

// covariance.c, risk.c, students.c, data.c: input to output.
typedef void operation(const cJSON *input, cJSON *output);
operation mutual_information, cch, cch_predicts;
operation kd_risk, baseline_risk, risk_slope, window, best_lambda, helps_for_small_lambda;
operation tuned_helps, tuned_gain, unlabelled_risk, pseudo_label_risk, joint_teacher_risk, ridge_risk;
operation ensemble_weights, crossover, conditional_information;
operation fit_student, ksg, gaussian_plugin;

// What the student sees, covariances of (t, y, t−y), in units of the labels.
typedef struct {
  int p1, p2, q;
  double *unit;
  matrix total, explained, residual;
  matrix sigma, w1, map, scores;  // of all of (x1, x2, y), and what x2 explains, in its own coordinates
  bool has_teacher, has_student;
} problem;

matrix read_covariance(const cJSON *input, double **unit);
problem read_problem(const cJSON *input);
problem read_problem_by(const cJSON *input, const char *teacher);
void put(cJSON *output, const char *name, double value);

#endif
