public import Foundation

/// A service by one person at one time, with everything that follows from the roster.
public struct ResolvedStep: Sendable, Hashable {
    /// By whom.
    public let staff: StaffID
    /// What.
    public let service: ServiceID
    /// When the service begins.
    public let start: Date
    /// When the service ends.
    public let end: Date
    /// What the person is taken for: the service with its buffers.
    public let occupied: Range<Date>
    /// What it costs, if that is known.
    public let price: Price?
    /// Until when it can be booked: the start without the minimum notice.
    public let deadline: Date
}

extension SalonService {
    /// Minutes of the service itself when this person does it.
    public func duration(by member: StaffMember) -> Int { member.skills[id]?.duration ?? duration }

    /// What it costs when this person does it.
    public func price(by member: StaffMember) -> Price? { member.skills[id]?.price ?? price }

    /// Steps of a sheet that one person is taken for, buffers included.
    func occupiedSteps(by member: StaffMember) -> Int {
        (bufferBefore + duration(by: member) + bufferAfter + StepBits.stepMinutes - 1) / StepBits.stepMinutes
    }
}

extension Roster {
    /// The service of this identifier.
    public func service(_ id: ServiceID) -> SalonService? { services.first { $0.id == id } }

    /// The person of this identifier.
    public func member(_ id: StaffID) -> StaffMember? { staff.first { $0.id == id } }

    /// Whether a step keeps the salon's rules at `now`, whatever is booked: the same rules as offers are made by.
    public func check(
        _ id: ServiceID, by staff: StaffID, at start: Date, now: Date
    ) -> Result<ResolvedStep, BookingRefusal> {
        guard let service = service(id) else { return .failure(.unknownService) }
        guard let member = member(staff) else { return .failure(.unknownStaff) }
        guard member.skills[id] != nil else { return .failure(.notQualified) }
        guard isZoneKnown else { return .failure(.unknownTimeZone) }
        // Beyond, whole seconds are not exact and a zone has no meaning.
        guard start.timeIntervalSince1970.magnitude < 1e12, StepBits.instant(of: StepBits.step(of: start)) == start
        else { return .failure(.offStep(service.slotStep)) }
        let limits = service.startLimits(now: now, in: zone)
        guard start >= limits.first else { return .failure(.tooSoon(minimumNotice: service.minimumNotice)) }
        guard start < limits.end else { return .failure(.tooLate(horizon: service.horizon)) }
        let step = resolve(service, by: member, at: start)
        let working = workingTime(of: member, from: step.occupied.lowerBound, to: step.occupied.upperBound)
        guard working == [step.occupied] else { return .failure(.outsideWorkingTime) }
        let number = StepBits.step(of: start)
        guard shiftStarts(of: member, over: number..<number + 1).isSlot(number, every: service.slotStep) else {
            return .failure(.offStep(service.slotStep))
        }
        return .success(step)
    }

    /// A step without a look at any rule.
    public func resolve(_ service: SalonService, by member: StaffMember, at start: Date) -> ResolvedStep {
        let end = start + Double(service.duration(by: member) * 60)
        return ResolvedStep(
            staff: member.id, service: service.id, start: start, end: end,
            occupied: (start - Double(service.bufferBefore * 60))..<(end + Double(service.bufferAfter * 60)),
            price: service.price(by: member), deadline: start - Double(service.minimumNotice * 60))
    }

    /// Everyone who can do a service at a start as far as the rules go, whatever is booked, in the order of the roster;
    /// when there is nobody, the refusal that says most.
    public func candidates(for id: ServiceID, at start: Date, now: Date) -> Result<[ResolvedStep], BookingRefusal> {
        var refusal = BookingRefusal.notQualified
        var found: [ResolvedStep] = []
        guard service(id) != nil else { return .failure(.unknownService) }
        for member in staff {
            switch check(id, by: member.id, at: start, now: now) {
            case .success(let step): found.append(step)
            case .failure(let reason):
                // That one person cannot do it says less than why those who can do not.
                if refusal == .notQualified { refusal = reason }
            }
        }
        return found.isEmpty ? .failure(refusal) : .success(found)
    }
}
