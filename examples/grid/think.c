/* SPDX-License-Identifier: MIT */
/* think.c - a slow function of two numbers
 *
 *     think P Q [SAMPLES]
 *
 * prints the height of a damped wave at (P, Q), averaged over a small square
 * of SAMPLES x SAMPLES points, as one line of JSON.
 */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static double wave(double x, double y)
{
    double distance = sqrt(x * x + y * y);

    return exp(-distance / 3) * cos(3 * distance);
}

static double mean_around(double p, double q, long samples)
{
    const double side = 0.2;
    double sum = 0;

    for (long i = 0; i < samples; i++) {
        double x = p + side * (((double)i + 0.5) / (double)samples - 0.5);

        for (long j = 0; j < samples; j++) {
            double y = q + side * (((double)j + 0.5) / (double)samples - 0.5);

            sum += wave(x, y);
        }
    }
    return sum / ((double)samples * (double)samples);
}

static int read_number(const char *text, double *number)
{
    char *end;

    *number = strtod(text, &end);
    return end != text && *end == '\0' && isfinite(*number) ? 0 : -1;
}

int main(int argc, char **argv)
{
    double p;
    double q;
    double samples = 1000;

    if (argc < 3 || argc > 4 || read_number(argv[1], &p) ||
        read_number(argv[2], &q) ||
        (argc == 4 && read_number(argv[3], &samples)) || samples < 1 ||
        samples > 1e5) {
        fputs("usage: think P Q [SAMPLES]\n", stderr);
        return 2;
    }
    printf("{\"p\":%.15g,\"q\":%.15g,\"result\":%.6f}\n", p, q,
           mean_around(p, q, (long)samples));
    return 0;
}
