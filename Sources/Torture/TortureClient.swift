import Calendars
import Foundation
import Logging
import Reservations
import Scheduling
import SeededRandom

/// One of many who want the same few hours.
struct TortureClient {
    private let world: TortureWorld
    private let history: History
    private let reservations: Reservations
    private var random: SplitMix64
    /// What this client has, as far as it was told.
    private var mine: [(place: TortureWorld.Place, booking: Booking)] = []
    private var blocks: [(place: TortureWorld.Place, ids: [UUID])] = []

    init(number: Int, plan: TorturePlan, world: TortureWorld, history: History, logger: Logger) {
        self.world = world
        self.history = history
        random = SplitMix64(seed: plan.seed &* 1_000_003 &+ UInt64(number))
        var configuration = ReservationsConfiguration()
        // The strife is to be fought out in the database, not in line before it.
        configuration.concurrentPerSalon = 1_000
        configuration.patience = .seconds(20)
        reservations = Reservations(world.database, configuration: configuration, logger: logger)
    }

    var statistics: ReservationStatistics { reservations.statistics }

    mutating func act() async {
        let place = world.places[Int.random(in: 0..<world.places.count, using: &random)]
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<30: await take("book", place, steps: [step(place, isNamed: true)])
        case 30..<45: await take("any", place, steps: [step(place, isNamed: false)])
        case 45..<55: await hold(place)
        case 55..<60: await confirm()
        case 60..<72: await cancel()
        case 72..<83: await reschedule()
        case 83..<88: await take("visit", place, steps: visit(place))
        case 88..<91: await take("party", place, steps: party(place))
        case 91..<93: await series(place)
        case 93..<96: await block(place)
        default: await twins(place)
        }
    }

    // MARK: Wishes

    private mutating func start() -> Date {
        world.firstDay + Double(Int.random(in: 0..<TortureWorld.dayCount * 96, using: &random) * 900)
    }

    private mutating func step(_ place: TortureWorld.Place, isNamed: Bool) -> Visit.Step {
        Visit.Step(
            service: place.services[Int.random(in: 0..<place.services.count, using: &random)],
            staff: isNamed ? place.staff[Int.random(in: 0..<place.staff.count, using: &random)] : nil, start: start())
    }

    private mutating func visit(_ place: TortureWorld.Place) -> [Visit.Step] {
        let first = step(place, isNamed: true)
        let second = Visit.Step(
            service: place.services[Int.random(in: 0..<place.services.count, using: &random)],
            staff: Bool.random(using: &random) ? nil : place.staff.last, start: first.start + 5_400)
        return Bool.random(using: &random) ? [first, second] : [second, first]
    }

    private mutating func party(_ place: TortureWorld.Place) -> [Visit.Step] {
        let first = step(place, isNamed: false)
        return [first, first]
    }

    private mutating func key() -> IdempotencyKey {
        let text = "\(UInt64.random(in: .min ... .max, using: &random))"
        return IdempotencyKey(text) ?? .fresh()
    }

    // MARK: Acts

    private func told(
        _ kind: String, _ key: IdempotencyKey, _ work: () async throws(ReservationError) -> Outcome
    ) async -> [Booking] {
        let answer: Told.Answer
        do {
            switch try await work() {
            case .done(let bookings, let isReplay): answer = .done(bookings, isReplay: isReplay)
            case .refused(let refusal): answer = .refused(refusal)
            }
        } catch {
            answer = .unknown("\(error)")
        }
        history.add(Told(kind: kind, key: key, answer: answer))
        if case .done(let bookings, _) = answer { return bookings }
        return []
    }

    private static let customer = try? Customer(name: "Torture", email: "torture@example.com", phone: nil)

    private mutating func take(_ kind: String, _ place: TortureWorld.Place, steps: [Visit.Step]) async {
        guard let customer = Self.customer else { return }
        let key = key()
        let visit = Visit(salon: place.salon, steps: steps)
        let bookings = await told(kind, key) { () throws(ReservationError) in
            try await reservations.book(visit, customer: customer, scope: place.scope, key: key)
        }
        mine += bookings.map { (place, $0) }
        // A client that lost the answer sends the request again.
        if Int.random(in: 0..<20, using: &random) == 0 {
            _ = await told(kind, key) { () throws(ReservationError) in
                try await reservations.book(visit, customer: customer, scope: place.scope, key: key)
            }
        }
    }

    private mutating func twins(_ place: TortureWorld.Place) async {
        guard let customer = Self.customer else { return }
        let key = key()
        let visit = Visit(salon: place.salon, steps: [step(place, isNamed: Bool.random(using: &random))])
        let client = self
        // Not `async let`: a child task in its parent's frame is what release builds of Swift 6.3 can corrupt.
        let bookings = await withTaskGroup(of: [Booking].self) { group in
            for _ in 0..<2 {
                group.addTask {
                    await client.told("twin", key) { () throws(ReservationError) in
                        try await client.reservations.book(visit, customer: customer, scope: place.scope, key: key)
                    }
                }
            }
            return await group.reduce([]) { known, told in known.isEmpty ? told : known }
        }
        mine += bookings.map { (place, $0) }
    }

    private mutating func hold(_ place: TortureWorld.Place) async {
        let key = key()
        let visit = Visit(salon: place.salon, steps: [step(place, isNamed: Bool.random(using: &random))])
        let lasting = Duration.milliseconds(Int.random(in: 5...1_000, using: &random))
        let bookings = await told("hold", key) { () throws(ReservationError) in
            try await reservations.hold(visit, lasting: lasting, scope: place.scope, key: key)
        }
        mine += bookings.map { (place, $0) }
    }

    private mutating func confirm() async {
        guard let customer = Self.customer, let index = mine.lastIndex(where: { $0.booking.status == .held }) else {
            return
        }
        let (place, booking) = mine.remove(at: index)
        let key = key()
        let bookings = await told("confirm", key) { () throws(ReservationError) in
            try await reservations.confirm(booking.id, customer: customer, scope: place.scope, key: key)
        }
        mine += bookings.map { (place, $0) }
    }

    private mutating func cancel() async {
        guard !mine.isEmpty else { return }
        let (place, booking) = mine.remove(at: Int.random(in: 0..<mine.count, using: &random))
        let key = key()
        _ = await told("cancel", key) { () throws(ReservationError) in
            try await reservations.cancel(booking.id, scope: place.scope, key: key)
        }
    }

    private mutating func reschedule() async {
        guard let index = mine.indices.randomElement(using: &random), mine[index].booking.status == .booked else {
            return
        }
        let (place, booking) = mine[index]
        let key = key()
        let isNamed = Bool.random(using: &random)
        let shift = start().timeIntervalSince(booking.start)
        let moves = booking.steps.map {
            Reservations.Move(staff: isNamed ? $0.staff : nil, start: $0.start + shift)
        }
        let bookings = await told("reschedule", key) { () throws(ReservationError) in
            try await reservations.reschedule(
                booking.id, to: moves, version: isNamed ? booking.version : nil, scope: place.scope, key: key)
        }
        if let moved = bookings.first { mine[index].booking = moved }
    }

    private mutating func series(_ place: TortureWorld.Place) async {
        guard let customer = Self.customer, let weekly = Recurrence(everyWeeks: 1, count: 3) else { return }
        let key = key()
        let step = step(place, isNamed: Bool.random(using: &random))
        let bookings = await told("series", key) { () throws(ReservationError) in
            try await reservations.bookSeries(
                step, recurrence: weekly, in: place.salon, customer: customer, scope: place.scope, key: key)
        }
        mine += bookings.map { (place, $0) }
    }

    private mutating func block(_ place: TortureWorld.Place) async {
        let timeBlocks = TimeBlocks(world.database, scope: place.scope)
        if let last = blocks.popLast() {
            _ = try? await TimeBlocks(world.database, scope: last.place.scope).unblock(last.ids)
            return
        }
        let start = start()
        let ranges = [start..<start + 3_600, start + 7_200..<start + 9_000]
        let person = place.staff[Int.random(in: 0..<place.staff.count, using: &random)]
        if case .done(let ids) = try? await timeBlocks.block(person, in: place.salon, during: ranges, kind: .timeOff) {
            blocks.append((place, ids))
        }
    }
}
