import JSON
import OpeningHours
import Scheduling

/// A value of a file, and where it stands.
struct FileValue {
    let value: JSONValue
    let pointer: JSONPointer
}

/// The members of an object of a file.
struct FileObject {
    let pointer: JSONPointer
    let members: [String: FileValue]

    subscript(name: String) -> FileValue? { members[name] }

    func has(_ name: String) -> Bool { members[name] != nil }
}

/// Reads values strictly and gathers everything that is wrong with them.
struct FileReading {
    private(set) var faults: [CalendarFileFault] = []

    mutating func fault(_ pointer: JSONPointer, _ detail: String) {
        faults.append(CalendarFileFault(pointer: pointer, detail: detail))
    }

    /// The members of an object, of which none may be unknown or come twice.
    mutating func object(_ value: FileValue, knows names: [String]) -> FileObject? {
        guard case .object(let members) = value.value else {
            fault(value.pointer, "must be an object")
            return nil
        }
        var found: [String: FileValue] = [:]
        for member in members {
            let pointer = value.pointer.appending(member.name)
            guard names.contains(member.name) else {
                fault(pointer, "is not a member of this object; it knows \(names.joined(separator: ", "))")
                continue
            }
            guard found[member.name] == nil else {
                fault(pointer, "is there twice")
                continue
            }
            found[member.name] = FileValue(value: member.value, pointer: pointer)
        }
        return FileObject(pointer: value.pointer, members: found)
    }

    mutating func array(_ value: FileValue?) -> [FileValue]? {
        guard let value else { return nil }
        guard case .array(let elements) = value.value else {
            fault(value.pointer, "must be an array")
            return nil
        }
        return elements.enumerated().map { FileValue(value: $0.element, pointer: value.pointer.appending($0.offset)) }
    }

    /// A text of 1 to 200 characters that can be seen and does not change the direction of what stands beside it.
    mutating func text(_ value: FileValue?) -> String? {
        guard let value else { return nil }
        guard case .string(let text) = value.value else {
            fault(value.pointer, "must be a string")
            return nil
        }
        let scalars = text.unicodeScalars
        guard (1...200).contains(scalars.count), scalars.contains(where: Self.isVisible),
            !scalars.contains(where: Self.isForbidden)
        else {
            fault(
                value.pointer,
                "must have 1 to 200 characters that can be seen, without control characters or changes of direction")
            return nil
        }
        return text
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .unassigned, .surrogate: false
        default: !scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
        default: scalar.properties.isBidiControl
        }
    }

    mutating func flag(_ value: FileValue?) -> Bool? {
        guard let value else { return nil }
        guard case .bool(let flag) = value.value else {
            fault(value.pointer, "must be true or false")
            return nil
        }
        return flag
    }

    mutating func integer(_ value: FileValue?, _ range: ClosedRange<Int>, multipleOf step: Int = 1) -> Int? {
        guard let value else { return nil }
        guard case .number(let given) = value.value, let number = given.integer, range.contains(number),
            number % step == 0
        else {
            let kind = step == 1 ? "a whole number" : "a multiple of \(step)"
            fault(value.pointer, "must be \(kind) from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    mutating func word<Word: RawRepresentable & CaseIterable>(_ value: FileValue?, _: Word.Type) -> Word?
    where Word.RawValue == String {
        guard let value else { return nil }
        guard case .string(let text) = value.value, let word = Word(rawValue: text) else {
            fault(value.pointer, "must be one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        return word
    }

    mutating func day(_ value: FileValue?) -> CivilDay? {
        guard let value else { return nil }
        guard case .string(let text) = value.value, let day = CivilDay(text) else {
            fault(value.pointer, "must be a date of the calendar, such as 2027-01-31")
            return nil
        }
        return day
    }

    /// Minutes after midnight.
    mutating func clock(_ value: FileValue?, _ range: ClosedRange<Int>) -> Int? {
        guard let value else { return nil }
        guard case .string(let text) = value.value, let minute = WallClock.minute(text), range.contains(minute) else {
            fault(
                value.pointer,
                "must be a time from \(WallClock.text(range.lowerBound)) to \(WallClock.text(range.upperBound)), "
                    + "as HH:MM")
            return nil
        }
        return minute
    }

    mutating func price(_ value: FileValue?) -> Declared<Price> {
        guard let value else { return .unsaid }
        if case .null = value.value { return .said(nil) }
        guard let object = object(value, knows: ["amount", "currency"]) else { return .unsaid }
        require(["amount", "currency"], of: object)
        let amount = integer(object["amount"], 0...Int(Int32.max))
        let currency = text(object["currency"])
        if let currency, currency.utf8.count != 3 || !currency.utf8.allSatisfy({ (65...90).contains($0) }) {
            fault(object.pointer.appending("currency"), "must be three capital letters, such as DKK")
        }
        guard let amount, let currency else { return .unsaid }
        return .said(Price(amount: amount, currency: currency))
    }

    mutating func require(_ names: [String], of object: FileObject) {
        for name in names where !object.has(name) { fault(object.pointer.appending(name), "is missing") }
    }
}
