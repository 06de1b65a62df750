#include "CTimeZoneMap.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char bytes[] = {
#embed "zones.bin"
};

const unsigned char *const time_zone_map = bytes;
const size_t time_zone_map_size = sizeof bytes;
