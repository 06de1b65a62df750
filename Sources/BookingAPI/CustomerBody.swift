import HTTPKit
import JSON
import Reservations
import Salons

/// The member `customer`: `{"name", "email" or "phone"}`. What is in it goes to the reservation and nowhere else.
enum CustomerBody {
    static let body = Body.object(
        Member("name", name), Member("email", email, isRequired: false), Member("phone", phone, isRequired: false),
        description: "`name` and `email` or `phone`, or both. Never shown again; see `eraseCustomer`.",
        rules: [("anyOf", [["required": ["email"]], ["required": ["phone"]]])]
    ) { (faults, name, email, phone) -> Customer? in
        if !email.isPresent, !phone.isPresent { faults.add("needs an email or a phone") }
        guard let name = name.value else { return nil }
        return try? Customer(name: name, email: email.value, phone: phone.value)
    }.named("Customer")

    private static let name = Codec<String>.text(words: [
        ("minLength", 1), ("maxLength", .integer(VisibleText.longestName)),
    ]).map { text in
        do throws(VisibleText.Fault) {
            return .value(try VisibleText.checked(text))
        } catch {
            switch error {
            case .tooLong, .invisible:
                return .fault("must have 1 to \(VisibleText.longestName) code points, one visible")
            case .control:
                return .fault("must have no control characters, nor any that change the direction of text")
            }
        }
    } back: {
        $0
    }

    private static let email = Codec<String>.text(words: [("maxLength", 254)]).map { text in
        do throws(EmailAddress.Fault) {
            return .value(try EmailAddress.checked(text))
        } catch {
            return .fault("\(error)")
        }
    } back: {
        $0
    }

    private static let phone = Codec<String>.text(words: [
        ("description", "5 to 15 digits, maybe with + ( ) - . and spaces.")
    ]).map { text in
        (try? Customer.phone(text)).map { .value($0) }
            ?? .fault("must be 5 to 15 digits, with + ( ) - . and spaces at most")
    } back: {
        $0
    }
}
