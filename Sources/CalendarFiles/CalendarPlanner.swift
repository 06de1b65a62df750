public import Calendars
import Foundation
import JSON
public import OpeningHours
import Salons
public import Scheduling

/// Compares what a file says of a salon with what is there.
///
/// What the file does not name stays. `isPruning` removes it where the file gives a list of its kind: services, people
/// nobody expects, and dated exceptions that are not over.
public struct CalendarPlanner {
    let declared: DeclaredCalendar
    let state: CalendarState
    let isPruning: Bool
    let today: CivilDay
    let others: Set<StaffID>
    var plan: CalendarPlan
    /// All that are there in the end.
    var services: [Named<ServiceID>] = []
    var people: [Named<StaffID>] = []
    var removedServices: Set<ServiceID> = []

    /// The plan for one salon.
    /// - Parameters:
    ///   - declared: what the file says.
    ///   - state: what is there.
    ///   - isPruning: whether what a list of the file does not name is removed.
    ///   - today: exceptions that ended before it are never removed.
    ///   - others: those of the file's `identifiedPeople` who work in another of the tenant's salons.
    public static func plan(
        _ declared: DeclaredCalendar, over state: CalendarState, isPruning: Bool, today: CivilDay,
        others: Set<StaffID> = []
    ) -> CalendarPlan {
        var planner = CalendarPlanner(
            declared: declared, state: state, isPruning: isPruning, today: today, others: others)
        planner.settings()
        planner.planServices()
        planner.planPeople()
        planner.planExceptions()
        return planner.plan
    }

    private init(
        declared: DeclaredCalendar, state: CalendarState, isPruning: Bool, today: CivilDay, others: Set<StaffID>
    ) {
        (self.declared, self.state, self.isPruning) = (declared, state, isPruning)
        (self.today, self.others) = (today, others)
        plan = CalendarPlan(change: CalendarChange(salon: state.salon, revision: state.revision))
    }

    mutating func fault(_ pointer: JSONPointer, _ detail: String) {
        plan.faults.append(CalendarFileFault(pointer: pointer, detail: detail))
    }

    // MARK: The salon

    private mutating func settings() {
        let isClosed = declared.isClosedOnHolidays ?? state.isClosedOnHolidays
        let window = declared.cancellationWindow ?? state.cancellationWindow
        if state.revision == nil {
            plan.lines.append("+ calendar, closed_on_holidays \(isClosed), cancellation_window_min \(window)")
        } else {
            var lines = Differences()
            lines.note("closed_on_holidays", "\(state.isClosedOnHolidays)", "\(isClosed)")
            lines.note("cancellation_window_min", "\(state.cancellationWindow)", "\(window)")
            guard !lines.isEmpty else { return }
            plan.lines.append("~ calendar: \(lines.text)")
        }
        plan.change.settings = .init(isClosedOnHolidays: isClosed, cancellationWindow: window)
    }

    // MARK: Services

    private mutating func planServices() {
        var named: [ServiceID: JSONPointer] = [:]
        var sortOrder = state.services.map(\.sortOrder).max() ?? -1
        for entry in declared.services ?? [] {
            let found: CalendarState.Service?
            switch match(
                entry.reference, entry.name, state.services, name: \.service.name, reference: \.reference,
                id: { "\($0.service.id)" })
            {
            case .one(let service): found = service
            case .none: found = nil
            case .several(let ids):
                fault(entry.pointer, "is the name of several services of this salon; say which as ref: \(ids)")
                continue
            }
            if let id = found?.service.id {
                if let first = named[id] {
                    fault(entry.pointer, "is the same service as \(first)")
                    continue
                }
                named[id] = entry.pointer
            }
            if found == nil { sortOrder += 1 }
            put(entry, over: found, sortOrder: found?.sortOrder ?? sortOrder)
        }
        for kept in state.services where named[kept.service.id] == nil {
            guard declared.services != nil, isPruning else {
                if declared.services != nil { plan.kept.append("service \(kept.service.name)") }
                services.append(Named(kept.reference, kept.service.name, kept.service.id))
                continue
            }
            removedServices.insert(kept.service.id)
            plan.change.removedServices.append(kept.service.id)
            plan.lines.append("- service \(kept.service.name)")
        }
    }

