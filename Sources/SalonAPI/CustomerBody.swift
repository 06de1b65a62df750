import Reservations
import Salons

/// The member `customer`: `{"name", "email" or "phone"}`. What is in it goes to the reservation and nowhere else.
enum CustomerBody {
    /// Reads the customer; nil when something is wrong, and then the reader knows what, without the values.
    static func read(_ object: BodyReader.Object, _ reader: inout BodyReader) -> Customer? {
        guard let customer = reader.object("customer", in: object) else { return nil }
        reader.allow(["name", "email", "phone"], in: customer)
        let before = reader.faults.count
        let name = reader.text("name", in: customer)
        let email = reader.text("email", in: customer, isRequired: false)
        let phone = reader.text("phone", in: customer, isRequired: false)
        guard let name, reader.faults.count == before else { return nil }
        do throws(Customer.Fault) {
            return try Customer(name: name, email: email, phone: phone)
        } catch {
            switch error {
            case .name(.tooLong), .name(.invisible):
                reader.fault("name", in: customer, "must have 1 to \(VisibleText.longestName) code points, one visible")
            case .name(.control): reader.fault("name", in: customer, BodyReader.noControls)
            case .email(let fault): reader.fault("email", in: customer, fault.description)
            case .phone:
                reader.fault("phone", in: customer, "must be 5 to 15 digits, with + ( ) - . and spaces at most")
            case .contact: reader.fault("customer", in: object, "needs an email or a phone")
            }
            return nil
        }
    }
}
