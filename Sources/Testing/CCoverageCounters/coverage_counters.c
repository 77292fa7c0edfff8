// SPDX-License-Identifier: MIT
#include "coverage_counters.h"

#include <stdlib.h>
#include <string.h>

// A power of two. A comparison that falls on the place of another takes it.
#define COMPARISONS 1024

struct coverage_record {
  uint32_t size, reached, compared;
  uint8_t *times;
  uint32_t *places;
  coverage_comparison comparisons[COMPARISONS];
  uint16_t order[COMPARISONS];
  uint8_t taken[COMPARISONS];
};

static uint32_t places = 0;
// Of this thread: other tests that run at the same time do not count.
static _Thread_local coverage_record *current = NULL;

uint32_t coverage_places(void) { return places; }

coverage_record *coverage_make(void) {
  coverage_record *record = calloc(1, sizeof *record);
  if (!record) return NULL;
  record->size = places;
  record->times = calloc(places + 1, 1);
  record->places = malloc((places + 1) * sizeof *record->places);
  if (record->times && record->places) return record;
  coverage_free(record);
  return NULL;
}

void coverage_free(coverage_record *record) {
  if (!record) return;
  free(record->times);
  free(record->places);
  free(record);
}

coverage_record *coverage_begin(coverage_record *record) {
  coverage_record *earlier = current;
  if (record) {
    for (uint32_t i = 0; i < record->reached; i++) record->times[record->places[i]] = 0;
    for (uint32_t i = 0; i < record->compared; i++) record->taken[record->order[i]] = 0;
    record->reached = record->compared = 0;
  }
  current = record;
  return earlier;
}

void coverage_end(coverage_record *earlier) { current = earlier; }

uint32_t coverage_reached(const coverage_record *record) { return record->reached; }
uint32_t coverage_place(const coverage_record *record, uint32_t index) { return record->places[index]; }
uint8_t coverage_times(const coverage_record *record, uint32_t index) { return record->times[record->places[index]]; }
uint32_t coverage_comparisons(const coverage_record *record) { return record->compared; }
coverage_comparison coverage_compared(const coverage_record *record, uint32_t index) {
  return record->comparisons[record->order[index]];
}

// What the compiler calls. A program is built of several images, each of which names its places at its start.

void __sanitizer_cov_trace_pc_guard_init(uint32_t *start, uint32_t *stop) {
  if (start == stop || *start) return;
  for (uint32_t *guard = start; guard < stop; guard++) *guard = places++ + 1;
}

void __sanitizer_cov_trace_pc_guard(uint32_t *guard) {
  coverage_record *record = current;
  if (!record || !*guard) return;
  uint32_t place = *guard - 1;
  // An image that came later has no room.
  if (place >= record->size) return;
  if (!record->times[place]) record->places[record->reached++] = place;
  if (record->times[place] < 255) record->times[place]++;
}

// Whether a number may be an address, perhaps with marks in its first byte: another in each run, which would make the search another.
static int is_address(uint64_t value) {
  uint64_t rest = value & 0x00FFFFFFFFFFFFFFu;
  return rest >= (uint64_t)1 << 40 && rest < (uint64_t)1 << 48;
}

static void compare(uint64_t a, uint64_t b) {
  coverage_record *record = current;
  if (!record || a == b || is_address(a) || is_address(b)) return;
  uint32_t place = (uint32_t)(((a * 0x9E3779B97F4A7C15u) ^ (b * 0xC2B2AE3D27D4EB4Fu)) >> 40) & (COMPARISONS - 1);
  record->comparisons[place] = (coverage_comparison){a, b};
  if (record->taken[place]) return;
  record->taken[place] = 1;
  record->order[record->compared++] = (uint16_t)place;
}

// Conditions are compared as bytes too, and tell nothing.
void __sanitizer_cov_trace_cmp1(uint8_t a, uint8_t b) {
  if (a > 1 || b > 1) compare(a, b);
}
void __sanitizer_cov_trace_cmp2(uint16_t a, uint16_t b) { compare(a, b); }
void __sanitizer_cov_trace_cmp4(uint32_t a, uint32_t b) { compare(a, b); }
void __sanitizer_cov_trace_cmp8(uint64_t a, uint64_t b) { compare(a, b); }
void __sanitizer_cov_trace_const_cmp1(uint8_t a, uint8_t b) { __sanitizer_cov_trace_cmp1(a, b); }
void __sanitizer_cov_trace_const_cmp2(uint16_t a, uint16_t b) { compare(a, b); }
void __sanitizer_cov_trace_const_cmp4(uint32_t a, uint32_t b) { compare(a, b); }
void __sanitizer_cov_trace_const_cmp8(uint64_t a, uint64_t b) { compare(a, b); }

// The number of the cases, their bits, and the cases.
void __sanitizer_cov_trace_switch(uint64_t value, uint64_t *cases) {
  if (!current) return;
  for (uint64_t i = 0; i < cases[0]; i++) compare(value, cases[2 + i]);
}
