// SPDX-License-Identifier: GPL-3.0-or-later
// The protocol: one JSON object a line on standard input, one answer a line on standard output.
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "cch.h"

jmp_buf after_refusal;
char refusal[400];
void free_scratch(void);

static const struct {
  const char *name;
  operation *run;
} operations[] = {
    {"mutual_information", mutual_information}, {"cch", cch}, {"kd_risk", kd_risk}, {"baseline_risk", baseline_risk},
    {"risk_slope", risk_slope}, {"window", window}, {"best_lambda", best_lambda},
    {"helps_for_small_lambda", helps_for_small_lambda}, {"cch_predicts", cch_predicts}, {"fit_student", fit_student},
    {"ksg", ksg}, {"gaussian_plugin", gaussian_plugin}, {"tuned_helps", tuned_helps}, {"tuned_gain", tuned_gain},
    {"unlabelled_risk", unlabelled_risk}, {"pseudo_label_risk", pseudo_label_risk},
    {"joint_teacher_risk", joint_teacher_risk}, {"ridge_risk", ridge_risk}, {"ensemble_weights", ensemble_weights},
    {"crossover", crossover}, {"conditional_information", conditional_information},
};
enum { count = sizeof operations / sizeof *operations };

static cJSON *started(void) {
  cJSON *reply = cJSON_CreateObject(), *list;
  cJSON_AddStringToObject(reply, "kind", "started");
  cJSON_AddNumberToObject(reply, "protocol", 1);
  cJSON_AddStringToObject(reply, "name", "cch_lapack");
  cJSON_AddStringToObject(reply, "version", "1.0");
  list = cJSON_AddArrayToObject(reply, "operations");
  for (int i = 0; i < count; i++) cJSON_AddItemToArray(list, cJSON_CreateString(operations[i].name));
  cJSON_AddFalseToObject(reply, "exact");
  return reply;
}

static cJSON *answer(const cJSON *request) {
  const char *name = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(request, "operation"));
  cJSON *volatile output = cJSON_CreateObject(), *reply = cJSON_CreateObject();
  cJSON_AddItemToObject(reply, "seq", cJSON_Duplicate(cJSON_GetObjectItemCaseSensitive(request, "seq"), true));
  if (!setjmp(after_refusal)) {
    int i = 0;
    while (i < count && (!name || strcmp(name, operations[i].name))) i++;
    if (i == count) refuse("unknown operation");
    operations[i].run(member(request, "input"), output);
    cJSON_AddStringToObject(reply, "kind", "result");
    cJSON_AddItemToObject(reply, "output", output);
  } else {
    cJSON_Delete(output);
    cJSON_AddStringToObject(reply, "kind", "errored");
    cJSON_AddStringToObject(reply, "message", refusal);
  }
  free_scratch();
  return reply;
}

int main(void) {
  char *line = NULL;
  size_t capacity = 0;
  while (getline(&line, &capacity, stdin) > 0) {
    cJSON *request = cJSON_Parse(line);
    const char *kind = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(request, "kind"));
    cJSON *reply = NULL;
    bool stops = kind && !strcmp(kind, "stop");
    if (kind && !strcmp(kind, "start")) reply = started();
    if (kind && !strcmp(kind, "run")) reply = answer(request);
    if (reply) {
      char *text = cJSON_PrintUnformatted(reply);
      puts(text);
      fflush(stdout);
      free(text);
    }
    cJSON_Delete(reply);
    cJSON_Delete(request);
    if (stops) break;
  }
  free(line);
}
