/* SPDX-License-Identifier: MIT */
/* main.c - argv to exit status; the only exit */

#include <stdio.h>

int main(void)
{
    puts(PACKAGE_STRING);
    return 0;
}
