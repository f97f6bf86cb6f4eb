/* SPDX-License-Identifier: MIT */
#include "run/logbook.h"

#include "base/buf.h"
#include "job/result.h"
#include "job/template.h"
#include "out/joblog.h"
#include "out/writer.h"

void logbook_start(const struct logbook *logbook)
{
    AUTO_BUF struct buf header = {0};
    if (logbook->is_kept) {
        joblog_header(&header);
        writer_put(logbook->writer, WRITER_LOG, header.data, header.len);
    }
}

void logbook_add(const struct logbook *logbook, const struct result *result)
{
    AUTO_BUF struct buf command = {0};
    AUTO_BUF struct buf line = {0};
    if (logbook->is_kept) {
        template_quote(logbook->template, result->row, result->seq,
                       result->slot, &command);
        joblog_line(result, buf_bytes(&command), &line);
        writer_put(logbook->writer, WRITER_LOG, line.data, line.len);
    }
}