    private mutating func put(_ entry: DeclaredService, over found: CalendarState.Service?, sortOrder: Int) {
        guard let name = entry.name ?? found?.service.name,
            let category = entry.category ?? found?.service.category,
            let duration = entry.duration ?? found?.service.duration
        else {
            for (member, isSaid) in [
                ("name", entry.name != nil), ("category", entry.category != nil),
                ("duration_min", entry.duration != nil),
            ] where !isSaid {
                fault(entry.pointer.appending(member), "is missing; a service that is new to the salon needs it")
            }
            // So that whoever does it is not found wrong as well.
            services.append(Named(entry.reference, entry.name ?? "", ServiceID(UUID())))
            return
        }
        var service = SalonService(
            id: found?.service.id ?? ServiceID(UUID()), name: name, category: category, duration: duration)
        if let present = found?.service {
            service = present
            (service.name, service.category, service.duration) = (name, category, duration)
        }
        service.bufferBefore = entry.bufferBefore ?? service.bufferBefore
        service.bufferAfter = entry.bufferAfter ?? service.bufferAfter
        service.price = entry.price.or(service.price)
        service.minimumNotice = entry.minimumNotice ?? service.minimumNotice
        service.horizon = entry.horizon ?? service.horizon
        service.slotStep = entry.slotStep ?? service.slotStep
        let target = CalendarState.Service(
            service: service, reference: Self.reference(entry.reference, found?.reference, "\(service.id)"),
            sortOrder: entry.sortOrder ?? sortOrder)
        services.append(Named(target.reference, name, service.id))
        guard target != found else { return }
        plan.change.services.append(target)
        if let found {
            plan.lines.append("~ service \(found.service.name): \(Differences(from: found, to: target).text)")
        } else {
            plan.lines.append("+ service \(name): \(Differences.summary(service))")
        }
    }

    // MARK: Names

    enum Match<Element> {
        case one(Element)
        case none
        case several(String)
    }

    /// Whom an entry means: by ref the one of that ref or identifier, else the one of that name.
    func match<Element>(
        _ reference: String?, _ name: String?, _ elements: [Element], name nameOf: (Element) -> String,
        reference referenceOf: (Element) -> String?, id: (Element) -> String
    ) -> Match<Element> {
        var candidates = elements
        if let reference {
            if let found = elements.first(where: { referenceOf($0) == reference }) { return .one(found) }
            if let found = elements.first(where: { id($0) == reference.lowercased() }) { return .one(found) }
            // What has no ref yet is given one.
            candidates = elements.filter { referenceOf($0) == nil }
            if StaffID(reference).map({ others.contains($0) }) ?? false { return .none }
        }
        guard let name else { return .none }
        let found = candidates.filter { nameOf($0) == name }
        guard found.count < 2 else { return .several(found.map(id).joined(separator: ", ")) }
        return found.first.map { .one($0) } ?? .none
    }

    /// The ref to be kept: an identifier in its place is not one.
    static func reference(_ declared: String?, _ present: String?, _ id: String) -> String? {
        guard let declared, declared.lowercased() != id else { return present }
        return declared
    }
}

/// A service or a person of the salon, and what they are found under.
struct Named<ID: Sendable & CustomStringConvertible> {
    let reference: String?
    let name: String
    let id: ID

    init(_ reference: String?, _ name: String, _ id: ID) {
        (self.reference, self.name, self.id) = (reference, name, id)
    }

    /// The one of this ref or identifier, else of this name; nil where there is none or where there are several.
    static func pick(_ text: String, _ entries: [Named]) -> ID? {
        if let found = entries.first(where: { $0.reference == text || "\($0.id)" == text.lowercased() }) {
            return found.id
        }
        let found = entries.filter { $0.name == text }
        return found.count == 1 ? found[0].id : nil
    }
}
