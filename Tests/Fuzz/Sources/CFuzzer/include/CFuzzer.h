/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libFuzzer as a library, so that the program keeps a main of its own. */
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*run)(const uint8_t *data, size_t size));
