// SPDX-License-Identifier: GPL-3.0-or-later
/* Gaussian plug-in of one column against one: cc -o gaussian gaussian.c -lm && ./gaussian FILE 1 1 */
#include <math.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
  double n = 0, x, y, meanX = 0, meanY = 0, xx = 0, yy = 0, xy = 0;
  if (argc != 4 || strcmp(argv[2], "1") || strcmp(argv[3], "1")) return fputs("only one column against one\n", stderr), 1;
  FILE *file = fopen(argv[1], "r");
  if (!file || fscanf(file, "%*[^\n]") == EOF) return perror(argv[1]), 1;
  while (fscanf(file, "%lf,%lf", &x, &y) == 2) { /* Welford's updates, which no offset can hurt */
    double dx = x - meanX, dy = y - meanY;
    meanX += dx / ++n, meanY += dy / n;
    xx += dx * (x - meanX), yy += dy * (y - meanY), xy += dx * (y - meanY);
  }
  printf("%.17g\n", -0.5 * log1p(-xy * xy / (xx * yy)));
}
