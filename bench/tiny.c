/* SPDX-License-Identifier: MIT */
/* tiny.c - the cheapest program there is: no libc, it only exits with 0
 *
 * A program with libc spends several times as long on its own start as a
 * runner needs to start it, which hides the difference between runners.
 */

__asm__(".globl _start\n"
        "_start:\n"
#if defined(__x86_64__)
        "    mov $60, %eax\n"
        "    xor %edi, %edi\n"
        "    syscall\n"
#elif defined(__aarch64__)
        "    mov x8, #93\n"
        "    mov x0, #0\n"
        "    svc #0\n"
#else
#error "tiny.c has no _start for this kind of processor"
#endif
);
