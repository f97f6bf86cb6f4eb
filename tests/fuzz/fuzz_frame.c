/* SPDX-License-Identifier: MIT */
/* fuzz_frame.c - any bytes, as one frame from a peer
 *
 * What is a frame must be one when it is sent on, too, and the same one.
 */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "fuzz.h"
#include "wire/frame.h"

static void send_on(const struct frame *frame, struct buf *out)
{
    struct frame_decoder *decoder = frame_decoder_new();
    AUTO_BUF struct buf again = {0};
    struct frame second;
    struct err err = {0};

    frame_encode(frame, out);
    struct bytes body = {out->data + FRAME_HEADER_BYTES,
                         out->len - FRAME_HEADER_BYTES};
    if (frame_length(buf_bytes(out)) != (int64_t)out->len ||
        frame_decode(decoder, body, &second, &err) != 1 ||
        second.type != frame->type) {
        abort();
    }
    frame_encode(&second, &again);
    if (!bytes_equal(buf_bytes(out), buf_bytes(&again))) {
        abort();
    }
    frame_decoder_free(decoder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct bytes body = {(const char *)data, len};
    struct frame_decoder *decoder = frame_decoder_new();
    AUTO_BUF struct buf out = {0};
    struct frame frame;
    struct err err = {0};

    (void)frame_length(body);
    int known = frame_decode(decoder, body, &frame, &err);
    if (known > 0) {
        send_on(&frame, &out);
    }
    if ((known < 0) != (err.code != 0)) {
        abort();
    }
    frame_decoder_free(decoder);
    return 0;
}
