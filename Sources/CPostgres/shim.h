#pragma once
#include <libpq-fe.h>

/// Discards the notices of a connection, which libpq would print to standard error otherwise.
static inline void salon_pq_ignore_notice(void *arg, const PGresult *result) {
    (void)arg;
    (void)result;
}

static inline void salon_pq_silence(PGconn *connection) {
    PQsetNoticeReceiver(connection, salon_pq_ignore_notice, NULL);
}
