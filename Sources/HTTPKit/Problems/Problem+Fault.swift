import JSON

extension Problem {
    /// One thing that was wrong.
    public struct Fault: Sendable, Equatable {
        /// What it concerns.
        enum Place: Sendable, Equatable {
            /// A parameter of the path or the query.
            case parameter(String)
            /// A header field.
            case header(String)
            /// A member of the body, as a JSON pointer (RFC 6901); empty for the whole.
            case pointer(String)
        }

        var place: Place
        var detail: String
        /// The rule that was broken, as a word that stays the same; nil for what is wrong with the form.
        var rule: String?

        /// A parameter of the path or the query.
        public init(parameter: String, detail: String) {
            self.place = .parameter(Problem.shortened(parameter))
            self.detail = detail
        }

        /// A header field.
        public init(header: String, detail: String) {
            self.place = .header(header)
            self.detail = detail
        }

        /// A member of the body, and maybe the rule that it breaks.
        public init(pointer: String, detail: String, rule: String? = nil) {
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

        func write(to writer: inout JSONWriter) {
            writer.object { writer in
                writer.name(location.0)
                writer.string(location.1)
                writer.name("detail")
                writer.string(detail)
                if let rule {
                    writer.name("rule")
                    writer.string(rule)
                }
            }
        }
    }
}
