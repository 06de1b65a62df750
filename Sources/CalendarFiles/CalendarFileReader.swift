import JSON
import OpeningHours
import Salons
import Scheduling

/// All that is wrong with a file.
public struct CalendarFileFaults: Error, Sendable, Hashable, CustomStringConvertible {
    /// In the order of the file.
    public let faults: [CalendarFileFault]

    /// Gathers faults.
    public init(_ faults: [CalendarFileFault]) {
        self.faults = faults
    }

    /// A fault on each line.
    public var description: String { faults.map { "  \($0)" }.joined(separator: "\n") }
}

extension CalendarFile {
    /// Reads a file. Throws everything that is wrong with it at once.
    public init(_ bytes: [UInt8]) throws(CalendarFileFaults) {
        let root: JSONValue
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw CalendarFileFaults([.init(pointer: .root, detail: "the file is not UTF-8")])
        }
        // Without the mark that some editors write before UTF-8.
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        do throws(JSONFault) {
            root = try JSONReader(repeatedMembers: .kept).read(bytes)
        } catch {
            let line = bytes.prefix(error.offset).count { $0 == 10 } + 1
            throw CalendarFileFaults([.init(pointer: .root, detail: "line \(line) is not JSON: \(error.reason)")])
        }
        var reader = CalendarFileReader()
        let salons = reader.salons(FileValue(value: root, pointer: .root))
        guard reader.reading.faults.isEmpty else { throw CalendarFileFaults(reader.reading.faults) }
        self.init(salons: salons)
    }
}

/// Reads the objects of a file one inside the other.
struct CalendarFileReader {
    var reading = FileReading()

    mutating func salons(_ root: FileValue) -> [DeclaredCalendar] {
        guard let object = reading.object(root, knows: ["salons"]) else { return [] }
        reading.require(["salons"], of: object)
        return (reading.array(object["salons"]) ?? []).compactMap { salon($0) }
    }

    private mutating func salon(_ value: FileValue) -> DeclaredCalendar? {
        let known = [
            "salon", "closed_on_holidays", "cancellation_window_min", "services", "people", "exceptions",
        ]
        guard let object = reading.object(value, knows: known) else { return nil }
        reading.require(["salon"], of: object)
        let reference = object["salon"].flatMap { salonReference($0) }
        let isClosed = reading.flag(object["closed_on_holidays"])
        let window = reading.integer(object["cancellation_window_min"], 0...43_200)
        let services = reading.array(object["services"])?.compactMap { service($0) }
        let people = reading.array(object["people"])?.compactMap { person($0) }
        let exceptions = reading.array(object["exceptions"])?.compactMap { exception($0) }
        distinct(services.map { $0.map { ($0.pointer, $0.reference, $0.name) } } ?? [], "service")
        distinct(people.map { $0.map { ($0.pointer, $0.reference, $0.name) } } ?? [], "person")
        guard let reference else { return nil }
        return DeclaredCalendar(
            pointer: value.pointer, salon: reference, isClosedOnHolidays: isClosed, cancellationWindow: window,
            services: services, people: people, exceptions: exceptions)
    }

    private mutating func salonReference(_ value: FileValue) -> SalonReference? {
        guard let object = reading.object(value, knows: ["id", "ref", "source", "name"]) else { return nil }
        let source = reading.text(object["source"])
        let name = reading.text(object["name"])
        if object.has("source"), !object.has("ref") {
            reading.fault(value.pointer.appending("source"), "needs ref beside it")
        }
        if object.has("id"), object.has("ref") {
            reading.fault(value.pointer, "must say id or ref, not both")
            return nil
        }
        if let id = object["id"] {
            guard case .string(let text) = id.value, let id = SalonID(text) else {
                reading.fault(id.pointer, "must be a UUID")
                return nil
            }
            return .id(id)
        }
        // Beside a reference the name is for whoever reads the file.
        if let reference = object["ref"] {
            return reading.text(reference).map { .source(reference: $0, source: source) }
        }
        if object.has("name") { return name.map { .name($0) } }
        reading.fault(value.pointer, "must name the salon by ref, id or name")
        return nil
    }

    /// Nothing in the file may be found under the name of something else in it.
    private mutating func distinct(
        _ entries: [(pointer: JSONPointer, reference: String?, name: String?)], _ kind: String
    ) {
        var byReference: Set<String> = []
        for entry in entries {
            if let reference = entry.reference, !byReference.insert(reference).inserted {
                reading.fault(entry.pointer.appending("ref"), "is the ref of another \(kind) of this salon")
            }
        }
        let names = entries.compactMap(\.name)
        for entry in entries where entry.reference == nil {
            guard let name = entry.name else { continue }
            if names.count(where: { $0 == name }) > 1 || byReference.contains(name) {
                reading.fault(
                    entry.pointer.appending("name"), "names another \(kind) of this salon too; tell them apart by ref")
            }
        }
    }

    /// The name of an entry in its salon.
    mutating func identity(_ object: FileObject) -> (reference: String?, name: String?) {
        if !object.has("ref"), !object.has("name") { reading.fault(object.pointer, "needs a ref or a name") }
        return (reading.text(object["ref"]), reading.text(object["name"]))
    }
}
