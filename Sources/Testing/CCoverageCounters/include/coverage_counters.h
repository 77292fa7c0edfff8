// SPDX-License-Identifier: MIT
// What a program that is built with -sanitize-coverage=edge,trace-pc-guard,trace-cmp calls, a thread at a time.
#ifndef COVERAGE_COUNTERS_H
#define COVERAGE_COUNTERS_H
#include <stdint.h>

/// Two numbers that were compared and were not equal.
typedef struct {
  uint64_t a, b;
} coverage_comparison;

/// What a thread reached while it recorded.
typedef struct coverage_record coverage_record;

/// The number of places in the program that are counted; 0 where it is not built with counters.
uint32_t coverage_places(void);

/// A record; NULL where there is no memory.
coverage_record *coverage_make(void);
void coverage_free(coverage_record *record);

/// From now on this thread writes what it reaches to `record`, which is emptied, or nowhere with NULL; gives the one before it, which
/// is not emptied.
coverage_record *coverage_begin(coverage_record *record);

/// Goes back to the record that was there before.
void coverage_end(coverage_record *earlier);

/// The places that were reached, by their numbers, and how often each was, at most 255 times.
uint32_t coverage_reached(const coverage_record *record);
uint32_t coverage_place(const coverage_record *record, uint32_t index);
uint8_t coverage_times(const coverage_record *record, uint32_t index);

/// The comparisons.
uint32_t coverage_comparisons(const coverage_record *record);
coverage_comparison coverage_compared(const coverage_record *record, uint32_t index);
#endif
