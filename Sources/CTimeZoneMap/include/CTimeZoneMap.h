#include <stddef.h>

/// The map of time zones as `data/timezones.py` writes it.
extern const unsigned char *const time_zone_map;
extern const size_t time_zone_map_size;
