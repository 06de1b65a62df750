extension Problem {
    /// A kind of problem: the stable part of its type, its status, and what its page says. Whoever can have a problem
    /// of its own declares the kind beside the operation; those of every operation are in `Problem+Kinds.swift`.
    public struct Kind: Sendable, Hashable {
        /// What follows the base of the type URI, as in `/problems/not-found`.
        public let name: String
        /// The status of the answer.
        public let status: Int
        /// What is the matter, the same for every problem of the kind.
        public let title: String
        /// What has happened, for the kind's page, as HTML.
        public let meaning: String
        /// What its reader can do, for the kind's page, as HTML.
        public let advice: String
        /// Members that its documents have besides those of every problem.
        let members: [(name: String, schema: Schema)]
        /// The words that `errors[].rule` can have.
        let rules: [String]

        /// Describes a kind.
        public init(
            _ name: String, _ status: Int, _ title: String, meaning: String, advice: String,
            members: [(name: String, schema: Schema)] = [], rules: [String] = []
        ) {
            self.name = name
            self.status = status
            self.title = title
            self.meaning = meaning
            self.advice = advice
            self.members = members
            self.rules = rules
        }

        /// Kinds are the same where their names are.
        public static func == (left: Kind, right: Kind) -> Bool { left.name == right.name }

        /// Hashes the name.
        public func hash(into hasher: inout Hasher) { hasher.combine(name) }
    }

    /// A member that the documents of a kind have: its name, what it holds, and how that is written.
    public struct MemberOfKind<Value: Sendable>: Sendable {
        let name: String
        let shape: Shape<Value>

        /// Describes a member.
        public init(_ name: String, _ shape: Shape<Value>, _ description: String) {
            self.name = name
            self.shape = shape.described(description)
        }

        /// For ``Kind/init(_:_:_:meaning:advice:members:rules:)``.
        public var declared: (name: String, schema: Schema) { (name, shape.schema) }
    }

    /// How a write is sent again.
    public enum Repetition: Sendable {
        /// Its key makes it the same write.
        case withKey
        /// It has no key and needs none: doing it twice is doing it once.
        case withoutKey
    }
}
