import ArgumentParser
import Reservations

/// Whom a booking is for.
struct CustomerOptions: ParsableArguments {
    @Option(help: "The customer's name.")
    var name: String?

    @Option(help: "The customer's e-mail address.")
    var email: String?

    @Option(help: "The customer's telephone number.")
    var phone: String?

    /// The customer. Throws a sentence about what is missing or malformed.
    var customer: Customer {
        get throws(CommandError) {
            guard let name else { throw CommandError("say whom it is for with --name and --email or --phone") }
            do {
                return try Customer(name: name, email: email, phone: phone)
            } catch {
                throw CommandError(error.sentence)
            }
        }
    }
}

extension Customer.Fault {
    /// What is wrong, for a person at a terminal.
    var sentence: String {
        switch self {
        case .name(let fault): "--name \(fault)"
        case .email(let fault): "--email \(fault)"
        case .phone: "--phone must have 5 to 15 digits, and nothing else but + ( ) - . and spaces"
        case .contact: "give --email or --phone, so that the salon can reach the customer"
        }
    }
}
