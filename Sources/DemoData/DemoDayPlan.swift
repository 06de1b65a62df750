import Foundation
import OpeningHours
import Scheduling
import SeededRandom

/// Fills the days of one invented person.
struct DemoDayPlan {
    private let roster: Roster
    private let member: StaffMember
    /// From which the slots count.
    private let shifts: ShiftStarts
    /// In the salon's order, which begins with what most people come for.
    private let services: [SalonService]
    /// Minutes that a booking takes on average.
    private let meanLength: Double

    /// Seconds of a step of a sheet.
    private static let step = StepBits.stepMinutes * 60
    /// Minutes by which a gap between two bookings grows.
    private static let gap = 15
    /// Minutes that such a gap has on average, with what the salon's steps add to it and what is too short for a
    /// service.
    private static let wholeGap = 22.0

    /// - Parameter seconds: since 1970, of the days that are to be filled.
    init(roster: Roster, member: StaffMember, over seconds: Range<Int>) {
        (self.roster, self.member) = (roster, member)
        shifts = roster.shiftStarts(
            of: member, over: seconds.lowerBound / Self.step..<(seconds.upperBound + Self.step - 1) / Self.step)
        services = roster.services.filter { member.skills[$0.id] != nil }
        let lengths = services.map { Double($0.bufferBefore + $0.duration(by: member) + $0.bufferAfter) }
        // The smaller of two numbers is the one at a place in (2 (n - place) - 1) of n² draws.
        let count = Double(lengths.count)
        meanLength = lengths.enumerated().reduce(0) { sum, entry in
            sum + entry.element * (2 * (count - Double(entry.offset)) - 1) / (count * count)
        }
    }

    /// Fills parts of a day, in seconds since 1970, so that on average so much of them is taken.
    func fill(_ parts: [Range<Int>], to fullness: Double, _ random: inout SplitMix64, into diary: inout DemoDiary) {
        guard !services.isEmpty else { return }
        var parts = parts
        if random.index(14) == 0 { parts = block(parts, &random, into: &diary) }
        // So many gaps to a booking as leave the wanted share free.
        let chance = 1 / (1 + meanLength * (1 - fullness) / (Self.wholeGap * fullness))
        for part in parts {
            var next = part.lowerBound
            while next < part.upperBound {
                guard random.fraction() < chance, let booking = booking(from: next, before: part.upperBound, &random)
                else {
                    next += Self.gap * 60
                    continue
                }
                diary.bookings.append(booking)
                next = Int(booking.step.occupied.upperBound.timeIntervalSince1970)
            }
        }
    }

    /// Takes a piece out of the longest part for the salon's own use.
    private func block(
        _ parts: [Range<Int>], _ random: inout SplitMix64, into diary: inout DemoDiary
    ) -> [Range<Int>] {
        let minutes = random.element([30, 45, 60])
        let label = random.element(DemoWords.blocks)
        let place = random.fraction()
        guard let longest = parts.indices.max(by: { parts[$0].count < parts[$1].count }),
            parts[longest].count >= 3 * 3_600
        else { return parts }
        let part = parts[longest]
        let room = (part.count - minutes * 60) / 900
        let start = part.lowerBound + Int(place * Double(room + 1)) * 900
        let taken = start..<(start + minutes * 60)
        diary.absences.append(
            DemoDiary.Absence(
                staff: member.id, kind: .block,
                during: Date(
                    timeIntervalSince1970: Double(taken.lowerBound))..<Date(
                        timeIntervalSince1970: Double(taken.upperBound)),
                label: label))
        var rest = parts
        rest.replaceSubrange(
            longest...longest, with: [part.lowerBound..<taken.lowerBound, taken.upperBound..<part.upperBound])
        return rest.filter { !$0.isEmpty }
    }

    /// The first booking that fits from a second on: of a service that somebody might want, else of the shortest.
    private func booking(
        from second: Int, before end: Int, _ random: inout SplitMix64
    ) -> DemoDiary.Booking? {
        let wanted = services[min(random.index(services.count), random.index(services.count))]
        let customer = "Demo kunde \(1 + random.index(9_999))"
        let shortest = services.min { $0.duration(by: member) < $1.duration(by: member) }
        for service in [wanted, shortest].compactMap({ $0 }) {
            guard let start = firstStart(of: service, from: second) else { continue }
            let step = roster.resolve(service, by: member, at: Date(timeIntervalSince1970: Double(start)))
            if step.occupied.upperBound.timeIntervalSince1970 <= Double(end) {
                return DemoDiary.Booking(step: step, customer: customer)
            }
        }
        return nil
    }

    /// The first slot at which the time for a service, what it needs before it included, begins no earlier; nil where
    /// there is none before the next shift.
    private func firstStart(of service: SalonService, from second: Int) -> Int? {
        let earliest = (second + service.bufferBefore * 60 + Self.step - 1) / Self.step
        let length = service.slotStep / StepBits.stepMinutes
        return (earliest..<earliest + length).first { shifts.isSlot($0, every: service.slotStep) }.map {
            $0 * Self.step
        }
    }
}
