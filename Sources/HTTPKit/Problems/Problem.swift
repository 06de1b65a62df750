import JSON

/// An error as RFC 9457 `application/problem+json`: a stable type, a status, and what was wrong with which parameter.
public struct Problem: Error, Sendable {
    /// What kind of problem.
    public var kind: Kind
    /// What was wrong this time, a sentence for the caller.
    public var detail: String?
    /// What was wrong, one by one.
    public var faults: [Fault]
    /// Further members of the document that belong to the kind, as JSON.
    private var members: [(name: String, json: [UInt8])] = []

    /// A problem; faults without a detail are told in it too.
    public init(_ kind: Kind, _ detail: String? = nil, faults: [Fault] = []) {
        self.kind = kind
        self.detail = detail ?? (faults.isEmpty ? nil : Self.sentence(faults))
        self.faults = faults
    }

    /// Faults that are told one by one; of the others only the number.
    static let toldFaults = 20

    /// The problem with a member of its kind.
    public func with<Value>(_ member: MemberOfKind<Value>, _ value: Value) -> Problem {
        var problem = self
        problem.members.append((member.name, member.shape.bytes(value)))
        return problem
    }

    private static func sentence(_ faults: [Fault]) -> String {
        let told = faults.prefix(toldFaults)
            .map { "\($0.location.1.isEmpty ? "the body" : $0.location.1): \($0.detail)" }
        let rest = faults.count - told.count
        return (told + (rest > 0 ? ["and \(rest) more"] : [])).joined(separator: "; ")
    }

    /// The document, with the identifier under which the log knows the request.
    /// - Parameter base: what `type` begins with.
    func json(requestID: String, base: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("type")
            writer.string(base + kind.name)
            writer.name("title")
            writer.string(kind.title)
            writer.name("status")
            writer.integer(kind.status)
            if let detail {
                writer.name("detail")
                writer.string(detail)
            }
            if !faults.isEmpty {
                writer.name("errors")
                writer.array { writer in for fault in faults.prefix(Self.toldFaults) { fault.write(to: &writer) } }
            }
            if faults.count > Self.toldFaults {
                writer.name("error_count")
                writer.integer(faults.count)
            }
            for member in members {
                writer.name(member.name)
                writer.encoded(member.json)
            }
            writer.name("request_id")
            writer.string(requestID)
        }
        return writer.copy
    }
}

extension Problem {
    /// A body beyond the limit.
    static func bodyTooLarge(limit: Int) -> Problem {
        Problem(.payloadTooLarge, "the body is larger than \(limit) bytes")
    }

    /// A body that did not come in time.
    static let bodyTooSlow = Problem(.requestTimeout, "the body did not arrive in time")

    /// A write of which nobody knows whether it took effect: the same request again finds out.
    public static func outcomeUnknown(_ detail: String, _ repetition: Repetition) -> Problem {
        let advice =
            switch repetition {
            case .withKey: "repeat the request with the same Idempotency-Key"
            case .withoutKey: "repeat the request; doing it twice does no harm"
            }
        return Problem(.outcomeUnknown, "\(detail); \(advice)")
    }

    /// A text of the caller's, cut where it is long: no answer grows with what it complains of.
    public static func shortened(_ text: String) -> String {
        // Counted in scalars: one character can have thousands of accents.
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: longestQuote, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return text }
        return String(scalars[..<end]) + "…"
    }

    private static let longestQuote = 64
}
