-- What a booking says of its customer can be read; see `tenancy/visible_text.sql`.
CREATE OR REPLACE TRIGGER booking_customer BEFORE INSERT OR UPDATE OF customer_name, customer_email, customer_phone
    ON booking FOR EACH ROW
    WHEN (NOT is_visible_text(NEW.customer_name, 200) OR length(NEW.customer_email) > 254
        OR length(NEW.customer_phone) > 16)
    EXECUTE FUNCTION refuse_text();
