import Foundation
import Scheduling

/// A question in steps and seconds, worked out once for all salons.
struct PreparedQuestion {
    let wish: AvailabilityQuestion.Wish
    let staff: StaffID?
    let party: Int
    /// Seconds since 1970.
    let now: Double
    /// Steps at which the window lets a service start.
    let steps: Range<Int>

    init(_ question: AvailabilityQuestion) {
        wish = question.wish
        staff = question.staff
        party = max(question.party, 1)
        now = question.now.timeIntervalSince1970
        let first = StepBits.step(notBefore: question.window.lowerBound)
        steps = first..<max(first, StepBits.step(notBefore: question.window.upperBound))
    }

    func matches(_ service: StartTable.Head) -> Bool {
        switch wish {
        case .anything: true
        case .category(let category): service.category == category
        case .service(let id): service.id == id
        }
    }

    /// Steps at which a service may start, by its notice and horizon; `extraNotice` in minutes.
    func steps(of service: StartTable.Head, extraNotice: Int, zone: TimeZone) -> Range<Int> {
        let earliest = now + Double(max(service.notice, extraNotice * 60))
        let first = max(steps.lowerBound, Int((earliest / 300).rounded(.up)))
        var end = steps.upperBound
        // The zone is asked, which costs more than all the rest, where the horizon may end within the window alone: the
        // last of its dates ends more than `horizon - 1` days from now, whatever the clocks do.
        if Double(end) * 300 > now + Double(service.horizon - 1) * 86_400 {
            let last = SalonService.bookingEnd(
                horizon: service.horizon, now: Date(timeIntervalSince1970: now), in: zone)
            end = min(end, StepBits.step(notBefore: last))
        }
        return first..<max(first, end)
    }
}

extension StartTable {
    /// The answer from memory; `unknown` where the days of the table do not reach.
    func answer(_ question: PreparedQuestion, extraNotice: Int, roster: Roster) -> SalonAnswer {
        var member: Int?
        if let staff = question.staff {
            guard let place = roster.staff.firstIndex(where: { $0.id == staff }) else { return .noSuchService }
            member = place
        }
        var best: (step: Int, service: Int)?
        var allowed: Range<Int>?
        var isOffered = false
        for index in heads.indices where question.matches(heads[index]) {
            if let member, !services[index].performers.contains(where: { $0.member == member }) { continue }
            // Where fewer people do it than want it at the same time, it is not to be had whatever is booked.
            guard (member == nil ? services[index].performers.count : 1) >= question.party else { continue }
            isOffered = true
            var steps = question.steps(of: heads[index], extraNotice: extraNotice, zone: roster.zone)
            if steps.isEmpty { continue }
            guard steps.lowerBound >= valid.lowerBound else { return .unknown }
            allowed =
                allowed.map { min($0.lowerBound, steps.lowerBound)..<max($0.upperBound, steps.upperBound) } ?? steps
            if let best { steps = steps.lowerBound..<max(steps.lowerBound, min(steps.upperBound, best.step)) }
            steps = steps.lowerBound..<max(steps.lowerBound, min(steps.upperBound, valid.upperBound))
            let found =
                member == nil && question.party == 1
                ? services[index].starts.first(in: steps)
                : starts(of: services[index], by: member, party: question.party, in: free).first(in: steps)
            if let found { best = (found, index) }
        }
        if let best, let offer = offer(of: best.service, at: best.step, by: member) {
            return .free(offer)
        }
        guard isOffered else { return .noSuchService }
        guard roster.isZoneKnown else { return .unknownTimeZone }
        guard let allowed else { return .tooSoon }
        guard allowed.upperBound <= valid.upperBound else { return .unknown }
        // Most that are closed have nobody at work at all.
        if working.contains(where: { $0.first(in: allowed) != nil }),
            couldStart(question, extraNotice: extraNotice, roster: roster, by: member)
        {
            return .full
        }
        return roster.isClosedForPossibleHoliday(
            from: StepBits.instant(of: allowed.lowerBound), to: StepBits.instant(of: allowed.upperBound))
            ? .possibleHoliday : .closed
    }

    /// Whether there would be an offer if nothing were booked.
    private func couldStart(
        _ question: PreparedQuestion, extraNotice: Int, roster: Roster, by member: Int?
    ) -> Bool {
        heads.indices.contains { index in
            guard question.matches(heads[index]) else { return false }
            let steps = question.steps(of: heads[index], extraNotice: extraNotice, zone: roster.zone)
            return starts(of: services[index], by: member, party: question.party, in: working).first(in: steps) != nil
        }
    }

    private func offer(of index: Int, at step: Int, by member: Int?) -> Offer? {
        guard let performer = performer(of: services[index], at: step, by: member) else { return nil }
        let start = StepBits.instant(of: step)
        return Offer(
            service: heads[index].id, staff: performer.id, start: start, end: start + Double(performer.duration),
            price: performer.price)
    }
}
