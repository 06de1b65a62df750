#pragma once
#include <hiredis/hiredis.h>
#include <sys/socket.h>
#include <sys/types.h>

/// The message of the context's last failure; a C array, which Swift would see as a tuple.
static inline const char *salon_redis_message(const redisContext *context) {
    return context->errstr;
}

/// Sends from the output buffer. `redisBufferWrite` would raise SIGPIPE when the server has gone.
static inline ssize_t salon_redis_send(const redisContext *context, size_t offset) {
    return send(context->fd, context->obuf + offset, sdslen(context->obuf) - offset, MSG_NOSIGNAL);
}
