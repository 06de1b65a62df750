// SalonStore
