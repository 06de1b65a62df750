extension Problem {
    /// One thing that was wrong.
    struct Fault: Sendable, Equatable {
        /// What it concerns.
        enum Place: Sendable, Equatable {
            /// A parameter of the path or the query, or the one member of a polygon's body.
            case parameter(String)
            /// A header field.
            case header(String)
            /// A member of the body, as a JSON pointer (RFC 6901); empty for the whole.
            case pointer(String)
        }

        /// What it concerns.
        var place: Place
        /// What is wrong with it, as a sentence for the caller.
        var detail: String
        /// The rule that was broken, as a word that stays the same; nil for what is wrong with the form.
        var rule: String?

        init(parameter: String, detail: String) {
            self.place = .parameter(Problem.shortened(parameter))
            self.detail = detail
        }

        init(header: String, detail: String) {
            self.place = .header(header)
            self.detail = detail
        }

        init(pointer: String, detail: String, rule: String? = nil) {
            self.place = .pointer(pointer)
            self.detail = detail
            self.rule = rule
        }

        /// The member of the document that says where, and its value.
        var location: (String, String) {
            switch place {
            case .parameter(let name): ("parameter", name)
            case .header(let name): ("header", name)
            case .pointer(let pointer): ("pointer", pointer)
            }
        }

        var document: JSONValue {
            var members = [(location.0, JSONValue.string(location.1)), ("detail", .string(detail))]
            if let rule { members.append(("rule", .string(rule))) }
            return .object(members)
        }
    }
}
