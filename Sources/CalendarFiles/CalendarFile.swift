public import JSON
import OpeningHours
public import Salons
public import Scheduling

/// What a calendar file says. A member that is left out leaves what is there as it is.
public struct CalendarFile: Sendable, Hashable {
    /// One entry a salon, in the order of the file.
    public let salons: [DeclaredCalendar]
}

/// One thing that is wrong with a file.
public struct CalendarFileFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where it stands, as a JSON pointer (RFC 6901); empty for the whole file.
    public let pointer: JSONPointer
    /// What is wrong with it.
    public let detail: String

    /// Names a fault.
    public init(pointer: JSONPointer, detail: String) {
        self.pointer = pointer
        self.detail = detail
    }

    /// Pointer and sentence on one line.
    public var description: String { pointer == .root ? detail : "\(pointer) \(detail)" }
}

/// How a file says which salon it means.
public enum SalonReference: Sendable, Hashable {
    /// By its identifier.
    case id(SalonID)
    /// By its reference in the list that it was imported from; the source may be left out where that is clear.
    case source(reference: String, source: String?)
    /// By its whole name.
    case name(String)
}

/// What a file says of one salon.
public struct DeclaredCalendar: Sendable, Hashable {
    /// Where the entry stands.
    public let pointer: JSONPointer
    /// Which salon it is.
    public let salon: SalonReference
    let isClosedOnHolidays: Bool?
    let cancellationWindow: Int?
    let services: [DeclaredService]?
    let people: [DeclaredPerson]?
    let exceptions: [DeclaredException]?

    /// The people who are named by what may be an identifier.
    public var identifiedPeople: [StaffID] { (people ?? []).compactMap { $0.reference.flatMap { StaffID($0) } } }
}

/// A value that may be said, also to be nothing.
enum Declared<Value: Sendable & Hashable>: Sendable, Hashable {
    case unsaid
    case said(Value?)

    func or(_ present: Value?) -> Value? {
        switch self {
        case .unsaid: present
        case .said(let value): value
        }
    }
}

struct DeclaredService: Sendable, Hashable {
    let pointer: JSONPointer
    let reference: String?
    let name: String?
    let category: ServiceCategory?
    let duration: Int?
    let bufferBefore: Int?
    let bufferAfter: Int?
    let price: Declared<Price>
    let minimumNotice: Int?
    let horizon: Int?
    let slotStep: Int?
    let sortOrder: Int?
}

struct DeclaredPerson: Sendable, Hashable {
    let pointer: JSONPointer
    let reference: String?
    let name: String?
    let skills: [DeclaredSkill]?
    let hours: [WorkingHours]?
    let sortOrder: Int?
}

struct DeclaredSkill: Sendable, Hashable {
    let pointer: JSONPointer
    let service: String
    let skill: Skill
}

struct DeclaredException: Sendable, Hashable {
    let pointer: JSONPointer
    let person: String?
    let kind: ScheduleException.Kind
    let first: CivilDay
    let last: CivilDay
    let start: Int
    let end: Int
}
