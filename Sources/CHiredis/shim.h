#pragma once
#include <hiredis/hiredis.h>

/// What went wrong on a connection; the array it stands in would be imported as a tuple of 128 elements.
static inline const char *salon_redis_error_text(const redisContext *context) {
    return context->errstr;
}
