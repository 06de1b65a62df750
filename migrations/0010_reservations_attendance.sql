-- A booking ends: the customer was there, or was not. Both go on taking the time that they took.
ALTER TABLE booking DROP CONSTRAINT booking_status_check;
ALTER TABLE booking ADD CONSTRAINT booking_status_check
    CHECK (status IN ('held', 'booked', 'cancelled', 'expired', 'completed', 'no_show'));

-- Old keys are forgotten by their age, some at a time.
CREATE INDEX idempotency_age ON idempotency (created_at);
GRANT SELECT (key) ON idempotency TO salons_platform;
