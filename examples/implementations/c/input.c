// SPDX-License-Identifier: GPL-3.0-or-later
// Reading the input: sizes, finite numbers, whole numbers.
#include <limits.h>
#include <math.h>
#include <string.h>

#include "cch.h"

matrix zeros(int rows, int columns) {
  return (matrix){rows, columns, scratch(sizeof(double) * (size_t)rows * columns)};
}

const cJSON *member(const cJSON *input, const char *name) {
  const cJSON *value = cJSON_GetObjectItemCaseSensitive(input, name);
  if (!value) refuse("%s is missing", name);
  return value;
}

static double number(const cJSON *value, const char *name) {
  if (!cJSON_IsNumber(value)) refuse("%s: a number expected", name);
  if (!isfinite(value->valuedouble)) refuse("%s: a number is not finite", name);
  return value->valuedouble;
}

// Rows of equal length; a flat list is one column.
matrix read_matrix(const cJSON *input, const char *name) {
  const cJSON *list = member(input, name), *row;
  if (!cJSON_IsArray(list) || !list->child) refuse("%s: rows expected", name);
  bool flat = !cJSON_IsArray(list->child);
  int columns = flat ? 1 : cJSON_GetArraySize(list->child), i = 0;
  if (columns < 1) refuse("%s: a row is empty", name);
  matrix m = zeros(cJSON_GetArraySize(list), columns);
  cJSON_ArrayForEach(row, list) {
    if (cJSON_IsArray(row) == flat || (!flat && cJSON_GetArraySize(row) != columns))
      refuse("%s: rows of different lengths", name);
    const cJSON *entry = flat ? row : row->child;
    for (int j = 0; j < columns; j++, entry = entry->next) AT(m, i, j) = number(entry, name);
    i++;
  }
  return m;
}

matrix read_column(const cJSON *input, const char *name) {
  const cJSON *list = member(input, name);
  if (cJSON_IsArray(list) && cJSON_IsArray(list->child)) refuse("%s: a flat list expected", name);
  return read_matrix(input, name);
}

int read_whole(const cJSON *input, const char *name, int least) {
  double value = number(member(input, name), name);
  if (value != floor(value) || fabs(value) > INT_MAX) refuse("%s: not a whole number", name);
  if (value < least) refuse("%s is %g, below %d", name, value, least);
  return (int)value;
}

double read_real(const cJSON *input, const char *name) {
  double value = number(member(input, name), name);
  if (value < 0) refuse("%s is negative", name);
  return value;
}

bool reads_text(const cJSON *input, const char *name, const char *text) {
  const cJSON *value = member(input, name);
  return cJSON_IsString(value) && !strcmp(value->valuestring, text);
}

// A power of two near the value: to divide by it rounds nothing.
double power_of_two(double value) { return ldexp(1, ilogb(value)); }
