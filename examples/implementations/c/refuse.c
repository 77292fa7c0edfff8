// SPDX-License-Identifier: GPL-3.0-or-later
// One answer's memory and its way out: whatever is found wrong, however deep, ends the operation here.
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "cch.h"

extern jmp_buf after_refusal;
extern char refusal[400];

typedef struct block {
  struct block *next;
  double content[];
} block;

static block *blocks;

void *scratch(size_t bytes) {
  block *fresh = calloc(1, sizeof(block) + bytes + sizeof(double));
  if (!fresh) refuse("out of memory");
  fresh->next = blocks;
  blocks = fresh;
  return fresh->content;
}

void free_scratch(void) {
  while (blocks) {
    block *next = blocks->next;
    free(blocks);
    blocks = next;
  }
}

_Noreturn void refuse(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(refusal, sizeof refusal, format, arguments);
  va_end(arguments);
  longjmp(after_refusal, 1);
}
