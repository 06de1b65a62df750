public import Foundation
public import Scheduling

/// Finds the free times of one salon that a question asks for.
public struct SlotSearch: Sendable {
    /// Some slots in the order of their starts, and where to go on.
    public struct Page: Sendable {
        /// Each one offer, or several that are had together.
        public var slots: [[Offer]]
        /// The first start that was left out; nil when there are no more.
        public var next: Date?
    }

    /// What a question names and the salon does not have.
    public struct Unknown: Error, Sendable, Equatable {
        /// Services that are none of the salon's.
        public var services: [ServiceID]
        /// Whether the person does not work there.
        public var isStaffUnknown: Bool
    }

    private let roster: Roster
    private let busy: [StaffID: [Range<Date>]]
    private let now: Date

    /// - Parameters:
    ///   - roster: the salon's calendar.
    ///   - busy: when its people are taken, in the question's ``SlotQuestion/span``.
    ///   - now: from which notice and horizon count.
    public init(roster: Roster, busy: [StaffID: [Range<Date>]], now: Date) {
        self.roster = roster
        self.busy = busy
        self.now = now
    }

    /// The slots that a question asks for.
    public func page(_ question: SlotQuestion) throws(Unknown) -> Page {
        let isStaffUnknown = question.staff.map { roster.member($0) == nil } ?? false
        let services = question.wanted.compactMap { wanted in
            if case .service(let id) = wanted, roster.service(id) == nil { id } else { nil }
        }
        guard !isStaffUnknown, services.isEmpty else {
            throw Unknown(services: services, isStaffUnknown: isStaffUnknown)
        }
        // One more than wanted tells whether there are more.
        return Self.cut(slots(question, limit: question.limit + 1), to: question.limit)
    }

    private func slots(_ question: SlotQuestion, limit: Int) -> [[Offer]] {
        let day = UTCDay(of: question.from).advanced(by: -1)
        let free = roster.freeTime(
            busy: busy, from: day, days: UTCDay(of: end(of: question)).number - day.number + 1)
        let window = question.from..<question.to
        guard question.wanted.count > 1 else {
            let services = question.wanted.first.map(services) ?? roster.services
            let lists = services.map { service in
                roster.parties(
                    of: service.id, staff: question.staff, size: question.party, in: window, now: now, free: free,
                    limit: limit)
            }
            return Self.merged(lists)
        }
        let lists = combinations(question.wanted).map { services in
            roster.visits(
                services.map { StepRequest(service: $0.id, staff: question.staff) }, maximumGap: question.maximumGap,
                in: window, now: now, free: free, limit: limit)
        }
        return Self.merged(lists)
    }

    /// When the last of what starts in the window can end; the working time of days after that decides nothing.
    private func end(of question: SlotQuestion) -> Date {
        let longest = roster.services.map { service in
            service.bufferAfter + (roster.staff.map { service.duration(by: $0) }.max() ?? service.duration)
        }.max()
        return question.to + Double(((longest ?? 0) + question.maximumGap) * max(1, question.wanted.count) * 60)
    }

    private func services(_ wanted: SlotQuestion.Wanted) -> [SalonService] {
        switch wanted {
        case .service(let id): roster.services.filter { $0.id == id }
        case .category(let category): roster.services.filter { $0.category == category }
        }
    }

    /// The ways to read several wishes; a category can mean several services. At most `limit`, in the salon's order.
    private func combinations(_ wanted: [SlotQuestion.Wanted], limit: Int = 8) -> [[SalonService]] {
        wanted.reduce([[]]) { ways, next in
            Array(ways.flatMap { way in services(next).map { way + [$0] } }.prefix(limit))
        }
    }

    /// In the order of the starts, and at one start in the order of the lists.
    private static func merged(_ lists: [[[Offer]]]) -> [[Offer]] {
        lists.enumerated().flatMap { number, list in list.map { (number: number, slot: $0) } }
            .sorted { left, right in
                guard let first = left.slot.first?.start, let second = right.slot.first?.start, first != second else {
                    return left.number < right.number
                }
                return first < second
            }.map(\.slot)
    }

    /// So many slots, and those that start with the last of them; whoever goes on at `next` misses none and sees none
    /// twice.
    private static func cut(_ slots: [[Offer]], to limit: Int) -> Page {
        guard slots.count > limit, let out = slots[limit].first?.start else { return Page(slots: slots, next: nil) }
        let whole = slots.prefix { ($0.first?.start ?? .distantPast) < out }
        if !whole.isEmpty { return Page(slots: Array(whole), next: out) }
        // All of the page is of one start.
        let rest = slots.drop { $0.first?.start == out }
        return Page(slots: slots.filter { $0.first?.start == out }, next: rest.first?.first?.start)
    }
}
