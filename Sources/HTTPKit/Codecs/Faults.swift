import JSON

/// Everything that is wrong with one request, gathered before anything is refused. It is of one task, which reads the
/// request.
public final class Faults {
    /// What is wrong, in the order in which it was found.
    private(set) var list: [Problem.Fault] = []
    /// Where names stand: in the object of the body that is being read, or nil for parameters.
    private var place: JSONPointer?

    init(_ list: [Problem.Fault] = []) {
        self.list = list
    }

    /// Whether the body itself is being read, and no part of it.
    var isAtRoot: Bool { place == .root }

    /// Whether nothing is wrong.
    public var isEmpty: Bool { list.isEmpty }

    /// Something is wrong with a parameter, or with a member of the object that is being read.
    /// - Parameters:
    ///   - name: the parameter or the member.
    ///   - sentence: begins with a verb, such as `must be later than from`.
    public func add(_ name: String, _ sentence: String) {
        if let place {
            list.append(.init(pointer: place.appending(Problem.shortened(name)).description, detail: sentence))
        } else {
            list.append(.init(parameter: name, detail: sentence))
        }
    }

    /// Something is wrong with the object or the value itself that is being read.
    public func add(_ sentence: String) {
        list.append(.init(pointer: place?.description ?? "", detail: sentence))
    }

    @usableFromInline
    func add(_ fault: Problem.Fault) {
        list.append(fault)
    }

    /// Reads a body, in which names are members.
    func inBody<R>(_ work: () -> R) -> R {
        let before = place
        place = .root
        defer { place = before }
        return work()
    }

    /// Reads what stands under a member's name.
    func inside<R>(_ name: String, _ work: () -> R) -> R {
        let before = place
        place = (place ?? .root).appending(Problem.shortened(name))
        defer { place = before }
        return work()
    }

    /// Reads an element of an array.
    func inside<R>(_ index: Int, _ work: () -> R) -> R {
        let before = place
        place = (place ?? .root).appending(index)
        defer { place = before }
        return work()
    }

    /// The refusal of a request: of its body, if nothing else is wrong.
    var problem: Problem {
        let isBody = list.allSatisfy { if case .pointer = $0.place { true } else { false } }
        return Problem(isBody ? .invalidBody : .invalidParameter, faults: list)
    }
}
